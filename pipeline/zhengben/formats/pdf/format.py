"""PDF documents: read by their text layer, or by recognition where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from zhengben.errors import DependencyError, InputError
from zhengben.formats.base import Limits, Source, WriteOptions
from zhengben.formats.ocr import Recognizer, load_recognizer
from zhengben.formats.pdf.annotate import annotated
from zhengben.formats.pdf.extraction import needs_recognition, open_pdf, page_of
from zhengben.formats.pdf.layout import Line, Page
from zhengben.formats.pdf.origin import PagedOrigin, document_of, page_list
from zhengben.formats.pdf.writing import CHOICES, write_pages
from zhengben.model import Document, Notice, Result

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pypdfium2 import PdfDocument, PdfPage

DOTS_PER_INCH: Final = 200
"""How finely pages without text are drawn for recognition."""

POINTS_PER_INCH: Final = 72

_NO_TEXT: Final = "has no text but pictures of it, to be recognised; install that with: pip install 'zhengben[ocr]'"


class Pdf:
    """A PDF. Its text is written as plain text, Markdown or a Word document, its edits on a copy of it."""

    name = "pdf"
    choices = CHOICES
    companion_endings = (".annotated.pdf",)

    def read(self, source: Source, limits: Limits) -> Document:
        opened = open_pdf(source.data, limits)
        try:
            reading = _Reading(opened, limits)
            pages = list(reading.pages())
        finally:
            opened.close()
        return document_of(source.name, pages, reading.notices())

    def fit(self, document: Document, result: Result) -> Result:
        return result

    def write(self, document: Document, result: Result, options: WriteOptions) -> bytes:
        return write_pages(document, result, options)

    def output_suffix(self, source: Source) -> str:
        return CHOICES[0]

    def companions(self, source: Source, document: Document, result: Result) -> Mapping[str, bytes]:
        """What is written beside the document, by its ending: the PDF with the edits as annotations."""
        origin: PagedOrigin = document.origin
        return {self.companion_endings[0]: annotated(source.data, result.edits, origin.boxes)}


@dataclass(slots=True)
class _Reading:
    """Reads page after page and remembers which were recognised, and which could not be."""

    document: PdfDocument
    limits: Limits
    recognised: list[int] = field(default_factory=list)
    passed_over: list[int] = field(default_factory=list)
    recognizer: Recognizer | None = None

    def pages(self) -> Iterator[Page]:
        """Every page. Raises `InputError` where none of them has text and recognition is not installed."""
        found = [self._page(number) for number in range(len(self.document))]
        if self.passed_over and not any(page.lines for page in found):
            raise InputError(_NO_TEXT)
        yield from found

    def notices(self) -> Iterator[Notice]:
        if self.recognised:
            reason = f"第 {page_list(self.recognised)} 页没有文字层，由文字识别读出，请对照原件核对"
            yield Notice(0, 0, "recognised-pages", reason)
        if self.passed_over:
            reason = f"第 {page_list(self.passed_over)} 页没有文字层，未读；安装 zhengben[ocr] 后可识别"
            yield Notice(0, 0, "unread-pages", reason)

    def _page(self, number: int) -> Page:
        from pypdfium2 import PdfiumError

        try:
            page = self.document[number]
        except PdfiumError:
            raise InputError(f"is damaged: page {number + 1:,} cannot be read; fetch it again") from None
        try:
            found = page_of(page)
            if not needs_recognition(page, found):
                return found
            lines = self._recognised(page, number)
            return Page(found.width, found.height, lines)
        finally:
            page.close()

    def _recognised(self, page: PdfPage, number: int) -> tuple[Line, ...]:
        try:
            self.recognizer = self.recognizer or load_recognizer()
        except DependencyError:
            self.passed_over.append(number + 1)
            return ()
        self.recognised.append(number + 1)
        return self.recognizer.lines(_drawn(page, self.limits), POINTS_PER_INCH / DOTS_PER_INCH)


def _drawn(page: PdfPage, limits: Limits) -> NDArray[Any]:
    """The page as pixels. Raises `InputError` where they are too many."""
    width, height = (length * DOTS_PER_INCH / POINTS_PER_INCH for length in page.get_size())
    if width * height > limits.max_pixels:
        raise InputError(f"has a page of more than {limits.max_pixels:,} pixels at {DOTS_PER_INCH} dpi; split it")
    drawn: NDArray[Any] = page.render(scale=DOTS_PER_INCH / POINTS_PER_INCH, rev_byteorder=True).to_numpy()
    return drawn
