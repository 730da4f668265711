"""The text as believed so far: what was probably there, with a way back to what is there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from zhengben.model import Span


@dataclass(frozen=True, slots=True)
class Choice:
    """A believed repair: ``text[start:end]`` reads ``replacement``."""

    start: int
    end: int
    replacement: str


class Hypothesis:
    """A text with some choices made in it. Choices must be sorted and disjoint."""

    __slots__ = ("_ends", "_shifts", "_starts", "text")

    def __init__(self, text: str, choices: Iterable[Choice] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._shifts: list[int] = [0]
        pieces: list[str] = []
        cursor = 0
        for choice in choices:
            pieces += (text[cursor : choice.start], choice.replacement)
            cursor = choice.end
            self._starts.append(choice.start)
            self._ends.append(choice.end)
            self._shifts.append(self._shifts[-1] + len(choice.replacement) - (choice.end - choice.start))
        self.text = "".join([*pieces, text[cursor:]]) if pieces else text

    def span(self, start: int, end: int) -> Span:
        """Where the range of the text stands now; a choice that it cuts is taken whole."""
        first = bisect_right(self._ends, start)
        last = bisect_right(self._starts, end - 1)
        if first < last:
            start, end = min(start, self._starts[first]), max(end, self._ends[last - 1])
        return Span(start + self._shifts[first], end + self._shifts[max(first, last)])
