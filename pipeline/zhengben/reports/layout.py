"""Cuts a document into blocks of plain text and edits, in the order of the original."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from zhengben.model import Edit, Result
from zhengben.reports.places import Places

LONGEST_BLOCK = 2000
_SENTENCE_ENDS = "。！？；"


class Piece(NamedTuple):
    """A stretch of untouched text, or an edit by its number; ``aside`` when it overlaps another."""

    text: str
    number: int = 0
    aside: bool = False


@dataclass(slots=True)
class Block:
    """A paragraph as it stands in the original, or a part of a very long one.

    ``paragraph`` is 0 for blank lines; ``continued`` when the block goes on from the one before it.
    """

    start: int
    end: int
    paragraph: int
    continued: bool
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Placed:
    """An edit, its number from 1, and where it is shown; ``aside`` after the applied edit it overlaps."""

    position: int
    aside: bool
    number: int
    edit: Edit


def blocks_of(result: Result, places: Places) -> list[Block]:
    """Return the blocks, which together hold all of the source and every edit once."""
    placed = deque(_place(result.edits))
    cuts = _cuts(result.source, places.line_starts, [item.edit for item in placed if not item.aside])
    blocks = []
    for start, end in zip(cuts, [*cuts[1:], len(result.source) + 1], strict=True):
        mine = []
        while placed and placed[0].position < end + placed[0].aside:
            mine.append(placed.popleft())
        blocks.append(_block(result.source, start, min(end, len(result.source)), mine, places))
    return blocks


def _place(edits: Sequence[Edit]) -> list[_Placed]:
    """Put the edits in the order in which they are shown."""
    applied = [edit for edit in edits if edit.is_applied]
    starts = [edit.start for edit in applied]
    placed = []
    for number, edit in enumerate(edits, 1):
        aside = not edit.is_applied and _overlaps(edit, applied, starts)
        position = _after(edit, applied, starts) if aside else edit.start
        placed.append(_Placed(position, aside, number, edit))
    return sorted(placed, key=lambda item: (item.position, not item.aside, item.edit.end, item.number))


def _overlaps(edit: Edit, applied: Sequence[Edit], starts: Sequence[int]) -> bool:
    after = bisect_right(starts, edit.start)
    meets_next = after < len(applied) and applied[after].start < edit.end
    if not after:
        return meets_next
    last = applied[after - 1]
    return meets_next or last.end > edit.start or (last.is_insertion and last.start == edit.start)


def _after(edit: Edit, applied: Sequence[Edit], starts: Sequence[int]) -> int:
    """Behind the edit and whatever applied edit it reaches into."""
    before_end = bisect_left(starts, edit.end)
    return max(edit.end, applied[before_end - 1].end) if before_end else edit.end


def _cuts(text: str, line_starts: Sequence[int], edits: Sequence[Edit]) -> list[int]:
    """Where blocks begin: at lines and, in long lines, at sentences; never inside an edit."""
    ends = [edit.end for edit in edits]
    cuts = [0]
    for start in _candidates(text, line_starts):
        index = bisect_right(ends, start)
        inside = index < len(edits) and edits[index].start < start
        if start > cuts[-1] and start < len(text) and not inside:
            cuts.append(start)
    return cuts


def _candidates(text: str, line_starts: Sequence[int]) -> Iterator[int]:
    for start, end in zip(line_starts, [*line_starts[1:], len(text)], strict=True):
        yield start
        while end - start > LONGEST_BLOCK:
            middle, limit = start + LONGEST_BLOCK // 2, start + LONGEST_BLOCK
            mark = max(text.rfind(character, middle, limit) for character in _SENTENCE_ENDS)
            start = mark + 1 if mark >= 0 else limit
            yield start


def _block(text: str, start: int, end: int, items: Iterable[_Placed], places: Places) -> Block:
    place = places.at(start)
    is_blank = not text[start:end].strip()
    block = Block(start, end, 0 if is_blank else place.paragraph, place.column > 1)
    cursor = start
    for item in items:
        if item.position > cursor:
            block.pieces.append(Piece(text[cursor : item.position]))
        block.pieces.append(Piece("", item.number, item.aside))
        cursor = max(cursor, item.position if item.aside else item.edit.end)
    tail = text[cursor:end].rstrip("\r\n")
    if tail:
        block.pieces.append(Piece(tail))
    return block
