"""How likely a document is if a set of engines has worked on it: such a set is a story.

In a story, a pair is in use with the probability that `shares` gives, whatever the share is; its evidence then counts,
otherwise it is coincidence. A form that several engines write is explained by one of them, so the others gain nothing
from it. Originals that are left speak against every engine that should have replaced them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log
from typing import TYPE_CHECKING, Final

import numpy as np

from zhengben.restore.entries import REWRITING
from zhengben.restore.shares import LOG_PRIOR, POINTS, idle, log_survival

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhengben.restore.survivors import Survivors
    from zhengben.restore.trial import Trial

ENGINE_PRIOR: Final = 0.01
"""Probability, before looking, that a given engine hit a document, but for `PRIORS`."""

PRIORS: Final = {REWRITING: 0.0003}
"""The probabilities that differ from `ENGINE_PRIOR`."""

LOUDEST_PAIR: Final = 5.0
"""No pair may add more than this (natural log) to an engine: one odd word is no engine."""


class Stories:
    """Tells how likely a story about one document is."""

    def __init__(self, trials: Iterable[Trial], survivors: Survivors, hints: Mapping[str, float]) -> None:
        self._survivors = survivors
        self._hints = hints
        concerned: dict[frozenset[str], list[Trial]] = {}
        for trial in trials:
            concerned.setdefault(trial.engines, []).append(trial)
        self._peers = {engines: _Peers(peers) for engines, peers in concerned.items()}

    @property
    def engines(self) -> set[str]:
        return {*self._hints}.union(*self._peers)

    def log_likelihood(self, story: frozenset[str]) -> float:
        """Natural log of the story's prior and of its likelihood over "no engine"."""
        if not story:
            return 0.0
        by_share = LOG_PRIOR + log_survival(self._survivors, story)
        for engines, peers in self._peers.items():
            at_work = engines & story
            if at_work:
                by_share = by_share + peers.log_ratios(at_work)
        prior = sum(_prior_log_odds(engine) + self._hints.get(engine, 0.0) for engine in story)
        return prior + float(np.logaddexp.reduce(by_share))


@dataclass(frozen=True, slots=True)
class _Peers:
    """Trials that the same engines concern: they are judged once for all stories with the same of these engines."""

    trials: Sequence[Trial]
    judged: dict[frozenset[str], NDArray[np.float64]] = field(default_factory=dict)

    def log_ratios(self, at_work: frozenset[str]) -> NDArray[np.float64]:
        """What the trials add, at each share, to a story with these engines and perhaps others, which do not concern
        them."""
        if at_work not in self.judged:
            self.judged[at_work] = _log_ratios(self.trials, at_work)
        return self.judged[at_work]


def _log_ratios(trials: Sequence[Trial], story: frozenset[str]) -> NDArray[np.float64]:
    total = np.zeros(len(POINTS))
    alike: dict[tuple[float, ...], list[float]] = {}
    for trial in trials:
        readings = list(_readings(trial, story))
        if len(readings) == 1:
            usages, ratio = readings[0]
            alike.setdefault(usages, []).append(ratio)
        elif readings:
            total += _log_ratio_of_several(readings)
    for usages, ratios in alike.items():
        inactive = idle(usages)
        total += np.log(inactive + np.outer(ratios, 1.0 - inactive)).sum(axis=0)
    return total


def _readings(trial: Trial, story: frozenset[str]) -> Iterator[tuple[tuple[float, ...], float]]:
    """For each original that the story's engines may have replaced: how often each uses the pair, and what speaks for
    it, a likelihood ratio."""
    for right, usage in trial.suspect.entry.usage.items():
        usages = tuple(often for engine, often in usage.items() if engine in story)
        if usages:
            yield usages, exp(min(trial.evidence_for(right, story).log_ratio, LOUDEST_PAIR))


def _log_ratio_of_several(readings: Sequence[tuple[tuple[float, ...], float]]) -> NDArray[np.float64]:
    """The same of a form with several originals. One document uses one of them, so their evidence is averaged."""
    active = 1.0 - np.array([idle(usages) for usages, _ in readings])
    ratio = (active * np.array([[ratio] for _, ratio in readings])).sum(axis=0) / active.sum(axis=0)
    some = active.max(axis=0)
    logarithm: NDArray[np.float64] = np.log(1.0 - some + some * ratio)
    return logarithm


def _prior_log_odds(engine: str) -> float:
    prior = PRIORS.get(engine, ENGINE_PRIOR)
    return log(prior / (1.0 - prior))
