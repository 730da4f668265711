"""Words written for others of the same sound: no pair of characters is rare, only the words around tell them apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from zhengben import resources
from zhengben.code_points import code_points
from zhengben.errors import ModelError
from zhengben.lm.bigrams import Bigrams
from zhengben.lm.scorer import LanguageModel
from zhengben.spelling.neighbours import Neighbours

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HOMOPHONES: Final = resources.DATA / "homophones.txt"
"""Two words a line, each common, which are mistaken for each other and not interchangeable. Chosen by hand among all
pairs of like sound."""

WORD_LENGTH: Final = 2

LEAST_GAIN: Final = 2.0
"""log10 by which the other word must fit better. Of words exchanged in sound text, about three in four pass, of
1,000,000 characters of sound text some ten places."""

MOST_GAIN: Final = 8.0
"""More tells nothing more."""

LEAST_SHIFT: Final = -2.0
"""log2 by which the pairs that the other word makes with its neighbours may be rarer, taken together, for the language
model to be asked."""

LEAST_CHAIN: Final = -3.0
"""The same with the pairs inside the words and the frequencies of their characters. Of words exchanged in sound text
that the model then holds to be mistaken 97.2 % pass both, of sound words 28 %."""

_REACH: Final = 4
_ODDS_AT_LEAST_GAIN: Final = 1.75
_ODDS_OF_GAIN: Final = 0.8
"""Natural log odds of a mistake at the least gain, and what each log10 more adds: set by hand, not fitted."""


@dataclass(frozen=True, slots=True)
class Mistaken:
    """A word at code points `start`..`start + 2` that should probably read `replacement`.

    `log_odds` are natural, in text with `zhengben.spelling.judgement.REFERENCE_RATE` slips.
    """

    start: int
    replacement: str
    log_odds: float


@dataclass(frozen=True, slots=True)
class _Swap:
    """A word at code point `start`, and one that may have been meant."""

    start: int
    word: str
    other: str


class Homophones:
    """Finds words that stand for their homophones. Holds tables only and may be shared between threads."""

    def __init__(self, model: LanguageModel, bigrams: Bigrams) -> None:
        import numpy as np

        self._model = model
        self._bigrams = bigrams
        self._pairs = _read_pairs()
        self._edges = code_points("".join(word + other for word, other in self._pairs)).reshape(-1, 4)
        self._words, self._begin, self._sizes = np.unique(
            self._edges[:, 0] << 16 | self._edges[:, 1], return_index=True, return_counts=True
        )
        first, last, other_first, other_last = self._edges.T
        self._inner = self._chances(other_first, other_last) - self._chances(first, last)
        self._is_first = np.zeros(0x10000, np.bool_)
        self._is_first[self._edges[:, 0]] = True
        self._is_last = np.zeros(0x10000, np.bool_)
        self._is_last[self._edges[:, 1]] = True

    def find(self, text: str, neighbours: Neighbours) -> Iterator[Mistaken]:
        """The words of `text` that a homophone fits much better, in order."""
        end = 0
        for start, swaps in groupby(self._swaps(neighbours), key=attrgetter("start")):
            if start < end:
                continue
            gain, other = max((self._gain(text, swap), swap.other) for swap in swaps)
            if gain >= LEAST_GAIN:
                end = start + WORD_LENGTH
                surplus = min(gain, MOST_GAIN) - LEAST_GAIN
                yield Mistaken(start, other, _ODDS_AT_LEAST_GAIN + _ODDS_OF_GAIN * surplus)

    def _gain(self, text: str, swap: _Swap) -> float:
        """log10 by which the model finds the line likelier with the other word."""
        left = text[max(0, swap.start - _REACH) : swap.start].rpartition("\n")[2]
        right = text[(end := swap.start + WORD_LENGTH) : end + _REACH].partition("\n")[0]
        return self._model.score(left + swap.other + right) - self._model.score(left + swap.word + right)

    def _chances(self, first: NDArray[np.uint32], last: NDArray[np.uint32]) -> NDArray[np.float32]:
        """log2 of how often words were met, for all that either of their characters was."""
        totals = self._bigrams.log2_totals()
        return self._bigrams.log2_counts(first, last) - totals[first] - totals[last]

    def _swaps(self, text: Neighbours) -> Iterator[_Swap]:
        """The words of `text` that counts of the pairs at their edges allow to be mistaken, in order."""
        import numpy as np

        codes, steps, log2, count = text.codes, text.steps, self._bigrams.log2, self._bigrams.log2_counts
        starts = np.flatnonzero(self._is_first.take(codes[:-1]) & self._is_last.take(codes[1:]))
        keys = codes[starts] << 16 | codes[starts + 1]
        numbers = np.minimum(np.searchsorted(self._words, keys), len(self._words) - 1)
        is_word = self._words[numbers] == keys
        starts, numbers = starts[is_word], numbers[is_word]
        sizes = self._sizes[numbers]
        starts = np.repeat(starts, sizes)
        pairs = np.arange(len(starts)) + np.repeat(self._begin[numbers] - np.cumsum(sizes) + sizes, sizes)
        other_first, other_last = self._edges[pairs, 2], self._edges[pairs, 3]
        other = count(codes[starts - 1], other_first) + count(other_last, codes[starts + WORD_LENGTH])
        shift = other - log2(steps[starts - 1]) - log2(steps[starts + 1])
        allowed = (shift >= LEAST_SHIFT) & (shift + self._inner[pairs] >= LEAST_CHAIN)
        for place in np.flatnonzero(allowed).tolist():
            yield _Swap(int(starts[place]) - 1, *self._pairs[pairs[place]])


def _read_pairs() -> list[tuple[str, str]]:
    """Every word with each of its homophones, sorted."""
    try:
        lines = (line for line in HOMOPHONES.read_text("utf-8").splitlines() if not line.startswith("#"))
        pairs = [(one, other) for one, other in (line.split("\t") for line in lines)]
    except (OSError, ValueError) as error:
        raise ModelError(f"{HOMOPHONES}: the list of words is missing or damaged; reinstall zhengben") from error
    return sorted({*pairs, *((other, one) for one, other in pairs)})
