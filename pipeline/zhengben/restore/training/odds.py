"""How to read the language model and the neighbourhood for each pair: logistic regressions on unseen sound text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from zhengben.lm.normalization import normalize
from zhengben.restore.training.contexts import scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhengben.lm.scorer import LanguageModel
    from zhengben.restore.training.collecting import Sample
    from zhengben.restore.training.pairs import WordPair

WELL_KNOWN: Final = 100
"""Occurrences of both words from which a pair takes part in the mean that the others are drawn to."""

SPREAD: Final = (1.0, 0.4, 0.4)
"""How far a pair may lie from the mean: standard deviations of bias, model weight and context weight."""

START: Final = (-0.36, 0.9, 1.05)
"""Where the mean is looked for from."""

_ONE_SIDED: Final = 5.0
"""Occurrences that a pair counts for at most when only one of its words is known."""

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Observations:
    """The occurrences of a pair in text that neither the model nor the classifiers have seen.

    ``ratios`` are of the language model (log10), ``contexts`` sums of context weights (natural log), which mean
    nothing unless ``has_contexts``.
    """

    ratios: NDArray[np.float64]
    contexts: NDArray[np.float64]
    is_original: NDArray[np.bool_]
    has_contexts: bool

    @property
    def well_known(self) -> bool:
        originals = int(self.is_original.sum())
        return min(originals, len(self.is_original) - originals) >= WELL_KNOWN


@dataclass(frozen=True, slots=True)
class Reading:
    """The fitted coefficients of a pair: (bias, model weight, context weight), and without the wider context."""

    full: Row
    screening: Row

    @property
    def coefficients(self) -> Row:
        """In the order of `PairModel`: bias, model weight, the same for screening, context weight."""
        return (*self.full[:2], *self.screening, self.full[2])


def observe(
    pair: WordPair,
    damaged: Sequence[Sample],
    original: Sequence[Sample],
    model: LanguageModel,
    weights: NDArray[np.int8] | None,
) -> Observations:
    """What model and context weights, if any were learnt for the pair, say of the occurrences of both words."""
    samples = [*damaged, *original]
    contexts = np.zeros(len(samples)) if weights is None else scores(samples, pair.wrong, pair.right, weights)
    is_original = np.repeat([False, True], [len(damaged), len(original)])
    found = ratios(model, samples, pair.wrong, pair.right)
    return Observations(found, contexts, is_original, weights is not None)


def ratios(model: LanguageModel, samples: Sequence[Sample], wrong: str, right: str) -> NDArray[np.float64]:
    """log10 P(neighbourhood with the original) - log10 P(neighbourhood with the damaged word)."""
    reach = model.order - 1
    found = np.empty(len(samples))
    for number, sample in enumerate(samples):
        state, _ = model.run(model.begin(), normalize(sample.left[-reach:]))
        after = normalize(sample.right[:reach])
        found[number] = model.run(state, right + after)[1] - model.run(state, wrong + after)[1]
    return found


def read_pairs(observed: Sequence[Observations]) -> tuple[list[Reading], Reading]:
    """Fit every pair, drawn to the mean of those that are well known; the mean comes second, for unknown pairs."""
    mean = Reading(START, START[:2])
    known = [each for each in observed if each.well_known and each.has_contexts]
    if known:
        fits = [_read(each, mean) for each in known]
        full, screening = (np.mean([getattr(fit, name) for fit in fits], axis=0) for name in Reading.__slots__)
        mean = Reading(tuple(full), tuple(screening))
    return [_read(each, mean) for each in observed], mean


def _read(observed: Observations, mean: Reading) -> Reading:
    screening = _fit(observed.ratios[:, None], observed.is_original, mean.screening)
    if not observed.has_contexts:
        return Reading((*screening, 0.0), screening)
    columns = np.column_stack([observed.ratios, observed.contexts])
    return Reading(_fit(columns, observed.is_original, mean.full), screening)


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
