"""Pages and lines out of the text layer of a PDF, with PDFium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from zhengben.errors import InputError
from zhengben.formats.base import Limits
from zhengben.formats.pdf.layout import NOWHERE, Box, Frame, Glyph, Line, Page, is_han
from zhengben.formats.signatures import describe_binary

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

SIGNATURE: Final = b"%PDF-"
SIGNATURE_WINDOW: Final = 1024
"""The signature stands within the first 1,024 bytes (PDF 1.7, appendix H.3.4.1)."""

LEAST_READABLE: Final = 0.7
"""Pages where fewer of the characters are known have a text layer that tells nothing."""

WIDE_GAP: Final = 0.5
"""From this part of the height of the characters on, a gap between two of them is a blank."""

AUTOMATIC_GAP: Final = 0.4
"""Office programs set Chinese and Latin apart by a quarter of a character."""

_BLANK: Final = Glyph(" ", NOWHERE)
_PASSWORD: Final = "is encrypted with a password; save it without one"


def open_pdf(data: bytes, limits: Limits) -> PdfDocument:
    """Open a PDF. Raises `InputError` for what is none, encrypted, damaged or has too many pages."""
    from pypdfium2 import PdfDocument, PdfiumError, raw

    if SIGNATURE not in data[:SIGNATURE_WINDOW]:
        actual = describe_binary(data) or "not a PDF document"
        raise InputError(f"is {actual}, though its name says PDF; name it as what it is")
    try:
        document = PdfDocument(data)
        pages = len(document)
    except PdfiumError:
        is_locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
        raise InputError(_PASSWORD if is_locked else "is truncated or damaged; fetch it again") from None
    if pages > limits.max_pages:
        raise InputError(f"has {pages:,} pages, more than {limits.max_pages:,}; split it")
    if not pages:
        raise InputError("has no pages; fetch it again")
    return document


def page_of(page: PdfPage) -> Page:
    """The text layer of a page."""
    width, height = page.get_size()
    return Page(width, height, tuple(_lines(_glyphs(page, frame_of(page)))))


def frame_of(page: PdfPage) -> Frame:
    """What is visible of a page."""
    left, bottom, right, top = page.get_cropbox()
    return Frame(left, bottom, right, top, page.get_rotation())


def needs_recognition(page: PdfPage, found: Page) -> bool:
    """Whether the page shows something and its text layer, if any, doesn't say what."""
    text = "".join(line.text for line in found.lines)
    unknown = sum(_is_unknown(character) for character in text)
    if text and unknown <= (1 - LEAST_READABLE) * len(text):
        return False
    return any(True for _ in page.get_objects(max_depth=2))


def _is_unknown(character: str) -> bool:
    return character == "\ufffd" or "\ue000" <= character <= "\uf8ff" or (character < " " and character != "\t")


def _glyphs(page: PdfPage, frame: Frame) -> Iterator[Glyph]:
    """The characters in the order of the page's content; None of PDFium's own line ends."""
    from pypdfium2 import raw

    layer = page.get_textpage()
    rectangle = raw.FS_RECTF()
    try:
        for place in range(layer.count_chars()):
            code = raw.FPDFText_GetUnicode(layer, place)
            if not code or 0xD800 <= code <= 0xDFFF or chr(code) in "\r\n":
                continue
            if raw.FPDFText_IsGenerated(layer, place):
                yield _BLANK
                continue
            raw.FPDFText_GetLooseCharBox(layer, place, ctypes.byref(rectangle))
            # PDFium says U+0002 for a hyphen at the end of a line.
            yield Glyph("-" if code == 2 else chr(code), frame.shown(_box(rectangle)))
    finally:
        layer.close()


def _box(rectangle: Any) -> Box:
    left, right = sorted((rectangle.left, rectangle.right))
    bottom, top = sorted((rectangle.bottom, rectangle.top))
    return Box(left, bottom, right, top)


def _lines(glyphs: Iterator[Glyph]) -> Iterator[Line]:
    line: list[Glyph] = []
    last: Box | None = None
    for glyph in glyphs:
        if glyph is _BLANK:
            line += [glyph] if line else []
            continue
        if last is not None and not _follows(last, glyph.box):
            yield from _line(line)
            line = []
        elif last is not None and line[-1] is not _BLANK and glyph.box.left - last.right > WIDE_GAP * last.height:
            line.append(_BLANK)
        line.append(glyph)
        last = glyph.box
    yield from _line(line)


def _follows(last: Box, box: Box) -> bool:
    """Whether a character stands in the same line as the one before it, and not before that."""
    overlap = min(last.top, box.top) - max(last.bottom, box.bottom)
    return overlap > 0.4 * min(last.height, box.height) and box.left > last.left - 0.5 * max(last.height, 1.0)


def _line(glyphs: list[Glyph]) -> Iterator[Line]:
    glyphs = [glyph for place, glyph in enumerate(glyphs) if not _is_spacing(glyphs, place)]
    if any(not glyph.character.isspace() for glyph in glyphs):
        yield Line.of(glyphs)


def _is_spacing(glyphs: list[Glyph], place: int) -> bool:
    """Whether a blank that nobody typed is only how a line with Chinese in it is set.

    Between two Chinese characters that is up to a whole character, between Chinese and Latin a quarter of a character.
    """
    if glyphs[place] is not _BLANK or not 0 < place < len(glyphs) - 1:
        return False
    before, after = glyphs[place - 1], glyphs[place + 1]
    chinese = is_han(before.character) + is_han(after.character)
    return after.box.left - before.box.right < (0.0, AUTOMATIC_GAP, 1.0)[chinese] * before.box.height
