from __future__ import annotations

from functools import cache
from io import BytesIO

import pptx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from formats.archives import hostile_archives, unzipped, with_part, zipped
from formats.laws import assert_round_trip, cleaned, read
from formats.test_xlsx import workbook
from zhengben.errors import InputError
from zhengben.formats.pptx import Presentation

SLIDE = "ppt/slides/slide1.xml"


@cache
def presentation(*, with_chart: bool = False) -> bytes:
    """Two slides: runs in bold and plain, a line break, a table, a group, notes."""
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "提高水平"
    paragraph = slide.placeholders[1].text_frame.paragraphs[0]
    for index, character in enumerate("效劳群众"):
        run = paragraph.add_run()
        run.text, run.font.bold = character, bool(index % 2)
    paragraph.add_line_break()
    paragraph.add_run().text = "a & b"
    table = slide.shapes.add_table(1, 2, 0, 0, Inches(3), Inches(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "左", "右"
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.text = "组"
    slide.notes_slide.notes_text_frame.text = "备注"
    last = deck.slides.add_slide(deck.slide_layouts[5])
    last.shapes.title.text = "第二张"
    if with_chart:
        data = CategoryChartData()
        data.categories = ["甲"]
        data.add_series("乙", (1,))
        last.shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, Inches(2), Inches(2), data)
    target = BytesIO()
    deck.save(target)
    return target.getvalue()


def test_slides_tables_groups_and_notes_are_read_in_order():
    text = read(Presentation(), presentation(), "a.pptx").text
    assert text == "提高水平\n效劳群众\na & b\n左\n右\n组\n备注\n第二张"


def test_slides_are_pages():
    document = read(Presentation(), presentation(), "a.pptx")
    assert [document.text[start:][:3] for start in document.page_starts] == ["提高水", "第二张"]


def test_runs_keep_their_properties():
    written = cleaned(Presentation(), presentation(), "a.pptx", ("效劳群众", "服务大家"))
    body = pptx.Presentation(BytesIO(written)).slides[0].placeholders[1].text_frame.paragraphs[0]
    assert [(run.text, run.font.bold) for run in body.runs[:4]] == [
        ("服", False),
        ("务", True),
        ("大", False),
        ("家", True),
    ]


def test_an_edit_from_cell_to_cell_is_left_out():
    assert cleaned(Presentation(), presentation(), "a.pptx", ("左\n右", "中")) == presentation()


def test_only_the_edited_slide_changes():
    old, new = unzipped(presentation()), unzipped(cleaned(Presentation(), presentation(), "a.pptx", ("水平", "<力>")))
    assert list(old) == list(new)
    assert [name for name in old if old[name] != new[name]] == [SLIDE]
    assert new[SLIDE] == old[SLIDE].replace("水平".encode(), "&lt;力&gt;".encode())


FIELD = '<a:fld id="{0}" type="slidenum"><a:t>9</a:t></a:fld>'
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SECOND = f'<mc:Fallback xmlns:mc="{COMPATIBILITY}"><a:p><a:r><a:t>旧</a:t></a:r></a:p></mc:Fallback>'


def _with_field_and_second_copy(slide: str) -> str:
    slide = slide.replace("<a:t>左</a:t></a:r>", f"<a:t>左</a:t></a:r>{FIELD}")
    return slide.replace("</p:spTree>", f"{SECOND}</p:spTree>")


def test_slide_numbers_and_second_copies_are_no_text():
    deck = with_part(presentation(), SLIDE, _with_field_and_second_copy)
    document = read(Presentation(), deck, "a.pptx")
    assert "左\ufffc\n右" in document.text
    assert "旧" not in document.text


def test_what_is_not_read_is_told():
    document = read(Presentation(), presentation(with_chart=True), "a.pptx")
    assert [(notice.kind, "第 2 张" in notice.reason) for notice in document.notices] == [("unread", True)]


@settings(max_examples=30)
@given(st.data())
def test_round_trip(data):
    written, _ = assert_round_trip(data.draw, Presentation(), presentation(), "a.pptx")
    old, new = unzipped(presentation()), unzipped(written)
    assert all(name.startswith(("ppt/slides/", "ppt/notesSlides/")) for name in old if old[name] != new[name])


def _deep(part: str) -> str:
    return part.replace("</p:spTree>", "<a:p>" * 300 + "</a:p>" * 300 + "</p:spTree>")


HOSTILE = {
    **hostile_archives(presentation(), SLIDE),
    "endless nesting": (with_part(presentation(), SLIDE, _deep), "not sound XML"),
    "a slide that is missing": (
        zipped({name: part for name, part in unzipped(presentation()).items() if name != SLIDE}),
        f"has no {SLIDE}",
    ),
    "an encoding that hides markup": (
        with_part(presentation(), SLIDE, lambda part: part.replace("UTF-8", "UTF-7")),
        "utf-7|not sound XML",
    ),
    "a spreadsheet": (workbook(["甲"]), "check its name"),
}


@pytest.mark.parametrize(("data", "message"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_sound_presentation_is_refused_in_one_line(data, message):
    with pytest.raises(InputError, match=message) as caught:
        read(Presentation(), data, "a.pptx")
    assert "\n" not in str(caught.value)
