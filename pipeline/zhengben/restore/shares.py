"""What share of an engine's table was in use in a document: tables differ from page to page.

Before looking, the share is drawn from Beta(3, 1.5), whose mean is `USUAL_SHARE`, taken at a few points. A pair is then
in use with the probability of the share times its `Entry.usage`, and in a story of several engines with the probability
that one of them uses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import exp
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from zhengben.restore.entries import USUAL_SHARE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhengben.restore.evidence import PairEvidence
    from zhengben.restore.survivors import Survivors
    from zhengben.restore.trial import Trial

Number = TypeVar("Number", float, "NDArray[np.float64]")

POINTS: Final = (np.arange(10) + 0.5) / 10.0
"""Shares that stand for all."""

_DENSITY: Final = POINTS**2.0 * np.sqrt(1.0 - POINTS)
LOG_PRIOR: Final = np.log(_DENSITY / _DENSITY.sum())
"""Natural log of the probability of each of `POINTS`."""

WEIGHT: Final = 4.0
"""Pairs that the usual share counts for, against those of the document."""

_ROUNDS: Final = 8
_LARGEST_EXPONENT: Final = 30.0


@lru_cache(maxsize=1 << 10)
def idle(usages: tuple[float, ...]) -> NDArray[np.float64]:
    """The probability at each of `POINTS` that no engine uses a pair, which each of them uses as often as is given."""
    nobody: NDArray[np.float64] = np.prod([1.0 - usage * POINTS for usage in usages], axis=0)
    return nobody


def log_survival(survivors: Survivors, story: frozenset[str]) -> NDArray[np.float64]:
    """Natural log of the probability, at each of `POINTS`, that the engines of a story leave these originals alone.

    What one of them may have written is no original that was left.
    """
    total = np.zeros(len(POINTS))
    for survivor, count in survivors.items():
        if survivor.engine in story and story.isdisjoint(survivor.writers):
            total += count * np.log(idle((survivor.usage,)))
    return total


def shares_in_use(trials: Iterable[Trial], survivors: Survivors, active: frozenset[str]) -> dict[str, float]:
    """The share of each active engine's table, by expectation-maximisation over its ordinary pairs."""
    found: dict[frozenset[str], list[float]] = {}
    for trial in trials:
        for right, usage in trial.suspect.entry.usage.items():
            engines = frozenset(engine for engine in active if usage.get(engine) == 1.0)
            if engines:
                found.setdefault(engines, []).append(trial.evidence_for(right, active).log_ratio)
    ratios = {engines: np.exp(np.minimum(values, _LARGEST_EXPONENT)) for engines, values in found.items()}
    left = dict.fromkeys(active, 0)
    for survivor, count in survivors.items():
        if survivor.engine in active and survivor.usage == 1.0 and active.isdisjoint(survivor.writers):
            left[survivor.engine] += count
    shares = dict.fromkeys(active, USUAL_SHARE)
    for _ in range(_ROUNDS):
        total = dict.fromkeys(active, USUAL_SHARE * WEIGHT)
        weight = {engine: WEIGHT + count for engine, count in left.items()}
        for engines, values in ratios.items():
            in_use = float(_posterior(_prior(dict.fromkeys(engines, 1.0), shares), values).sum())
            for engine in engines:
                total[engine] += in_use
                weight[engine] += len(values)
        shares = {engine: total[engine] / weight[engine] for engine in active}
    return shares


def active_probability(usage: Mapping[str, float], shares: Mapping[str, float], evidence: PairEvidence) -> float:
    """The probability that a pair was replaced in this document, by engines that use such shares of their tables.

    ``usage`` names the engines whose tables hold the pair, as `Entry.usage` does.
    """
    prior = _prior(usage, shares)
    if prior == 0.0:
        return 0.0
    return _posterior(prior, exp(min(evidence.log_ratio, _LARGEST_EXPONENT)))


def _posterior(prior: float, ratio: Number) -> Number:
    return prior * ratio / (1.0 - prior + prior * ratio)


def _prior(usage: Mapping[str, float], shares: Mapping[str, float]) -> float:
    inactive = 1.0
    for engine, often in usage.items():
        inactive *= 1.0 - often * shares.get(engine, 0.0)
    return 1.0 - inactive
