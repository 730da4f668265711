"""What is known beforehand about each pair of words: fitted on sound text, where both label themselves.

The figures are made by `zhengben.restore.training`; `corpora/eval/README.md` compares alternatives.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zhengben import resources
from zhengben.errors import ModelError
from zhengben.lm.checksums import verify
from zhengben.restore.context_features import TABLE_BITS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zhengben.restore.network import Network

PAIRS: Final = "pairs.json"
CONTEXTS: Final = "contexts.bin"
NETWORK: Final = "network.npz"

_DECIMALS: Final = 4


@dataclass(frozen=True, slots=True)
class PairModel:
    """How to read the evidence for one pair (damaged word, original).

    The natural-log odds that a site holds the original, at even prior odds, are ``bias + model_weight ×
    (log10 ratio of the language model) + context_weight × (sum of context weights) + network_weight × (log odds
    of the network)``; without the wider context ``screening_bias + screening_weight × ratio``. The share of the
    original among both words is, over documents, Beta(``original_pseudocount``, ``damaged_pseudocount``).
    """

    bias: float
    model_weight: float
    screening_bias: float
    screening_weight: float
    context_weight: float
    network_weight: float
    original_pseudocount: float
    damaged_pseudocount: float


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """Turns the decoder's probability into one that keeps its word: logit' = bias + weight × logit."""

    bias: float = 0.0
    weight: float = 1.0


class Calibration:
    """The fitted figures of all pairs; unknown pairs (of a user's own table) get cautious defaults.

    ``directory`` holds the larger files, which are read when they are first asked for.
    """

    def __init__(
        self, pairs: Mapping[str, PairModel], defaults: PairModel, confidence: ConfidenceModel, directory: Path
    ) -> None:
        self.pairs = pairs
        self.defaults = defaults
        self.confidence = confidence
        self.directory = directory

    @classmethod
    def load(cls, directory: Path = resources.DATA) -> Calibration:
        """Read the shipped figures. Raises `ModelError` when a file is missing or damaged."""
        path = directory / PAIRS
        verify(path)
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            pairs = {key: PairModel(*figures) for key, figures in content["pairs"].items()}
            confidence = ConfidenceModel(*content["confidence"])
            return cls(pairs, PairModel(*content["defaults"]), confidence, directory)
        except (ValueError, AttributeError, KeyError, TypeError) as error:
            raise ModelError(f"{path}: the figures of pairs are malformed ({error}); reinstall zhengben") from None

    def pair(self, wrong: str, right: str) -> PairModel:
        return self.pairs.get(f"{wrong}\t{right}", self.defaults)

    def save(self, path: Path) -> None:
        """Write the figures in the form that `load` reads, the same bytes for the same figures."""
        content = {
            "confidence": _rounded(self.confidence),
            "defaults": _rounded(self.defaults),
            "pairs": {key: _rounded(pair) for key, pair in sorted(self.pairs.items())},
        }
        path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")

    @cached_property
    def context_weights(self) -> NDArray[np.int8]:
        """The memory-mapped weights of context features, of all pairs together.

        Only documents that deserve a closer look ask for them. Raises `ModelError` when the file is missing or damaged.
        """
        import numpy as np

        path = self.directory / CONTEXTS
        verify(path)
        try:
            return np.memmap(path, dtype=np.int8, mode="r", shape=(1 << TABLE_BITS,))
        except (OSError, ValueError) as error:
            raise ModelError(f"{path}: missing or damaged ({error}); reinstall zhengben") from None

    @cached_property
    def network(self) -> Network:
        """The network that reads neighbourhoods, of all pairs together; as late as `context_weights`.

        Raises `ModelError` when the file is missing or damaged.
        """
        from zhengben.restore.network import Network

        return Network.load(self.directory / NETWORK)


def _rounded(figures: PairModel | ConfidenceModel) -> list[float]:
    return [round(value, _DECIMALS) for value in astuple(figures)]
