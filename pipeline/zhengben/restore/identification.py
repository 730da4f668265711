"""Which engines hit this document: the smallest set that explains its pairs of words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import exp
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from zhengben.restore.shares import shares_in_use
from zhengben.restore.stories import Stories

if TYPE_CHECKING:
    from zhengben.restore.survivors import Survivors
    from zhengben.restore.trial import Trial

LIKELY: Final = 0.75
"""Probability from which an engine is taken to have hit the document."""

FORCED: Final = 0.8
"""Probability of an engine that the user names and the document does not show."""

MOST_ENGINES: Final = 3

NEGLIGIBLE: Final = 12.0
"""Natural log by which a story falls behind the best of as many engines to be taken no further."""


@dataclass(frozen=True, slots=True)
class Identification:
    """The probability of each engine, the set taken as true, and what share of its table each was using."""

    probabilities: Mapping[str, float]
    active: frozenset[str]
    shares: Mapping[str, float] = field(default_factory=dict)


def identify(
    trials: Collection[Trial],
    survivors: Survivors = MappingProxyType({}),
    *,
    forced: Iterable[str] = (),
    hints: Mapping[str, float] | None = None,
) -> Identification:
    """Compare the stories of up to `MOST_ENGINES` engines. ``forced`` engines are in all of them; ``hints`` are log
    likelihood ratios of engines from marks other than words (quotation marks)."""
    told = Stories(trials, survivors, hints or {})
    base = frozenset(forced)
    engines = sorted(told.engines - base)
    ground = told.log_likelihood(base)
    grown = {base | {engine}: told.log_likelihood(base | {engine}) for engine in engines}
    likely = [engine for engine in engines if grown[base | {engine}] > ground - 1.0]
    stories = {base: ground}
    for _ in range(1, MOST_ENGINES):
        stories |= grown
        best = max(grown.values(), default=0.0) - NEGLIGIBLE
        larger = {story | {engine} for story, value in grown.items() if value >= best for engine in likely}
        grown = {story: told.log_likelihood(story) for story in sorted(larger - stories.keys(), key=sorted)}
    stories |= grown
    verdict = _judge(stories, base | set(engines), _forced(told, base, ground))
    return replace(verdict, shares=shares_in_use(trials, survivors, verdict.active)) if verdict.active else verdict


def _forced(told: Stories, base: frozenset[str], ground: float) -> dict[str, float]:
    """The probability of each engine that the user names: the document's own, but at least `FORCED`."""
    found = {engine: ground - told.log_likelihood(base - {engine}) for engine in base}
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
