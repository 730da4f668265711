"""The annotated copy: every edit at its place on its page, with its note."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from formats.pdf.printing import LEFT, SIZE, Printer
from formats.pdf.test_pdf import LONG, SHORT
from zhengben.errors import OutputError
from zhengben.formats import Limits, Source, WriteOptions
from zhengben.formats.pdf.annotate import annotated
from zhengben.formats.pdf.format import Pdf
from zhengben.model import Edit, Result, apply


def _edit(text: str, original: str, replacement: str, **others) -> Edit:
    start = text.index(original)
    return Edit(start, start + len(original), original, replacement, "rules", f"A/{original}", reason="缘由", **others)


def _cleaned(data: bytes, *changes: tuple[str, str], **others):
    source = Source("report.pdf", data)
    document = Pdf().read(source, Limits())
    edits = tuple(_edit(document.text, *change, **others) for change in changes)
    return source, document, Result(document.text, apply(document.text, edits), edits)


def _annotations(source, document, result):
    copy = Pdf().companions(source, document, result)[".annotated.pdf"]
    return [[note.get_object() for note in page.get("/Annots", ())] for page in PdfReader(BytesIO(copy)).pages]


def test_an_edit_is_a_highlight_over_its_characters_with_a_note():
    [[note]] = _annotations(*_cleaned(Printer().paragraph(LONG).finish(), ("学校", "学堂")))
    left = LEFT + SIZE * (2 + LONG.index("学校"))
    assert note["/Subtype"] == "/Highlight"
    assert [float(number) for number in note["/Rect"]][::2] == pytest.approx([left, left + 2 * SIZE], abs=0.5)
    assert "“学校”已改为“学堂”" in note["/Contents"]
    assert "缘由" in note["/Contents"]


def test_an_edit_across_a_line_end_covers_both_parts():
    data = Printer().paragraph(LONG).finish()
    boxes = Pdf().read(Source("report.pdf", data), Limits()).origin.boxes
    end = next(place for place in range(1, len(boxes)) if boxes[place].left < boxes[place - 1].left)
    [[note]] = _annotations(*_cleaned(data, (LONG[end - 1 : end + 1], "别的")))
    corners = [float(number) for number in note["/QuadPoints"]]
    assert len(corners) == 16
    assert corners[1] - corners[9] == pytest.approx(20, abs=2)


def test_an_edit_across_a_page_end_is_on_both_pages_and_told_once():
    printer = Printer()
    printer.paragraph(SHORT)
    for _ in range(12):
        printer.paragraph(LONG)
    source, document, _ = _cleaned(printer.finish())
    start = document.page_starts[1] - 1
    original = document.text[start : start + 2]
    edit = Edit(start, start + 2, original, "别的", "rules", "A/x")
    first, second = _annotations(source, document, Result(document.text, apply(document.text, [edit]), (edit,)))[:2]
    assert ["/Contents" in note for note in (*first, *second)] == [True, False]


def test_an_insertion_is_a_sign_after_the_character_before_it():
    source, document, _ = _cleaned(Printer().paragraph(LONG).finish())
    place = LONG.index("学校")
    edit = Edit(place, place, "", "中", "gaps", "gap")
    [[note]] = _annotations(source, document, Result(document.text, apply(document.text, [edit]), (edit,)))
    assert note["/Subtype"] == "/Text"
    assert float(note["/Rect"][0]) == pytest.approx(LEFT + SIZE * (2 + place), abs=0.5)


def test_suggestions_have_a_colour_of_their_own():
    data = Printer().paragraph(LONG).finish()
    [[applied]] = _annotations(*_cleaned(data, ("学校", "学堂")))
    source, document, result = _cleaned(data, ("学校", "学堂"), status="suggested")
    [[suggested]] = _annotations(source, document, result)
    assert list(applied["/C"]) != list(suggested["/C"])
    assert "建议改为" in suggested["/Contents"]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_on_a_turned_page_the_highlight_stays_with_its_characters(rotation):
    upright = _annotations(*_cleaned(Printer().paragraph(SHORT).finish(), ("相互", "互相")))[0][0]
    data = Printer(rotation=rotation).paragraph(SHORT).finish()
    source = Source("turned.pdf", data)
    document = Pdf().read(source, Limits())
    place = next(at for at in range(len(document.text)) if document.text[at] == "互")
    edit = Edit(place, place + 1, "互", "户", "rules", "A/互")
    [[note]] = _annotations(source, document, Result(document.text, apply(document.text, [edit]), (edit,)))
    left, bottom, right, top = (float(number) for number in note["/Rect"])
    whole = [float(number) for number in upright["/Rect"]]
    assert (left, right) == pytest.approx((whole[0] + SIZE, whole[2]), abs=1)
    assert (bottom, top) == pytest.approx((whole[1], whole[3]), abs=2)


def test_a_pdf_that_cannot_be_copied_is_told_in_one_line():
    with pytest.raises(OutputError, match="cannot be copied") as caught:
        annotated(b"%PDF-1.7\nnothing", (), Pdf().read(Source("x", Printer().finish()), Limits()).origin.boxes)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("to", ["", ".txt"])
def test_the_text_is_written_a_paragraph_a_line(to):
    _, document, result = _cleaned(Printer().paragraph(LONG).paragraph(SHORT).finish(), ("学校", "学堂"))
    written = Pdf().write(document, result, WriteOptions(to=to))
    assert written.decode() == f"{LONG.replace('学校', '学堂')}\n{SHORT}\n"


def test_markdown_has_headings_and_no_accidental_markup():
    printer = Printer().title("说明").paragraph("# 这不是标题，只是井号开头的一句话。").paragraph("1. 项*目*一")
    _, document, result = _cleaned(printer.finish(), ("一句话", "一段话"))
    written = Pdf().write(document, result, WriteOptions(to=".md")).decode()
    assert written == "# 说明\n\n\\# 这不是标题，只是井号开头的一段话。\n\n1\\. 项\\*目\\*一\n"


def test_a_removed_paragraph_leaves_nothing_behind():
    _, document, result = _cleaned(Printer().paragraph(LONG).paragraph(SHORT).finish(), (f"\n{SHORT}", ""))
    assert Pdf().write(document, result, WriteOptions(to=".md")).decode() == f"{LONG}\n"


@pytest.mark.parametrize("track", [True, False])
def test_a_word_document_has_the_clean_text_and_its_edits_as_tracked_changes(track):
    import docx

    _, document, result = _cleaned(Printer().title("说明").paragraph(LONG).finish(), ("学校", "学堂"))
    written = Pdf().write(document, result, WriteOptions(to=".docx", track=track))
    word = docx.Document(BytesIO(written))
    assert word.paragraphs[0].style.name == "Heading 1"
    xml = word.paragraphs[1]._p.xml
    assert ("<w:del " in xml) is track
    assert word.paragraphs[1].text == LONG.replace("学校", "" if track else "学堂")
