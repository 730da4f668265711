"""LibreOffice has the last word: it opens what is written, and accepting and rejecting give what they should."""

from __future__ import annotations

import io

import pytest

from formats.office import PDF, Office, office
from formats.word_files import (
    characters,
    field,
    footnote,
    note,
    paragraph,
    run,
    table,
    text_box,
    unzipped,
    word_file,
)
from zhengben.formats import Limits, Source, WriteOptions
from zhengben.formats.docx import WordDocument
from zhengben.model import Edit, Result, apply

__all__ = ["office"]

FORMAT = WordDocument()
CHANGES = {"力量": "能力", "效劳": "服务", "原那么": "原则", "更多资料请下载\n": "", "本页由网友上传\n": ""}
SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for number, kind in enumerate(("separator", "continuationSeparator"))
)


def _by_markup() -> bytes:
    red = '<w:color w:val="FF0000"/>'
    link = '<w:hyperlink w:anchor="x">' + run("学习力量", '<w:u w:val="single"/>') + "</w:hyperlink>"
    return word_file(
        paragraph("提高", run("效", "<w:b/>"), run("劳力", red), run("量", '<w:sz w:val="40"/>')),
        paragraph("更多资料请下载"),
        paragraph("坚持原那么", note(2, ""), "，见", link, "。", "<w:r><w:tab/><w:br/></w:r>", "效劳好"),
        table(["力量", paragraph("更多资料请下载") + paragraph("效劳")], [table(["原那么"]) + paragraph("乙"), "丙"]),
        paragraph("本页由网友上传"),
        paragraph("前", text_box(paragraph("框中的力量") + paragraph("更多资料请下载") + paragraph("尾")), "后"),
        paragraph("第", field("PAGE", run("1")), "页的力量"),
        footnotes=SEPARATORS + footnote(2, paragraph("<w:r><w:footnoteRef/></w:r>", "注文的效劳")),
        header=paragraph("页眉的力量") + paragraph("本页由网友上传") + paragraph("第二行"),
        footer=paragraph("页脚的效劳"),
    )  # fmt: skip


def _by_python_docx() -> bytes:
    import docx
    from docx.shared import Pt, RGBColor

    document = docx.Document()
    document.add_heading("关于提高效劳水平的报告", 1)
    for number in range(8):
        block = document.add_paragraph(style="List Number" if number % 2 else None)
        block.add_run("要坚持原")
        bold = block.add_run("那么，提高力")
        bold.bold, bold.font.size = True, Pt(10 + number)
        colour = block.add_run("量和效")
        colour.font.color.rgb, colour.italic = RGBColor(0, 90 + number, 200), True
        block.add_run("劳").font.superscript = True
        block.add_run(f"，这是第{number}段。")
        document.add_paragraph("更多资料请下载")
    cells = document.add_table(2, 2, style="Table Grid")
    cells.cell(0, 0).text, cells.cell(1, 1).text = "单元格的力量", "原那么"
    document.add_paragraph("末段")
    document.sections[0].header.paragraphs[0].text = "页眉的效劳"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _result(data: bytes) -> tuple[Result, bytes]:
    document = FORMAT.read(Source("文件.docx", data), Limits())
    found = []
    for original, replacement in CHANGES.items():
        start = document.text.find(original)
        while start >= 0:
            end = start + len(original)
            found.append(Edit(start, end, original, replacement, "restore", "B/词", "B", 0.9, reason="此处有误"))
            start = document.text.find(original, end)
    edits = tuple(sorted(found, key=lambda edit: edit.start))
    result = FORMAT.fit(document, Result(document.text, apply(document.text, edits), edits))
    return result, FORMAT.write(document, result, WriteOptions())


def _text(data: bytes) -> str:
    return FORMAT.read(Source("文件.docx", data), Limits()).text


@pytest.fixture(params=["markup", "python-docx", "LibreOffice"])
def original(request: pytest.FixtureRequest, office: Office) -> bytes:
    """Documents of three makers, without earlier revisions."""
    if request.param == "markup":
        return _by_markup()
    made = _by_python_docx()
    return made if request.param == "python-docx" else office.save(made)[1]


def test_accepting_gives_the_clean_text_and_rejecting_the_original(office, original):
    result, tracked = _result(original)
    assert len(result.applied) >= 12
    seen, accepted = office.save(tracked, "accept")
    assert seen["authors"] == ["Zhengben·restore"] and seen["left"] == 0
    assert _text(accepted) == result.text
    seen, rejected = office.save(tracked, "reject")
    assert seen["left"] == 0
    assert _text(rejected) == result.source


def test_rejecting_gives_every_run_its_formatting_back(office, original):
    _, tracked = _result(original)
    _, rejected = office.save(tracked, "reject")
    _, untouched = office.save(original)
    assert _formatting(rejected) == _formatting(untouched)


def test_accepting_formats_every_run_as_in_the_clean_document(office, original):
    document = FORMAT.read(Source("文件.docx", original), Limits())
    result, tracked = _result(original)
    _, accepted = office.save(tracked, "accept")
    _, clean = office.save(FORMAT.write(document, result, WriteOptions(track=False)))
    assert _formatting(accepted) == _formatting(clean)


def _formatting(data: bytes) -> list[tuple[str, str]]:
    """Every character and paragraph of the body with its formatting, without the anchors of comments."""
    return [
        (character, look) for character, look, _ in characters(data) if not character.startswith("<w:commentReference")
    ]


def test_the_comments_are_there(office, original):
    result, tracked = _result(original)
    _, saved = office.save(tracked)
    assert unzipped(saved)["word/comments.xml"].decode().count("<w:comment ") == len(result.edits)


def test_it_can_be_printed(office, original):
    assert office.save(_result(original)[1], wanted=PDF)[1].startswith(b"%PDF")
