"""Looks for places that may be slips by counts of neighbouring characters alone, without the language model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, islice
from math import log2
from typing import TYPE_CHECKING, Final

from zhengben.lm.bigrams import Bigrams
from zhengben.lm.normalization import normalize
from zhengben.spelling.confusion import ConfusionSets, Likeness, code_points

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SUSPICIOUS_COUNT: Final = 20
"""Times in training below or at which a pair of neighbours makes both its characters suspicious."""

LEAST_COUNT: Final = 1
"""Times that both pairs which a candidate makes with its neighbours must have been met."""

LEAST_GAIN: Final = 0.5
"""log10 by which the pairs around a candidate must be likelier than those around the character that stands there."""

MOST_CANDIDATES: Final = 3
"""Candidates of a place that are left to the language model, best first."""

_BLOCK: Final = 1 << 12
"""Suspicious places that are looked at together: bounds the memory of any text."""

_LOG10_OF_2: Final = 0.30103
_LEAST_LOG2 = log2(1 + LEAST_COUNT)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A character that may have been meant at `position`.

    `gain` is the log10 ratio of the pairs around it to those around the character that stands there;
    `weakest_pair` and `weakest_before` are log2(1 + count) of the rarer of the two pairs, with the candidate and
    without; `total` and `standing_total` are log2(1 + count) of the candidate and of the character that stands
    there; `recurrences` counts how often the rarer pair that stands there occurs in the text.
    """

    position: int
    replacement: str
    likeness: Likeness
    gain: float
    weakest_pair: float
    weakest_before: float
    total: float
    standing_total: float
    recurrences: int


@dataclass(frozen=True, slots=True)
class _Found:
    """Candidates of many places as parallel arrays, place by place, the best of each place first."""

    places: NDArray[np.int64]
    partners: NDArray[np.uint32]
    likeness: NDArray[np.uint8]
    gains: NDArray[np.float32]
    weakest: NDArray[np.float32]
    before: NDArray[np.float32]
    standing: NDArray[np.uint32]


class Search:
    """Finds candidates in texts. Holds tables only and may be shared between threads."""

    def __init__(self, bigrams: Bigrams, confusion: ConfusionSets) -> None:
        self._bigrams = bigrams
        self._confusion = confusion
        self._totals = bigrams.log2_totals()

    def find(self, text: str) -> Iterator[list[Candidate]]:
        """The candidates of each suspicious place that has any, place by place in the order of the text."""
        import numpy as np

        codes = _normalized(code_points(text))
        rare = np.array(self._bigrams.rare_positions(text, at_most=SUSPICIOUS_COUNT), np.int64)
        recurring = _Recurrences(codes, rare)
        places = np.union1d(rare, rare + 1)
        places = places[(places > 0) & (places < len(codes) - 1)]
        for begin in range(0, len(places), _BLOCK):
            found = self._better(codes, places[begin : begin + _BLOCK])
            ranked = (self._candidate(found, k, recurring) for k in range(len(found.places)))
            for _, group in groupby(ranked, key=_position):
                yield list(islice(group, MOST_CANDIDATES))

    def _better(self, codes: NDArray[np.uint32], places: NDArray[np.int64]) -> _Found:
        """The partners that both neighbours have been met with, and like better than what stands there."""
        import numpy as np

        left, char, right = codes[places - 1], codes[places], codes[places + 1]
        count = self._bigrams.log2_counts
        before_left, before_right = count(left, char), count(char, right)
        index, partners, likeness = self._partners(char)
        pair_left = count(left[index], partners)
        met = pair_left >= _LEAST_LOG2
        index, partners, likeness, pair_left = index[met], partners[met], likeness[met], pair_left[met]
        pair_right = count(partners, right[index])
        standing = before_left + before_right - self._totals[char]
        likelier = pair_left + pair_right - self._totals[partners] - standing[index]
        gains: NDArray[np.float32] = likelier * np.float32(_LOG10_OF_2)
        kept = np.flatnonzero((pair_right >= _LEAST_LOG2) & (gains >= LEAST_GAIN))
        kept = kept[np.lexsort((-gains[kept], index[kept]))]
        index = index[kept]
        return _Found(
            places[index],
            partners[kept],
            likeness[kept],
            gains[kept],
            np.minimum(pair_left, pair_right)[kept],
            np.minimum(before_left, before_right)[index],
            char[index],
        )

    def _candidate(self, found: _Found, k: int, recurring: _Recurrences) -> Candidate:
        partner, place = int(found.partners[k]), int(found.places[k])
        return Candidate(
            position=place,
            replacement=chr(partner),
            likeness=Likeness(int(found.likeness[k])),
            gain=float(found.gains[k]),
            weakest_pair=float(found.weakest[k]),
            weakest_before=float(found.before[k]),
            total=float(self._totals[partner]),
            standing_total=float(self._totals[found.standing[k]]),
            recurrences=recurring.around(place),
        )

    def _partners(self, char: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.uint8]]:
        """All partners of all `char`: whose they are, what they are, and how alike."""
        import numpy as np

        offsets = self._confusion.offsets
        begin = offsets[char]
        sizes = offsets[char + 1] - begin
        index = np.repeat(np.arange(len(char)), sizes)
        flat = np.arange(len(index)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + begin[index]
        return index, self._confusion.partners[flat], self._confusion.likeness[flat]


def _position(candidate: Candidate) -> int:
    return candidate.position


def _normalized(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    import numpy as np

    normal: NDArray[np.uint32] = _normal_forms()[np.minimum(codes, 0xFFFF)]
    return normal


@cache
def _normal_forms() -> NDArray[np.uint32]:
    """The normal form of every code point of the basic plane; those beyond have no pairs to be looked up."""
    return code_points(normalize("".join(map(chr, range(0x10000)))))


class _Recurrences:
    """How often the rare pairs of a text occur in it: what a writer repeats is seldom a slip."""

    def __init__(self, codes: NDArray[np.uint32], rare: NDArray[np.int64]) -> None:
        import numpy as np

        self._keys = dict.fromkeys(rare.tolist(), 1)
        pairs = codes[rare] << 16 | (codes[rare + 1] & 0xFFFF)
        _, inverse, counts = np.unique(pairs, return_inverse=True, return_counts=True)
        repeated = np.flatnonzero(counts[inverse] > 1)
        self._keys.update(zip(rare[repeated].tolist(), counts[inverse[repeated]].tolist(), strict=True))

    def around(self, place: int) -> int:
        """Occurrences of the rare pair at `place` that is the rarer in the text."""
        return min(self._keys[p] for p in (place - 1, place) if p in self._keys)
