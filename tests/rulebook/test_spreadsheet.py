"""Tables go to spreadsheets and come back as they were."""

from __future__ import annotations

import io

import pytest
from hypothesis import given

from rulebook.tables import tables, unplaced
from zhengben.errors import RuleError
from zhengben.rulebook.documents import decode
from zhengben.rulebook.loading import load_table, table_of
from zhengben.rulebook.rule import Rule, Table
from zhengben.rulebook.spreadsheet import parse_csv, parse_xlsx, write_csv, write_xlsx


@given(tables())
def test_csv_brings_back_every_rule(table):
    assert unplaced(table_of(parse_csv("t.csv", decode("t.csv", write_csv(table))))) == table


def test_xlsx_brings_back_every_rule():
    rules = (
        Rule("T", "=1+1", ("二", ""), "context", ("无", "/[为]$/"), seen=3, note="见前"),
        Rule(
            "T", "效劳", ("服务",), "suggest", fires=("为群众提供效劳是本职", "做好后勤效劳工作"), silent=("无效劳动",)
        ),
    )
    table = Table("T", "试验用表", rules)
    assert unplaced(table_of(parse_xlsx("t.xlsx", write_xlsx(table)))) == table


CSV_FAULTS = {
    "an empty file": ("", 1, "is empty"),
    "a needed column missing": ("engine,wrong,apply\nT,效劳,context\n", 1, "lacks the column right"),
    "an unknown column": ("engine,wrong,right,apply,colour\n", 1, "unknown column colour"),
    "a column twice": ("engine,wrong,right,apply,wrong\n", 1, "the column wrong stands twice"),
    "an empty wrong side": ("engine,wrong,right,apply\nT,,服务,context\n", 2, "wrong must not be empty"),
    "an empty right side": ("engine,wrong,right,apply\nT,效劳,,context\n", 2, "T/效劳: right must be"),
    "a count that is none": ("engine,wrong,right,apply,seen\nT,效劳,服务,context,x\n", 2, "T/效劳: seen"),
    "two engines": ("engine,wrong,right,apply\nT,效劳,服务,context\nU,根底,基础,context\n", 3, "U above|T above"),
    "a broken quote": ('engine,wrong,right,apply\nT,"效"劳,服务,context\n', 2, "is not CSV"),
}  # fmt: skip


@pytest.mark.parametrize("content, line, says", CSV_FAULTS.values(), ids=CSV_FAULTS)
def test_a_broken_csv_is_refused_with_file_line_and_rule(tmp_path, content, line, says):
    path = tmp_path / "t.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RuleError, match=rf"t\.csv:{line}: .*({says})") as refusal:
        load_table(path)
    assert "\n" not in str(refusal.value)


def test_a_workbook_without_a_needed_column_is_refused(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    workbook = openpyxl.Workbook()
    workbook.active.append(["engine", "wrong", "apply"])
    target = io.BytesIO()
    workbook.save(target)
    (tmp_path / "t.xlsx").write_bytes(target.getvalue())
    with pytest.raises(RuleError, match=r"t\.xlsx:1: lacks the column right"):
        load_table(tmp_path / "t.xlsx")


def test_a_file_that_is_no_workbook_is_refused(tmp_path):
    (tmp_path / "t.xlsx").write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(RuleError, match=r"t\.xlsx:1: is not a readable XLSX workbook"):
        load_table(tmp_path / "t.xlsx")


def test_lines_of_a_cell_do_not_shift_the_lines_of_messages(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text('engine,wrong,right,apply\nT,进展,"进行\n发展",context\nT,效劳,服务,always\n', encoding="utf-8")
    with pytest.raises(RuleError, match=r"t\.csv:4: T/效劳: apply must be certain or"):
        load_table(path)
