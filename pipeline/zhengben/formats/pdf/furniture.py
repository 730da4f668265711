"""Headers, footers and page numbers: recognised by what repeats at the edge of the pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from zhengben.formats.pdf.layout import Line, Page

EDGE: Final = 0.13
"""The part of the page's height, above and below, where headers and footers stand."""

LINES_AT_AN_EDGE: Final = 3
LEAST_PAGES: Final = 2
LEAST_SHARE: Final = 0.3
"""A running line is on so many of the pages: those of left and right pages differ."""

_DIGITS: Final = re.compile(r"\d+")
_NUMBERED: Final = re.compile(
    r"[-–—─·•\s|~]*第?\s*(\d{1,4}|[ivxlc]{1,7})\s*页?\s*(?:[/／,，共of\s]*\d{1,4}\s*页?)?[-–—─·•\s|~]*", re.IGNORECASE
)
_SURELY_NUMBERED: Final = re.compile(r"[-–—─]\s*\d{1,4}\s*[-–—─]|第\s*\d{1,4}\s*页.{0,12}")

Kind = Literal["header", "footer", "page number"]


@dataclass(frozen=True, slots=True)
class Furniture:
    """A running line: its text on the first page that has it, and these pages, numbered from 1."""

    kind: Kind
    text: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    page: int
    line: Line
    is_above: bool


def without_furniture(pages: Sequence[Page]) -> tuple[list[Page], list[Furniture]]:
    """Return the pages with nothing but their text, and what was taken out."""
    groups: dict[tuple[bool, str], list[_Candidate]] = defaultdict(list)
    numbers: list[_Candidate] = []
    for number, page in enumerate(pages):
        for candidate in _at_the_edges(number, page):
            if _NUMBERED.fullmatch(candidate.line.text):
                numbers.append(candidate)
            else:
                groups[candidate.is_above, _DIGITS.sub("0", candidate.line.text)].append(candidate)
    running = [group for group in groups.values() if _repeats(group, len(pages))]
    counting = _counting(numbers)
    taken = {id(candidate.line) for group in (*running, counting) for candidate in group}
    found = [_furniture("header" if group[0].is_above else "footer", group) for group in running]
    if counting:
        found.append(_furniture("page number", counting))
    return [replace(page, lines=tuple(line for line in page.lines if id(line) not in taken)) for page in pages], found


def _at_the_edges(number: int, page: Page) -> Iterator[_Candidate]:
    lines = sorted(page.lines, key=lambda line: line.middle)
    for line in lines[-LINES_AT_AN_EDGE:]:
        if line.middle > (1 - EDGE) * page.height:
            yield _Candidate(number, line, is_above=True)
    for line in lines[:LINES_AT_AN_EDGE]:
        if line.middle < EDGE * page.height:
            yield _Candidate(number, line, is_above=False)


def _repeats(group: Sequence[_Candidate], pages: int) -> bool:
    """Whether a line is on enough pages, always at the same height."""
    on_pages = {candidate.page for candidate in group}
    heights = [candidate.line.middle for candidate in group]
    is_level = max(heights) - min(heights) < 1.5 * group[0].line.size
    return is_level and len(on_pages) >= max(LEAST_PAGES, LEAST_SHARE * pages)


def _counting(numbers: Sequence[_Candidate]) -> list[_Candidate]:
    """The page numbers: those that grow with the pages, and those that look like nothing else."""
    steps: dict[int, set[int]] = defaultdict(set)
    for candidate in numbers:
        if (value := _value(candidate)) is not None:
            steps[value - candidate.page].add(candidate.page)
    steady = {step for step, pages in steps.items() if len(pages) >= LEAST_PAGES}
    return [
        candidate
        for candidate in numbers
        if _SURELY_NUMBERED.fullmatch(candidate.line.text.strip())
        or ((value := _value(candidate)) is not None and value - candidate.page in steady)
    ]


def _value(candidate: _Candidate) -> int | None:
    found = _NUMBERED.fullmatch(candidate.line.text)
    return int(found[1]) if found and found[1].isdecimal() else None


def _furniture(kind: Kind, group: Iterable[_Candidate]) -> Furniture:
    members = sorted(group, key=lambda candidate: candidate.page)
    return Furniture(kind, members[0].line.text, tuple(dict.fromkeys(member.page + 1 for member in members)))
