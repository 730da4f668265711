"""What a whole document says about one pair of words: was every original replaced here?

Two stories are compared. Sound: the author used both words, in a share drawn from Beta(a, b) as sound
documents show it, and every damaged-looking word is meant. Damaged: the author wrote both words in such
a share, then every original became the damaged form, so that each site may be either. The absence of the
original, the number of damaged forms and the neighbourhoods of all sites enter one likelihood ratio.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma, log
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhengben.restore.calibration import PairModel

SURVIVAL: Final = 0.02
"""Probability that an engine misses an original: it was split by a line end or a blank (2 of 65 in aligned twins)."""

MOST_SITES: Final = 40
"""Sites weighed for a pair: more of the same word in one document are not independent witnesses."""

_SHARES: Final = 1.0 / (1.0 + np.exp(-np.linspace(-9.0, 9.0, 37)))
_LOG_SHARES: Final = np.log(_SHARES)
_LOG_RESTS: Final = np.log1p(-_SHARES)


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """The verdict on one pair.

    ``log_ratio``: natural log of the likelihood of "this engine replaced the original here" over "it did
    not". ``site_probabilities``: for each site, the probability that it holds the original, if so.
    """

    log_ratio: float
    site_probabilities: NDArray[np.float64]


def weigh(pair: PairModel, log_odds: NDArray[np.float64], original_count: int) -> PairEvidence:
    """Compare both stories for a pair with these site odds and so many originals left."""
    a, b = pair.original_pseudocount, pair.damaged_pseudocount
    sites = min(len(log_odds), MOST_SITES)
    sound = _log_beta(a + original_count, b + sites) - _log_beta(a, b)
    damaged, posterior = _damaged_story(pair, log_odds, original_count)
    return PairEvidence(damaged - sound, _site_probabilities(log_odds, posterior))


def weigh_neighbourhoods(pair: PairModel, log_odds: NDArray[np.float64]) -> PairEvidence:
    """As `weigh`, but by the sites alone: where the original may itself be another pair's output, its count says
    nothing."""
    damaged, posterior = _damaged_story(pair, log_odds, 0)
    return PairEvidence(damaged, _site_probabilities(log_odds, posterior))


def _damaged_story(
    pair: PairModel, log_odds: NDArray[np.float64], original_count: int
) -> tuple[float, NDArray[np.float64]]:
    """Its log likelihood, and how probable each share of originals then is."""
    prior = pair.original_pseudocount * _LOG_SHARES + pair.damaged_pseudocount * _LOG_RESTS
    prior = prior - _log_sum(prior)
    ratios = np.exp(log_odds[:MOST_SITES])
    mixed = np.log((1.0 - _SHARES)[:, None] + _SHARES[:, None] * ratios[None, :]).sum(axis=1)
    joint = prior + mixed + original_count * (_LOG_SHARES + log(SURVIVAL))
    total = _log_sum(joint)
    return total, np.exp(joint - total)


def _site_probabilities(log_odds: NDArray[np.float64], posterior: NDArray[np.float64]) -> NDArray[np.float64]:
    original = _SHARES[:, None] * np.exp(log_odds)[None, :]
    probabilities: NDArray[np.float64] = posterior @ (original / (original + (1.0 - _SHARES)[:, None]))
    return probabilities


def _log_sum(values: NDArray[np.float64]) -> float:
    highest = float(values.max())
    return highest + log(float(np.exp(values - highest).sum()))


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
