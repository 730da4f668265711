"""Pictures of pages: what is no sound picture is refused; what is printed is read."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from formats.fonts import chinese_font, needs_recognition
from zhengben.errors import InputError
from zhengben.formats import Limits, Source
from zhengben.formats.images import Image, pictures
from zhengben.formats.pdf.format import Pdf

PRINTED = ("食堂的菜价从九月起不再上涨，早餐添了豆浆", "和杂粮馒头，住校的学生可以在前一天预订。")


def _drawn(lines=PRINTED, size=(1000, 260)) -> Pillow.Image:
    picture = Pillow.new("L", size, 255)
    path, index = chinese_font()
    font = ImageFont.truetype(path, 40, index=index)
    for number, line in enumerate(lines):
        ImageDraw.Draw(picture).text((80, 60 + 70 * number), line, font=font, fill=0)
    return picture


def _saved(pictures, kind, **options) -> bytes:
    target = BytesIO()
    first, *others = pictures
    if others:
        options = {"save_all": True, "append_images": others}
    first.save(target, kind, **options)
    return target.getvalue()


def _png_of(width: int, height: int) -> bytes:
    """A picture that claims to be as large as it is told and has no content."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


BLANK = Pillow.new("L", (40, 40), 255)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no PNG, JPEG or TIFF"),
        ("材料".encode(), "no PNG, JPEG or TIFF"),
        (b"%PDF-1.7", "a PDF document"),
        (b"GIF89a", "a GIF image"),
        (_saved([BLANK], "PNG")[:60], "damaged image"),
        (_saved([Pillow.effect_noise((400, 400), 90)], "JPEG")[:2000], "damaged image"),
        (_png_of(60_000, 60_000), "more than 100,000,000 pixels"),
        (_png_of(10_001, 10_000), "more than 100,000,000 pixels"),
    ],
    ids=["empty", "text", "pdf", "gif", "truncated png", "truncated jpeg", "bomb", "just too large"],
)
def test_what_is_no_sound_picture_is_refused_in_one_line(data, message):
    with pytest.raises(InputError, match=message) as caught:
        list(pictures(data, Limits()))
    assert len(str(caught.value).splitlines()) == 1


def test_a_tiff_has_all_its_pages():
    assert len(list(pictures(_saved([BLANK, BLANK, BLANK], "TIFF"), Limits()))) == 3


def test_a_tiff_of_too_many_pages_is_refused():
    with pytest.raises(InputError, match="has 3 pages, more than 2"):
        list(pictures(_saved([BLANK, BLANK, BLANK], "TIFF"), Limits(max_pages=2)))


def test_a_photograph_is_turned_as_its_camera_was():
    turned = Pillow.new("L", (60, 20), 255)
    marks = Pillow.Exif()
    marks[0x0112] = 6
    [picture] = pictures(_saved([turned], "JPEG", exif=marks), Limits())
    assert picture.shape[:2] == (60, 20)


@needs_recognition
def test_printed_text_is_read_and_its_lines_make_a_paragraph():
    document = Image().read(Source("scan.png", _saved([_drawn()], "PNG")), Limits())
    assert document.text == "".join(PRINTED)
    assert [notice.kind for notice in document.notices] == ["recognised-pages"]


@needs_recognition
def test_a_pdf_without_a_text_layer_is_read_by_recognition():
    scan = _saved([_drawn()], "PDF", resolution=200)
    document = Pdf().read(Source("scan.pdf", scan), Limits())
    assert document.text == "".join(PRINTED)
    assert document.notices[0].reason == "第 1 页没有文字层，由文字识别读出，请对照原件核对"
    first = document.origin.boxes[0]
    assert (first.left, first.right) == pytest.approx((80 * 0.36, 120 * 0.36), abs=3)


def test_a_pdf_of_pictures_names_the_extra_that_reads_it(monkeypatch):
    from zhengben.formats import ocr

    monkeypatch.setattr(ocr, "find_spec", lambda name: None)
    scan = _saved([Pillow.new("L", (100, 100), 128)], "PDF")
    with pytest.raises(InputError, match=r"pip install 'zhengben\[ocr\]'"):
        Pdf().read(Source("scan.pdf", scan), Limits())
