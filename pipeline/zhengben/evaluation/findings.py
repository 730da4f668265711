"""Single faults in their surroundings, for whoever wants to learn from them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from zhengben.evaluation.gold import Duty
from zhengben.evaluation.scoring import Score
from zhengben.evaluation.sound import SoundTally, shown
from zhengben.model import Edit


@dataclass(frozen=True, slots=True)
class Finding:
    """One wrong edit, or one place that was not repaired."""

    section: str
    document: str
    kind: str
    stage: str
    rule: str
    confidence: str
    place: str
    truth: str = ""


def faults(section: str, scores: Iterable[Score]) -> Iterator[Finding]:
    """Wrong edits, applied or suggested, and places missed, in the order of the documents."""
    for score in scores:
        for scored in score.edits:
            if not scored.is_right:
                truth = " ".join("/".join(mark.originals) for mark in scored.marks)
                yield _of_edit(
                    section, score.gold.name, "wrong", scored.edit, shown(score.gold.text, scored.edit), truth
                )
        for place in score.having(Duty.MUST):
            if not place.repaired:
                yield _missed(section, score, place.mark.start, place.mark.end, place.mark.originals, place.suggested)


def sound_faults(section: str, tally: SoundTally) -> Iterator[Finding]:
    """Every edit that was made or suggested in sound text."""
    return (_of_edit(section, "", "sound", edit, place, "") for place, edit in tally.examples)


def write_findings(path: Path, findings: Iterable[Finding]) -> None:
    """Write a table with tabs."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(field.name for field in fields(Finding))
        table.writerows(astuple(finding) for finding in findings)


def _of_edit(section: str, document: str, kind: str, edit: Edit, place: str, truth: str) -> Finding:
    return Finding(
        section, document, f"{kind} {edit.status}", edit.stage, edit.rule, f"{edit.confidence:.3f}", place, truth
    )


def _missed(section: str, score: Score, start: int, end: int, originals: tuple[str, ...], suggested: bool) -> Finding:
    text = score.gold.text
    edit = Edit(start, end, text[start:end], "/".join(originals), "", "")
    kind = "missed, suggested" if suggested else "missed"
    return Finding(section, score.gold.name, kind, "", "", "", shown(text, edit), "/".join(originals))
