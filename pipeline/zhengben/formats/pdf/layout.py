"""Lines of text with the place of every character on its page, whoever read them there.

Coordinates are those of PDF: points (1/72 inch), or pixels for images, growing right and upwards.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

NUMBERS_OF_A_BOX = 4


class Box(NamedTuple):
    """A rectangle on a page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """The height of its middle on the page."""
        return (self.top + self.bottom) / 2


class Frame(NamedTuple):
    """The visible part of a page in its own coordinates, and the clockwise turn it is shown with, in degrees.

    Lines are laid out as shown, from the lower left corner of what is visible; annotations are placed
    in the page's own coordinates.
    """

    left: float
    bottom: float
    right: float
    top: float
    rotation: int = 0

    def shown(self, box: Box) -> Box:
        """Where a box of the page is shown."""
        if self.rotation == 90:
            return Box(box.bottom - self.bottom, self.right - box.right, box.top - self.bottom, self.right - box.left)
        if self.rotation == 180:
            return Box(self.right - box.right, self.top - box.top, self.right - box.left, self.top - box.bottom)
        if self.rotation == 270:
            return Box(self.top - box.top, box.left - self.left, self.top - box.bottom, box.right - self.left)
        return Box(box.left - self.left, box.bottom - self.bottom, box.right - self.left, box.top - self.bottom)

    def on_page(self, box: Box) -> Box:
        """Where on the page that is which is shown in a box: undoes `shown`."""
        if self.rotation == 90:
            return Box(self.right - box.top, box.left + self.bottom, self.right - box.bottom, box.right + self.bottom)
        if self.rotation == 180:
            return Box(self.right - box.right, self.top - box.top, self.right - box.left, self.top - box.bottom)
        if self.rotation == 270:
            return Box(box.bottom + self.left, self.top - box.right, box.top + self.left, self.top - box.left)
        return Box(box.left + self.left, box.bottom + self.bottom, box.right + self.left, box.top + self.bottom)


NOWHERE = Box(0.0, 0.0, 0.0, 0.0)
"""The box of a character that stands on no page: a blank or newline that was put in."""


class Glyph(NamedTuple):
    """A code point with its box; ``is_doubtful`` where a recognition was not sure of it."""

    character: str
    box: Box
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; ``size`` is the height of its characters, ``boxes`` one box after the other."""

    text: str
    boxes: array[float]
    left: float
    bottom: float
    right: float
    top: float
    size: float
    doubtful: tuple[int, ...] = ()

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @classmethod
    def of(cls, glyphs: Iterable[Glyph]) -> Line:
        """The line that ``glyphs``, at least one of which is no blank, make in their order."""
        glyphs = _stripped(list(glyphs))
        inked = [glyph.box for glyph in glyphs if glyph.box != NOWHERE]
        return cls(
            "".join(glyph.character for glyph in glyphs),
            array("f", [number for glyph in glyphs for number in glyph.box]),
            min(box.left for box in inked),
            min(box.bottom for box in inked),
            max(box.right for box in inked),
            max(box.top for box in inked),
            median(box.height for box in inked),
            tuple(place for place, glyph in enumerate(glyphs) if glyph.is_doubtful),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in reading order."""

    width: float
    height: float
    lines: tuple[Line, ...] = field(default=())


class Boxes:
    """Where every code point of a text stands."""

    __slots__ = ("_numbers", "_page_starts")

    def __init__(self, numbers: array[float], page_starts: tuple[int, ...]) -> None:
        self._numbers = numbers
        self._page_starts = page_starts

    def __getitem__(self, place: int) -> Box:
        first = place * NUMBERS_OF_A_BOX
        return Box(*self._numbers[first : first + NUMBERS_OF_A_BOX])

    def __len__(self) -> int:
        return len(self._numbers) // NUMBERS_OF_A_BOX

    def page(self, place: int) -> int:
        """The number of the page, from 0, that a code point stands on."""
        return max(0, bisect_right(self._page_starts, place) - 1)


def is_han(character: str) -> bool:
    """Whether it is a Chinese character, or punctuation that is as wide as one."""
    is_wide = "\u2e80" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef" or character >= "\U00020000"
    return is_wide or character in "“”‘’—…·"


def _stripped(glyphs: list[Glyph]) -> list[Glyph]:
    first, last = 0, len(glyphs)
    while first < last and glyphs[first].character.isspace():
        first += 1
    while last > first and glyphs[last - 1].character.isspace():
        last -= 1
    return glyphs[first:last]
