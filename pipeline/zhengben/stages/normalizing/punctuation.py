"""Half-width punctuation between Chinese characters, changed only when the user asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengben.model import Edit
from zhengben.stages.normalizing.characters import CLOSING, FULL_WIDTH_PUNCTUATION, HAN

_MARK = re.compile("[,:;?!]")
_BEFORE = re.compile(f"[{HAN}{CLOSING})]")
_AFTER = re.compile(f"[{HAN}{FULL_WIDTH_PUNCTUATION}“‘（《〈「『【〔0-9A-Za-z\\s(]")
_PARENTHESES = re.compile("\\(([^()\n]{1,200})\\)")
_HAN = re.compile(f"[{HAN}]")
_FULL_WIDTH = {mark: chr(ord(mark) + 0xFEE0) for mark in ",:;?!()"}


def half_width_punctuation(text: str) -> Iterator[Edit]:
    """Make , : ; ? ! behind Chinese, and brackets around Chinese, full-width."""
    marks = {match.start() for match in _MARK.finditer(text) if _stands_in_chinese(text, match.start())}
    for match in _PARENTHESES.finditer(text):
        if _HAN.search(match[1]):
            marks |= {match.start(), match.end() - 1}
    for position in sorted(marks):
        mark = text[position]
        yield Edit(
            position, position + 1, mark, _FULL_WIDTH[mark],
            "normalize", "normalize/punctuation", confidence=0.95, reason="中文里的半角标点改为全角",
        )  # fmt: skip


def _stands_in_chinese(text: str, position: int) -> bool:
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    return bool(_BEFORE.match(before)) and (after == "" or bool(_AFTER.match(after)))
