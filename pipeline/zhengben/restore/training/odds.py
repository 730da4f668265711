"""How to read the language model and the neighbourhood for each pair: logistic regressions on unseen sound text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from zhengben.lm.normalization import normalize
from zhengben.restore.training.collecting import around
from zhengben.restore.training.contexts import scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhengben.lm.scorer import LanguageModel
    from zhengben.restore.network import Network
    from zhengben.restore.training.collecting import Sample
    from zhengben.restore.training.pairs import WordPair

WELL_KNOWN: Final = 100
"""Occurrences of both words from which a pair takes part in the mean that the others are drawn to."""

SPREAD: Final = (0.5, 0.3, 0.3, 0.3)
"""How far a pair may lie from the mean: standard deviations of bias, model weight, context weight and network weight
(measured over 354 pairs that are well known: 0.50 of the bias with contexts, 0.30 without)."""

_ONE_SIDED: Final = 5.0
"""Occurrences that a pair counts for at most when only one of its words is known."""

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Observations:
    """The occurrences of a pair in text that neither the model nor the classifiers have seen.

    ``ratios`` are of the language model (log10), ``contexts`` sums of context weights and ``network`` log odds of the
    network (natural log), all zero for words that it has not met; neither means anything unless ``has_contexts``.
    ``frequency_ratio`` is log10 of how many times as often the original is used.
    """

    ratios: NDArray[np.float64]
    contexts: NDArray[np.float64]
    network: NDArray[np.float64]
    is_original: NDArray[np.bool_]
    has_contexts: bool
    frequency_ratio: float

    @property
    def well_known(self) -> bool:
        originals = int(self.is_original.sum())
        return min(originals, len(self.is_original) - originals) >= WELL_KNOWN


@dataclass(frozen=True, slots=True)
class Reading:
    """The fitted coefficients of a pair: (bias, model, context and network weight), and without the wider context."""

    full: Row
    screening: Row

    @property
    def coefficients(self) -> Row:
        """In the order of `PairModel`: bias, model weight, the same for screening, context and network weight."""
        return (*self.full[:2], *self.screening, *self.full[2:])


class Wider(NamedTuple):
    """What was learnt of the wider neighbourhood: the table of context weights, and the network."""

    weights: NDArray[np.int8]
    network: Network


def observe(
    pair: WordPair,
    damaged: Sequence[Sample],
    original: Sequence[Sample],
    model: LanguageModel,
    wider: Wider | None,
    frequency_ratio: float,
) -> Observations:
    """What the model, and context weights and network if the pair was learnt, say of the occurrences of both words."""
    samples = [*damaged, *original]
    contexts = network = np.zeros(len(samples))
    if wider is not None and samples:
        contexts = scores(samples, pair.wrong, pair.right, wider.weights)
        vectors, figures = wider.network.comparisons([pair.words])
        network = wider.network.read(*around(samples)) @ vectors[0] + figures[0]
    is_original = np.repeat([False, True], [len(damaged), len(original)])
    found = ratios(model, samples, pair.wrong, pair.right)
    return Observations(found, contexts, network, is_original, wider is not None, frequency_ratio)


def ratios(model: LanguageModel, samples: Sequence[Sample], wrong: str, right: str) -> NDArray[np.float64]:
    """log10 P(neighbourhood with the original) - log10 P(neighbourhood with the damaged word)."""
    reach = model.order - 1
    found = np.empty(len(samples))
    for number, sample in enumerate(samples):
        state, _ = model.run(model.begin(), normalize(sample.left[-reach:]))
        after = normalize(sample.right[:reach])
        found[number] = model.run(state, right + after)[1] - model.run(state, wrong + after)[1]
    return found


@dataclass(frozen=True, slots=True)
class Mean:
    """What pairs have in common: their mean coefficients, and how the bias follows the frequencies of both words.

    The model prefers the frequent word everywhere, so the rarer the damaged word, the more of the ratio is owed to
    its rarity alone.
    """

    reading: Reading
    full_slope: float
    screening_slope: float

    def at(self, frequency_ratio: float) -> Reading:
        """The coefficients to expect of a pair whose original is so many powers of ten more frequent."""
        full, screening = self.reading.full, self.reading.screening
        rarity = min(frequency_ratio, RAREST)
        return Reading(
            (full[0] + self.full_slope * rarity, *full[1:]),
            (screening[0] + self.screening_slope * rarity, *screening[1:]),
        )


RAREST: Final = 3.0
"""Powers of ten beyond which a damaged word counts as no rarer: for rarer ones the model falls back on shorter
contexts, and the ratio no longer grows (measured over 571 pairs, by half powers of ten)."""

START: Final = Mean(Reading((0.15, 0.7, 0.6, 0.5), (0.0, 1.3)), -0.8, -1.3)
"""Where the mean is looked for from."""


def read_pairs(observed: Sequence[Observations]) -> tuple[list[Reading], Reading]:
    """Fit every pair, drawn to what the well known ones have in common; the mean comes second, for unknown pairs."""
    known = [each for each in observed if each.well_known and each.has_contexts]
    mean = _mean(known) if known else START
    return [_read(each, mean.at(each.frequency_ratio)) for each in observed], mean.at(0.0)


def _mean(known: Sequence[Observations]) -> Mean:
    fits = [_read(each, START.at(each.frequency_ratio)) for each in known]
    frequencies = [each.frequency_ratio for each in known]
    lines = []
    for rows in ([fit.full for fit in fits], [fit.screening for fit in fits]):
        slope, bias = np.polyfit(frequencies, [row[0] for row in rows], 1) if len(known) > 1 else (0.0, rows[0][0])
        lines.append((float(slope), (float(bias), *map(float, np.mean(rows, axis=0)[1:]))))
    (full_slope, full), (screening_slope, screening) = lines
    return Mean(Reading(full, screening), full_slope, screening_slope)


def _read(observed: Observations, mean: Reading) -> Reading:
    screening = _fit(observed.ratios[:, None], observed.is_original, mean.screening)
    if not observed.has_contexts:
        return Reading((*screening, 0.0, 0.0), screening)
    columns = np.column_stack([observed.ratios, observed.contexts, observed.network])
    full = _fit(columns, observed.is_original, mean.full)
    return Reading(full if observed.network.any() else (*full[:-1], 0.0), screening)


def _fit(columns: NDArray[np.float64], is_original: NDArray[np.bool_], mean: Row) -> Row:
    """The most probable coefficients at even prior odds, those of a normal prior around ``mean``."""
    from scipy.optimize import minimize

    if not len(columns):
        return mean
    centre, spread = np.array(mean), np.array(SPREAD[: len(mean)])
    weights = _balanced(is_original)
    signs = np.where(is_original, -1.0, 1.0)

    def loss(coefficients: NDArray[np.float64]) -> float:
        log_odds = coefficients[0] + columns @ coefficients[1:]
        penalty = ((coefficients - centre) / spread) ** 2 / 2.0
        return float((weights * np.logaddexp(0.0, signs * log_odds)).sum() + penalty.sum())

    return tuple(map(float, minimize(loss, centre, method="L-BFGS-B").x))


def _balanced(is_original: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weights that give both words the same total, the harmonic mean of their numbers."""
    originals = int(is_original.sum())
    damaged = len(is_original) - originals
    share = originals * damaged / (originals + damaged)
    if not share:
        return np.full(len(is_original), min(len(is_original) / 2.0, _ONE_SIDED) / len(is_original))
    return np.where(is_original, share / originals, share / damaged)
