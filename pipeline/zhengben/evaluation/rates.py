"""The figures that an evaluation states: bounds, F-measures, calibration, curves."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

BINS = 15
"""Equal-mass bins of the calibration error, after Guo et al., On Calibration of Modern Neural Networks (2017)."""


def poisson_upper_bound(count: int, confidence: float = 0.95) -> float:
    """The one-sided upper bound of a Poisson mean of which ``count`` events were seen: 2.996 for none at 95 %.

    Raises `ValueError` for a negative count or a confidence outside 0..1.
    """
    if count < 0 or not 0.0 < confidence < 1.0:
        raise ValueError(f"no bound for {count} events at confidence {confidence}")
    low, high = 0.0, count + 10.0 * math.sqrt(count + 1.0) + 10.0 - math.log1p(-confidence)
    for _ in range(100):
        middle = (low + high) / 2.0
        if _poisson_cdf(count, middle) > 1.0 - confidence:
            low = middle
        else:
            high = middle
    return high


def _poisson_cdf(count: int, mean: float) -> float:
    if mean == 0.0:
        return 1.0
    return math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count + 1))


def per_100k(count: float, characters: int) -> float:
    """Events per 100,000 characters; 0 for no text."""
    return 100_000.0 * count / characters if characters else 0.0


def f_beta(precision: float, recall: float, beta: float = 0.5) -> float:
    """The weighted harmonic mean of precision and recall; ``beta`` below 1 favours precision."""
    if precision <= 0.0 or recall <= 0.0:
        return 0.0
    weight = beta * beta
    return (1.0 + weight) * precision * recall / (weight * precision + recall)


def ratio(part: float, whole: float, empty: float = 1.0) -> float:
    """``part / whole``, or ``empty`` where there is nothing to divide by."""
    return part / whole if whole else empty


@dataclass(frozen=True, slots=True)
class Bin:
    """Candidates of similar confidence: how many, their mean confidence, and the share that was right."""

    count: int
    confidence: float
    accuracy: float


def equal_mass_bins(candidates: Iterable[tuple[float, bool]], bins: int = BINS) -> tuple[Bin, ...]:
    """Sort (confidence, right) by confidence and cut them into at most ``bins`` parts of equal size."""
    ordered = sorted(candidates)
    edges = [round(number * len(ordered) / bins) for number in range(bins + 1)]
    parts = [ordered[start:end] for start, end in pairwise(edges) if start < end]
    return tuple(
        Bin(len(part), math.fsum(c for c, _ in part) / len(part), sum(right for _, right in part) / len(part))
        for part in parts
    )


def calibration_error(candidates: Sequence[tuple[float, bool]], bins: int = BINS) -> float:
    """Expected calibration error: the mean distance of confidence and accuracy over equal-mass bins; 0 for none."""
    parts = equal_mass_bins(candidates, bins)
    weighted = math.fsum(part.count * abs(part.confidence - part.accuracy) for part in parts)
    return weighted / len(candidates) if candidates else 0.0


def brier_score(candidates: Sequence[tuple[float, bool]]) -> float:
    """The mean squared distance of confidence and outcome; 0 for none."""
    squares = math.fsum((confidence - right) ** 2 for confidence, right in candidates)
    return squares / len(candidates) if candidates else 0.0


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Precision and recall of all candidates at or above a confidence."""

    threshold: float
    precision: float
    recall: float


def precision_recall(candidates: Iterable[tuple[float, bool, int]], sites: int) -> tuple[CurvePoint, ...]:
    """The curve over (confidence, right, sites repaired), one point for each distinct confidence, highest first."""
    points: list[CurvePoint] = []
    right = repaired = 0
    ordered = sorted(candidates, key=lambda candidate: -candidate[0])
    for total, (confidence, is_right, count) in enumerate(ordered, start=1):
        right += is_right
        repaired += count if is_right else 0
        point = CurvePoint(confidence, right / total, ratio(repaired, sites))
        if points and points[-1].threshold == confidence:
            points[-1] = point
        else:
            points.append(point)
    return tuple(points)
