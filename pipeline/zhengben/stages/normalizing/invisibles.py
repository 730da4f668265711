"""Characters that no reader sees: controls, zero-width and directional marks, soft hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengben.model import Edit

_CONTROLS = (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0))
_MARKS = (0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
_ANNOTATIONS = range(0xFFF9, 0xFFFC)
INVISIBLE = "".join(map(chr, (*_CONTROLS, *_MARKS, *_ANNOTATIONS)))

_INVISIBLE = re.compile(f"[{re.escape(INVISIBLE)}]+")
_SHAPING = re.compile("[\u061c\u200c-\u200f\u202a-\u202e\u2066-\u2069]")
_NEEDS_SHAPING = re.compile(
    "[\u0590-\u0dff\u0f00-\u109f\u1780-\u18af\ufb1d-\ufdff\ufe70-\ufefe\ufe0f"
    "\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
"""Arabic, Hebrew and Indic letters, and emoji, whose joiners and marks carry meaning."""


def invisible_characters(text: str) -> Iterator[Edit]:
    """Remove what is invisible; a vertical tab or a form feed inside a line was a line break."""
    for match in _INVISIBLE.finditer(text):
        start, end = match.span()
        neighbours = text[max(0, start - 1) : start] + text[end : end + 1]
        if _SHAPING.search(match.group()) and _NEEDS_SHAPING.search(neighbours):
            continue
        original = match.group()
        breaks_line = ("\x0b" in original or "\x0c" in original) and not _meets_line_end(text, start, end)
        reason = "竖向制表符或换页符，改为换行" if breaks_line else "不可见字符或控制字符，删除"
        yield Edit(
            start, end, original, "\n" if breaks_line else "",
            "normalize", "normalize/control", confidence=0.99, reason=reason,
        )  # fmt: skip


def _meets_line_end(text: str, start: int, end: int) -> bool:
    return start == 0 or end == len(text) or text[start - 1] in "\r\n" or text[end] in "\r\n"
