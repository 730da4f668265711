"""What is read from a PDF: paragraphs, pages, and nothing of what runs along the edges."""

from __future__ import annotations

import pytest

from formats.fonts import needs_font
from formats.pdf.printing import Printer
from zhengben.errors import InputError
from zhengben.formats import Limits, Source
from zhengben.formats.pdf.format import Pdf
from zhengben.model import Span

LONG = (
    "为了把学校办得更好，我们在去年秋天请每个年级的老师坐下来谈了三次，把大家的意见一条一条记下来，"
    "再逐条商量怎么办。能马上办的，当周就办；要花钱的，写进下一年的预算；一时办不到的，也向提意见的人说清楚缘由。"
)
MIDDLE = "食堂的菜价从九月起不再上涨，早餐添了豆浆和杂粮馒头，住校的学生可以在前一天晚上预订。"
SHORT = "以上各项请相互转告。"


def _read(data: bytes, limits: Limits | None = None):
    return Pdf().read(Source("report.pdf", data), limits or Limits())


def _printed(paragraphs, **options) -> bytes:
    printer = Printer(**options)
    for paragraph in paragraphs:
        printer.paragraph(paragraph)
    return printer.finish()


@needs_font
@pytest.mark.parametrize(
    "paragraphs",
    [
        [LONG],
        [SHORT],
        [LONG, MIDDLE, SHORT],
        [SHORT, SHORT, SHORT],
        [LONG[: 32 + 34], LONG[: 32 + 34 + 34], MIDDLE],
        [f"一、{MIDDLE}", f"二、{LONG}", SHORT],
        [LONG, MIDDLE] * 12,
    ],
    ids=["one", "short", "three", "all short", "last lines full", "items", "pages"],
)
def test_paragraphs_are_what_was_printed_whatever_lines_they_were_broken_into(paragraphs):
    assert _read(_printed(paragraphs)).text == "\n".join(paragraphs)


def test_a_word_broken_at_a_line_end_is_whole():
    assert "把大家的意见一条一条记下来" in _read(_printed([LONG])).text


def test_latin_words_keep_the_blank_that_the_line_end_was():
    lines = ["the old library has many books on the history of the river and its small old towns",
             "and nobody had read them for years"]  # fmt: skip
    assert _read(Printer().line(lines[0]).line(lines[1]).finish()).text == " ".join(lines)


@needs_font
def test_blanks_that_only_set_chinese_and_latin_apart_are_none():
    printer = Printer().spaced("二〇二四年共收到", "128", "条意见", gap=3).spaced("其中", "96", "条", gap=12)
    assert _read(printer.finish()).text.split("\n") == ["二〇二四年共收到128条意见", "其中 96 条"]


def test_name_and_date_below_a_letter_are_two_lines():
    data = Printer().paragraph(LONG).right("红星中学校长办公室").right("二〇二四年十二月三十一日").finish()
    assert _read(data).text.split("\n") == [LONG, "红星中学校长办公室", "二〇二四年十二月三十一日"]


def test_columns_are_read_one_after_the_other():
    paragraphs = [LONG, MIDDLE, SHORT, LONG[:40]]
    assert _read(Printer().columns(paragraphs * 2, characters=15, lines=24).finish()).text == "\n".join(paragraphs * 2)


def test_titles_stand_alone_and_are_headings():
    document = _read(Printer().title("关于食堂的说明").title("二〇二四年", size=16).paragraph(LONG).finish())
    assert document.text.split("\n") == ["关于食堂的说明", "二〇二四年", LONG]
    assert [paragraph.level for paragraph in document.origin.paragraphs] == [1, 2, 0]


def test_headers_footers_and_page_numbers_are_left_out_and_told():
    paragraphs = [LONG, MIDDLE] * 16
    document = _read(_printed(paragraphs, header="红星中学校务公开", footer="第 {} 页"))
    assert document.text == "\n".join(paragraphs)
    reasons = [notice.reason for notice in document.notices]
    assert reasons == [
        "第 1–3 页的页眉“红星中学校务公开”未计入正文",
        "第 1–3 页的页码“第 1 页”未计入正文",
    ]


@pytest.mark.parametrize("footer", ["{}", "- {} -", "— {} —", "{}/9", "第{}页 共9页"])
def test_page_numbers_are_known_in_all_their_forms(footer):
    document = _read(_printed([LONG, MIDDLE] * 8, footer=footer, first_number=3))
    assert document.text == "\n".join([LONG, MIDDLE] * 8)


def test_a_single_line_at_the_edge_of_one_page_is_text():
    document = _read(_printed([LONG], header="红星中学校务公开"))
    assert "红星中学校务公开" in document.text


def test_pages_begin_where_their_first_character_is():
    document = _read(Printer().paragraph(LONG).page().page().paragraph(MIDDLE).finish())
    second = len(LONG) + 1
    assert document.page_starts == (0, second, second)
    assert document.text[second:] == MIDDLE


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_that_is_turned_reads_as_one_that_is_not(rotation):
    turned, upright = _printed([LONG, SHORT], rotation=rotation), _printed([LONG, SHORT])
    assert sorted(_read(turned).text.replace("\n", "")) == sorted(_read(upright).text.replace("\n", ""))


def test_every_character_has_its_place_on_the_page():
    document = _read(_printed([LONG, SHORT]))
    boxes = document.origin.boxes
    assert len(boxes) == len(document.text)
    first, second = boxes[0], boxes[1]
    assert (first.left, second.left) == pytest.approx((90 + 24, 90 + 36), abs=0.1)
    assert boxes.page(len(document.text) - 1) == 0
    assert document.origin.paragraphs[1].span == Span(len(LONG) + 1, len(LONG) + 1 + len(SHORT))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not a PDF document"),
        ("材料".encode(), "not a PDF document"),
        (b"PK\x03\x04word/document.xml", "a Word document"),
        (b"%PDF-1.7\n", "truncated or damaged"),
        (_printed([LONG])[:400], "truncated or damaged"),
    ],
    ids=["empty", "text", "word", "signature alone", "truncated"],
)
def test_what_is_no_sound_pdf_is_refused(data, message):
    with pytest.raises(InputError, match=message):
        _read(data)


def test_an_encrypted_pdf_is_refused():
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(_printed([SHORT]))))
    writer.encrypt("secret", algorithm="RC4-128")
    target = BytesIO()
    writer.write(target)
    with pytest.raises(InputError, match="encrypted with a password"):
        _read(target.getvalue())


def test_too_many_pages_are_refused():
    with pytest.raises(InputError, match="has 3 pages, more than 2"):
        _read(Printer().page().page().finish(), Limits(max_pages=2))
