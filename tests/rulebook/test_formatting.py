"""Formatting changes how a table looks and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given

from rulebook.tables import tables, unplaced
from zhengben.errors import RuleError
from zhengben.rulebook.documents import parse_yaml
from zhengben.rulebook.formatting import format_text, insert_rule, table_text
from zhengben.rulebook.loading import table_of
from zhengben.rulebook.rule import Rule, Table

UNTIDY = """\
# 表头的说明
engine:  T
rules:
# 效劳在前
  - right: 服务
    wrong: "效劳"   # 行尾的说明
    fires:
      - 为群众提供效劳是本职
  # 关于进展
  - {wrong: 进展, right: [进行, '发展'], seen: 3}
  - wrong: 供给应
    right: 提供给
    not_before:
      [一一一一, 二二二二, 三三三三, 四四四四, 五五五五, 六六六六, 七七七七, 八八八八, 九九九九, 十十十十, 百百百百,
      千千千千]
# 表尾的说明
"""

TIDY = """\
# 表头的说明
engine: T
rules:
  - wrong: 供给应
    right: 提供给
    not_before: [一一一一, 二二二二, 三三三三, 四四四四, 五五五五, 六六六六, 七七七七, 八八八八, 九九九九,
      十十十十, 百百百百, 千千千千]
  # 效劳在前
  # 行尾的说明
  - wrong: 效劳
    right: 服务
    fires: [为群众提供效劳是本职]
  # 关于进展
  - wrong: 进展
    right: [进行, 发展]
    seen: 3
# 表尾的说明
"""


def test_a_table_is_sorted_and_laid_out_and_keeps_its_comments():
    assert format_text("t.yaml", UNTIDY) == TIDY


def test_what_is_formatted_stays():
    assert format_text("t.yaml", TIDY) == TIDY


@given(tables())
def test_a_table_written_as_yaml_reads_the_same(table):
    text = table_text(table)
    rules = tuple(sorted(table.rules, key=lambda rule: rule.wrong))
    assert unplaced(table_of(parse_yaml("t.yaml", text))).rules == rules
    assert format_text("t.yaml", text) == text


def test_a_rule_is_inserted_in_its_place_and_nothing_else_moves():
    rule = Rule("T", "根底", ("基础",), fires=("打好基层工作的根底",), seen=1)
    lines = insert_rule("t.yaml", TIDY, rule).splitlines()
    added = [
        "  - wrong: 根底",
        "    right: 基础",
        "    apply: context",
        "    fires: [打好基层工作的根底]",
        "    seen: 1",
    ]
    place = lines.index(added[0])
    assert lines[place : place + 5] == added
    assert lines[place + 5] == "  # 关于进展"
    assert lines[:place] + lines[place + 5 :] == TIDY.splitlines()


def test_the_first_and_the_last_rule_find_their_places():
    for form in ("一一", "龥龥"):
        text = insert_rule("t.yaml", TIDY, Rule("T", form, ("二二",)))
        assert [rule.wrong for rule in table_of(parse_yaml("t.yaml", text)).rules] == sorted(
            ["供给应", "效劳", "进展", form]
        )
        assert format_text("t.yaml", text) == text


def test_a_table_without_rules_is_written_as_one():
    assert table_of(parse_yaml("t.yaml", table_text(Table("T", "", ())))).rules == ()


def test_a_rule_is_added_to_an_empty_table():
    text = insert_rule("t.yaml", "engine: T\nrules: []\n", Rule("T", "效劳", ("服务",)))
    assert table_of(parse_yaml("t.yaml", text)).rules[0].id == "T/效劳"


def test_a_form_that_is_there_is_not_added_again():
    with pytest.raises(RuleError, match=r"t\.yaml:10: T/效劳: is there already"):
        insert_rule("t.yaml", TIDY, Rule("T", "效劳", ("效力",)))


def test_a_rule_whose_example_fails_is_not_added():
    with pytest.raises(RuleError, match="should fire in"):
        insert_rule("t.yaml", TIDY, Rule("T", "根底", ("基础",), "certain", fires=("没有这个词的句子",)))
