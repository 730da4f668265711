"""Where an offset stands for a reader: line, column, paragraph, page and the sentence around it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from zhengben.lines import LineIndex

SENTENCE_REACH = 40
_SENTENCE_ENDS = "。！？；\r\n"


class Place(NamedTuple):
    """A position, all numbers from 1: the column in code points, the page None without pages.

    A paragraph is a line that is not blank; a blank line counts to the paragraph before it.
    """

    line: int
    column: int
    paragraph: int
    page: int | None


class Surroundings(NamedTuple):
    """The rest of the sentence on both sides of a span, cut where it is long."""

    before: str
    after: str


class Places:
    """Finds the places of one text: built in linear time, asked in logarithmic time."""

    def __init__(self, text: str, page_starts: tuple[int, ...] = ()) -> None:
        self._text = text
        self._page_starts = page_starts
        self._index = LineIndex(text)
        ends = [*self.line_starts[1:], len(text)]
        filled = (bool(text[start:end].strip()) for start, end in zip(self.line_starts, ends, strict=True))
        self._paragraphs = list(accumulate(filled, initial=0))

    @property
    def line_starts(self) -> tuple[int, ...]:
        return self._index.starts

    @property
    def lines(self) -> int:
        return len(self.line_starts)

    @property
    def paragraphs(self) -> int:
        return self._paragraphs[-1]

    def at(self, offset: int) -> Place:
        """The place of an offset."""
        line, column = self._index.position(offset)
        page = max(1, bisect_right(self._page_starts, offset)) if self._page_starts else None
        return Place(line, column, max(1, self._paragraphs[line]), page)

    def around(self, start: int, end: int, reach: int = SENTENCE_REACH) -> Surroundings:
        """The sentence around a span, at most ``reach`` code points on either side."""
        low, high = max(0, start - reach), min(len(self._text), end + reach)
        head = max(self._text.rfind(mark, low, start) for mark in _SENTENCE_ENDS) + 1
        tails = [self._text.find(mark, end, high) for mark in _SENTENCE_ENDS]
        tail = min((found + 1 for found in tails if found >= 0), default=high)
        return Surroundings(self._text[max(low, head) : start].lstrip(), self._text[end:tail].rstrip())
