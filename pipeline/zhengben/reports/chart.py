"""The geometry of a small bar chart: what the HTML report draws as SVG."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ROW_HEIGHT = 30
BAR_SPAN = 300


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its label, its numbers and the lengths of its two parts in units of the drawing."""

    label: str
    applied: int
    suggested: int
    top: int
    applied_length: float
    suggested_length: float


def bars(counts: Iterable[tuple[str, int, int]]) -> list[Bar]:
    """Scale rows of (label, applied, suggested) so that the longest fills the span."""
    rows = list(counts)
    longest = max((applied + suggested for _, applied, suggested in rows), default=0) or 1
    scale = BAR_SPAN / longest
    return [
        Bar(label, applied, suggested, index * ROW_HEIGHT, round(applied * scale, 1), round(suggested * scale, 1))
        for index, (label, applied, suggested) in enumerate(rows)
    ]
