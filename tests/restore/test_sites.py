"""Where damaged forms stand: not inside their originals, not where guards forbid, and across a break."""

from __future__ import annotations

import pytest

from restore.cases import context_rule, rulebook, suspects
from zhengben.restore.entries import REWRITING
from zhengben.rulebook import Rule

RULES = rulebook(
    context_rule("A", "效劳", "服务"),
    context_rule("A", "标准", "规范", not_after=("国家", "技术")),
    context_rule("B", "容", "内容"),
    context_rule("B", "不肯定", "不一定"),
    context_rule("B", "肯定", "一定"),
    context_rule("E", "效劳", "服务"),
    Rule("B", "供给应", ("提供给",), "certain"),
    Rule("B", "愿定", ("一定",), "suggest"),
    Rule("common", "既使", ("即使",), "certain"),
    identify=[context_rule("I", "恬静", "安静"), context_rule("I", "效劳", "服务")],
)

CASES = [
    ("a form stands where it is written", "为民效劳，效劳社会", {"效劳": [(2, 4), (5, 7)]}),
    ("a form across a line end", "为民效\n劳", {"效劳": [(2, 5)]}),
    ("a form across a blank", "为民效 劳", {"效劳": [(2, 5)]}),
    ("an empty line ends a paragraph", "效\n\n劳", {}),
    ("a guard forbids", "国家标准，技术标准", {}),
    ("a guard forbids one of two", "国家标准和标准", {"标准": [(5, 7)]}),
    ("a form inside its original", "内容丰富", {}),
    ("a form beside its original", "内容和容器", {"容": [(3, 4)]}),
    ("overlapping forms are all suspects", "不肯定", {"不肯定": [(0, 3)], "肯定": [(1, 3)]}),
    ("certain rules belong to engines too", "供给应", {"供给应": [(0, 3)]}),
    ("what is only suggested tells nothing", "不愿定", {}),
    ("slips of the pen tell nothing", "既使", {}),
    ("no form", "今天下雨。", {}),
    ("no text", "", {}),
]


@pytest.mark.parametrize(("text", "spans"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_places(text: str, spans: dict[str, list[tuple[int, int]]]) -> None:
    found = suspects(text, RULES)
    assert {suspect.wrong: [tuple(span) for span in suspect.spans] for suspect in found} == spans


def test_a_form_is_claimed_by_all_engines_that_write_it() -> None:
    (suspect,) = suspects("效劳", RULES)
    assert suspect.engines == {"A", "E", REWRITING}
    assert [claim.engine for claim in suspect.claims["服务"]] == ["A", "E", REWRITING]


@pytest.mark.parametrize(
    ("text", "wrong", "count"),
    [
        ("效劳，服务，服务", "效劳", 2),
        ("效劳", "效劳", 0),
        ("不肯定，不一定", "不肯定", 1),
        ("肯定，不一定", "肯定", 1),
    ],
)
def test_originals_are_counted(text: str, wrong: str, count: int) -> None:
    found = {suspect.wrong: suspect for suspect in suspects(text, RULES)}
    assert list(found[wrong].original_counts.values()) == [count]


def test_an_original_inside_the_damaged_form_is_not_counted() -> None:
    rules = rulebook(context_rule("B", "提供给应", "供给"), context_rule("B", "根底", "基础"))
    (suspect,) = suspects("提供给应，供给", rules)
    assert suspect.original_counts == {"供给": 1}
