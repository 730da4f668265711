"""One pass over a text for every form of every rule."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from typing import Final

import ahocorasick_rs

from zhengben.rulebook.breaks import seams
from zhengben.spans import Spans

CHUNK: Final = 1 << 18
"""Code points screened at a time: the matches of all forms in a whole document need not fit in memory."""

Match = tuple[int, int, int]
"""Number of the form in `Rulebook.forms`, start, end (code points)."""

_FORM = itemgetter(0)
_START = itemgetter(1)
_END = itemgetter(2)


@dataclass(frozen=True, slots=True)
class Screening:
    """What one pass found.

    ``matches`` holds every occurrence of a damaged form, overlapping ones included, sorted by start,
    then end; one that lies across a line end or a blank (效⏎劳) spans it. ``counts`` holds how often
    each form, damaged or original, occurs; forms that do not occur are absent and read as 0.
    """

    matches: tuple[Match, ...] = ()
    counts: Counter[int] = field(default_factory=Counter)


class Screen:
    """The automaton over a list of forms, of which the first ``watched`` are reported with their places.

    ``shields`` are words that no rule may touch: what overlaps one is passed over. Forms and shields
    must not be empty.
    """

    def __init__(self, forms: Sequence[str], watched: int, shields: Sequence[str] = ()) -> None:
        self._watched = watched
        self._reach = max(map(len, forms), default=1)
        self._automaton = ahocorasick_rs.AhoCorasick(forms, store_patterns=False)
        self._shields = ahocorasick_rs.AhoCorasick(shields, store_patterns=False) if shields else None

    def run(self, text: str, skip: Iterable[tuple[int, int]] = ()) -> Screening:
        """Screen ``text``, passing over whatever overlaps a span of ``skip``."""
        spans = Spans(chain(skip, self._shielded(text)))
        counts: Counter[int] = Counter()
        matches: list[Match] = []
        for offset, found in self._batches(spans.masked(text) if spans else text):
            counts.update(map(_FORM, found))
            watched = [match for match in found if match[0] < self._watched]
            matches += [(form, s + offset, e + offset) for form, s, e in watched] if offset else watched
        matches.sort(key=_START)
        return Screening(tuple(matches), counts)

    def _batches(self, text: str) -> Iterator[tuple[int, list[Match]]]:
        """Matches chunk by chunk, and where their offsets begin; those across a break come last, on the text itself."""
        for begin in range(0, len(text), CHUNK):
            found = self._automaton.find_matches_as_indexes(text[begin : begin + CHUNK + self._reach - 1], True)
            yield begin, _beginning_before(CHUNK, found)
        for seam in seams(text, self._reach):
            yield 0, list(seam.on_source(self._automaton.find_matches_as_indexes(seam.text, True)))

    def _shielded(self, text: str) -> list[tuple[int, int]]:
        if self._shields is None:
            return []
        return [(start, end) for _, start, end in self._shields.find_matches_as_indexes(text, True)]


def _beginning_before(limit: int, found: list[Match]) -> list[Match]:
    """Drop the matches, sorted by end, that begin at ``limit`` or later: the next chunk finds them."""
    place = bisect_right(found, limit, key=_END)
    if place < len(found):
        found[place:] = [match for match in found[place:] if match[1] < limit]
    return found
