"""The text as believed so far: what was probably there, with a way back to what is there."""

from __future__ import annotations

from collections.abc import Iterable
from sys import maxsize
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Choice(NamedTuple):
    """A believed repair: ``text[start:end]`` reads ``replacement``."""

    start: int
    end: int
    replacement: str


class Hypothesis:
    """A text with some choices made in it. Choices must be sorted and disjoint."""

    __slots__ = ("_ends", "_shifts", "_starts", "text")

    def __init__(self, text: str, choices: Iterable[Choice] = ()) -> None:
        starts: list[int] = []
        ends: list[int] = []
        shifts: list[int] = [0]
        pieces: list[str] = []
        cursor = 0
        for start, end, replacement in choices:
            pieces += (text[cursor:start], replacement)
            cursor = end
            starts.append(start)
            ends.append(end)
            shifts.append(shifts[-1] + len(replacement) - (end - start))
        self.text = "".join([*pieces, text[cursor:]]) if pieces else text
        self._starts = np.array([*starts, maxsize])
        self._ends = np.array([-1, *ends])
        self._shifts = np.array(shifts)

    def spans(self, spans: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where ranges of the text stand now, start and end in each row; a choice that one cuts is taken whole."""
        starts, ends = spans.T
        before = np.searchsorted(self._ends[1:], starts, side="right")
        begun = np.searchsorted(self._starts[:-1], ends, side="left")
        starts = np.minimum(starts, self._starts[before]) + self._shifts[before]
        ends = np.maximum(ends, self._ends[begun]) + self._shifts[np.maximum(before, begun)]
        return np.stack((starts, ends), axis=1)
