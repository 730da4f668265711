"""A copy of a PDF with every edit as a highlight and its note, for reviewers who read the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Final

from zhengben.errors import DependencyError, OutputError
from zhengben.formats.pdf.layout import NOWHERE, Box, Boxes, Frame
from zhengben.formats.remarks import remark
from zhengben.model import Edit

if TYPE_CHECKING:
    from pypdf import PdfWriter

AUTHOR: Final = "正本"
APPLIED_COLOUR: Final = "ffd24d"
SUGGESTED_COLOUR: Final = "a6d8ff"
NOTE_SIZE: Final = 18.0
"""The side of the sign of a note, in points, for edits that only insert."""


def annotated(data: bytes, edits: Iterable[Edit], boxes: Boxes) -> bytes:
    """Return the PDF ``data`` with ``edits`` as annotations; ``boxes`` are where its text stands.

    Raises `OutputError` where the PDF cannot be written again.
    """
    from pypdf import PdfWriter
    from pypdf.errors import DependencyError as MissingForPdf
    from pypdf.errors import PyPdfError

    try:
        writer = PdfWriter(clone_from=BytesIO(data))
        for edit in edits:
            _annotate(writer, edit, boxes)
        target = BytesIO()
        writer.write(target)
    except MissingForPdf:
        raise DependencyError("copying an encrypted PDF needs cryptography; install it with pip") from None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        cause = " ".join(f"{type(error).__name__}: {error}".split())[:120]
        raise OutputError(f"cannot be copied with annotations ({cause}); save the PDF again") from None
    return target.getvalue()


def _annotate(writer: PdfWriter, edit: Edit, boxes: Boxes) -> None:
    note = "\n".join(remark(edit, ""))
    lines = list(_lines(edit, boxes))
    if not lines:
        _add_note(writer, edit, boxes, note)
    # An edit across a line end is one note on the first line; the other parts are only coloured.
    for number, (page, parts) in enumerate(_by_page(lines)):
        _add_highlight(writer, page, parts, edit, note if number == 0 else "")


def _lines(edit: Edit, boxes: Boxes) -> Iterator[tuple[int, Box]]:
    """The page and the box of each line that the edit's original stands in."""
    last: tuple[int, Box] | None = None
    for place in range(edit.start, min(edit.end, len(boxes))):
        box = boxes[place]
        if box == NOWHERE:
            continue
        page = boxes.page(place)
        if last is not None and last[0] == page and _is_level(last[1], box):
            last = page, _around(last[1], box)
            continue
        if last is not None:
            yield last
        last = page, box
    if last is not None:
        yield last


def _is_level(line: Box, box: Box) -> bool:
    return min(line.top, box.top) - max(line.bottom, box.bottom) > 0.4 * min(line.height, box.height)


def _around(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left), min(one.bottom, other.bottom), max(one.right, other.right), max(one.top, other.top)
    )


def _by_page(lines: Iterable[tuple[int, Box]]) -> list[tuple[int, list[Box]]]:
    pages: dict[int, list[Box]] = {}
    for page, box in lines:
        pages.setdefault(page, []).append(box)
    return list(pages.items())


def _add_highlight(writer: PdfWriter, page: int, parts: list[Box], edit: Edit, note: str) -> None:
    from pypdf.annotations import Highlight
    from pypdf.generic import ArrayObject, FloatObject

    frame = _frame(writer, page)
    parts = [frame.on_page(box) for box in parts]
    whole = parts[0]
    corners: list[float] = []
    for box in parts:
        whole = _around(whole, box)
        # Viewers expect the order of a Z, not the one that the standard names.
        corners += (box.left, box.top, box.right, box.top, box.left, box.bottom, box.right, box.bottom)
    highlight = Highlight(
        rect=(whole.left, whole.bottom, whole.right, whole.top),
        quad_points=ArrayObject(map(FloatObject, corners)),
        highlight_color=APPLIED_COLOUR if edit.is_applied else SUGGESTED_COLOUR,
        printing=True,
    )
    _sign(highlight, note)
    writer.add_annotation(page, highlight)


def _add_note(writer: PdfWriter, edit: Edit, boxes: Boxes, note: str) -> None:
    """Put a note where an edit inserts, after the character before it or before the one after it."""
    from pypdf.annotations import Text

    for place in (edit.start - 1, edit.start):
        if 0 <= place < len(boxes) and (box := boxes[place]) != NOWHERE:
            left, page = (box.right if place < edit.start else box.left), boxes.page(place)
            room = _frame(writer, page).on_page(Box(left, box.top, left + NOTE_SIZE, box.top + NOTE_SIZE))
            sign = Text(rect=(room.left, room.bottom, room.right, room.top), text="", open=False)
            _sign(sign, note)
            writer.add_annotation(page, sign)
            return


def _frame(writer: PdfWriter, page: int) -> Frame:
    visible, rotation = writer.pages[page].cropbox, writer.pages[page].rotation
    left, bottom, right, top = map(float, (visible.left, visible.bottom, visible.right, visible.top))
    return Frame(left, bottom, right, top, rotation % 360)


def _sign(annotation: dict[object, object], note: str) -> None:
    from pypdf.generic import NameObject, TextStringObject

    annotation[NameObject("/T")] = TextStringObject(AUTHOR)
    if note:
        annotation[NameObject("/Contents")] = TextStringObject(note)
