"""What a check finds in tables, one fault a case."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from zhengben.rulebook.firing import count_firings, read_texts, refuse_certain
from zhengben.rulebook.lint import lint

CASES = yaml.safe_load((Path(__file__).parents[1] / "golden" / "rule_lint.yaml").read_text(encoding="utf-8"))
GOOD = "{wrong: 效劳, right: 服务, fires: [为人民群众提供效劳], silent: [无效劳动浪费了时间]}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["promise"])
def test_a_fault_is_found(book, case):
    rulebook = book(*(json.dumps(rule, ensure_ascii=False) for rule in case["rules"]))
    findings = list(lint(rulebook.tables, rulebook, lambda form: case["sound"]))
    said = [finding for finding in findings if case["says"] in finding.message]
    assert [finding.level for finding in said] == [case["level"]]
    assert said[0].where.startswith(rulebook.tables[0].source)


def test_a_good_table_has_no_faults(book):
    rulebook = book(GOOD)
    assert list(lint(rulebook.tables, rulebook, lambda form: 9)) == []


def test_contradictions_of_engines_are_listed(table, tmp_path):
    from zhengben.rulebook import Rulebook

    (tmp_path / "none").mkdir()
    one = table("{wrong: 满意, right: 满足, fires: [努力满意群众的各种需求]}", engine="X")
    two = table("{wrong: 满足, right: 满意, fires: [让办事的企业感到满足]}", engine="Y")
    rulebook = Rulebook.load([one, two], directory=tmp_path / "none")
    messages = [each.message for each in lint(rulebook.tables, rulebook, lambda form: 0)]
    assert messages == ["Y/满足 goes the opposite way"]


def test_certain_is_refused_for_a_rule_that_fires_on_sound_text(book, tmp_path):
    rulebook = book("{wrong: 原那么, right: 原则, apply: certain, not_after: [高]}")
    (tmp_path / "sound").mkdir()
    (tmp_path / "sound" / "a.txt").write_text("高原那么苦。\n草原那么大。", encoding="utf-8")
    firings = count_firings(rulebook, read_texts([tmp_path / "sound"]))
    (finding,) = refuse_certain(rulebook.rules, firings)
    assert finding.message == "is certain but fires 1 times on sound text: a.txt:2 高原那么苦。 草【原那么】大。"
