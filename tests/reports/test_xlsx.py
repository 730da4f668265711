from __future__ import annotations

import sys
from io import BytesIO

import pytest
from openpyxl import load_workbook

from reports.samples import META, edit_at, sample
from zhengben.errors import DependencyError
from zhengben.model import Edit, Result, apply
from zhengben.reports import ReportMeta, render


def sheets(result: Result) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(BytesIO(render("xlsx", result, META)))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_every_edit_has_a_row_with_its_sentence_and_reason() -> None:
    rows = sheets(sample())["改动"]
    assert len(rows) == 1 + len(sample().edits)
    row = dict(zip(rows[0], rows[5], strict=True))
    assert (row["段落"], row["行"], row["列"], row["状态"]) == (3, 4, 12, "已改")
    assert (row["原文"], row["改为"], row["备选"]) == ("根底", "基础", "基本")
    assert (row["前文"], row["后文"]) == ("各街道要提高效劳力量，", "工作不能放松。")


def test_groups_engines_and_notices_have_their_sheets() -> None:
    book = sheets(sample())
    assert book["同类改动"][1] == ("效劳", "服务", 2)
    assert book["引擎"][1] == ("A", "则→那么 类转换", 0.981, "“服务”不见一处")
    assert book["提示"][1][3:] == ("missing-word", "此处似缺一词，无法自动补全")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_text_that_looks_like_a_formula_stays_text(start: str) -> None:
    wrong = start + "HYPERLINK(1)"
    edit = Edit(0, len(wrong), wrong, start + "2", "restore", start + "rule", reason=start + "cmd|' /C calc'!A0")
    page = render("xlsx", Result(wrong, start + "2", (edit,)), META)
    for sheet in load_workbook(BytesIO(page)):
        for cell in (cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None):
            assert cell.data_type in ("s", "n")
            assert cell.data_type == "n" or not str(cell.value).startswith(tuple("=+-@\t")) or cell.quotePrefix


def test_characters_that_a_cell_cannot_hold_are_shown_or_cut() -> None:
    source = "\x00" + "字" * 40_000
    edits = (edit_at(source, "\x00", ""), edit_at(source, "字" * 40_000, "词"))
    rows = sheets(Result(source, apply(source, edits), edits))["改动"]
    assert rows[1][6] == "⟨U+0000⟩"
    assert str(rows[2][6]).endswith("字…")
    assert len(str(rows[2][6])) < 32_767


def test_the_empty_result_and_the_same_bytes_twice() -> None:
    empty = Result("", "")
    assert sheets(empty)["改动"][1:] == []
    assert render("xlsx", empty, ReportMeta("")) == render("xlsx", empty, ReportMeta(""))


def test_a_missing_openpyxl_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(DependencyError, match=r"zhengben\[xlsx\]"):
        render("xlsx", sample(), META)
