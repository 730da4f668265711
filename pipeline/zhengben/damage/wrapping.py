"""Hard line breaks, as converters of pages make them: every so many code points, inside words too."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from zhengben.model import Edit
from zhengben.rulebook.breaks import keep_breaks


def wrapped(text: str, columns: int) -> str:
    """Break lines longer than ``columns`` code points."""
    return _broken(text, list(_places(text, columns)))


def wrapped_edits(text: str, edits: Sequence[Edit], columns: int) -> tuple[str, tuple[Edit, ...]]:
    """Break the lines of ``text``, and let the applied ``edits`` keep the breaks that fall inside them."""
    places = list(_places(text, columns))
    moved: list[Edit] = []
    for edit in edits:
        inside = places[bisect_right(places, edit.start) : bisect_left(places, edit.end)]
        start = edit.start + (bisect_left if edit.is_insertion else bisect_right)(places, edit.start)
        original = _broken(edit.original, [place - edit.start for place in inside])
        replacement = keep_breaks(original, edit.replacement)
        end = start + len(original)
        moved.append(replace(edit, start=start, end=end, original=original, replacement=replacement))
    return _broken(text, places), tuple(moved)


def _places(text: str, columns: int) -> Iterator[int]:
    """Where a break is put in, before that code point."""
    line = 0
    for end in (*(place for place, char in enumerate(text) if char == "\n"), len(text)):
        yield from range(line + columns, end, columns)
        line = end + 1


def _broken(text: str, places: Sequence[int]) -> str:
    edges = [0, *places, len(text)]
    return "\n".join(text[start:end] for start, end in pairwise(edges))
