"""The numbers of a result that every report shows, small enough to keep for thousands of files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from zhengben.model import Edit, Result

STAGE_ORDER = ("normalize", "boilerplate", "script", "rules", "restore", "spelling", "gaps")


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one result: characters are code points, the maps hold (applied, suggested)."""

    characters: int = 0
    cleaned_characters: int = 0
    applied: int = 0
    suggested: int = 0
    notices: int = 0
    by_stage: dict[str, tuple[int, int]] = field(default_factory=dict)
    by_engine: dict[str, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, result: Result) -> Tally:
        applied, suggested = result.applied, result.suggested
        stages = _pairs((edit.stage for edit in applied), (edit.stage for edit in suggested))
        return cls(
            characters=len(result.source),
            cleaned_characters=len(result.text),
            applied=len(applied),
            suggested=len(suggested),
            notices=len(result.notices),
            by_stage=dict(sorted(stages.items(), key=_stage_position)),
            by_engine=dict(sorted(_pairs(_engines(applied), _engines(suggested)).items())),
        )


def stage_rank(stage: str) -> int:
    """Where a stage stands in the pipeline; unknown ones come last."""
    return STAGE_ORDER.index(stage) if stage in STAGE_ORDER else len(STAGE_ORDER)


def _stage_position(item: tuple[str, tuple[int, int]]) -> tuple[int, str]:
    return stage_rank(item[0]), item[0]


def _engines(edits: Iterable[Edit]) -> Iterable[str]:
    return (edit.engine for edit in edits if edit.engine)


def _pairs(applied: Iterable[str], suggested: Iterable[str]) -> dict[str, tuple[int, int]]:
    first, second = Counter(applied), Counter(suggested)
    return {name: (first[name], second[name]) for name in first | second}
