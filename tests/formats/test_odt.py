from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.archives import hostile_archives, unzipped, with_part, zipped
from formats.laws import assert_round_trip, cleaned, read
from zhengben.errors import InputError
from zhengben.formats import Limits, Source
from zhengben.formats.odt import OpenDocumentText

_NAMES = {"text": "text", "table": "table", "draw": "drawing", "style": "style", "office": "office"}
NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for prefix, name in _NAMES.items()
)


def odt(body: str, styles: str = "") -> bytes:
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
    content = f"<office:document-content {NAMESPACES}><office:body><office:text>{body}</office:text></office:body>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{declaration}{content}</office:document-content>",
            "styles.xml": f"{declaration}<office:document-styles {NAMESPACES}>{styles}</office:document-styles>",
            "META-INF/manifest.xml": "<manifest/>",
            "Pictures/a.png": b"\x89PNG",
        }
    )


def text_of(body: str, styles: str = "") -> str:
    return read(OpenDocumentText(), odt(body, styles), "a.odt").text


_NOTE_BODY = "<text:note-body><text:p>注</text:p></text:note-body>"
NOTE = f"<text:note><text:note-citation>1</text:note-citation>{_NOTE_BODY}</text:note>"
BOX = "<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>"
TEXTS = {
    "paragraphs and headings are lines": ("<text:h>甲</text:h><text:p>乙</text:p>", "甲\n乙"),
    "spans do not break words": ("<text:p>效<text:span>劳</text:span></text:p>", "效劳"),
    "cells are lines": ("<table:table><table:table-cell><text:p>甲</text:p></table:table-cell></table:table>", "甲"),
    "a note follows its paragraph": (f"<text:p>效{NOTE}劳</text:p><text:p>乙</text:p>", "效劳\n注\n乙"),
    "a text box follows its paragraph": (f"<text:p>甲{BOX}乙</text:p>", "甲\ufffc乙\n框"),
    "tracked deletions are no text": (
        "<text:tracked-changes><text:deletion><text:p>旧</text:p></text:deletion></text:tracked-changes><text:p>甲</text:p>",
        "甲",
    ),
    "comments are no text": ("<text:p>甲<office:annotation><text:p>批</text:p></office:annotation>乙</text:p>", "甲乙"),
    "breaks, tabs and blanks": (
        "<text:p>甲<text:line-break/>乙<text:tab/>丙<text:s text:c='3'/>丁</text:p>",
        "甲\n乙\t丙 丁",
    ),
    "white space is one blank": ("<text:p> a\n   b </text:p>", "a b"),
}


@pytest.mark.parametrize(("body", "text"), TEXTS.values(), ids=TEXTS)
def test_the_text_is_what_the_document_shows(body, text):
    assert text_of(body) == text


def test_headers_and_footers_are_read_from_the_styles():
    header = "<style:master-page><style:header><text:p>页眉</text:p></style:header></style:master-page>"
    assert text_of("<text:p>甲</text:p>", header) == "甲\n页眉"


def test_fields_are_protected():
    document = read(OpenDocumentText(), odt("<text:p>第<text:page-number>1</text:page-number>页</text:p>"), "a.odt")
    assert (document.text, document.protect) == ("第1页", ((1, 2),))


EDITS = {
    "runs keep their properties": ("效<text:span>劳</text:span>", ("效劳", "服务"), "服<text:span>务</text:span>"),
    "across a note": (f"效{NOTE}劳", ("效劳", "服务"), f"服{NOTE}务"),
    "a blank is removed": ("学<text:s/>生", ("学 生", "学生"), "学生"),
    "new text is escaped": ("甲", ("甲", "<&"), "&lt;&amp;"),
    "a line break stays": ("效<text:line-break/>劳", ("效\n劳", "服\n务"), "服<text:line-break/>务"),
}


@pytest.mark.parametrize(("body", "pair", "written"), EDITS.values(), ids=EDITS)
def test_edits_are_made_inside_the_runs(body, pair, written):
    before = odt(f"<text:p>{body}</text:p>")
    after = cleaned(OpenDocumentText(), before, "a.odt", pair)
    assert unzipped(after) == unzipped(odt(f"<text:p>{written}</text:p>"))
    assert after[:70] == before[:70], "the type stays first and unpacked"


INLINE = st.sampled_from(
    ["甲", "乙丙", "&amp;", "<text:span>丁</text:span>", "<text:line-break/>", "<text:s/>", NOTE, BOX, "<text:tab/>"]
)
BODIES = st.lists(st.lists(INLINE, max_size=5).map(lambda parts: f"<text:p>{''.join(parts)}</text:p>"), max_size=4)


@given(BODIES.map("".join), st.data())
def test_round_trip(body, data):
    before = odt(body)
    written, _ = assert_round_trip(data.draw, OpenDocumentText(), before, "a.odt")
    old, new = unzipped(before), unzipped(written)
    assert {name for name in old if old[name] != new[name]} <= {"content.xml"}
    assert list(old) == list(new)


GOOD = odt("<text:p>甲</text:p>")


def test_a_document_of_too_many_tags_is_refused():
    with pytest.raises(InputError, match="more than 400 tags"):
        OpenDocumentText().read(Source("a.odt", odt("<text:p/>" * 400)), Limits(max_pieces=100))


DEEP = "<text:span>" * 300 + "甲" + "</text:span>" * 300
HOSTILE = {
    **hostile_archives(GOOD, "content.xml"),
    "endless nesting": (odt(f"<text:p>{DEEP}</text:p>"), "not sound XML"),
    "broken markup": (with_part(GOOD, "content.xml", lambda part: part[:-9]), "not sound XML"),
    "another kind": (with_part(GOOD, "mimetype", lambda part: part.replace("text", "spreadsheet")), "check its name"),
    "a password": (with_part(GOOD, "META-INF/manifest.xml", lambda _: "<a><encryption-data/></a>"), "encrypted"),
}


@pytest.mark.parametrize(("data", "message"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_sound_document_is_refused_in_one_line(data, message):
    with pytest.raises(InputError, match=message) as caught:
        read(OpenDocumentText(), data, "a.odt")
    assert "\n" not in str(caught.value)
