"""Adds up the scores of many documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from zhengben.evaluation.gold import Duty, Mark
from zhengben.evaluation.rates import brier_score, calibration_error, f_beta, ratio
from zhengben.evaluation.scoring import Score, ScoredEdit, Verdict
from zhengben.model import Edit

DECIDING_STAGES: Final = frozenset({"rules", "restore", "spelling"})
"""The stages whose edits decide between words; the others concern form."""

WordPair: TypeAlias = tuple[str, str]
"""What stands there and what was there."""


@dataclass(slots=True)
class Tally:
    """Counts over documents, and what follows from them. ``suggested`` counts suggestions alone."""

    documents: int = 0
    characters: int = 0
    applied: dict[Verdict, int] = field(default_factory=lambda: dict.fromkeys(Verdict, 0))
    suggested: dict[Verdict, int] = field(default_factory=lambda: dict.fromkeys(Verdict, 0))
    sites: int = 0
    repaired: int = 0
    repaired_or_suggested: int = 0
    gaps: int = 0
    gaps_found: int = 0
    gap_words_found: int = 0
    candidates: list[tuple[float, bool, int]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of applied edits that is right or allowed; 1 where nothing was applied."""
        return _precision(self.applied)

    @property
    def recall(self) -> float:
        """The share of the places that must be repaired and were."""
        return ratio(self.repaired, self.sites)

    @property
    def calibration(self) -> list[tuple[float, bool]]:
        return [(confidence, right) for confidence, right, _ in self.candidates]

    def figures(self) -> dict[str, float | int]:
        """All that is reported, by name."""
        both = {verdict: self.applied[verdict] + self.suggested[verdict] for verdict in Verdict}
        with_suggestions = _precision(both), ratio(self.repaired_or_suggested, self.sites)
        return {
            "documents": self.documents,
            "characters": self.characters,
            "sites": self.sites,
            "repaired": self.repaired,
            **{verdict.value: count for verdict, count in self.applied.items()},
            "precision": self.precision,
            "recall": self.recall,
            "f0.5": f_beta(self.precision, self.recall),
            "suggested": sum(self.suggested.values()),
            "precision_with_suggestions": with_suggestions[0],
            "recall_with_suggestions": with_suggestions[1],
            "f0.5_with_suggestions": f_beta(*with_suggestions),
            "gaps": self.gaps,
            "gaps_suggested": self.gaps_found,
            "gap_words_found": self.gap_words_found,
            "candidates": len(self.candidates),
            "calibration_error": calibration_error(self.calibration),
            "brier": brier_score(self.calibration),
        }


def tally(
    scores: Iterable[Score],
    *,
    excluding: Collection[WordPair] = (),
    counts: Callable[[str], bool] = lambda _: True,
) -> Tally:
    """Add up scores, leaving out places where one of the ``excluding`` pairs stands, edits of those places alone, and
    edits that swap such a pair elsewhere: whoever can't tell the words apart can't call that a fault.

    ``counts`` says of the text of an edit or a mark whether it is to be counted at all.
    """
    total = Tally()
    pairs = frozenset(excluding)
    for score in scores:
        total.documents += 1
        total.characters += len(score.gold.text)
        _add_marks(total, score, lambda mark: not _is_one_of(mark, pairs) and counts(mark.damaged + mark.originals[0]))
        for scored in score.edits:
            if not _is_left_out(scored, pairs) and counts(scored.edit.original + scored.edit.replacement):
                _add_edit(total, scored)
    return total


def word_pair(mark: Mark) -> WordPair:
    return mark.damaged, mark.originals[0]


def has_han(text: str) -> bool:
    """Whether the text holds a Chinese character of the basic block: a word, not a symbol."""
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def _is_one_of(mark: Mark, pairs: frozenset[WordPair]) -> bool:
    return word_pair(mark) in pairs


def _is_left_out(scored: ScoredEdit, pairs: frozenset[WordPair]) -> bool:
    if not scored.marks:
        return (scored.edit.original, scored.edit.replacement) in pairs
    return all(_is_one_of(mark, pairs) for mark in scored.marks)


def _precision(verdicts: dict[Verdict, int]) -> float:
    return ratio(verdicts[Verdict.RIGHT] + verdicts[Verdict.ALLOWED], sum(verdicts.values()))


def _add_marks(total: Tally, score: Score, is_counted: Callable[[Mark], bool]) -> None:
    for scored in score.marks:
        if scored.mark.duty is Duty.GAP:
            total.gaps += 1
            total.gaps_found += scored.suggested
            total.gap_words_found += scored.word_found
        elif scored.mark.duty is Duty.MUST and is_counted(scored.mark):
            total.sites += 1
            total.repaired += scored.repaired
            total.repaired_or_suggested += scored.repaired or scored.suggested


def _add_edit(total: Tally, scored: ScoredEdit) -> None:
    edit: Edit = scored.edit
    (total.applied if edit.is_applied else total.suggested)[scored.verdict] += 1
    if edit.stage in DECIDING_STAGES:
        sites = sum(mark.duty is Duty.MUST for mark in scored.marks)
        total.candidates.append((edit.confidence, scored.is_right, sites))
