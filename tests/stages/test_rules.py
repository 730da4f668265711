"""Certain rules apply, suggest rules offer, and the evidence is counted before both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.config import Config
from zhengben.model import apply, validate
from zhengben.rulebook import Rule, Rulebook, Table
from zhengben.stages.base import Context, Dossier, Spans
from zhengben.stages.rules import Rules, reason

RULES = (
    Rule("A", "原那么", ("原则",), "certain", not_after=("高", "还")),
    Rule("A", "那么性", ("则性",), "certain"),
    Rule("A", "效劳", ("服务",), "context"),
    Rule("B", "供给应", ("提供给",), "certain"),
    Rule("B", "给应届", ("供应届",), "suggest"),
    Rule("B", "愿定", ("肯定", "一定"), "suggest"),
    Rule("common", "既使", ("即使",), "certain"),
    Rule("W", "本文来自", ("",), "certain"),
)
ENGINES = dict.fromkeys(rule.engine for rule in RULES)
TABLES = [Table(engine, "", tuple(rule for rule in RULES if rule.engine == engine)) for engine in ENGINES]


class Tools:
    rulebook = Rulebook(TABLES)


def run(text, protected=(), **config):
    dossier = Dossier()
    context = Context(Config(**config), Tools(), Spans(protected), Spans(), dossier)
    return Rules().run(text, context), dossier


CASES = [
    ("a certain rule applies", "坚持原那么", "坚持原则"),
    ("a guard keeps it silent", "高原那么苦", "高原那么苦"),
    ("the leftmost of two that overlap wins", "原那么性", "原则性"),
    ("a rule works where the other's guard forbids", "高原那么性", "高原则性"),
    ("a context rule waits for the document", "为民效劳", "为民效劳"),
    ("a suggest rule changes nothing", "不愿定", "不愿定"),
    ("a line end inside the form stays", "坚持原\n那么，讲原那\r\n么", "坚持原\n则，讲原\r\n则"),
    ("a blank inside the form stays", "既 使", "即 使"),
    ("an empty line ends a paragraph", "既\n\n使", "既\n\n使"),
    ("a form is deleted", "本文来自网络", "网络"),
    ("nothing happens without Chinese", "plain <b>text</b>", "plain <b>text</b>"),
]


@pytest.mark.parametrize("text, expected", [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_certain_rules_apply(text, expected):
    output, _ = run(text)
    assert apply(text, output.edits) == expected


def test_an_edit_tells_where_it_comes_from_and_why():
    output, _ = run("坚持原那么")
    (edit,) = output.edits
    assert (edit.stage, edit.rule, edit.engine, edit.status) == ("rules", "A/原那么", "A", "applied")
    assert edit.reason == "“原那么”在正常文本中几乎不出现，是A类工具把“则”替换成“那么”的痕迹"


def test_a_suggestion_offers_all_originals():
    (edit,) = run("不愿定")[0].edits
    assert (edit.status, edit.replacement, edit.alternatives) == ("suggested", "肯定", ("一定",))


def test_a_suggestion_gives_way_to_what_is_applied():
    output, _ = run("供给应届生")
    assert [edit.rule for edit in output.edits] == ["B/供给应"]


def test_suggestions_below_the_threshold_are_not_made():
    assert run("不愿定", suggest_confidence=0.9)[0].edits == ()


def test_certain_edits_are_only_offered_to_who_asks_for_more_than_certainty():
    (edit,) = run("坚持原那么", min_confidence=1.0)[0].edits
    assert edit.status == "suggested"


def test_protected_spans_are_neither_edited_nor_counted():
    output, dossier = run("原那么，原那么", protected=[(0, 3)])
    assert [(edit.start, edit.end) for edit in output.edits] == [(4, 7)]
    assert dossier.screening.counts[Tools.rulebook.form_id("原那么")] == 1


def test_the_evidence_is_counted_before_the_edits():
    _, dossier = run("坚持原那么，为民效劳，服务")
    counts = {
        form: dossier.screening.counts[Tools.rulebook.form_id(form)] for form in ("原那么", "效劳", "服务", "原则")
    }
    assert counts == {"原那么": 1, "效劳": 1, "服务": 1, "原则": 0}


@given(st.text(alphabet="原那么性供给应届愿定既使高还，\n ", max_size=40))
def test_edits_obey_the_laws_of_an_edit_set(text):
    validate(text, run(text)[0].edits)


@pytest.mark.parametrize(
    "rule, expected",
    [
        (RULES[3], "“供给应”在正常文本中几乎不出现，是B类工具把“提供给”替换成“供给应”的痕迹"),
        (RULES[5], "“愿定”可能是B类工具把“肯”替换成“愿”的痕迹，请核对"),
        (RULES[6], "“既使”是“即使”之误"),
        (RULES[7], "“本文来自”应删去"),
        (Rule("O", "己经", ("已经",), "certain"), "“己经”是扫描识别把“已”误认成“己”"),
        (Rule("TW", "透过", ("通过",), "suggest"), "“透过”可能是台湾用语，大陆作“通过”，请核对"),
        (Rule("common", "座落", ("坐落",), "suggest"), "“座落”可能是“坐落”之误，请核对"),
    ],
)
def test_the_reason_says_what_happened(rule, expected):
    assert reason(rule) == expected
