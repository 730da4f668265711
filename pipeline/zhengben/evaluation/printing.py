"""Prints an evaluation as tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from zhengben.evaluation.plan import Report

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_SCORE_COLUMNS: Final = {
    "documents": "docs",
    "sites": "sites",
    "repaired": "repaired",
    "wrong": "wrong",
    "precision": "P",
    "recall": "R",
    "f0.5": "F0.5",
    "precision_with_suggestions": "P sugg.",
    "recall_with_suggestions": "R sugg.",
    "gaps_suggested": "gaps",
    "calibration_error": "ECE",
    "brier": "Brier",
}


def print_report(report: Report, console: Console) -> None:
    """Print all sections that the report holds."""
    for section, title in (("gold", "Own gold"), ("seed_gold", "Gold of the materials")):
        if section in report and report[section]["documents"]:
            console.print(_gold_table(title, report[section]))
    if "recognition" in report:
        _print_recognition(report["recognition"], console)
    if "damaged" in report:
        damaged = report["damaged"]
        console.print(_damaged_table(damaged))
        console.print(_score_table("Damaged documents by genre", damaged["genres"]))
        console.print(_identification_table(damaged))
        console.print(f"Second cleaning: {damaged['second_cleaning']:.2%} as many edits as the first")
        console.print(f"Neutral pairs: {damaged['neutral_share']:.1%} of the sites")
        console.print(f"Speed on damaged documents: {damaged['characters_per_second']:,.0f} characters a second")
    if "mining" in report:
        console.print(_mining_table(report["mining"]))
    if "sound" in report:
        console.print(_sound_table({**report["sound"], "hard negatives": report["hard_negatives"]}))
    if report.get("sentence_sets"):
        console.print(_sentence_table(report["sentence_sets"]))


def _gold_table(title: str, section: Report) -> Table:
    rows = {**section["documents"], "all": section["total"]}
    if "pycorrector" in section:
        rows["pycorrector, same model"] = section["pycorrector"]
    table = _score_table(title, rows)
    total = section["total"]
    table.caption = (
        f"must go: {total['removed']} of {total['removals']}, gaps suggested: {total['gaps_suggested']} of "
        f"{total['gaps']}, engines named exactly: {section['identification']['exact']:.1%}"
    )
    return table


def _damaged_table(damaged: Report) -> Table:
    rows: dict[str, Any] = {}
    for name, figures in damaged["engines"].items():
        rows[name] = figures
        rows[f"{name} without neutral pairs"] = figures["without_neutral"]
        rows[f"{name}, a fifth withheld"] = figures["a_fifth_withheld"]
    rows["all"] = damaged["total"]
    rows["all without neutral pairs"] = damaged["total_without_neutral"]
    return _score_table("Damaged documents (words)", rows)


def _score_table(title: str, rows: Mapping[str, Report]) -> Table:
    return plain_table(title, ["", *_SCORE_COLUMNS.values()], ([name, *_cells(row)] for name, row in rows.items()))


def _cells(figures: Report) -> Iterable[str]:
    for name in _SCORE_COLUMNS:
        value = figures[name]
        yield f"{value:.3f}" if isinstance(value, float) else f"{value:,}"


def _identification_table(damaged: Report) -> Table:
    sections = {**damaged["engines"], "all": damaged}
    rows = [
        [
            name,
            str(part["documents"]),
            f"{part['f1']:.3f}",
            f"{part['exact']:.3f}",
            str(part["invented"]),
            str(part["missed"]),
        ]
        for name, part in ((name, section["identification"]) for name, section in sections.items())
    ]
    return plain_table("Engines named", ["", "docs", "set F1", "exact", "invented", "missed"], rows)


def _mining_table(mining: Report) -> Table:
    columns = ["", "pairs to hide", "hidden", f"found in the first {mining['proposals']}", "seconds"]
    rows = [
        [draw["seed"], str(draw["candidates"]), str(draw["hidden"]), str(draw["found"]), f"{draw['seconds']:.0f}"]
        for draw in mining["draws"]
    ]
    table = plain_table(f"Mining {mining['documents']} damaged documents", columns, rows)
    table.caption = f"median: {mining['median']:g}"
    return table


def _sound_table(sections: Mapping[str, Report]) -> Table:
    columns = ["", "docs", "characters", "rules+restore+spelling", "per 100k", "95% bound", "suggested per 100k",
               "called damaged", "applied by stage", "suggested by stage"]  # fmt: skip
    rows = [
        [
            name,
            f"{part['documents']:,}",
            f"{part['characters']:,}",
            str(part["deciding_edits"]),
            f"{part['deciding_rate']:.2f}",
            f"{part['deciding_bound']:.2f}",
            f"{part['suggestion_rate']:.2f}",
            str(part["called_damaged"]),
            _by_stage(part["applied"]),
            _by_stage(part["suggested"]),
        ]
        for name, part in sections.items()
    ]
    return plain_table("Sound text", columns, rows)


def _print_recognition(section: Report, console: Console) -> None:
    if "skipped" in section:
        console.print(f"Printed pages: skipped, {section['skipped']}", markup=False)
        return
    columns = ["", "docs", "characters", "accuracy before", "after", "wrong before", "after", "edits", "doubtful"]
    rows = [
        [
            name,
            str(part["documents"]),
            f"{part['characters']:,}",
            f"{part['accuracy_before']:.4f}",
            f"{part['accuracy_after']:.4f}",
            *(str(part[key]) for key in ("wrong_before", "wrong_after", "edits", "doubtful")),
        ]
        for name, part in section.items()
    ]
    console.print(plain_table("Printed pages, recognised and cleaned", columns, rows))


def _by_stage(counts: Mapping[str, int]) -> str:
    return " ".join(f"{stage} {count}" for stage, count in counts.items())


def _sentence_table(sets: Mapping[str, Report]) -> Table:
    rows = [
        [
            name,
            str(part["sentences"]),
            *(f"{part[key]:.3f}" for key in ("precision", "recall", "f1", "false_positive_rate")),
        ]
        for name, part in sets.items()
    ]
    return plain_table("Sentence sets, strict", ["", "sentences", "P", "R", "F1", "sound changed"], rows)


def plain_table(title: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", caption_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=number == 0)
    for row in rows:
        table.add_row(*row)
    return table
