"""What is true of a damaged document: its marked places, and what a cleaner owes to each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from zhengben.model import Edit


class Duty(Enum):
    """What a cleaner owes to a marked place."""

    MUST = ""
    MAY = "?"
    GAP = "+"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked place: ``start`` and ``end`` are code points of the damaged text, ``damaged`` is what stands there.

    ``originals`` are the sound readings, the true one first; an empty one means that the text must go. ``edit`` is the
    damager's record of a place that was damaged by program.
    """

    start: int
    end: int
    damaged: str
    originals: tuple[str, ...]
    duty: Duty = Duty.MUST
    edit: Edit | None = field(default=None, compare=False, repr=False)

    @property
    def is_removal(self) -> bool:
        """Whether the text must go, or may."""
        return self.duty is not Duty.GAP and self.originals == ("",)


@dataclass(frozen=True, slots=True)
class Gold:
    """A damaged text and its marks, sorted and disjoint. ``engines`` is None where nobody knows which were at work."""

    text: str
    marks: tuple[Mark, ...] = ()
    engines: tuple[str, ...] | None = None
    genre: str = ""
    name: str = ""

    @property
    def original(self) -> str:
        """The sound text: every mark read as its first original."""
        pieces: list[str] = []
        cursor = 0
        for mark in self.marks:
            pieces += (self.text[cursor : mark.start], mark.originals[0])
            cursor = mark.end
        return "".join((*pieces, self.text[cursor:]))


def from_edits(
    text: str, edits: Iterable[Edit], *, engines: Sequence[str] = (), genre: str = "", name: str = ""
) -> Gold:
    """Marks for edits that restore a text: an edit that only inserts is a deleted word."""
    marks = tuple(
        Mark(
            edit.start,
            edit.end,
            edit.original,
            (edit.replacement,),
            Duty.GAP if edit.is_insertion else Duty.MUST,
            edit,
        )
        for edit in edits
    )
    return Gold(text, marks, tuple(engines), genre, name)
