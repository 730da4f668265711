from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.archives import hostile_archives, unzipped, with_part, zipped
from formats.laws import assert_round_trip, cleaned, read
from zhengben.errors import InputError
from zhengben.formats.epub import Book

XHTML = "application/xhtml+xml"
DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
CONTAINER = '<container xmlns="urn:c"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
ENCRYPTION = '<encryption xmlns="urn:e"><EncryptedData><EncryptionMethod Algorithm="{}"/></EncryptedData></encryption>'
OBFUSCATION = "http://www.idpf.org/2008/embedding"
NCX = (
    '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">'
    '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navLabel><text>目录</text></navLabel></ncx>'
)


def page(body: str) -> str:
    return f'{DECLARATION}<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'


def book(*bodies: str, **more: str) -> bytes:
    """A book whose pages are listed in the order in which they are not read."""
    numbers = range(len(bodies))
    items = "".join(f'<item id="p{n}" href="%E9%A1%B5{n}.xhtml" media-type="{XHTML}"/>' for n in reversed(numbers))
    ncx = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    spine = "".join(f'<itemref idref="p{n}"/>' for n in numbers)
    opf = f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{ncx}{items}</manifest><spine>{spine}</spine></package>'
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": opf,
            "OEBPS/toc.ncx": NCX,
            **{f"OEBPS/页{n}.xhtml": page(body) for n, body in enumerate(bodies)},
            "OEBPS/cover.jpg": b"\xff\xd8\xff",
            **{name.replace("__", "/"): content for name, content in more.items()},
        }
    )


def test_pages_are_read_in_the_order_of_the_spine_and_then_the_contents():
    assert read(Book(), book("<h1>甲</h1><p>乙&nbsp;丙</p>", "<p>丁</p>"), "a.epub").text == "甲\n乙\xa0丙\n丁\n目录"


def test_self_closing_elements_are_those_of_xml():
    assert read(Book(), book("<script src='a'/><p>甲</p><p/><title/>乙"), "a.epub").text == "甲\n乙\n目录"


def test_only_the_edited_page_changes_and_the_type_stays_first_and_unpacked():
    before = book("<p>效<b>劳</b></p>", "<p>甲</p>")
    after = cleaned(Book(), before, "a.epub", ("效劳", "服务"), ("目录", "目<录"))
    old, new = unzipped(before), unzipped(after)
    assert list(old) == list(new)
    assert {name for name in old if old[name] != new[name]} == {"OEBPS/页0.xhtml", "OEBPS/toc.ncx"}
    assert new["OEBPS/页0.xhtml"].decode() == page("<p>服<b>务</b></p>")
    assert after.startswith(before[:58])


def test_an_edit_from_page_to_page_is_left_out():
    before = book("甲", "乙")
    assert cleaned(Book(), before, "a.epub", ("甲\n乙", "丙")) == before


def test_fonts_that_are_hard_to_copy_hide_no_text():
    more = {"META-INF__encryption.xml": ENCRYPTION.format(OBFUSCATION)}
    assert read(Book(), book("甲", **more), "a.epub").text == "甲\n目录"


FRAGMENTS = st.sampled_from(["甲", "<b>乙丙</b>", "&amp;", "<br/>", "<p>", "</p>", "<!-- 丁 -->", "<img src='戊'/>"])


@given(st.lists(st.lists(FRAGMENTS, max_size=5).map("".join), max_size=3), st.data())
def test_round_trip(bodies, data):
    before = book(*bodies)
    written, _ = assert_round_trip(data.draw, Book(), before, "a.epub")
    old, new = unzipped(before), unzipped(written)
    assert all(name.endswith((".xhtml", ".ncx")) for name in old if old[name] != new[name])


GOOD = book("甲")
PAGE = "OEBPS/页0.xhtml"
HOSTILE = {
    **hostile_archives(GOOD, PAGE),
    "copy protection": (book("甲", **{"META-INF__encryption.xml": ENCRYPTION.format("aes")}), "copy-protected"),
    "another kind": (with_part(GOOD, "mimetype", lambda _: "text/plain"), "check its name"),
    "no list of pages": (with_part(GOOD, "META-INF/container.xml", lambda _: "<container/>"), "no list of its pages"),
    "a list that is no XML": (with_part(GOOD, "OEBPS/book.opf", lambda part: part[:-3]), "not sound XML"),
    "a list nested without end": (with_part(GOOD, "OEBPS/book.opf", lambda _: "<a>" * 9999), "not sound XML"),
    "a document type that hides markup": (
        with_part(GOOD, "OEBPS/toc.ncx", lambda part: '<!DOCTYPE ncx SYSTEM "><a>">' + part.partition('dtd">')[2]),
        "document type oddly",
    ),
    "a page that is a picture": (
        zipped({**unzipped(GOOD), PAGE: b"\x89PNG\r\n\x1a\n\x00"}),
        "damaged: OEBPS/页0.xhtml is a PNG image",
    ),
}


@pytest.mark.parametrize(("data", "message"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_sound_book_is_refused_in_one_line(data, message):
    with pytest.raises(InputError, match=message) as caught:
        read(Book(), data, "a.epub")
    assert "\n" not in str(caught.value)


def test_a_page_nested_without_end_is_read_in_one_pass():
    assert read(Book(), book("<div><b>" * 50_000 + "甲"), "a.epub").text == "甲\n目录"
