from __future__ import annotations

import pytest

from zhengben.damage import Pair, read_pairs, tables_of, withhold
from zhengben.errors import InputError, RuleError
from zhengben.rulebook import Rule, Rulebook, Table

TABLES = {"A": tuple(Pair("A", f"原{number}", f"错{number}") for number in range(10)), "B": (Pair("B", "甲", "乙"),)}


def rulebook(*rules):
    engines = dict.fromkeys(rule.engine for rule in rules)
    tables = [Table(engine, engine, tuple(rule for rule in rules if rule.engine == engine)) for engine in engines]
    return Rulebook(tables)


def test_rules_are_read_from_right_to_wrong():
    tables = tables_of(rulebook(Rule("B", "力量", ("能力",)), Rule("A", "假设", ("如果", "若"))))

    assert tables == {
        "A": (Pair("A", "如果", "假设"), Pair("A", "若", "假设")),
        "B": (Pair("B", "能力", "力量"),),
    }


@pytest.mark.parametrize(
    ("engine", "wrong", "right", "why"),
    [
        ("common", "照办照抄", "照搬照抄", "a slip of the pen"),
        ("A", "容", "内容", "a deletion"),
        ("A", "〞", "”", "a symbol"),
        ("A", "施工 法", "施工方法", "not one word"),
        ("A", "", "电话", "a deleted word"),
    ],
)
def test_what_no_engine_substitutes_is_left_out(engine, wrong, right, why):
    kept = Rule("B", "力量", ("能力",))

    assert tables_of(rulebook(kept, Rule(engine, wrong, (right,)))) == {"B": (Pair("B", "能力", "力量"),)}, why


def test_pairs_that_follow_from_shorter_ones_are_left_out():
    tables = tables_of(
        rulebook(
            Rule("A", "那么", ("则",)),
            Rule("A", "原那么", ("原则",)),
            Rule("B", "肯定", ("一定",)),
            Rule("B", "愿定", ("肯定",)),
            Rule("B", "不愿定", ("不一定",)),
            Rule("B", "不确定", ("不一定的",)),
        )
    )

    assert [pair.damaged for pair in tables["A"]] == ["那么"]
    assert sorted(pair.damaged for pair in tables["B"]) == ["不确定", "愿定", "肯定"]


def test_a_chain_of_two_pairs_is_no_pair_of_its_own():
    chain = [Rule("B", "肯定", ("一定",)), Rule("B", "确定", ("一定", "肯定"))]

    assert [(pair.original, pair.damaged) for pair in tables_of(rulebook(*chain))["B"]] == [
        ("一定", "肯定"),
        ("肯定", "确定"),
    ]


def test_a_rule_that_asks_for_a_context_is_left_out():
    rules = rulebook(Rule("B", "力量", ("能力",)), Rule("B", "愿定", ("一定",), after=("不",)))

    assert [pair.damaged for pair in tables_of(rules)["B"]] == ["力量"]


def test_a_share_of_every_table_is_withheld_by_seed():
    first, again, other = (withhold(TABLES, 0.2, seed) for seed in (1, 1, 2))

    assert first == again != other
    assert sorted(name[0] for name in first) == ["A", "A"]
    assert withhold(TABLES, 1.0, 1) == {pair.rule for pairs in TABLES.values() for pair in pairs}


def test_a_table_of_pairs_is_read(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("# engine\tdamaged\toriginal\n\nB\t力量\t能力\tseen often\n", encoding="utf-8")

    assert read_pairs(path) == {"B": (Pair("B", "能力", "力量"),)}


def test_a_line_without_three_fields_is_refused_by_its_number(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("B\t力量\t能力\nB\t力量\n", encoding="utf-8")

    with pytest.raises(RuleError, match=r"pairs\.tsv:2: expected engine, damaged and original"):
        read_pairs(path)


def test_a_missing_table_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot read the table of pairs"):
        read_pairs(tmp_path / "none.tsv")
