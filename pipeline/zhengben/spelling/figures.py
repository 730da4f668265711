"""What was fitted for the search of slips and for judging them: `spelling.json`, by `zhengben.spelling.training`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from zhengben import resources
from zhengben.errors import ModelError
from zhengben.lm.checksums import verify

FIGURES: Final = "spelling.json"


@dataclass(frozen=True, slots=True)
class Promise:
    """What counts must say together for the language model to be asked: ``least``, of the weighted sum of a
    candidate's gain (log10), of log2(1 + count) of the rarer pair that stands there, of whether that recurs, and of
    the likeness, a weight for each in the order of `Likeness`.
    """

    gain: float
    rarity: float
    recurrence: float
    likeness: tuple[float, ...]
    least: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """The natural log odds of a slip where the rest is 0, and the weights of `zhengben.spelling.judgement.features`."""

    intercept: float
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """All of `spelling.json`."""

    promise: Promise
    judgement: Judgement

    @classmethod
    def load(cls, path: Path | None = None) -> Figures:
        """Read the shipped figures, or those of ``path``. Raises `ModelError` when they are missing or damaged."""
        path = path or resources.DATA / FIGURES
        verify(path)
        try:
            content = json.loads(path.read_text("utf-8"))
            promise, judgement = content["promise"], content["judgement"]
            return cls(
                Promise(**promise | {"likeness": tuple(promise["likeness"])}),
                Judgement(float(judgement["intercept"]), tuple(judgement["weights"])),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{path}: the figures of slips are missing or damaged; reinstall zhengben") from error

    def save(self, path: Path) -> None:
        """Write the figures to ``path``. Raises OSError."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
