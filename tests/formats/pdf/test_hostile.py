"""Hostile PDF documents: each is read or refused in one line, within the limits, and nothing more happens."""

from __future__ import annotations

import zlib
from importlib.util import find_spec

import pytest

from formats.pdf.printing import Printer
from zhengben.errors import InputError
from zhengben.formats import Limits, Source, format_of
from zhengben.formats.base import MEBIBYTE
from zhengben.formats.contained import MEMORY_CAN_BE_LIMITED

LIMITS = Limits(max_seconds=20, max_memory_bytes=1024 * MEBIBYTE, max_pages=50)


def _pdf(*objects: bytes) -> bytes:
    """A PDF of numbered objects, the first of which is the catalogue."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + head + table + tail


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def _one_page(content: bytes, box: bytes = b"[0 0 595 842]") -> bytes:
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox %s/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>" % box
    return _pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content, font)


def _told(data: bytes, limits: Limits = LIMITS) -> str:
    """What comes of reading: the text, or the one line of the error."""
    source = Source("hostile.pdf", data)
    try:
        return format_of(source).read(source, limits).text
    except InputError as error:
        assert len(str(error).splitlines()) == 1
        return str(error)


def test_a_page_tree_that_holds_itself_is_refused():
    loop = _pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>")
    assert "is damaged: page 1 cannot be read" in _told(loop)


def test_a_page_count_that_is_a_lie_is_refused():
    lie = _pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 2000000000>>")
    assert "damaged" in _told(lie)


@pytest.mark.parametrize("brackets", [b"[", b"<<"], ids=["lists", "dictionaries"])
def test_endless_nesting_costs_at_most_the_text_after_it(brackets):
    nested = _one_page(_stream(brackets * 200_000 + b"BT /F 12 Tf 72 700 Td (Hello) Tj ET"))
    assert _told(nested) in ("", "Hello")


def test_nested_objects_in_the_catalogue_are_refused():
    deep = b"[" * 100_000 + b"]" * 100_000
    nested = _pdf(b"<</Type/Catalog/Pages 2 0 R/X %s>>" % deep, b"<</Type/Pages/Kids[]/Count 0>>")
    assert "damaged" in _told(nested)


@pytest.mark.skipif(not MEMORY_CAN_BE_LIMITED, reason="the platform cannot limit memory")
def test_a_stream_that_unpacks_to_more_than_the_memory_is_contained():
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * MEBIBYTE) for _ in range(600)) + packer.flush()
    bomb = _one_page(_stream(packed, b"/Filter/FlateDecode"))
    assert len(bomb) < MEBIBYTE
    assert "more than 512 MiB of memory" in _told(bomb, Limits(max_memory_bytes=512 * MEBIBYTE))


@pytest.mark.skipif(find_spec("rapidocr") is None, reason="needs zhengben[ocr]")
def test_a_page_as_large_as_a_field_is_not_drawn():
    huge = _one_page(_stream(b"0 0 100 100 re f"), box=b"[0 0 99999999 99999999]")
    assert "more than 100,000,000 pixels" in _told(huge)


def test_text_that_is_drawn_by_the_million_is_limited_in_time():
    million = _one_page(_stream(b"BT /F 1 Tf 72 700 Td " + b"(aaaaaaaaaa) Tj " * 300_000 + b"ET"))
    assert "more than 2 seconds" in _told(million, Limits(max_seconds=2))


def test_scripts_and_attachments_and_links_are_left_alone():
    acting = _pdf(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/'\\))>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/AA<</O<</S/URI/URI(http://127.0.0.1:9/)>>>>>>",
    )
    assert _told(acting) == ""


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_document_is_read_or_refused(part):
    whole = Printer().paragraph("以上各项请相互转告。").finish()
    told = _told(whole[: int(len(whole) * part)])
    assert told == "以上各项请相互转告。" or "damaged" in told
