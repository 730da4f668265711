"""Learns from sound text which wider neighbourhoods go with which word of a pair, one linear classifier a pair.

All weights share one table of small integers, found by hashing feature and pair together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from zhengben.restore.context_features import TABLE_BITS, WEIGHT_SCALE, features, pair_code, weight_indices
from zhengben.restore.training.collecting import around

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhengben.restore.training.collecting import Sample

FEWEST_SAMPLES: Final = 40
"""Occurrences that each word of a pair needs before its neighbourhoods are worth learning."""

REGULARISATION: Final = 0.1
"""scikit-learn's C. The mean area under the curve over twelve frequent pairs, in held-out text: .941 at 0.05, .946 at
0.1 and .947 at 0.2, with twice and three times as many weights."""

SMALLEST_WEIGHT: Final = 0.05
"""Natural-log odds below which a weight is not stored: what is left of it would cost more by collisions in the table
than it brings. At 0.06 a third of the weights is left, and .943; collisions of three times as many cost .007."""

_LARGEST: Final = 127
_ITERATIONS: Final = 200
_TOLERANCE: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Weights:
    """What one classifier has learnt: natural-log odds of the original, by the code of a feature."""

    codes: NDArray[np.uint64]
    values: NDArray[np.float64]


def learn(damaged: Sequence[Sample], original: Sequence[Sample]) -> Weights | None:
    """Tell the original from the damaged word by its neighbourhood; None where too few occurrences are known.

    Logistic regression on the counts of features, as `scores` adds up their weights; both words weighted alike.
    """
    if min(len(damaged), len(original)) < FEWEST_SAMPLES:
        return None
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    codes, exist = features(*around([*damaged, *original]))
    known, columns = np.unique(codes[exist], return_inverse=True)
    rows = np.repeat(np.arange(len(codes)), exist.sum(axis=1))
    matrix = csr_matrix((np.ones(len(columns), np.float32), (rows, columns)), shape=(len(codes), len(known)))
    is_original = np.repeat([0, 1], [len(damaged), len(original)])
    classifier = LogisticRegression(
        C=REGULARISATION, class_weight="balanced", max_iter=_ITERATIONS, tol=_TOLERANCE
    ).fit(matrix, is_original)
    values = classifier.coef_[0]
    kept = np.abs(values) > SMALLEST_WEIGHT
    return Weights(known[kept], values[kept])


def table(learnt: Iterable[tuple[str, str, Weights]]) -> NDArray[np.int8]:
    """The weights of all pairs (damaged, original, weights) in one table, as `contexts.bin` holds it."""
    sums = np.zeros(1 << TABLE_BITS, dtype=np.int32)
    for wrong, right, weights in learnt:
        scaled = np.round(weights.values * WEIGHT_SCALE).astype(np.int32)
        np.add.at(sums, weight_indices(weights.codes, pair_code(wrong, right)), scaled)
    return np.clip(sums, -_LARGEST, _LARGEST).astype(np.int8)


def scores(samples: Sequence[Sample], wrong: str, right: str, weights: NDArray[np.int8]) -> NDArray[np.float64]:
    """The sum of the stored weights at each sample, in natural-log odds, as the product computes it."""
    if not samples:
        return np.zeros(0)
    codes, exist = features(*around(samples))
    indices = weight_indices(codes, pair_code(wrong, right))
    found: NDArray[np.float64] = (weights[indices] * exist).sum(axis=1) / WEIGHT_SCALE
    return found
