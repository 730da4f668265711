"""How well the engines that damaged a document are named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zhengben.evaluation.rates import ratio
from zhengben.model import EngineVerdict
from zhengben.restore.identification import LIKELY

MINIMUM_LENGTH = 2000
MINIMUM_SITES = 8


@dataclass(slots=True)
class Identification:
    """Engines named rightly, wrongly, and missed, over documents long and damaged enough to tell."""

    documents: int = 0
    exact: int = 0
    found: int = 0
    invented: int = 0
    missed: int = 0

    def add(self, truth: Iterable[str], verdicts: Iterable[EngineVerdict], threshold: float = LIKELY) -> None:
        """Count one document; an engine at or above ``threshold`` is named."""
        expected = set(truth)
        named = {verdict.engine for verdict in verdicts if verdict.probability >= threshold}
        self.documents += 1
        self.exact += expected == named
        self.found += len(expected & named)
        self.invented += len(named - expected)
        self.missed += len(expected - named)

    @property
    def f1(self) -> float:
        """F1 over the sets of engines, all documents counted together."""
        return ratio(2 * self.found, 2 * self.found + self.invented + self.missed)

    def figures(self) -> dict[str, float | int]:
        return {
            "documents": self.documents,
            "exact": ratio(self.exact, self.documents),
            "f1": self.f1,
            "invented": self.invented,
            "missed": self.missed,
        }
