"""Word documents made of markup: what is read, what an edit may do, what is left as it was."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats.word_files import (
    characters,
    field,
    footnote,
    note,
    paragraph,
    run,
    settled,
    table,
    text_box,
    unzipped,
    word_file,
)
from zhengben.errors import OutputError
from zhengben.formats import Limits, Source, WriteOptions, format_of
from zhengben.formats.docx import WordDocument
from zhengben.model import Document, Edit, Result, apply

EARLIER = 'w:id="1" w:author="张三" w:date="2020-01-01T00:00:00Z"'
LINK = '<w:hyperlink w:anchor="x">' + run("链接", '<w:u w:val="single"/>') + "</w:hyperlink>"
INSERTED = f"<w:ins {EARLIER}>{run('量的')}</w:ins>"
DELETED = f"<w:del {EARLIER}><w:r><w:delText>旧</w:delText></w:r></w:del>"
MIXED = "<w:r><w:t>子</w:t><w:tab/><w:t>丑</w:t><w:drawing/><w:t>寅</w:t></w:r>"
PICTURE = "<w:r><w:drawing/></w:r>"
BREAK = "<w:r><w:br/></w:r>"
TAB = "<w:r><w:tab/></w:r>"
BOLD = "<w:b/>"
RED = '<w:color w:val="FF0000"/>'
SEPARATOR = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
FORMAT = WordDocument()


def _read(data: bytes) -> Document:
    return FORMAT.read(Source("文件.docx", data), Limits())


def _edit(text: str, original: str, replacement: str, **more) -> Edit:
    start = text.index(original)
    return Edit(start, start + len(original), original, replacement, "restore", "B/词", "B", 0.9, **more)


def _fitted(document: Document, *edits: Edit) -> Result:
    ordered = tuple(sorted(edits, key=lambda edit: edit.start))
    return FORMAT.fit(document, Result(document.text, apply(document.text, ordered), ordered))


def _replaced(data: bytes, *changes: tuple[str, str], track: bool = True) -> tuple[Result, bytes]:
    document = _read(data)
    result = _fitted(document, *(_edit(document.text, *change, reason="理由") for change in changes))
    return result, FORMAT.write(document, result, WriteOptions(track=track))


READ = {
    "paragraphs are lines": ([paragraph("甲"), paragraph(), paragraph("乙")], "甲\n\n乙"),
    "a word split over runs is one": ([paragraph(run("力", BOLD), run("量"))], "力量"),
    "cells of nested tables are lines": ([table(["甲", table(["乙"]) + paragraph("丙")])], "甲\n乙\n丙"),
    "hyperlinks are read": ([paragraph("见", LINK, "处")], "见链接处"),
    "breaks and tabs are one character each": ([paragraph("甲", TAB, "乙", BREAK, "丙")], "甲\t乙\n丙"),
    "symbols and hyphens are one character each": (
        [paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:noBreakHyphen/><w:softHyphen/></w:r>')],
        "\ufffc\u2011\u00ad",
    ),
    "a field shows its result": ([paragraph("第", field("PAGE", run("3")), "页")], "第3页"),
    "a simple field shows its result": (
        [paragraph(f'<w:fldSimple w:instr="DATE">{run("今日")}</w:fldSimple>')],
        "今日",
    ),
    "a text box follows its paragraph, once": (
        [paragraph("甲", text_box(paragraph("框")), "乙"), paragraph("丙")],
        "甲乙\n框\n丙",
    ),
    "content controls are read": (
        [f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>"],
        "控件",
    ),
    "what was inserted earlier is read": ([paragraph("甲", INSERTED)], "甲量的"),
    "what was deleted earlier is not": (
        [paragraph("甲", DELETED, "丙")],
        "甲丙",
    ),
    "moved text is read where it went": (
        [paragraph(INSERTED.replace("w:ins", "w:moveFrom"), "甲", INSERTED.replace("w:ins", "w:moveTo"))],
        "甲量的",
    ),
    "a deleted paragraph mark joins": (
        [paragraph("甲", properties=f"<w:rPr><w:del {EARLIER}/></w:rPr>"), paragraph("乙")],
        "甲乙",
    ),
    "a deleted row is gone": (
        [table(["甲"]).replace("<w:tr>", f"<w:tr><w:trPr><w:del {EARLIER}/></w:trPr>"), paragraph("乙")],
        "乙",
    ),
    "formulas and pictures are no text": (
        [paragraph("甲", "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", PICTURE, "乙")],
        "甲乙",
    ),
}


@pytest.mark.parametrize("promise", READ)
def test_reading(promise):
    blocks, text = READ[promise]
    assert _read(word_file(*blocks)).text == text


def test_all_parts_with_text_are_read_the_body_first():
    data = word_file(
        paragraph("正文", note(2, "")),
        footnotes=SEPARATOR + footnote(2, paragraph("脚注")),
        comments=f"<w:comment {EARLIER}>{paragraph('批注')}</w:comment>",
        header=paragraph("页眉"),
        footer=paragraph("页脚"),
    )
    assert _read(data).text == "正文\n脚注\n批注\n页眉\n页脚"


PROTECTED = {
    "results of fields": (paragraph("甲", field("PAGE", run("3")), "乙"), "3"),
    "results of simple fields": (paragraph(f'<w:fldSimple w:instr="DATE">{run("今日")}</w:fldSimple>'), "今日"),
    "symbols": (paragraph("甲", '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'), "\ufffc"),
    "bound controls": (
        paragraph(f"<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent>{run('标题')}</w:sdtContent></w:sdt>"),
        "标题",
    ),
    "page breaks": (paragraph("甲", '<w:r><w:br w:type="page"/></w:r>', "乙"), "\n"),
}


@pytest.mark.parametrize("what", PROTECTED)
def test_what_is_protected(what):
    block, text = PROTECTED[what]
    document = _read(word_file(block))
    assert [document.text[slice(*span)] for span in document.protect] == [text]


def test_the_text_of_a_hyperlink_field_is_the_authors():
    assert _read(word_file(paragraph(field('HYPERLINK "http://a.cn"', run("链接"))))).protect == ()


# Blocks, changes, the text after them. Whatever is tracked, must come back by rejecting it.
WRITTEN = {
    "a word": ([paragraph("提高力量")], [("力量", "能力")], "提高能力"),
    "a word split over runs": (
        [paragraph("提高", run("力", BOLD), run("量", RED), "好")],
        [("力量", "能力")],
        "提高能力好",
    ),
    "a word half in a link": ([paragraph("见", LINK, "处")], [("见链", "看连")], "看连接处"),
    "a word around a picture": ([paragraph("提高力", PICTURE, "量")], [("力量", "能力")], "提高能力"),
    "a word broken by a break": ([paragraph("提高效", BREAK, "劳")], [("效\n劳", "服\n务")], "提高服\n务"),
    "a word broken by a paragraph": ([paragraph("提高效"), paragraph("劳")], [("效\n劳", "服\n务")], "提高服\n务"),
    "a shorter word": ([paragraph("原那么", "好")], [("原那么", "原则")], "原则好"),
    "an insertion": ([paragraph("甲", run("乙", BOLD))], [("甲乙", "甲丙乙")], "甲丙乙"),
    "a line": ([paragraph("甲"), paragraph("广告"), paragraph("乙")], [("广告\n", "")], "甲\n乙"),
    "a line that was cut with the newline before it": (
        [paragraph("甲"), paragraph("广告"), paragraph("乙")],
        [("\n广告", "")],
        "甲\n乙",
    ),
    "several lines": ([paragraph("广"), paragraph("告"), paragraph(), paragraph("乙")], [("广\n告\n\n", "")], "乙"),
    "a line of a link": ([paragraph("请", LINK), paragraph("乙")], [("请链接\n", "")], "乙"),
    "a line before a break": ([paragraph("广告", BREAK, "乙")], [("广告\n", "")], "乙"),
    "a line behind a break": ([paragraph("甲", BREAK, "广告"), paragraph("乙")], [("广告\n", "")], "甲\n乙"),
    "the only line of a cell leaves it empty": ([table(["广告", "甲"])], [("广告\n", "")], "\n甲"),
    "a line before a table leaves it empty": ([paragraph("广告"), table(["甲"])], [("广告\n", "")], "\n甲"),
    "a line with a picture leaves the picture": (
        [paragraph("广", PICTURE, "告"), paragraph("甲")],
        [("广告\n", "")],
        "\n甲",
    ),
    "the last line leaves its paragraph": ([paragraph("甲"), paragraph("广告")], [("\n广告", "")], "甲\n"),
    "in a text box": (
        [paragraph("甲", text_box(paragraph("框力量") + paragraph("广告") + paragraph("乙")))],
        [("力量", "能力"), ("广告\n", "")],
        "甲\n框能力\n乙",
    ),
    "in what was inserted earlier": ([paragraph("力", INSERTED)], [("量的", "学的")], "力学的"),
    "half in what was inserted earlier": ([paragraph("力", INSERTED)], [("力量", "能力")], "能力的"),
    "around what was deleted earlier": (
        [paragraph("力", DELETED, "量")],
        [("力量", "能力")],
        "能力",
    ),
}


@pytest.mark.parametrize("what", WRITTEN)
def test_writing(what):
    blocks, changes, text = WRITTEN[what]
    data = word_file(*blocks)
    result, tracked = _replaced(data, *changes)
    assert result.text == text
    assert _read(tracked).text == text
    assert _read(settled(tracked, accept=True)).text == text
    assert _merged_insertions(characters(settled(tracked, accept=False))) == _merged_insertions(characters(data))
    _, clean = _replaced(data, *changes, track=False)
    assert _read(clean).text == text


def _merged_insertions(found: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Without the wrapper: rejecting leaves an earlier insertion that was parted in two parts."""
    return [(character, formatting) for character, formatting, _ in found]


ONLY_SUGGESTED = {
    "over a paragraph end": ([paragraph("甲"), paragraph("乙")], ("甲\n乙", "丙")),
    "over the border of a link": ([paragraph("见", LINK)], ("见链接", "请看看链")),
    "over a picture": ([paragraph("力", PICTURE, "量")], ("力量", "能")),
    "over a tab": ([paragraph("甲", TAB, "乙丙")], ("甲\t乙", "丁")),
    "a tab alone": ([paragraph("甲", TAB, "乙")], ("\t", "")),
    "joining paragraphs": ([paragraph("甲"), paragraph("乙")], ("\n", "")),
    "splitting a paragraph": ([paragraph("甲乙")], ("甲乙", "甲\n乙")),
    "a character that XML lacks": ([paragraph("甲")], ("甲", "\x01")),
}


@pytest.mark.parametrize("what", ONLY_SUGGESTED)
def test_what_the_structure_does_not_allow_becomes_a_comment(what):
    blocks, change = ONLY_SUGGESTED[what]
    data = word_file(*blocks)
    result, tracked = _replaced(data, change)
    assert result.text == result.source
    assert [edit.status for edit in result.edits] == ["suggested"]
    assert [notice.kind for notice in result.notices] == ["border"]
    assert characters(settled(tracked, accept=True)) == characters(data)
    assert "建议" in unzipped(tracked)["word/comments.xml"].decode()


def test_writing_what_was_not_fitted_is_refused():
    document = _read(word_file(paragraph("甲"), paragraph("乙")))
    edit = _edit(document.text, "甲\n乙", "丙")
    with pytest.raises(OutputError, match="crosses a border"):
        FORMAT.write(document, Result(document.text, "丙", (edit,)), WriteOptions())


def test_text_in_earlier_comments_is_only_commented_on():
    data = word_file(paragraph("正文"), comments=f"<w:comment {EARLIER}>{paragraph('提高力量')}</w:comment>")
    result, tracked = _replaced(data, ("力量", "能力"))
    assert (result.text, result.edits[0].status) == (result.source, "suggested")
    assert "【批注】" in unzipped(tracked)["word/comments.xml"].decode()
    assert _read(tracked).text == result.source


def test_inserted_text_takes_the_formatting_of_the_first_run_and_deleted_runs_keep_theirs():
    data = word_file(paragraph(run("提高"), run("力", BOLD), run("量", RED), run("好")))
    _, tracked = _replaced(data, ("力量", "能力"))
    assert [(text, look) for text, look, _ in characters(settled(tracked, accept=True))[3:5]] == [
        ("能", _look(BOLD)),
        ("力", _look(BOLD)),
    ]


def _look(properties: str) -> str:
    return characters(word_file(paragraph(run("字", properties))))[1][1]


def test_a_revision_names_its_stage_and_date_and_its_comment_says_why(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    _, tracked = _replaced(word_file(paragraph("提高力量")), ("力量", "能力"))
    files = {name: content.decode() for name, content in unzipped(tracked).items()}
    marks = re.findall(r"<w:(?:ins|del) ([^>]*)>", files["word/document.xml"])
    assert len(marks) == 2
    for mark in marks:
        assert 'w:author="Zhengben·restore" w:date="2023-11-14T22:13:20Z"' in mark
    comment = re.sub(r"<[^>]*>", "|", files["word/comments.xml"])
    for part in ("“力量”已改为“能力”", "理由：理由", "规则 B/词 · 引擎 B · 把握 90%"):
        assert part in comment
    assert "comments.xml" in files["[Content_Types].xml"] and "comments.xml" in files["word/_rels/document.xml.rels"]


def test_every_id_is_unique():
    blocks = [paragraph("力量", f'<w:bookmarkStart w:id="{number}" w:name="b{number}"/>') for number in range(5)]
    _, tracked = _replaced(word_file(*blocks), ("力量", "能力"))
    ids = re.findall(
        r'<w:(?:ins|del|bookmarkStart|commentReference) w:id="(\d+)"', unzipped(tracked)["word/document.xml"].decode()
    )
    assert len(ids) == len(set(ids)) == 8


def test_comments_that_cannot_stand_where_they_belong_stand_in_the_body():
    data = word_file(
        paragraph("正文", note(2, "")),
        footnotes=SEPARATOR + footnote(2, paragraph("注文的力量")),
        header=paragraph("页眉效劳"),
    )
    _, tracked = _replaced(data, ("力量", "能力"), ("效劳", "服务"))
    files = {name: content.decode() for name, content in unzipped(tracked).items()}
    assert files["word/document.xml"].count("commentReference") == 2
    assert "comment" not in files["word/footnotes.xml"] + files["word/header.xml"]
    assert "【脚注】" in files["word/comments.xml"] and "【页眉】" in files["word/comments.xml"]


def test_the_ids_of_comments_ascend_in_the_body_and_in_their_part():
    data = word_file(
        paragraph("一的力量", note(2, "")),
        paragraph("二的效劳"),
        footnotes=SEPARATOR + footnote(2, paragraph("注的原那么")),
        header=paragraph("页眉的根底"),
    )
    changes = (("力量", "能力"), ("效劳", "服务"), ("原那么", "原则"), ("根底", "基础"))
    files = unzipped(_replaced(data, *changes)[1])
    for name, mark in (("word/document.xml", "commentReference"), ("word/comments.xml", "comment")):
        ids = [int(number) for number in re.findall(rf'<w:{mark} w:id="(\d+)"', files[name].decode())]
        assert ids == sorted(set(ids)) and len(ids) == 4


def test_the_copy_of_a_text_box_for_older_programs_changes_too():
    data = word_file(paragraph(text_box(paragraph("力量"))), paragraph("末"))
    _, clean = _replaced(data, ("力量", "能力"), track=False)
    assert unzipped(clean)["word/document.xml"].decode().count("能力") == 2


def test_parts_without_edits_keep_their_bytes():
    extra = {"word/media/image1.png": b"\x89PNG" + bytes(100), "custom.xml": b"<a  b='1'/>\r\n"}
    data = word_file(paragraph("提高力量"), header=paragraph("页眉"), extra=extra)
    before = unzipped(data)
    for track, touched in (
        (False, {"word/document.xml"}),
        (True, {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels", "word/comments.xml"}),
    ):
        _, written = _replaced(data, ("力量", "能力"), track=track)
        after = unzipped(written)
        assert {name for name in after if after[name] != before.get(name)} == touched
        assert list(after)[: len(before)] == list(before)


def test_a_document_without_edits_is_the_same_file():
    data = word_file(paragraph("甲"))
    assert _replaced(data)[1] == data


def test_a_second_reading_passes_over_our_own_comments():
    _, tracked = _replaced(word_file(paragraph("提高力量"), paragraph("末")), ("力量", "能力"))
    assert _read(tracked).text == "提高能力\n末"


def test_earlier_comments_and_revisions_survive():
    anchored = (
        '<w:commentRangeStart w:id="1"/>'
        + run("力量")
        + '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
    )
    data = word_file(
        paragraph("甲", DELETED, anchored), comments=f"<w:comment {EARLIER}>{paragraph('批注')}</w:comment>"
    )
    for track in (True, False):
        _, written = _replaced(data, ("力量", "能力"), track=track)
        files = unzipped(written)
        body = files["word/document.xml"].decode()
        assert '<w:commentReference w:id="1"/>' in body and "<w:delText>旧</w:delText>" in body
        assert "批注" in files["word/comments.xml"].decode()


def test_a_removed_line_leaves_its_bookmarks():
    data = word_file(
        paragraph('<w:bookmarkStart w:id="3" w:name="x"/>', "广告"), paragraph("甲", '<w:bookmarkEnd w:id="3"/>')
    )
    _, clean = _replaced(data, ("广告\n", ""), track=False)
    assert unzipped(clean)["word/document.xml"].decode().count("w:bookmarkStart") == 1


def test_macros_are_kept_and_spoken_of():
    data = word_file(paragraph("力量"), extra={"word/vbaProject.bin": b"code"})
    document = _read(data)
    assert [notice.kind for notice in document.notices] == ["macros"]
    assert FORMAT.output_suffix(Source("a.docm", data)) == ".docm"
    assert unzipped(_replaced(data, ("力量", "能力"))[1])["word/vbaProject.bin"] == b"code"


def test_the_suffix_finds_the_format():
    assert format_of(Source("甲.DOCX", b"")).name == "docx"


_LOOKS = ("", BOLD, RED)
_RUNS = st.one_of(
    st.builds(run, st.text("甲乙丙 ", min_size=1, max_size=4), st.sampled_from(_LOOKS)),
    st.sampled_from([TAB, BREAK, PICTURE, LINK, field("PAGE", run("3")), INSERTED, DELETED, MIXED]),
)
_PARAGRAPHS = st.builds(lambda runs: paragraph(*runs), st.lists(_RUNS, max_size=5))
_BLOCKS = st.one_of(_PARAGRAPHS, st.builds(lambda a, b: table([a, b]), _PARAGRAPHS, _PARAGRAPHS))


@st.composite
def _documents_with_edits(draw) -> tuple[bytes, Document, list[Edit]]:
    data = word_file(*draw(st.lists(_BLOCKS, min_size=1, max_size=5)), paragraph("末"))
    document = _read(data)
    edits: list[Edit] = []
    cursor = 0
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(cursor, max(cursor, min(cursor + 6, len(document.text)))))
        end = draw(st.integers(start, max(start, min(start + 6, len(document.text)))))
        original = document.text[start:end]
        replacement = draw(
            st.one_of(st.just(""), st.text("子丑\n\t", max_size=3), st.just(original.replace("甲", "子")))
        )
        if (
            end > len(document.text)
            or original == replacement
            or any(span.start < max(end, start + 1) and start < span.end for span in document.protect)
        ):
            continue
        status = draw(st.sampled_from(["applied", "applied", "suggested"]))
        edits.append(Edit(start, end, original, replacement, "rules", "X/x", status=status))
        cursor = end + 1
    return data, document, edits


@settings(max_examples=150)
@given(_documents_with_edits())
def test_accepting_gives_the_clean_document_and_rejecting_the_original(made):
    data, document, edits = made
    result = FORMAT.fit(document, Result(document.text, apply(document.text, edits), tuple(edits)))
    tracked = FORMAT.write(document, result, WriteOptions())
    clean = FORMAT.write(document, result, WriteOptions(track=False))
    assert apply(document.text, result.applied) == result.text
    assert _read(tracked).text == result.text
    assert _read(clean).text == result.text
    accepted, rejected = settled(tracked, accept=True), settled(tracked, accept=False)
    assert _merged_insertions(characters(accepted)) == _merged_insertions(characters(clean))
    assert _merged_insertions(characters(rejected)) == _merged_insertions(characters(data))
