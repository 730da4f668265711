"""Looks for places that may be slips by counts of neighbouring characters alone, without the language model."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, islice
from math import log2
from typing import TYPE_CHECKING, Final

from zhengben.lm.bigrams import Bigrams
from zhengben.lm.normalization import normalize
from zhengben.spelling.confusion import ConfusionSets, Likeness, code_points, is_han
from zhengben.spelling.figures import Promise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SUSPICIOUS_COUNT: Final = 8
"""Times in training below or at which a pair of neighbours makes both its characters suspicious."""

UNUSUAL_COUNT: Final = 100
LEAST_SHORTFALL: Final = 1.0
"""log2 by which a pair met `UNUSUAL_COUNT` times or less is suspicious too when chance alone would make it more
frequent (工做: 33 times, though 工 and 做 are each met tens of thousands of times)."""

LEAST_COUNT: Final = 1
"""Times that both pairs which a candidate makes with its neighbours must have been met."""

LEAST_GAIN: Final = 0.5
"""log10 by which the pairs around a candidate must be likelier than those around the character that stands there."""

MOST_CANDIDATES: Final = 3
"""Candidates of a place that are left to the language model, best first."""

_BLOCK: Final = 1 << 12
"""Suspicious places that are looked at together: bounds the memory of any text."""

_STRETCH: Final = 1 << 18
_LOG2_OF_ALL: Final = 24.5
"""log2 of the pairs counted in training."""

_RARE_LOG2: Final = log2(1.5 + SUSPICIOUS_COUNT)
_UNUSUAL_LOG2: Final = log2(1.5 + UNUSUAL_COUNT)
_NEVER: Final = 0xFFFFFFFF
_LOG10_OF_2: Final = 0.30103
_APART: Final = 1e3
"""More than any promise: keeps the ranks of one character's partners from those of the next."""

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
    recurrences: NDArray[np.uint32]


class Search:
    """Finds candidates in texts. Holds tables only and may be shared between threads."""

    def __init__(self, bigrams: Bigrams, confusion: ConfusionSets, promise: Promise) -> None:
        import numpy as np

        self._bigrams = bigrams
        self._promise = promise
        self._totals = bigrams.log2_totals()
        as_left, as_right = bigrams.log2_peaks()
        self._headroom = as_left - self._totals
        self._likeness_share = np.array(promise.likeness, np.float32)[confusion.likeness]
        self._offsets = confusion.offsets
        owners = np.repeat(np.arange(0x10000), np.diff(confusion.offsets))
        share = np.array(promise.likeness, np.float32)[confusion.likeness]
        most = self._worth(as_right[confusion.partners] + self._headroom[confusion.partners]) + share
        order = np.lexsort((-most, owners))
        self._partners, self._likeness = confusion.partners[order], confusion.likeness[order]
        self._likeness_share, self._ranks = share[order], (_APART * owners - most)[order]

    def find(self, text: str, doubtful: Collection[int] = ()) -> Iterator[list[Candidate]]:
        """The candidates of each suspicious place that has any, place by place in the order of the text.

        The character at every ``doubtful`` place is suspicious, however usual it is beside its neighbours.
        """
        import numpy as np

        codes = normal_code_points(text)
        rare = self._rare_pairs(codes)
        recurrences = _recurrences(codes, rare)
        unsure = np.fromiter(doubtful, np.int64, len(doubtful))
        recurrences[unsure] = np.maximum(recurrences[unsure], is_han(codes[unsure]))
        places = np.flatnonzero(recurrences)
        places = places[(places > 0) & (places < len(codes) - 1)]
        for begin in range(0, len(places), _BLOCK):
            block = places[begin : begin + _BLOCK]
            found = self._better(codes, block, recurrences[block])
            ranked = (self._candidate(found, k) for k in range(len(found.places)))
            for _, group in groupby(ranked, key=_position):
                yield list(islice(group, MOST_CANDIDATES))

    def _rare_pairs(self, codes: NDArray[np.uint32]) -> NDArray[np.int64]:
        """Where two Han neighbours were hardly ever met, or much less often than their own frequencies lead one to
        expect."""
        import numpy as np

        found = [np.zeros(0, np.int64)]
        for begin in range(0, len(codes), _STRETCH):
            block = codes[begin : begin + _STRETCH + 1]
            left, right = block[:-1], block[1:]
            counts = self._bigrams.log2_counts(left, right)
            expected = self._totals[left] + self._totals[right] - _LOG2_OF_ALL
            rare = (counts <= _RARE_LOG2) | ((counts <= _UNUSUAL_LOG2) & (counts < expected - LEAST_SHORTFALL))
            found.append(np.flatnonzero(rare & is_han(left) & is_han(right)) + begin)
        return np.concatenate(found)

    def _better(self, codes: NDArray[np.uint32], places: NDArray[np.int64], recurrences: NDArray[np.uint32]) -> _Found:
        """The partners that both neighbours have been met with, and like so much better than what stands there that
        counts promise a slip.

        Most are dropped before their counts are looked up, by the most that they can reach beside any neighbour.
        """
        import numpy as np

        left, char, right = codes[places - 1], codes[places], codes[places + 1]
        count = self._bigrams.log2_counts
        before_left, before_right = count(left, char), count(char, right)
        before = np.minimum(before_left, before_right)
        standing = before_left + before_right - self._totals[char]
        needed = self._needed(standing, before, recurrences)
        index, entries = self._promising(char, needed)
        partners, least = self._partners[entries], needed[index] - self._likeness_share[entries]
        pair_left = count(left[index], partners)
        kept = np.flatnonzero((pair_left >= _LEAST_LOG2) & (self._worth(pair_left + self._headroom[partners]) >= least))
        index, entries, partners = index[kept], entries[kept], partners[kept]
        least, pair_left = least[kept], pair_left[kept]
        pair_right = count(partners, right[index])
        liked = pair_left + pair_right - self._totals[partners]
        gains: NDArray[np.float32] = (liked - standing[index]) * np.float32(_LOG10_OF_2)
        kept = np.flatnonzero((pair_right >= _LEAST_LOG2) & (gains >= LEAST_GAIN) & (self._worth(liked) >= least))
        kept = kept[np.lexsort((-gains[kept], index[kept]))]
        index = index[kept]
        return _Found(
            places[index],
            partners[kept],
            self._likeness[entries[kept]],
            gains[kept],
            np.minimum(pair_left, pair_right)[kept],
            before[index],
            char[index],
            recurrences[index],
        )

    def _worth(self, liked: NDArray[np.float32]) -> NDArray[np.float32]:
        """The share of a promise that a partner earns by the log2 counts of its pairs, less that of its own."""
        return liked * (self._promise.gain * _LOG10_OF_2)

    def _needed(
        self, standing: NDArray[np.float32], before: NDArray[np.float32], recurrences: NDArray[np.uint32]
    ) -> NDArray[np.float32]:
        """What a partner's worth and likeness must come to at each place, for the whole promise to suffice."""
        promise = self._promise
        repeated = promise.recurrence * (recurrences > 1)
        needed: NDArray[np.float32] = promise.least - promise.rarity * before - repeated + self._worth(standing)
        return needed

    def _candidate(self, found: _Found, k: int) -> Candidate:
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
            recurrences=int(found.recurrences[k]),
        )

    def _promising(
        self, char: NDArray[np.uint32], needed: NDArray[np.float32]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The partners of each of `char` that can reach what is `needed` beside it: whose they are, and where they
        stand in the tables, where those of a character are in the order of the most that they can reach."""
        import numpy as np

        begin = self._offsets[char]
        end = np.searchsorted(self._ranks, _APART * char - np.maximum(needed, -_APART / 2), side="right")
        sizes = np.maximum(end - begin, 0)
        index = np.repeat(np.arange(len(char)), sizes)
        return index, np.arange(len(index)) + np.repeat(begin - np.cumsum(sizes) + sizes, sizes)


def _position(candidate: Candidate) -> int:
    return candidate.position


def normal_code_points(text: str) -> NDArray[np.uint32]:
    """The code points of `text` as pairs are counted by; those beyond the basic plane are of no pair."""
    return _normal_forms().take(code_points(text), mode="clip")


@cache
def _normal_forms() -> NDArray[np.uint32]:
    """The normal form of every code point of the basic plane; those beyond have no pairs to be looked up."""
    return code_points(normalize("".join(map(chr, range(0x10000)))))


def _recurrences(codes: NDArray[np.uint32], rare: NDArray[np.int64]) -> NDArray[np.uint32]:
    """For each place in or beside a rare pair, how often that pair occurs in the text, of two the rarer; else 0.

    What a writer repeats is seldom a slip.
    """
    import numpy as np

    pairs = codes[rare] << 16 | (codes[rare + 1] & 0xFFFF)
    _, inverse, counts = np.unique(pairs, return_inverse=True, return_counts=True)
    own = np.full(len(codes), _NEVER, np.uint32)
    own[rare] = counts[inverse]
    either: NDArray[np.uint32] = own.copy()
    either[1:] = np.minimum(own[1:], own[:-1])
    either[either == _NEVER] = 0
    return either
