"""What each site was, once the engines are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp, log
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from zhengben.model import Span
from zhengben.restore.entries import REWRITING, Claim
from zhengben.restore.identification import Identification
from zhengben.restore.shares import active_probability
from zhengben.restore.sites import Suspect
from zhengben.restore.trial import Trial

if TYPE_CHECKING:
    from zhengben.restore.calibration import ConfidenceModel

_ALMOST_ONE: Final = 1.0 - 1e-6
_WORTH_NAMING: Final = 0.01


class Verdict(NamedTuple):
    """What a site probably was. ``probability`` is of ``right``; ``alternatives`` are other originals."""

    span: Span
    wrong: str
    right: str
    probability: float
    claim: Claim
    active: float
    alternatives: tuple[str, ...] = ()


def decide(trials: Iterable[Trial], identification: Identification) -> list[Verdict]:
    """One verdict for every site that an active, repairable engine may have damaged; they may overlap."""
    engines = identification.active - {REWRITING}
    verdicts: list[Verdict] = []
    for trial in trials:
        verdicts += _decide_suspect(trial, identification, engines)
    return verdicts


def disjoint(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts that win where several overlap: the most probable, of those the longest."""
    chosen: list[Verdict] = []
    for verdict in sorted(verdicts, key=attrgetter("span")):
        while chosen and verdict.span.start < chosen[-1].span.end and _rank(verdict) > _rank(chosen[-1]):
            chosen.pop()
        if not chosen or verdict.span.start >= chosen[-1].span.end:
            chosen.append(verdict)
    return chosen


def calibrated(verdict: Verdict, model: ConfidenceModel) -> float:
    """The verdict's probability as it has proved true on damaged documents of known originals."""
    clipped = min(max(verdict.probability, 1e-6), _ALMOST_ONE)
    logit = model.bias + model.weight * log(clipped / (1.0 - clipped))
    return 1.0 / (1.0 + exp(-logit))


def _rank(verdict: Verdict) -> tuple[bool, int, float]:
    return verdict.probability > 0.5, verdict.span.end - verdict.span.start, verdict.probability


class _Reading(NamedTuple):
    """One possible original of a suspect: who may have replaced it, and how probable that is at each site."""

    right: str
    claims: Sequence[Claim]
    active: float
    probabilities: Sequence[float]


def _decide_suspect(trial: Trial, identification: Identification, repairable: frozenset[str]) -> list[Verdict]:
    suspect = trial.suspect
    readings = _readings(trial, identification, repairable)
    if not readings:
        return []
    if len(readings) == 1 and not any(suspect.barred):
        # Most suspects: nothing to choose from.
        right, (claim, *_), active, probabilities = readings[0]
        places = zip(suspect.spans, probabilities, strict=True)
        return [Verdict(span, suspect.wrong, right, probability, claim, active) for span, probability in places]
    found = (_decide_site(suspect, number, readings) for number in range(len(suspect.spans)))
    return [verdict for verdict in found if verdict is not None]


def _readings(trial: Trial, identification: Identification, repairable: frozenset[str]) -> list[_Reading]:
    readings = []
    for right, claims in trial.suspect.claims.items():
        own = [claim for claim in claims if claim.engine in repairable]
        if own:
            evidence = trial.evidence_for(right, identification.active)
            probability = max([identification.probabilities[claim.engine] for claim in own])
            usage = {claim.engine: trial.suspect.entry.usage[right][claim.engine] for claim in own}
            active = probability * active_probability(usage, identification.shares, evidence)
            sites = [min(active * probability, _ALMOST_ONE) for probability in evidence.site_probabilities]
            readings.append(_Reading(right, own, active, sites))
    return readings


def _decide_site(suspect: Suspect, number: int, readings: Sequence[_Reading]) -> Verdict | None:
    odds = []
    for reading in readings:
        claim = suspect.first_allowed(reading.claims, number)
        if claim is not None:
            probability = reading.probabilities[number]
            odds.append((probability / (1.0 - probability), reading, claim))
    if not odds:
        return None
    odds.sort(key=itemgetter(0), reverse=True)
    best, reading, claim = odds[0]
    probability = best / (1.0 + sum(map(itemgetter(0), odds)))
    alternatives = tuple([other.right for value, other, _ in odds[1:] if value > _WORTH_NAMING])
    return Verdict(
        suspect.spans[number], suspect.wrong, reading.right, probability, claim, reading.active, alternatives
    )
