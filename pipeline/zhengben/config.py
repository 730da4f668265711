"""What a user can set for a cleaning, with the defaults and where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from zhengben.errors import UsageError

STAGES = ("normalize", "boilerplate", "script", "rules", "restore", "spelling", "gaps")
ENGINES = ("A", "B", "E", "F", "G", "H", "M", "N", "R", "S")
APPLY_CONFIDENCE = 0.7
SUGGEST_CONFIDENCE = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings of a `Cleaner`.

    ``min_confidence`` and ``suggest_confidence`` are probabilities: edits at or above the first are
    applied, those at or above the second suggested. ``engines`` are taken as having hit the
    document, whatever its evidence. Raises `UsageError` for names or values that do not exist.
    """

    min_confidence: float = APPLY_CONFIDENCE
    suggest_confidence: float = SUGGEST_CONFIDENCE
    disabled: frozenset[str] = frozenset()
    engines: tuple[str, ...] = ()
    punctuation: bool = False
    script: Literal["keep", "s"] = "keep"
    spelling: Literal["ngram", "pycorrector"] = "ngram"
    rules: tuple[Path, ...] = ()
    model: Path | None = None

    def __post_init__(self) -> None:
        for name in ("min_confidence", "suggest_confidence"):
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise UsageError(f"{name} must lie between 0 and 1, not {getattr(self, name)}")
        _refuse_unknown("stage", self.disabled, STAGES)
        _refuse_unknown("engine", self.engines, ENGINES)


def _refuse_unknown(kind: str, names: frozenset[str] | tuple[str, ...], known: tuple[str, ...]) -> None:
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise UsageError(f"unknown {kind} {', '.join(unknown)}: choose from {', '.join(known)}")
