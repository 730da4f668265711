from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from formats.archives import hostile_archives, unzipped, with_part, zipped
from formats.laws import assert_round_trip, cleaned, read
from zhengben.errors import InputError
from zhengben.formats.xlsx import Spreadsheet


def workbook(*rows: list[object], table: str = "") -> bytes:
    """A workbook with shared texts, as Excel writes it; a tuple is rich text."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, tuple):
                    sheet.write_rich_string(row, column, value[0], bold, *value[1:])
                else:
                    sheet.write(row, column, value)
        if table:
            sheet.add_table(table, {"columns": [{"header": header} for header in rows[0]]})
    return target.getvalue()


def cells(data: bytes) -> list[object]:
    sheet = openpyxl.load_workbook(BytesIO(data), rich_text=True).active
    return [cell.value for row in sheet.rows for cell in row]


BOOK = workbook(["甲", 1, "=A1&甲"], ["甲", 2.5, "乙\n丙"])
INLINE = '<row r="9"><c r="A9" t="inlineStr"><is><t>己庚</t></is></c><c r="B9" t="str"><f>X</f><v>己</v></c></row>'


def test_each_shared_text_is_one_block():
    assert read(Spreadsheet(), BOOK, "a.xlsx").text == "甲\n乙\n丙"


def test_an_edit_reaches_all_cells_that_share_the_text_and_no_formula():
    assert cells(cleaned(Spreadsheet(), BOOK, "a.xlsx", ("甲", "丁"))) == ["丁", 1, "=A1&甲", "丁", 2.5, "乙\n丙"]


def test_lines_inside_a_cell_belong_together():
    assert cells(cleaned(Spreadsheet(), BOOK, "a.xlsx", ("乙\n丙", "丁\n戊己")))[-1] == "丁\n戊己"


def test_an_edit_from_cell_to_cell_is_left_out():
    assert cleaned(Spreadsheet(), BOOK, "a.xlsx", ("甲\n乙", "丁")) == BOOK


def test_rich_text_keeps_its_runs():
    written = cells(cleaned(Spreadsheet(), workbook([("效", "劳", "群众")]), "a.xlsx", ("效劳", "服务")))[0]
    assert [str(run) for run in written] == ["服", "务", "群众"]
    assert written[1].font.b


def test_headings_of_tables_are_protected():
    document = read(Spreadsheet(), workbook(["甲", "乙"], ["丙", "丁"], table="A1:B2"), "a.xlsx")
    assert [document.text[start:end] for start, end in document.protect] == ["甲", "乙"]


def test_texts_that_a_sheet_keeps_itself_are_edited_there():
    sheet = "xl/worksheets/sheet1.xml"
    book = with_part(BOOK, sheet, lambda part: part.replace("</sheetData>", f"{INLINE}</sheetData>"))
    written = cleaned(Spreadsheet(), book, "a.xlsx", ("己庚", "辛"))
    assert unzipped(written)[sheet] == unzipped(book)[sheet].replace("己庚".encode(), "辛".encode())


def test_readings_and_escapes_are_left_alone():
    shared = "xl/sharedStrings.xml"
    reading = '<si><t>東京_x000D_</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si>'
    document = read(
        Spreadsheet(), with_part(BOOK, shared, lambda part: part.replace("</sst>", f"{reading}</sst>")), "a.xlsx"
    )
    assert document.text.endswith("\n東京_x000D_")
    assert [document.text[start:end] for start, end in document.protect] == ["_x000D_"]


@settings(max_examples=30)
@given(
    st.lists(st.lists(st.sampled_from(["甲乙", "丙", "a&b", "丁\n戊", 7, "=A1"]), min_size=1, max_size=3), max_size=3),
    st.data(),
)
def test_round_trip(rows, data):
    book = workbook(*rows)
    written, _ = assert_round_trip(data.draw, Spreadsheet(), book, "a.xlsx")
    old, new = unzipped(book), unzipped(written)
    assert {name for name in old if old[name] != new[name]} <= {"xl/sharedStrings.xml"}
    assert list(old) == list(new)


def _deep(part: str) -> str:
    return part.replace("</sst>", "<si>" * 300 + "</si>" * 300 + "</sst>")


HOSTILE = {
    **hostile_archives(BOOK, "xl/sharedStrings.xml"),
    "endless nesting": (with_part(BOOK, "xl/sharedStrings.xml", _deep), "not sound XML"),
    "a part that is missing": (
        zipped({name: part for name, part in unzipped(BOOK).items() if "sharedStrings" not in name}),
        "has no xl/sharedStrings.xml",
    ),
}


@pytest.mark.parametrize(("data", "message"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_sound_spreadsheet_is_refused_in_one_line(data, message):
    with pytest.raises(InputError, match=message) as caught:
        read(Spreadsheet(), data, "a.xlsx")
    assert "\n" not in str(caught.value)
