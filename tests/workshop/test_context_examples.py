"""Examples of context rules are run by the whole cleaner, their engine taken as active."""

from __future__ import annotations

from zhengben.config import Config
from zhengben.rulebook import Rule
from zhengben.workshop.context_examples import check_context_examples

SOUND = ("凝聚起推动发展的强大力量",)


def check(**keys):
    rule = Rule("B", "力量", ("能力",), source="B.yaml", line=1, **keys)
    return [str(finding) for finding in check_context_examples([rule], Config())]


def test_examples_that_come_out_right_say_nothing():
    assert check(fires=("着力提高干部的组织协调力量和业务水平",), silent=SOUND) == []


def test_a_sentence_that_is_not_repaired_is_reported():
    (finding,) = check(fires=SOUND)
    assert finding.startswith("B.yaml:1: B/力量: error: should be applied in “凝聚起推动发展的强大力量”: ")


def test_a_sentence_that_is_repaired_is_reported_where_it_should_be_left_alone():
    (finding,) = check(silent=("着力提高干部的组织协调力量和业务水平",))
    assert "should be silent in" in finding and "becomes 能力" in finding


def test_engines_that_cannot_be_assumed_are_named():
    rule = Rule("mine", "力量", ("能力",), fires=SOUND)
    (finding,) = check_context_examples([rule], Config())
    assert (finding.level, finding.where) == ("note", "mine")
