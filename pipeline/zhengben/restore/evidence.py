"""What a whole document says about one pair of words: was every original replaced here?

Two stories are compared. Sound: the author used both words, in a share drawn from Beta(a, b) as sound
documents show it, and every damaged-looking word is meant. Damaged: the author wrote both words in such
a share, then every original became the damaged form, so that each site may be either. The absence of the
original, the number of damaged forms and the neighbourhoods of all sites enter one likelihood ratio.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from math import lgamma, log
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhengben.restore.calibration import PairModel

SURVIVAL: Final = 0.02
"""Probability that an engine misses an original: it was split by a line end or a blank (2 of 65 in aligned twins)."""

MOST_SITES: Final = 40
"""Sites weighed for a pair: more of the same word in one document are not independent witnesses."""

INDEPENDENT_SITES: Final = 1.5
"""Witnesses that any number of sites of one pair amounts to: an author's style colours all of them alike."""

_BATCH: Final = 1 << 14
"""Sites weighed at a time."""

_SHARES: Final = 1.0 / (1.0 + np.exp(-np.linspace(-9.0, 9.0, 37)))[:, None]
_LOG_SHARES: Final = np.log(_SHARES)
_LOG_RESTS: Final = np.log1p(-_SHARES)


class PairCase(NamedTuple):
    """The facts about a pair in a document: the log odds of its sites (`likelihood`) and the originals left.

    ``original_count`` is None where the original may itself be another pair's output: then its presence or
    absence says nothing.
    """

    pair: PairModel
    log_odds: NDArray[np.float64]
    original_count: int | None


class PairEvidence(NamedTuple):
    """The verdict on one pair.

    ``log_ratio``: natural log of the likelihood of "this engine replaced the original here" over "it did
    not". ``site_probabilities``: for each site, the probability that it holds the original, if so.
    """

    log_ratio: float
    site_probabilities: Sequence[float]


def weigh(cases: Sequence[PairCase]) -> list[PairEvidence]:
    """Compare both stories for every case."""
    return [evidence for batch in _batches(cases) for evidence in _weigh(batch)]


def _batches(cases: Sequence[PairCase]) -> Iterator[Sequence[PairCase]]:
    """The cases in their order, so many at a time as have `_BATCH` sites together, or one that has more."""
    begin = sites = 0
    for place, case in enumerate(cases):
        if sites and sites + len(case.log_odds) > _BATCH:
            yield cases[begin:place]
            begin, sites = place, 0
        sites += len(case.log_odds)
    if sites:
        yield cases[begin:]


def _weigh(cases: Sequence[PairCase]) -> Iterator[PairEvidence]:
    priors = np.array([(case.pair.original_pseudocount, case.pair.damaged_pseudocount) for case in cases]).T
    left = np.array([case.original_count or 0 for case in cases], dtype=np.float64)
    prior = priors[0] * _LOG_SHARES + priors[1] * _LOG_RESTS
    joint = prior - _log_sum(prior) + _sites(cases) + left * (_LOG_SHARES + log(SURVIVAL))
    damaged = _log_sum(joint)
    probabilities = _site_probabilities(cases, np.exp(joint - damaged))
    for case, story, sites in zip(cases, damaged.tolist(), probabilities, strict=True):
        yield PairEvidence(story - _log_sound(case), sites)


def _sites(cases: Sequence[PairCase]) -> NDArray[np.float64]:
    """For every share of originals (rows) and case (columns), the log likelihood of the case's sites."""
    weighed = [case.log_odds[:MOST_SITES] for case in cases]
    ratios = np.exp(np.concatenate(weighed))
    mixed = np.log((1.0 - _SHARES) + _SHARES * ratios)
    lengths = np.array([len(sites) for sites in weighed])
    firsts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    return np.add.reduceat(mixed, firsts, axis=1) * np.minimum(1.0, INDEPENDENT_SITES / lengths)


def _site_probabilities(cases: Sequence[PairCase], posterior: NDArray[np.float64]) -> list[list[float]]:
    lengths = [len(case.log_odds) for case in cases]
    original = _SHARES * np.exp(np.concatenate([case.log_odds for case in cases]))
    chances = original / (original + 1.0 - _SHARES)
    expected = (np.repeat(posterior, lengths, axis=1) * chances).sum(axis=0).tolist()
    ends = accumulate(lengths)
    return [expected[end - length : end] for end, length in zip(ends, lengths, strict=True)]


def _log_sound(case: PairCase) -> float:
    """Log likelihood of the counts in the sound story: every site is meant, so many originals stand beside."""
    if case.original_count is None:
        return 0.0
    sites = min(len(case.log_odds), MOST_SITES)
    return _log_counts(case.original_count, sites, case.pair.original_pseudocount, case.pair.damaged_pseudocount)


@lru_cache(maxsize=1 << 14)
def _log_counts(originals: int, sites: int, a: float, b: float) -> float:
    """Natural-log probability of so many originals and sites, in their order, their share being Beta(a, b).

    Both passes over a document ask, and the documents of a folder again.
    """
    return _log_beta(a + originals, b + sites) - _log_beta(a, b)


def _log_sum(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log of the sum over the rows of each column."""
    highest = values.max(axis=0)
    total: NDArray[np.float64] = highest + np.log(np.exp(values - highest).sum(axis=0))
    return total


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
