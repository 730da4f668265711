"""Prints PDF documents for tests: lines broken where the column ends, with headers and page numbers."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
SIZE = 12
LEFT, TOP, STEP = 90, 740, 20
CHARACTERS_A_LINE = 34
LINES_A_PAGE = 32
NO_BEGINNING = "，。、；：？！”"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def broken(text, room, indent):
    """The lines of a paragraph, each with its indent, both in characters."""
    while text:
        piece, text = text[: room - indent], text[room - indent :]
        while text and text[0] in NO_BEGINNING:
            piece, text = piece + text[0], text[1:]
        yield piece, indent
        indent = 0


class Printer:
    """Prints paragraphs as an office program does: indented by two characters, broken at the edge."""

    def __init__(self, header="", footer="", rotation=0, first_number=1):
        self._target = BytesIO()
        self._canvas = Canvas(self._target, pagesize=A4, invariant=1)
        self._header, self._footer, self._number = header, footer, first_number
        self._line = 0
        self._rotation = rotation
        self._begin()

    def title(self, text, size=18):
        self._canvas.setFont(FONT, size)
        self._canvas.drawCentredString(A4[0] / 2, self._height(), text)
        self._canvas.setFont(FONT, SIZE)
        self._line += 2
        return self

    def paragraph(self, text, indent=2):
        for piece, room in broken(text, CHARACTERS_A_LINE, indent):
            self._print(piece, room)
        return self

    def columns(self, paragraphs, characters, lines):
        pieces = [piece for text in paragraphs for piece in broken(text, characters, 2)]
        for number, (piece, indent) in enumerate(pieces):
            column, line = divmod(number, lines)
            left = LEFT + column * (characters + 3) * SIZE + indent * SIZE
            self._canvas.drawString(left, TOP - STEP * line, piece)
        return self

    def line(self, text):
        self._print(text, 0)
        return self

    def right(self, text):
        self._print(text, CHARACTERS_A_LINE - len(text))
        return self

    def spaced(self, *pieces, gap):
        left = LEFT
        for piece in pieces:
            self._canvas.drawString(left, self._height(), piece)
            left += pdfmetrics.stringWidth(piece, FONT, SIZE) + gap
        self._line += 1
        return self

    def page(self):
        self._canvas.showPage()
        self._line = 0
        self._number += 1
        self._begin()
        return self

    def finish(self) -> bytes:
        self._canvas.save()
        return self._target.getvalue()

    def _print(self, piece, indent):
        if self._line >= LINES_A_PAGE:
            self.page()
        self._canvas.drawString(LEFT + indent * SIZE, self._height(), piece)
        self._line += 1

    def _height(self):
        return TOP - STEP * self._line

    def _begin(self):
        self._canvas.setPageRotation(self._rotation)
        self._canvas.setFont(FONT, 9)
        if self._header:
            self._canvas.drawCentredString(A4[0] / 2, 800, self._header)
        if self._footer:
            self._canvas.drawCentredString(A4[0] / 2, 40, self._footer.format(self._number))
        self._canvas.setFont(FONT, SIZE)
