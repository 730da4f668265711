"""What reviewers decided is counted pair by pair."""

from __future__ import annotations

import json

from zhengben.model import Edit, Result
from zhengben.reports.base import ReportMeta
from zhengben.reports.decisions import draft
from zhengben.rulebook import Rule, Rulebook, Table
from zhengben.workshop.prospecting import doubtful_rules, unknown_pairs
from zhengben.workshop.reviews import Review, decisions_files, tally


def write(folder, name, *answers):
    """A decisions file with one reviewed edit for each (wrong, right, rule, accepted)."""
    text = "".join(wrong for wrong, _, _, _ in answers)
    edits, start = [], 0
    for wrong, right, rule, _ in answers:
        edits.append(Edit(start, start + len(wrong), wrong, right, "restore", rule, "B", 0.9))
        start += len(wrong)
    meta = ReportMeta(name=name, source_sha256="0" * 64, version="0", seconds=0.0, generated="2026-01-01 00:00:00")
    content = draft(Result(text, text, tuple(edits)), meta)
    for entry, (_, _, _, accepted) in zip(content["decisions"], answers, strict=True):
        entry["decision"] = "accept" if accepted else "reject"
        entry["reviewed"] = True
    (folder / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def test_decisions_are_counted_over_files(tmp_path):
    write(tmp_path, "a.json", ("力量", "能力", "B/力量", True), ("形式", "形势", "spelling", True))
    write(tmp_path, "b.json", ("力量", "能力", "B/力量", False))
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    assert tally(decisions_files(tmp_path)) == [
        Review("力量", "能力", ("B/力量",), 1, 1),
        Review("形式", "形势", ("spelling",), 1, 0),
    ]


def test_pairs_for_the_tables_and_rules_in_doubt_are_told_apart():
    book = Rulebook([Table("B", "", (Rule("B", "力量", ("能力",)),))])
    reviews = [
        Review("力量", "能力", ("B/力量",), 1, 3),
        Review("形式", "形势", ("spelling",), 4, 1),
        Review("学问", "知识", ("spelling",), 1, 0),
    ]
    assert [review.wrong for review in unknown_pairs(reviews, book)] == ["形式"]
    assert [review.wrong for review in doubtful_rules(reviews, book)] == ["力量"]
