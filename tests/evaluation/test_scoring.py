from __future__ import annotations

import pytest

from evaluation.marked import scored
from zhengben.evaluation.gold import Duty
from zhengben.evaluation.gold_format import parse_gold
from zhengben.evaluation.scoring import Verdict, score
from zhengben.model import Edit, Result

RIGHT, ALLOWED, WRONG = Verdict.RIGHT, Verdict.ALLOWED, Verdict.WRONG


@pytest.mark.parametrize(
    ("marked", "changes", "verdicts", "repaired"),
    [
        ("联系{四周|四面}八方", [("四周八方", "四面八方")], [RIGHT], [True]),
        ("联系{四周|四面}八方", [("四周", "四面")], [RIGHT], [True]),
        ("联系{四周|四面}八方", [("周", "面")], [RIGHT], [True]),
        ("联系{四周|四面}八方", [("四周", "四方")], [WRONG], [False]),
        ("联系{四周八方|四面八方}", [("周", "面")], [RIGHT], [True]),
        ("联系{四周|四面}八方", [], [], [False]),
        ("联系四周八方", [("四周", "四面")], [WRONG], []),
        ("{依据|根据/按照}规定", [("依据", "按照")], [RIGHT], [True]),
        ("{?格外|非常}忙", [("格外", "非常")], [ALLOWED], [True]),
        ("{?格外|非常}忙", [("格外", "特别")], [WRONG], [False]),
        ("{学问|知识}{力量|能力}", [("学问", "知识"), ("力量", "能力")], [RIGHT, RIGHT], [True, True]),
        ("{学问|知识}{力量|能力}", [("学问力量", "知识能力")], [RIGHT], [True, True]),
        ("{学问|知识}{力量|能力}", [("学问", "知识"), ("力量", "力气")], [RIGHT, WRONG], [True, False]),
        ("{学问|知识}和{?力量|能力}", [("学问和力量", "知识和能力")], [RIGHT], [True, True]),
        ("{学问|知识}和力量", [("学问和力量", "知识和能力")], [WRONG], [False]),
        ("{供给应|提供给}他", [("供给", "提供"), ("应", "给")], [RIGHT, RIGHT], [True]),
        ("{供给应|提供给}他", [("应", "给")], [WRONG], [False]),
        ("具体,{+ |电话}等", [(" ", "")], [ALLOWED], [True]),
        ("具体,{+ |电话}等", [(" ", "电话")], [WRONG], [False]),
    ],
)
def test_edits_are_judged_by_what_the_output_says(marked, changes, verdicts, repaired):
    result = scored(marked, changes)

    assert [edit.verdict for edit in result.applied] == verdicts
    assert [mark.repaired for mark in result.marks] == repaired


@pytest.mark.parametrize(
    ("changes", "verdicts"),
    [
        ([("广告甲\n", "")], [RIGHT]),
        ([("广告甲", "")], [RIGHT]),
        ([("广告甲\n广告乙\n", "")], [RIGHT]),
        ([("广告甲\n广告乙", "")], [RIGHT]),
        ([("广告甲\n", ""), ("广告乙\n", "")], [RIGHT, RIGHT]),
        ([("广告甲\n广告乙\n正", "正")], [RIGHT]),
        ([("广告甲\n广告乙\n正", "")], [WRONG]),
        ([("告甲", "")], [WRONG]),
    ],
)
def test_the_line_break_may_go_with_an_injected_line(changes, verdicts):
    assert [edit.verdict for edit in scored("{-广告甲}\n{-广告乙}\n正文", changes).applied] == verdicts


def test_a_break_inside_a_paragraph_stays_when_a_part_of_its_line_goes():
    assert [edit.verdict for edit in scored("正文{-广告}\n下文", [("广告\n", "")]).applied] == [WRONG]


def test_suggestions_count_apart():
    result = scored("{学问|知识}与{力量|能力}，增加", [("学问", "知识")], [("力量", "能力"), ("增加", "增强")])

    assert [edit.verdict for edit in result.applied] == [RIGHT]
    assert [edit.verdict for edit in result.suggested] == [RIGHT, WRONG]
    assert [(mark.repaired, mark.suggested) for mark in result.marks] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    ("marked", "edit", "found", "word_found"),
    [
        ("大脑不是{+|电脑/计算机},", Edit(4, 4, "", "机器", "gaps", "", status="suggested"), True, False),
        (
            "大脑不是{+|电脑/计算机},",
            Edit(4, 4, "", "机器", "gaps", "", status="suggested", alternatives=("电脑",)),
            True,
            True,
        ),
        ("大脑不是{+|电脑},", Edit(2, 2, "", "电脑", "gaps", "", status="suggested"), False, False),
        ("很具体,{+ |电话}、文件", Edit(4, 5, " ", "电话", "gaps", "", status="suggested"), True, True),
    ],
)
def test_a_deleted_word_is_found_where_it_is_suggested(marked, edit, found, word_found):
    gold = parse_gold(marked)
    result = score(gold, Result(gold.text, gold.text, (edit,)))

    [gap] = result.having(Duty.GAP)
    assert (gap.suggested, gap.word_found) == (found, word_found)
    assert result.suggested[0].verdict is (ALLOWED if found else WRONG)


def test_the_result_of_another_text_is_refused():
    with pytest.raises(ValueError, match="not one of cleaning speech"):
        score(parse_gold("甲", name="speech"), Result("乙", "乙"))
