"""How to weigh what points at a slip: logistic regressions on text that the language model has not seen.

Both fits see the same places: those that the search finds in sound text as it is and in a part of it with slips.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf, log
from operator import attrgetter
from pathlib import Path
from typing import Final

import numpy as np

from zhengben.lm.training.prepare import bundled, read_rows
from zhengben.spelling.candidates import Candidate, Search
from zhengben.spelling.confusion import Likeness
from zhengben.spelling.figures import Figures, Judgement, Promise
from zhengben.spelling.judgement import LEAST_GAIN, REFERENCE_RATE, Judge, features
from zhengben.spelling.training.damaging import Damager

OPEN: Final = Promise(1.0, 0.0, 0.0, (0.0,) * len(Likeness), -inf)
"""Lets every candidate pass: what the figures are fitted on must not depend on the figures before."""

MOST_OF_A_SOURCE: Final = 200_000
"""Code points taken of each source, so that no kind of text decides alone."""

DAMAGED_SHARE: Final = 1 / 6
"""Share of the text that is seen once more, with slips."""

AMONG_SLIPS: Final = 5
"""Code points from a slip within which a wrong candidate is neither right nor sound."""

SHARE_LET_PASS: Final = 0.95
"""Of the slips that the judgement then holds to be more probable than not, those whose promise must suffice (97 % of
the ones it is surest of). Of sound text 3 candidates in 1,000 code points pass, and 11 were the share 99 %."""

_REGULARISATION: Final = 1 / 0.3
_SEED: Final = 1
_ITERATIONS: Final = 1000


@dataclass(frozen=True, slots=True)
class Sighting:
    """A candidate with what the model says of it, and whether it is what stood there before a slip."""

    candidate: Candidate
    gain: float
    plausibility: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class Sightings:
    """All candidates of a text of so many ``characters``, ``slips`` of which were exchanged."""

    found: Sequence[Sighting]
    characters: int
    slips: int


def fitting_texts(rows_file: Path) -> list[str]:
    """Texts bundled from the prepared paragraphs, of each source no more than `MOST_OF_A_SOURCE`, drawn by seed."""
    texts: list[str] = []
    for _, rows in groupby(read_rows(rows_file), key=attrgetter("source")):
        bundles = groupby(bundled(rows), key=attrgetter("document"))
        own = ["\n".join(row.text for row in bundle) for _, bundle in bundles]
        random.Random(_SEED).shuffle(own)
        texts += _first(own, MOST_OF_A_SOURCE)
    random.Random(_SEED).shuffle(texts)
    return texts


def observe(texts: Sequence[str], search: Search, judge: Judge, damager: Damager) -> Sightings:
    """What search and model see in the texts, and in the first of them with slips. ``search`` must be `OPEN`."""
    found = [sighting for text in texts for sighting in _sightings(text, {}, search, judge)]
    characters, slips = sum(map(len, texts)), 0
    for text in _first(texts, round(characters * DAMAGED_SHARE)):
        damaged, meant = damager.damage(text)
        found += _sightings(damaged, meant, search, judge)
        characters, slips = characters + len(text), slips + len(meant)
    return Sightings(found, characters, slips)


def fit(seen: Sightings) -> Figures:
    """Weigh what the model says, then find which counts promise that it will say so."""
    judgement = fit_judgement(seen)
    return Figures(fit_promise(seen, judgement), judgement)


def fit_judgement(seen: Sightings) -> Judgement:
    """The weights of the features of candidates that the model prefers to what stands there."""
    preferred = [sighting for sighting in seen.found if sighting.gain > LEAST_GAIN]
    intercept, weights = _regression([_features(sighting) for sighting in preferred], _outcomes(preferred))
    return Judgement(round(intercept + log(REFERENCE_RATE * seen.characters / seen.slips), 3), weights)


def fit_promise(seen: Sightings, judgement: Judgement) -> Promise:
    """The weights of counts, telling slips that the judgement will find from everything in sound text."""
    kept = [sighting for sighting in seen.found if not sighting.is_right or _log_odds(judgement, sighting) > 0]
    columns = np.array([_promise_columns(sighting.candidate) for sighting in kept])
    is_right = _outcomes(kept)
    _, weights = _regression(columns, is_right)
    least = float(np.quantile(columns[np.array(is_right)] @ np.array(weights), 1 - SHARE_LET_PASS))
    gain, rarity, recurrence, *likeness = weights
    likeness.insert(Likeness.SAME_TONE, 0.0)
    return Promise(gain, rarity, recurrence, tuple(likeness), round(least, 3))


def _sightings(text: str, meant: dict[int, str], search: Search, judge: Judge) -> Iterator[Sighting]:
    for group in search.find(search.read(text)):
        place = group[0].position
        is_near = any(place + shift in meant for shift in range(-AMONG_SLIPS, AMONG_SLIPS + 1))
        for candidate, gain, plausibility in judge.gains(text, group):
            is_right = meant.get(place) == candidate.replacement
            if is_right or not is_near:
                yield Sighting(candidate, gain, plausibility, is_right)


def _features(sighting: Sighting) -> tuple[float, ...]:
    return features(sighting.candidate, sighting.gain, sighting.plausibility)


def _log_odds(judgement: Judgement, sighting: Sighting) -> float:
    if sighting.gain <= LEAST_GAIN:
        return -inf
    return judgement.intercept + sum(np.multiply(judgement.weights, _features(sighting)))


def _promise_columns(candidate: Candidate) -> tuple[float, ...]:
    likeness = (float(candidate.likeness == each) for each in Likeness if each is not Likeness.SAME_TONE)
    return candidate.gain, candidate.weakest_before, float(candidate.recurrences > 1), *likeness


def _outcomes(sightings: Iterable[Sighting]) -> list[bool]:
    return [sighting.is_right for sighting in sightings]


def _regression(columns: object, is_right: Sequence[bool]) -> tuple[float, tuple[float, ...]]:
    from sklearn.linear_model import LogisticRegression

    classifier = LogisticRegression(C=_REGULARISATION, max_iter=_ITERATIONS).fit(columns, is_right)
    return float(classifier.intercept_[0]), tuple(round(float(weight), 3) for weight in classifier.coef_[0])


def _first(texts: Sequence[str], characters: int) -> list[str]:
    """The first texts until they have so many code points."""
    taken: list[str] = []
    for text in texts:
        if characters <= 0:
            break
        taken.append(text)
        characters -= len(text)
    return taken
