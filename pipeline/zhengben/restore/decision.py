"""What each site was, once the engines are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING, Final

from zhengben.model import Span
from zhengben.restore.identification import Identification, Trial, active_probability
from zhengben.restore.sites import REWRITING, Claim

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zhengben.restore.calibration import ConfidenceModel

_ALMOST_ONE: Final = 1.0 - 1e-6


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a site probably was. ``probability`` is of ``right``; ``alternatives`` are other originals."""

    span: Span
    wrong: str
    right: str
    probability: float
    claim: Claim
    active: float
    alternatives: tuple[str, ...] = ()


def decide(trials: Sequence[Trial], identification: Identification) -> list[Verdict]:
    """One verdict for every site that an active, repairable engine may have damaged; they may overlap."""
    engines = identification.active - {REWRITING}
    verdicts: list[Verdict] = []
    for trial in trials:
        verdicts += _decide_suspect(trial, identification, engines)
    return verdicts


def disjoint(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts that win where several overlap: the most probable, of those the longest."""
    chosen: list[Verdict] = []
    for verdict in sorted(verdicts, key=lambda v: (v.span.start, v.span.end)):
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


def _decide_suspect(trial: Trial, identification: Identification, repairable: frozenset[str]) -> list[Verdict]:
    readings: list[tuple[str, Claim, float, NDArray[np.float64]]] = []
    for right, claims in trial.suspect.claims.items():
        own = [claim for claim in claims if claim.engine in repairable]
        if own:
            evidence = trial.evidence_for(right, identification.active)
            engine = max(identification.probabilities[claim.engine] for claim in own)
            active = engine * active_probability(own, identification.shares, evidence)
            readings.append((right, own[0], active, evidence.site_probabilities))
    if not readings:
        return []
    return [_decide_site(trial, number, span, readings) for number, span in enumerate(trial.suspect.spans)]


def _decide_site(
    trial: Trial, number: int, span: Span, readings: Sequence[tuple[str, Claim, float, NDArray[np.float64]]]
) -> Verdict:
    odds = []
    for right, claim, active, sites in readings:
        probability = min(active * float(sites[number]), _ALMOST_ONE)
        odds.append((probability / (1.0 - probability), right, claim, active))
    odds.sort(key=lambda reading: -reading[0])
    best, right, claim, active = odds[0]
    probability = best / (1.0 + sum(reading[0] for reading in odds))
    alternatives = tuple(reading[1] for reading in odds[1:] if reading[0] > 0.01)
    return Verdict(span, trial.suspect.wrong, right, probability, claim, active, alternatives)
