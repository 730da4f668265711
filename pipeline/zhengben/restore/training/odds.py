"""How to read the language model and the neighbourhood for each pair: logistic regressions on unseen sound text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
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

SPREAD_OF_BIAS: Final = 0.5
SPREAD_OF_WEIGHTS: Final = 0.3
"""How far a pair may lie from the mean: standard deviations (measured over 354 pairs that are well known)."""

_ONE_SIDED: Final = 5.0
"""Occurrences that a pair counts for at most when only one of its words is known."""

Row = tuple[float, ...]
"""Coefficients: the bias, then a weight for each source."""


class Source(Enum):
    """What speaks about a site; the model always does."""

    MODEL = "model"
    CONTEXTS = "contexts"
    NETWORK = "network"


Sources = tuple[Source, ...]

SCREENING: Final[Sources] = (Source.MODEL,)
ALL: Final[Sources] = tuple(Source)


@dataclass(frozen=True, slots=True)
class Observations:
    """The occurrences of a pair in text that neither the model nor the classifiers have seen.

    ``said`` is what each source that knows the pair says of them: log10 ratios of the model, sums of context weights,
    natural-log odds of the network. ``frequency_ratio`` is log10 of how many times as often the original is used.
    """

    said: Mapping[Source, NDArray[np.float64]]
    is_original: NDArray[np.bool_]
    frequency_ratio: float

    @property
    def sources(self) -> Sources:
        return tuple(source for source in ALL if source in self.said)

    @property
    def well_known(self) -> bool:
        originals = int(self.is_original.sum())
        return min(originals, len(self.is_original) - originals) >= WELL_KNOWN


@dataclass(frozen=True, slots=True)
class Reading:
    """The fitted coefficients of a pair: by all sources that know it, and for screening by the model alone."""

    sources: Sources
    full: Row
    screening: Row

    @property
    def coefficients(self) -> Row:
        """In the order of `PairModel`: bias, model weight, the same for screening, context and network weight."""
        bias, *weights = self.full
        by_source = dict(zip(self.sources, weights, strict=True))
        wider = (by_source.get(source, 0.0) for source in (Source.CONTEXTS, Source.NETWORK))
        return bias, by_source[Source.MODEL], *self.screening, *wider


class Wider(NamedTuple):
    """What was learnt of the wider neighbourhood: the table of context weights, and the network."""

    weights: NDArray[np.int8]
    network: Network


def observe(
    pair: WordPair,
    damaged: Sequence[Sample],
    original: Sequence[Sample],
    model: LanguageModel,
    wider: Wider,
    frequency_ratio: float,
    *,
    has_contexts: bool,
) -> Observations:
    """What the model, the network if it knows both words, and context weights if the pair has any, say of it."""
    samples = [*damaged, *original]
    said = {Source.MODEL: ratios(model, samples, pair.wrong, pair.right)}
    if has_contexts:
        said[Source.CONTEXTS] = scores(samples, pair.wrong, pair.right, wider.weights)
    if wider.network.knows(*pair.words):
        said[Source.NETWORK] = _compared(samples, pair, wider.network)
    is_original = np.repeat([False, True], [len(damaged), len(original)])
    return Observations(said, is_original, frequency_ratio)


def _compared(samples: Sequence[Sample], pair: WordPair, network: Network) -> NDArray[np.float64]:
    if not samples:
        return np.zeros(0)
    vectors, figures = network.comparisons([pair.words])
    compared: NDArray[np.float64] = (network.read(*around(samples)) @ vectors[0] + figures[0]).astype(np.float64)
    return compared


def ratios(model: LanguageModel, samples: Sequence[Sample], wrong: str, right: str) -> NDArray[np.float64]:
    """log10 P(neighbourhood with the original) - log10 P(neighbourhood with the damaged word)."""
    reach = model.order - 1
    found = np.empty(len(samples))
    for number, sample in enumerate(samples):
        state, _ = model.run(model.begin(), normalize(sample.left[-reach:]))
        after = normalize(sample.right[:reach])
        found[number] = model.run(state, right + after)[1] - model.run(state, wrong + after)[1]
    return found


RAREST: Final = 3.0
"""Powers of ten beyond which a damaged word counts as no rarer: for rarer ones the model falls back on shorter
contexts, and the ratio no longer grows (measured over 571 pairs, by half powers of ten)."""


@dataclass(frozen=True, slots=True)
class Mean:
    """What pairs have in common that the same sources know: mean weights, and how the bias follows the frequencies.

    The model prefers the frequent word everywhere, so the rarer the damaged word, the more of the ratio is owed to
    its rarity alone.
    """

    bias: float
    slope: float
    weights: Row

    def at(self, frequency_ratio: float) -> Row:
        """The coefficients to expect of a pair whose original is so many powers of ten more frequent."""
        return self.bias + self.slope * min(frequency_ratio, RAREST), *self.weights


START: Final[Mapping[Sources, Mean]] = {
    SCREENING: Mean(0.0, -1.3, (1.3,)),
    (Source.MODEL, Source.CONTEXTS): Mean(0.1, -1.0, (0.8, 0.9)),
    (Source.MODEL, Source.NETWORK): Mean(0.1, -1.0, (0.95, 0.55)),
    ALL: Mean(0.15, -0.8, (0.7, 0.6, 0.5)),
}
"""Where the means are looked for from."""


def read_pairs(observed: Sequence[Observations]) -> tuple[list[Reading], Row]:
    """Fit every pair, drawn to what the well known ones have in common; then the screening of unknown pairs."""
    known = [each for each in observed if each.well_known and each.sources == ALL]
    means = {sources: _mean(known, sources) if known else START[sources] for sources in START}
    return [_read(each, means) for each in observed], means[SCREENING].at(0.0)


def _mean(known: Sequence[Observations], sources: Sources) -> Mean:
    """Fitted to pairs that all sources know, as if only these did."""
    fits = [_fit(each, sources, START[sources]) for each in known]
    biases, *weights = np.array(fits).T
    frequencies = [each.frequency_ratio for each in known]
    slope, bias = np.polyfit(frequencies, biases, 1) if len(known) > 1 else (0.0, biases[0])
    return Mean(float(bias), float(slope), tuple(float(each.mean()) for each in weights))


def _read(observed: Observations, means: Mapping[Sources, Mean]) -> Reading:
    full, screening = (_fit(observed, sources, means[sources]) for sources in (observed.sources, SCREENING))
    return Reading(observed.sources, full, screening)


def _fit(observed: Observations, sources: Sources, mean: Mean) -> Row:
    """The most probable coefficients at even prior odds, those of a normal prior around ``mean``."""
    from scipy.optimize import minimize

    centre = np.array(mean.at(observed.frequency_ratio))
    if not len(observed.is_original):
        return tuple(map(float, centre))
    columns = np.column_stack([observed.said[source] for source in sources])
    spread = np.array([SPREAD_OF_BIAS] + [SPREAD_OF_WEIGHTS] * len(sources))
    weights = _balanced(observed.is_original)
    signs = np.where(observed.is_original, -1.0, 1.0)

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
