"""Looks for places that may be slips by counts of neighbouring characters alone, without the language model."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from zhengben.lm.bigrams import Bigrams, most_steps
from zhengben.spelling.confusion import ConfusionSets, Likeness, is_han
from zhengben.spelling.figures import Promise
from zhengben.spelling.neighbours import Neighbours, read

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

LEAST_SLACK: Final = 1.5
"""How much more than needed a partner must be able to promise beside other neighbours: of what the model then holds to
be more likely a slip than not 99.5 % have so much, of all partners 70 %."""

MOST_CANDIDATES: Final = 3
"""Candidates of a place that are left to the language model, best first."""

_BLOCK: Final = 1 << 12
"""Suspicious places that are looked at together: bounds the memory of any text."""

_STRETCH: Final = 1 << 18
_LOG2_OF_ALL: Final = 24.5
"""log2 of the pairs counted in training."""

_RARE_STEPS: Final = most_steps(SUSPICIOUS_COUNT)
_UNUSUAL_STEPS: Final = most_steps(UNUSUAL_COUNT)
_NEVER_MET: Final = most_steps(LEAST_COUNT - 1)
_NEVER: Final = 0xFFFFFFFF
_LOG10_OF_2: Final = 0.30103
_LEVELS: Final = 32
"""Levels of what partners can reach, for each of which it is known how many of a character's partners reach it."""


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

    places: NDArray[np.intp]
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
        headroom = as_left - self._totals
        owners = np.repeat(np.arange(0x10000), np.diff(confusion.offsets))
        share = np.array(promise.likeness, np.float32)[confusion.likeness]
        most = self._worth(as_right[confusion.partners] + headroom[confusion.partners]) + share
        order = np.lexsort((-most, owners))
        self._partners, self._likeness = confusion.partners[order], confusion.likeness[order]
        self._numbers, self._headroom = bigrams.numbers(self._partners), headroom[self._partners]
        self._likeness_share = share[order]
        self._offsets, self._ranking = confusion.offsets, _Ranking(owners, most[order])

    def read(self, text: str) -> Neighbours:
        """What `find` asks for."""
        return read(text, self._bigrams)

    def find(self, text: Neighbours, doubtful: Collection[int] = ()) -> Iterator[list[Candidate]]:
        """The candidates of each suspicious place that has any, place by place in the order of the text.

        The character at every ``doubtful`` place is suspicious, however usual it is beside its neighbours.
        """
        import numpy as np

        recurrences = _recurrences(text.codes, self._rare_pairs(text))
        unsure = np.fromiter(doubtful, np.intp, len(doubtful)) + 1
        recurrences[unsure] = np.maximum(recurrences[unsure], is_han(text.codes[unsure]))
        places = np.flatnonzero(recurrences[2:-2]) + 2
        for begin in range(0, len(places), _BLOCK):
            block = places[begin : begin + _BLOCK]
            found = self._candidates(self._better(text, block, recurrences[block]))
            for _, group in groupby(found, key=attrgetter("position")):
                yield list(islice(group, MOST_CANDIDATES))

    def _rare_pairs(self, text: Neighbours) -> NDArray[np.intp]:
        """Where two Han neighbours were hardly ever met, or much less often than their own frequencies lead one to
        expect."""
        import numpy as np

        found = [np.zeros(0, np.intp)]
        for begin in range(0, len(text.steps), _STRETCH):
            unusual = np.flatnonzero(text.steps[begin : begin + _STRETCH] <= _UNUSUAL_STEPS) + begin
            left, right, steps = text.codes[unusual], text.codes[unusual + 1], text.steps[unusual]
            expected = self._totals[left] + self._totals[right] - _LOG2_OF_ALL
            rare = (steps <= _RARE_STEPS) | (self._bigrams.log2(steps) < expected - LEAST_SHORTFALL)
            found.append(unusual[rare & is_han(left) & is_han(right)])
        return np.concatenate(found)

    def _better(self, text: Neighbours, places: NDArray[np.intp], recurrences: NDArray[np.uint32]) -> _Found:
        """The partners that both neighbours have been met with, and like so much better than what stands there that
        counts promise a slip.

        Most are dropped before their counts are looked up, by the most that they can reach beside any neighbour.
        """
        import numpy as np

        log2, numbers = self._bigrams.log2, self._bigrams.numbers
        char, before_left, before_right = text.codes[places], log2(text.steps[places - 1]), log2(text.steps[places])
        before = np.minimum(before_left, before_right)
        standing = before_left + before_right - self._totals[char]
        needed = self._needed(standing, before, recurrences)
        index, entries, pair_left = self._fit_on_the_left(numbers(text.codes[places - 1]), char, needed)
        steps = self._bigrams.steps(self._numbers[entries], numbers(text.codes[places + 1])[index])
        pair_right = log2(steps)
        liked = pair_left + pair_right - self._totals[self._partners[entries]]
        gains: NDArray[np.float32] = (liked - standing[index]) * np.float32(_LOG10_OF_2)
        is_enough = self._worth(liked) >= needed[index] - self._likeness_share[entries]
        kept = np.flatnonzero((steps > _NEVER_MET) & (gains >= LEAST_GAIN) & is_enough)
        kept = kept[np.lexsort((-gains[kept], index[kept]))]
        index, entries = index[kept], entries[kept]
        return _Found(
            places[index] - 1,
            self._partners[entries],
            self._likeness[entries],
            gains[kept],
            np.minimum(pair_left, pair_right)[kept],
            before[index],
            char[index],
            recurrences[index],
        )

    def _fit_on_the_left(
        self, left: NDArray[np.intp], char: NDArray[np.uint32], needed: NDArray[np.float32]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]:
        """The partners of each of `char` that can reach what is `needed` behind the neighbour of the number `left`:
        whose they are, where they stand in the tables, and log2(1 + count) of the pair."""
        import numpy as np

        index, entries = self._promising(char, needed)
        steps = self._bigrams.steps(left[index], self._numbers[entries])
        met = np.flatnonzero(steps > _NEVER_MET)
        index, entries, pairs = index[met], entries[met], self._bigrams.log2(steps[met])
        least = needed[index] - self._likeness_share[entries]
        kept = np.flatnonzero(self._worth(pairs + self._headroom[entries]) >= least)
        return index[kept], entries[kept], pairs[kept]

    def _promising(
        self, char: NDArray[np.uint32], needed: NDArray[np.float32]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The partners of each of `char` that can reach clearly more than is `needed` beside some neighbour, and a few
        others: whose they are, and where they stand in the tables."""
        import numpy as np

        sizes = self._ranking.reaching(char, needed + LEAST_SLACK)
        index = np.repeat(np.arange(len(char)), sizes)
        return index, np.arange(len(index)) + np.repeat(self._offsets[char] - np.cumsum(sizes) + sizes, sizes)

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

    def _candidates(self, found: _Found) -> Iterator[Candidate]:
        columns = (
            found.places.tolist(),
            map(chr, found.partners.tolist()),
            map(Likeness, found.likeness.tolist()),
            found.gains.tolist(),
            found.weakest.tolist(),
            found.before.tolist(),
            self._totals[found.partners].tolist(),
            self._totals[found.standing].tolist(),
            found.recurrences.tolist(),
        )
        return map(Candidate, *columns)


class _Ranking:
    """How many partners of a character can reach what is needed, looked up by levels: a few too many, never too few."""

    def __init__(self, owners: NDArray[np.intp], most: NDArray[np.float32]) -> None:
        """`most` is what the partner of the same place can reach, of each of the `owners`, which ascend."""
        import numpy as np

        characters, rows = np.unique(owners, return_inverse=True)
        self._lowest, self._width = most.min(), max(np.ptp(most) / _LEVELS, np.float32(1e-6))
        of_level = np.bincount(rows * _LEVELS + self._levels(most), minlength=len(characters) * _LEVELS)
        at_least = of_level.reshape(-1, _LEVELS)[:, ::-1].cumsum(axis=1)[:, ::-1]
        self._at_least = np.concatenate((np.zeros(_LEVELS, np.intp), at_least.reshape(-1)))
        self._rows = np.zeros(0x10000, np.intp)
        self._rows[characters] = np.arange(1, len(characters) + 1) * _LEVELS

    def reaching(self, char: NDArray[np.uint32], needed: NDArray[np.float32]) -> NDArray[np.intp]:
        counts: NDArray[np.intp] = self._at_least[self._rows[char] + self._levels(needed)]
        return counts

    def _levels(self, values: NDArray[np.float32]) -> NDArray[np.intp]:
        import numpy as np

        levels: NDArray[np.float32] = (values - self._lowest) / self._width
        return np.clip(levels, 0, _LEVELS - 1).astype(np.intp)


def _recurrences(codes: NDArray[np.uint32], rare: NDArray[np.intp]) -> NDArray[np.uint32]:
    """For each place in or beside a rare pair, how often that pair occurs in the text, of two the rarer; else 0.

    What a writer repeats is seldom a slip.
    """
    import numpy as np

    pairs = codes[rare] << 16 | codes[rare + 1]
    order = np.argsort(pairs)
    pairs = pairs[order]
    runs = np.diff(np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1], [True]))))
    own = np.full(len(codes), _NEVER, np.uint32)
    own[rare[order]] = np.repeat(runs, runs)
    either: NDArray[np.uint32] = own.copy()
    either[1:] = np.minimum(own[1:], own[:-1])
    either[either == _NEVER] = 0
    return either
