"""Full-width Latin letters and digits.

Older printed documents set every digit full-width; that is their style, not damage. Digits are
therefore left alone where lines hold full-width digits only and the document does so often, and so
is the zero of 二０一０年 and the letter of a masked number plate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengben.model import Edit, Notice

STYLE_RUNS, STYLE_RUNS_IN_LONG, LONG = 4, 2, 1_000
"""Runs of full-width digits, in lines without half-width ones, from which they count as a style; fewer
are enough in a text of 1,000 code points and more, which shows its style."""

FULL_WIDTH = "".join(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))))

_RUN = re.compile("[０-９Ａ-Ｚａ-ｚ]+(?:．[０-９Ａ-Ｚａ-ｚ]+|，[０-９]{3}(?![０-９]))*")
_CHINESE_DIGIT = re.compile("[〇零一二三四五六七八九×]")
_OTHER_STYLE = re.compile("[0-9Ａ-Ｚａ-ｚ]")
_FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def full_width_runs(text: str) -> Iterator[Edit]:
    """Fold full-width Latin and digits, except digits that are the document's style."""
    runs = list(_classified_runs(text))
    keeps_style = _keeps_style(runs, len(text))
    for start, end, is_style in runs:
        if is_style and keeps_style:
            continue
        original = text[start:end]
        yield Edit(
            start, end, original, original.translate(_FOLDED),
            "normalize", "normalize/width", confidence=0.95, reason="全角字母或数字改为半角",
        )  # fmt: skip


def full_width_style(text: str) -> Iterator[Notice]:
    """Say once that the digits were left full-width on purpose."""
    runs = list(_classified_runs(text))
    if _keeps_style(runs, len(text)):
        start, end = next((start, end) for start, end, is_style in runs if is_style)
        yield Notice(start, end, "full-width-digits", "多处整行使用全角数字，视为原文体例，保留不改")


def _keeps_style(runs: list[tuple[int, int, bool]], length: int) -> bool:
    return sum(is_style for _, _, is_style in runs) >= (STYLE_RUNS_IN_LONG if length >= LONG else STYLE_RUNS)


def _classified_runs(text: str) -> Iterator[tuple[int, int, bool]]:
    """Every run, and whether it is digits in a line that knows no other digits or full-width Latin."""
    line_end, is_style_line = -1, False
    for match in _RUN.finditer(text):
        if _CHINESE_DIGIT.search(text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]):
            continue
        if match.start() > line_end:
            line_start = text.rfind("\n", max(line_end, 0), match.start()) + 1
            line_end = text.find("\n", match.end())
            line_end = len(text) if line_end < 0 else line_end
            is_style_line = not _OTHER_STYLE.search(text, line_start, line_end)
        yield match.start(), match.end(), is_style_line
