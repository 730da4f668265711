from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.laws import assert_round_trip, cleaned, read, replacing
from zhengben.errors import InputError, OutputError
from zhengben.formats import Limits, Source, WriteOptions
from zhengben.formats.html import Html
from zhengben.model import Edit, Result

FRAGMENTS = (
    "甲", "乙丙", "a", " ", "\n ", "&amp;", "&nbsp;", "&#x4e2d;", "&bogus;", "1 < 2", "<p>", "</p>", "<b>", "</b>",
    "<br>", "<td class='x>y'>", "<!-- 甲 -->", "<!--", "<script>甲<p></script>", "<code>", "</code>", "<pre>", "</pre>",
    "<img src=甲>", "<title>甲</title>", "<svg><text>甲</text></svg>", "<ruby>乙<rt>甲</rt></ruby>", "<?php 甲 ?>",
    "</3>",    '<a href="甲" title=\'乙>\'>', "</a>", "<textarea>甲</textarea>", "<li>", "<", "&",
)  # fmt: skip
PAGES = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join)

TEXTS = {
    "blocks are lines": ("<h1>甲</h1>\n<p>乙</p>丙<div>丁</div>", "甲\n乙\n丙\n丁"),
    "cells are lines": ("<table><tr><td>甲<td>乙</table>", "甲\n乙"),
    "inline elements do not break words": ("<p>效<b>劳</b><i>群</i>众</p>", "效劳群众"),
    "a line break stays in its block": ("<p>甲<br>乙<br/>丙</p>", "甲\n乙\n丙"),
    "white space is one blank": ("<p>  a \n\t b  </p>", "a b"),
    "a line end in the source between hanzi is nothing": ("<p>提高效\n    劳。</p>", "提高效劳。"),
    "a blank between hanzi is a blank": ("<p>学 生</p>", "学 生"),
    "references are characters": ("<p>&lt;甲&gt;&amp;&#20013;&#x4E2D;</p>", "<甲>&中中"),
    "unknown references stay": ("<p>甲&unknownthing;乙</p>", "甲&unknownthing;乙"),
    "a bare bracket is text": ("<p>1 < 2 & 3</p>", "1 < 2 & 3"),
    "the title is text without markup": ("<title>甲<b></title><p>乙", "甲<b>\n乙"),
    "scripts, styles and comments are no text": ("甲<script>'</p>'</script><style>乙{}</style><!-- 丙 -->丁", "甲丁"),
    "readings are no text": ("<ruby>漢<rp>(</rp><rt>han</rt><rp>)</rp></ruby>字", "漢字"),
    "a reading without an end tag ends with its ruby": ("<ruby>漢<rt>han</ruby>字", "漢字"),
    "pictures stand as one character": ("甲<img alt=乙>丙<svg><text>丁</text></svg>", "甲\ufffc丙\ufffc"),
    "a script without end hides the rest, as in browsers": ("甲<script>乙<p>丙", "甲"),
    "attributes may hold brackets and quotes": ("""<p class='a"b>' title="'>">甲</p>""", "甲"),
    "preformatted text keeps its lines": ("<pre>甲\n  乙</pre>", "甲\n  乙"),
}


@pytest.mark.parametrize(("source", "text"), TEXTS.values(), ids=TEXTS)
def test_the_text_is_what_a_browser_shows(source, text):
    assert read(Html(), source.encode(), "a.html").text == text


EDITS = {
    "formatting stays where it was": ("<p>效<b>劳</b></p>", [("效劳", "服务")], "<p>服<b>务</b></p>"),
    "what grows goes where it begins": ("<p>甲<b>乙</b>丙</p>", [("甲乙", "一二三")], "<p>一二三<b></b>丙</p>"),
    "what stays keeps its formatting": ("<p>甲乙<b>丙</b></p>", [("甲乙丙", "一丙")], "<p>一<b>丙</b></p>"),
    "references beside an edit stay": ("<p>&amp;&nbsp;甲&lt;</p>", [("甲", "乙")], "<p>&amp;&nbsp;乙&lt;</p>"),
    "new text is escaped": ("<p>甲</p>", [("甲", "<b>&")], "<p>&lt;b&gt;&amp;</p>"),
    "line ends of the source stay": ("<p>提高效\n  劳。</p>", [("效劳", "服务")], "<p>提高服\n  务。</p>"),
    "an edit keeps a line break": ("<p>效<br>劳</p>", [("效\n劳", "服\n务")], "<p>服<br>务</p>"),
    "a removed line takes its break along": ("<p>甲<br>乙<br>丙</p>", [("乙\n", "")], "<p>甲<br>丙</p>"),
    "a removed block leaves its tags": ("<p>甲</p><p>乙</p><p>丙</p>", [("乙\n", "")], "<p>甲</p><p></p><p>丙</p>"),
    "an edit from block to block is left out": ("<td>原<td>那么", [("原\n那么", "原\n则")], "<td>原<td>那么"),
    "two blocks are never made one": ("<p>甲</p><p>乙</p>", [("甲\n乙", "丙")], "<p>甲</p><p>乙</p>"),
    "a new line cannot be written": ("<p>甲乙</p>", [("甲乙", "甲\n乙")], "<p>甲乙</p>"),
    "a blank is removed": ("<p>学 <b>生</b></p>", [("学 生", "学生")], "<p>学<b>生</b></p>"),
}


@pytest.mark.parametrize(("source", "pairs", "written"), EDITS.values(), ids=EDITS)
def test_edits_are_made_in_the_source(source, pairs, written):
    assert cleaned(Html(), source.encode(), "a.html", *pairs).decode() == written


def test_what_is_left_out_is_suggested_and_told():
    document = read(Html(), "<p>甲</p><p>乙</p>".encode(), "a.html")
    fitted = Html().fit(document, replacing(document.text, ("甲\n乙", "丙")))
    assert [edit.status for edit in fitted.edits] == ["suggested"]
    assert [notice.kind for notice in fitted.notices] == ["border"]
    assert fitted.text == document.text


@pytest.mark.parametrize("tag", ["code", "pre", "kbd", "samp", "tt", "var"])
def test_code_is_protected(tag):
    document = read(Html(), f"<p>甲<{tag}>乙<b>丙</b></{tag}>丁</p>".encode(), "a.html")
    shown = "".join(document.text[start:end] for start, end in document.protect)
    assert shown == "乙丙"


class _Markup(HTMLParser):
    """Everything of a page but its text, as the standard library sees it."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.seen: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.append(self.get_starttag_text())

    def handle_endtag(self, tag):
        self.seen.append(f"</{tag}>")

    def handle_comment(self, data):
        self.seen.append(data)


@given(PAGES, st.data())
def test_round_trip(page, data):
    assert_round_trip(data.draw, Html(), page.encode(), "a.html")


WELL_FORMED = st.recursive(
    st.sampled_from(["甲", "乙丙", "&amp;丁", "<br>", "<!-- 戊 -->", "<img src='甲>'>"]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag} title='乙>'>{''.join(parts)}</{tag}>",
        st.sampled_from(["p", "b", "div", "span", "code"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@given(WELL_FORMED, st.data())
def test_markup_is_as_it_was(page, data):
    written, result = assert_round_trip(data.draw, Html(), page.encode(), "a.html")
    if not any("\n" in edit.original for edit in result.applied):
        assert _Markup(written.decode()).seen == _Markup(page).seen


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("gbk", "gb2312"),
        ("gbk", "GBK"),
        ("gb18030", "gb18030"),
        ("cp950", "big5"),
        ("utf-8", "utf-8"),
        ("utf-8-sig", "gbk"),
    ],
)
def test_the_declared_encoding_stays(encoding, declared):
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}"><p>天地人</p>'
    assert cleaned(Html(), page.encode(encoding), "a.html", ("天", "水")) == page.replace("天", "水").encode(encoding)


@pytest.mark.parametrize("declared", ["utf-8", "utf-16", "iso-8859-1", "hex", "idna", "unicode_escape", "nothing"])
def test_a_wrong_declaration_gives_way_to_what_the_bytes_say(declared):
    page = f'<meta charset="{declared}"><p>请各位按时到会，把材料带齐。</p>'
    assert read(Html(), page.encode("gbk"), "a.html").text == "请各位按时到会，把材料带齐。"


def test_a_character_that_the_encoding_lacks_becomes_a_reference():
    page = '<meta charset="big5"><p>天地人</p>'
    assert cleaned(Html(), page.encode("big5"), "a.html", ("天", "𠮷")) == page.replace("天", "&#134071;").encode(
        "big5"
    )


def test_the_encoding_stays_whatever_is_asked_for():
    page = '<meta charset="gbk"><p>天地人</p>'.encode("gbk")
    document = read(Html(), page, "a.html")
    assert Html().write(document, Result(document.text, document.text), WriteOptions(encoding="utf-8")) == page


HOSTILE = {
    "entities": ("<!DOCTYPE x [<!ENTITY a '甲'>]><p>&a;</p>".encode(), "declares entities"),
    "a Word file": (b"PK\x03\x04word/document.xml", "is a Word document"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00", "is a PNG image"),
    "binary data": (b"\x00\x01\x02\x03" * 50, "binary|not text"),
}


@pytest.mark.parametrize(("data", "message"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_page_is_refused_in_one_line(data, message):
    with pytest.raises(InputError, match=message) as caught:
        read(Html(), data, "a.html")
    assert "\n" not in str(caught.value)


def test_a_page_beyond_the_limit_is_refused():
    with pytest.raises(InputError, match="more than 10 bytes"):
        Html().read(Source("a.html", b"x" * 11), Limits(max_markup_bytes=10))


def test_a_page_in_too_many_pieces_is_refused():
    with pytest.raises(InputError, match="more than 10 pieces"):
        Html().read(Source("a.html", b"<p>a</p>" * 11), Limits(max_pieces=10))


@pytest.mark.parametrize(
    "unit",
    ["<b>", "<code>", "<svg>", "<!--", "<a title='", '<a b="', "<", "&", "&#", "<script>", "<![", "=\"'>", "<p>甲"],
)
def test_endless_markup_is_read_in_one_pass(unit):
    document = read(Html(), (unit * 50_000 + "甲").encode(), "a.html")
    assert Html().write(document, Result(document.text, document.text), WriteOptions()).decode() == unit * 50_000 + "甲"


def test_an_edit_that_was_not_fitted_is_refused_rather_than_misplaced():
    document = read(Html(), "<p>甲</p><p>乙</p>".encode(), "a.html")
    crossing = Edit(0, 3, "甲\n乙", "丙", "rules", "X/x")
    with pytest.raises(OutputError, match="crosses the border"):
        Html().write(document, Result(document.text, "丙", (crossing,)), WriteOptions())
