"""What is known beforehand about each pair of words: fitted on sound text, where both label themselves.

The figures are made by `zhengben.restore.training`; `corpora/eval/README.md` compares alternatives.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from zhengben import resources
from zhengben.errors import ModelError
from zhengben.restore.context_features import TABLE_BITS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PAIRS = "pairs.json"
CONTEXTS = "contexts.bin"


@dataclass(frozen=True, slots=True)
class PairModel:
    """How to read the evidence for one pair (damaged word, original).

    The natural-log odds that a site holds the original, at even prior odds, are ``bias + model_weight ×
    (log10 ratio of the language model) + context_weight × (sum of context weights)``; without the
    wider context ``screening_bias + screening_weight × ratio``. The share of the original among both
    words is, over documents, Beta(``original_pseudocount``, ``damaged_pseudocount``).
    """

    bias: float
    model_weight: float
    screening_bias: float
    screening_weight: float
    context_weight: float
    original_pseudocount: float
    damaged_pseudocount: float


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """Turns the decoder's probability into one that keeps its word: logit' = bias + weight × logit."""

    bias: float = 0.0
    weight: float = 1.0


class Calibration:
    """The fitted figures of all pairs; unknown pairs (of a user's own table) get cautious defaults."""

    def __init__(
        self, pairs: dict[str, list[float]], defaults: list[float], confidence: ConfidenceModel, contexts: Path
    ) -> None:
        self._pairs = pairs
        self._defaults = PairModel(*defaults)
        self._contexts = contexts
        self.confidence = confidence

    @classmethod
    def load(cls, directory: Path = resources.DATA) -> Calibration:
        """Read the shipped figures. Raises `ModelError` when a file is missing or damaged."""
        path = directory / PAIRS
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            confidence = ConfidenceModel(*content.get("confidence", (0.0, 1.0)))
            return cls(content["pairs"], content["defaults"], confidence, directory / CONTEXTS)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{path}: missing or damaged ({error}); install zhengben again") from None

    def pair(self, wrong: str, right: str) -> PairModel:
        figures = self._pairs.get(f"{wrong}\t{right}")
        return PairModel(*figures) if figures else self._defaults

    @cached_property
    def context_weights(self) -> NDArray[np.int8]:
        """The memory-mapped weights of context features, of all pairs together."""
        import numpy as np

        try:
            return np.memmap(self._contexts, dtype=np.int8, mode="r", shape=(1 << TABLE_BITS,))
        except (OSError, ValueError) as error:
            raise ModelError(f"{self._contexts}: missing or damaged ({error}); install zhengben again") from None
