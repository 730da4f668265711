"""Sets of spans of a text: protected ones, settled ones."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from heapq import merge

from zhengben.model import PositionMap, Span


class Spans:
    """A sorted set of disjoint spans that answers in logarithmic time whether it is touched."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[Span | tuple[int, int]] = ()) -> None:
        # A long text in Latin script has millions of words: arrays hold them in a few bytes, and what comes in
        # order is never gathered for sorting.
        self._starts = array("q")
        self._ends = array("q")
        late = []
        for span in spans:
            if self._starts and span[0] < self._starts[-1]:
                late.append(span)
            else:
                self._append(*span)
        if late:
            both = Spans(merge(self, sorted(late)))
            self._starts, self._ends = both._starts, both._ends

    def __bool__(self) -> bool:
        return bool(self._starts)

    def __iter__(self) -> Iterator[Span]:
        return iter(map(Span, self._starts, self._ends))

    def overlaps(self, start: int, end: int) -> bool:
        """Whether the range shares a code point with a span; an insertion counts strictly inside one."""
        first = bisect_right(self._ends, start)
        return first < len(self._starts) and self._starts[first] < end

    def masked(self, text: str) -> str:
        """The text with NUL in place of every code point that belongs to a span."""
        units = bytearray(text.encode("utf-32-le", errors="surrogatepass"))
        for start, end in zip(self._starts, self._ends, strict=True):
            units[4 * start : 4 * end] = bytes(len(units[4 * start : 4 * end]))
        return units.decode("utf-32-le", errors="surrogatepass")

    def moved(self, positions: PositionMap) -> Spans:
        """The spans on the output of some edits; what stands between two edits moves as one."""
        moved, index = Spans(), 0
        for begin, end, shift in positions.stretches():
            while index < len(self._starts) and self._starts[index] < begin:
                moved._append(*positions.to_output(self._starts[index], self._ends[index]))
                index += 1
            after = bisect_right(self._ends, end, index)
            if index < after:
                moved._append(self._starts[index] + shift, self._ends[index] + shift)
                moved._starts.extend(start + shift for start in self._starts[index + 1 : after])
                moved._ends.extend(end + shift for end in self._ends[index + 1 : after])
                index = after
        return moved

    def _append(self, start: int, end: int) -> None:
        """Add a span that no other begins behind; touching ones become one."""
        if start >= end:
            return
        if self._ends and start <= self._ends[-1]:
            self._ends[-1] = max(self._ends[-1], end)
        else:
            self._starts.append(start)
            self._ends.append(end)
