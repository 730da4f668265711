"""Finds the columns of each page: lines that begin near to one another share their edges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median
from typing import Final, NamedTuple

from zhengben.formats.pdf.layout import Line, Page

NEAR: Final = 3.0
"""Heights of a character that lines of one column begin apart, at most: an indent is two."""

ATTESTED: Final = 2
"""So many lines that reach as far as any show where the edge is."""

MARGIN: Final = 0.3
"""A column that begins within this part of the page's width may be its only one."""


LINES_OF_A_SIGNATURE: Final = 3
"""A name, a department and a date."""


class Column(NamedTuple):
    """The left and right edge of a column."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with its column, its page, numbered from 0, and the usual distance of lines there."""

    line: Line
    page: int
    column: Column
    step: float


def place_lines(pages: Sequence[Page]) -> Iterator[Placed]:
    """The lines of all pages in their order."""
    groups = [_groups(page) for page in pages]
    body = _body(groups)
    for number, (page, found) in enumerate(zip(pages, groups, strict=True)):
        columns = {
            id(line): column for group in found for column in [_column(group, found, page, body)] for line in group
        }
        step = _usual_step(page.lines)
        for line in page.lines:
            yield Placed(line, number, columns[id(line)], step)


def _groups(page: Page) -> list[list[Line]]:
    """The lines of a page by where they begin, from left to right."""
    groups: list[list[Line]] = []
    size = median(line.size for line in page.lines) if page.lines else 0.0
    for line in sorted(page.lines, key=lambda line: line.left):
        if not groups or line.left - groups[-1][-1].left > NEAR * size:
            groups.append([])
        groups[-1].append(line)
    return groups


def _body(groups: Sequence[Sequence[Sequence[Line]]]) -> Column | None:
    """The edges of the column with the most lines in the document."""
    largest = max((group for page in groups for group in page), key=len, default=())
    return _edges(largest) if len(largest) > ATTESTED else None


def _column(group: Sequence[Line], groups: Sequence[Sequence[Line]], page: Page, body: Column | None) -> Column:
    left, right = _edges(group)
    size = median(line.size for line in group)
    is_body = body is not None and abs(left - body.left) <= NEAR * size
    if body is not None and is_body:
        left, right = min(left, body.left), max(right, body.right)
    if not is_body and left > MARGIN * page.width and _is_flush_right(group, size):
        return Column(left, inf)
    full = sum(line.right > right - 2 * size for line in group)
    is_only = group is groups[0] and left < MARGIN * page.width and _has_none_beside(right, group, page)
    expected = page.width - left - NEAR * size
    is_attested = (is_body or full >= ATTESTED) and right > expected - MARGIN * page.width
    # Too little text to show an edge: margins are as wide on the right as on the left.
    return Column(left, max(right, expected) if is_only and not is_attested else right)


def _has_none_beside(right: float, group: Sequence[Line], page: Page) -> bool:
    """Whether no column stands to the right: a title or a signature is none."""
    beside = sum(line.left > right for line in page.lines)
    return beside <= LINES_OF_A_SIGNATURE and 2 * len(group) >= len(page.lines)


def _is_flush_right(group: Sequence[Line], size: float) -> bool:
    """Whether lines share their right edge alone, as a name and a date below a letter do: each stands for itself."""
    left, right = _edges(group)
    begin_together = sum(line.left < left + size / 2 for line in group)
    return all(line.right > right - size for line in group) and 2 * begin_together <= len(group)


def _edges(group: Sequence[Line]) -> Column:
    return Column(min(line.left for line in group), max(line.right for line in group))


def _usual_step(lines: Sequence[Line]) -> float:
    """The distance that most lines have: the lower quartile, for gaps only ever widen a step."""
    distances = [above.middle - below.middle for above, below in pairwise(lines)]
    steps = sorted(distance for distance in distances if distance > 0)
    return steps[len(steps) // 4] if steps else 0.0
