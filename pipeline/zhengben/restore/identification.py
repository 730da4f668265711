"""Which engines hit this document: the smallest set that explains its pairs of words.

Every set of up to three engines is a story. In it, a pair is active with probability `ACTIVE` for each of
the set's engines whose table holds the pair; its evidence then counts, otherwise it is coincidence. A form
that several engines write is explained by one of them, so the others gain nothing from it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp, log
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from zhengben.restore.evidence import PairCase, PairEvidence, weigh
from zhengben.restore.sites import REWRITING, Suspect

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhengben.restore.calibration import Calibration
    from zhengben.restore.likelihood import LogOdds

Number = TypeVar("Number", float, "NDArray[np.float64]")

ACTIVE: Final = 0.7
"""Probability that a pair of an engine's table was active where the engine was at work: tables differ by page."""

ACTIVE_RECALLED: Final = 0.4
"""The same for pairs that nobody has seen on a page (``seen: 0``)."""

ENGINE_PRIOR: Final = 0.0008
"""Probability, before looking, that a given engine hit a document, but for `PRIORS`."""

PRIORS: Final = {REWRITING: 0.0001, "M": 0.006, "N": 0.006, "S": 0.006}
"""The probabilities that differ from `ENGINE_PRIOR`. The tables of the rewriting engines are together the largest, and
whoever was rewritten shows it in every sentence. Those of the others are short and of odd words: up to 0.008 none of
them was found by chance in 7.9 M characters of sound text of unknown genres (at 0.02 in two of 3,613 documents), where
the long table of engine B always finds some usual word missing."""

LIKELY: Final = 0.75
"""Probability from which an engine is taken to have hit the document."""

FORCED: Final = 0.8
"""Probability of an engine that the user names and the document does not show."""

MOST_ENGINES: Final = 3

NEGLIGIBLE: Final = 12.0
"""Natural log by which a story falls behind the best of as many engines to be taken no further."""

LOUDEST_PAIR: Final = 5.0
"""No pair may add more than this (natural log) to an engine: one odd word is no engine."""

SHARE_WEIGHT: Final = 4.0
"""Pairs that the prior share of a table counts for, against those of the document."""

_SHARE_ROUNDS: Final = 8
_LARGEST_EXPONENT: Final = 30.0
_EXPLAINED_ELSEWHERE: Final = 1.0


@dataclass(frozen=True, slots=True)
class Trial:
    """A suspect before the court: the evidence for each of its originals.

    ``relayed`` is the evidence if the original's own count says nothing, the word being an output of the
    engines that ``outputs`` names for it.
    """

    suspect: Suspect
    evidence: Mapping[str, PairEvidence]
    relayed: Mapping[str, PairEvidence]
    outputs: Mapping[str, frozenset[str]]

    @property
    def engines(self) -> frozenset[str]:
        """The engines that make a difference to the evidence."""
        relays = [right for right, found in self.relayed.items() if found.log_ratio > self.evidence[right].log_ratio]
        return self.suspect.engines.union(*map(self.outputs.__getitem__, relays))

    def evidence_for(self, right: str, engines: Iterable[str]) -> PairEvidence:
        """The evidence for one original, the given engines being at work."""
        own = self.evidence[right]
        relayed = self.relayed.get(right)
        if relayed is not None and relayed.log_ratio > own.log_ratio and self.outputs[right].intersection(engines):
            return PairEvidence(min(relayed.log_ratio, _EXPLAINED_ELSEWHERE), relayed.site_probabilities)
        return own


@dataclass(frozen=True, slots=True)
class Identification:
    """The probability of each engine, the set taken as true, and what share of its table each was using."""

    probabilities: Mapping[str, float]
    active: frozenset[str]
    shares: Mapping[str, float] = field(default_factory=dict)


def put_on_trial(
    suspects: Sequence[Suspect],
    odds: Mapping[str, LogOdds],
    calibration: Calibration,
    beside: Iterable[Suspect] = (),
) -> list[Trial]:
    """Weigh the evidence of every suspect. Those ``beside`` stand in the document, too, but not before the court."""
    outputs = {suspect.wrong: suspect.engines for suspect in (*beside, *suspects)}
    cases: list[PairCase] = []
    for suspect in suspects:
        for right, log_odds in odds[suspect.wrong].items():
            pair, count = calibration.pair(suspect.wrong, right), suspect.original_counts[right]
            cases.append(PairCase(pair, log_odds, count))
            if count and right in outputs:
                cases.append(PairCase(pair, log_odds, None))
    evidence = iter(weigh(cases))
    return [_trial(suspect, evidence, outputs) for suspect in suspects]


def _trial(suspect: Suspect, evidence: Iterator[PairEvidence], outputs: Mapping[str, frozenset[str]]) -> Trial:
    own: dict[str, PairEvidence] = {}
    relayed: dict[str, PairEvidence] = {}
    for right in suspect.claims:
        own[right] = next(evidence)
        if suspect.original_counts[right] and right in outputs:
            relayed[right] = next(evidence)
    return Trial(suspect, own, relayed, outputs)


def identify(
    trials: Collection[Trial], *, forced: Iterable[str] = (), hints: Mapping[str, float] | None = None
) -> Identification:
    """Compare the stories. ``forced`` engines are in all of them; ``hints`` are log likelihood ratios of
    engines from marks other than words (quotation marks)."""
    court = _Court(trials, dict(hints or {}))
    base = frozenset(forced)
    engines = sorted(court.engines - base)
    ground = court.log_likelihood(base)
    grown = {base | {engine}: court.log_likelihood(base | {engine}) for engine in engines}
    likely = [engine for engine in engines if grown[base | {engine}] > ground - 1.0]
    stories = {base: ground}
    for _ in range(1, MOST_ENGINES):
        stories |= grown
        best = max(grown.values(), default=0.0) - NEGLIGIBLE
        larger = {story | {engine} for story, value in grown.items() if value >= best for engine in likely}
        grown = {story: court.log_likelihood(story) for story in sorted(larger - stories.keys(), key=sorted)}
    stories |= grown
    verdict = _judge(stories, base | set(engines), _forced(court, base, ground))
    return replace(verdict, shares=_shares(trials, verdict.active)) if verdict.active else verdict


def active_probability(seen: Mapping[str, bool], shares: Mapping[str, float], evidence: PairEvidence) -> float:
    """The probability that a pair was replaced in this document, by engines that use such shares of their tables.

    ``seen`` names the engines whose tables hold the pair, and whether it was seen on a page of theirs.
    """
    prior = _prior(seen, shares)
    if prior == 0.0:
        return 0.0
    return _posterior(prior, exp(min(evidence.log_ratio, _LARGEST_EXPONENT)))


def _forced(court: _Court, base: frozenset[str], ground: float) -> dict[str, float]:
    """The probability of each engine that the user names: the document's own, but at least `FORCED`."""
    found = {engine: ground - court.log_likelihood(base - {engine}) for engine in base}
    return {engine: max(FORCED, 1.0 / (1.0 + exp(-max(own, -30.0)))) for engine, own in found.items()}


def _judge(
    stories: Mapping[frozenset[str], float], engines: Iterable[str], forced: Mapping[str, float]
) -> Identification:
    highest = max(stories.values())
    weights = {story: exp(value - highest) for story, value in stories.items()}
    total = sum(weights.values())
    probabilities = {
        engine: sum(weight for story, weight in weights.items() if engine in story) / total for engine in engines
    }
    probabilities |= forced
    active = frozenset(engine for engine, probability in probabilities.items() if probability >= LIKELY)
    return Identification(probabilities, active)


def _shares(trials: Iterable[Trial], active: frozenset[str]) -> dict[str, float]:
    """How much of each engine's table is in use here, by expectation-maximisation over the pairs seen on pages."""
    found: dict[frozenset[str], list[float]] = {}
    for trial in trials:
        for right, seen in trial.suspect.entry.seen.items():
            engines = frozenset(engine for engine in active if seen.get(engine))
            if engines:
                found.setdefault(engines, []).append(trial.evidence_for(right, active).log_ratio)
    ratios = {engines: np.exp(np.minimum(values, _LARGEST_EXPONENT)) for engines, values in found.items()}
    shares = dict.fromkeys(active, ACTIVE)
    for _ in range(_SHARE_ROUNDS):
        total = dict.fromkeys(active, ACTIVE * SHARE_WEIGHT)
        weight = dict.fromkeys(active, SHARE_WEIGHT)
        for engines, values in ratios.items():
            replaced = float(_posterior(_prior(dict.fromkeys(engines, True), shares), values).sum())
            for engine in engines:
                total[engine] += replaced
                weight[engine] += len(values)
        shares = {engine: total[engine] / weight[engine] for engine in active}
    return shares


def _posterior(prior: float, ratio: Number) -> Number:
    return prior * ratio / (1.0 - prior + prior * ratio)


def _prior(seen: Mapping[str, bool], shares: Mapping[str, float]) -> float:
    inactive = 1.0
    for engine, was_seen in seen.items():
        share = shares.get(engine)
        if share is not None:
            inactive *= 1.0 - (share if was_seen else share * ACTIVE_RECALLED / ACTIVE)
    return 1.0 - inactive


def _prior_log_odds(engine: str) -> float:
    prior = PRIORS.get(engine, ENGINE_PRIOR)
    return log(prior / (1.0 - prior))


class _Court:
    """Tells how likely a story is."""

    def __init__(self, trials: Iterable[Trial], hints: dict[str, float]) -> None:
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
        total = sum(map(_prior_log_odds, story))
        total += sum(value for engine, value in self._hints.items() if engine in story)
        for engines, peers in self._peers.items():
            at_work = engines & story
            if at_work:
                total += peers.log_ratio(at_work)
        return total


@dataclass(frozen=True, slots=True)
class _Peers:
    """Trials that the same engines concern: they are judged once for all stories with the same of these engines."""

    trials: Sequence[Trial]
    judged: dict[frozenset[str], float] = field(default_factory=dict)

    def log_ratio(self, at_work: frozenset[str]) -> float:
        """What the trials add to a story with these engines and perhaps others, which do not concern them."""
        if at_work not in self.judged:
            shares = dict.fromkeys(at_work, ACTIVE)
            self.judged[at_work] = sum(_log_ratio(trial, at_work, shares) for trial in self.trials)
        return self.judged[at_work]


def _log_ratio(trial: Trial, story: frozenset[str], shares: Mapping[str, float]) -> float:
    """What one suspect adds to a story. One document uses one of several originals, so their evidence is averaged."""
    ratio, weight, inactive = 0.0, 0.0, 1.0
    for right, seen in trial.suspect.entry.seen.items():
        prior = _prior(seen, shares)
        if prior:
            ratio += prior * exp(min(trial.evidence_for(right, story).log_ratio, LOUDEST_PAIR))
            weight += prior
            inactive = min(inactive, 1.0 - prior)
    return log(inactive + (1.0 - inactive) * ratio / weight) if weight else 0.0
