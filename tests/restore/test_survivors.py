"""Originals that an engine would have replaced, and that are left."""

from __future__ import annotations

import pytest

from restore.cases import context_rule, rulebook
from zhengben.restore.sites import Lexicon
from zhengben.restore.survivors import Roll, Survivor

RULES = rulebook(
    context_rule("A", "效劳", "服务"),
    context_rule("A", "那么", "则"),
    context_rule("A", "原那么", "原则"),
    context_rule("B", "关心", "帮助"),
    context_rule("B", "帮助", "协助"),
    context_rule("B", "学问", "知识", seen=0),
    context_rule("E", "任务", "工作"),
    context_rule("G", "任务", "工作"),
)
ROLL = Roll(Lexicon(RULES).entries.values())


def survivors(text: str) -> dict[str, int]:
    found = ROLL.survivors(RULES.screen(text).counts)
    return {engine: sum(n for each, n in found.items() if each.engine == engine) for engine in "ABEG"}


CASES = [
    ("an original without its form", "为人民服务", {"A": 1}),
    ("an original beside its form is another's to judge", "为人民服务，替人效劳", {}),
    ("a form alone", "替人效劳", {}),
    ("twice the same original is one pair", "服务，服务", {"A": 1}),
    ("a word that holds another original is no witness of its own", "原则", {"A": 1}),
    ("a pair of two engines counts for both", "工作", {"E": 1, "G": 1}),
    ("nothing", "", {}),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_survivors_are_counted_by_engine(text: str, expected: dict[str, int]) -> None:
    assert survivors(text) == {**dict.fromkeys("ABEG", 0), **expected}


def test_a_survivor_tells_who_may_have_written_it_and_how_often_its_pair_is_in_use() -> None:
    (written,) = ROLL.survivors(RULES.screen("请帮助他").counts)
    assert written == Survivor("B", 1.0, frozenset({"B"}))
    (recalled,) = ROLL.survivors(RULES.screen("知识").counts)
    assert recalled.usage < 1.0 and not recalled.writers
