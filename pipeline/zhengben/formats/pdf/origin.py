"""What a document that was read from pages needs to be written, and how it is told what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from zhengben.formats.pdf.furniture import Furniture, without_furniture
from zhengben.formats.pdf.layout import Boxes, Page
from zhengben.formats.pdf.paragraphs import Paragraph, assemble
from zhengben.model import Document, Notice, Span

_KINDS: Final = {"header": "页眉", "footer": "页脚", "page number": "页码"}
LONGEST_QUOTE: Final = 40
MOST_DOUBTS: Final = 200
"""Characters that a recognition was not sure of are told one by one, up to so many."""


@dataclass(frozen=True, slots=True)
class PagedOrigin:
    """Where every code point stood, and which ranges of the text are paragraphs."""

    boxes: Boxes
    paragraphs: tuple[Paragraph, ...]


def document_of(name: str, pages: Sequence[Page], notices: Iterable[Notice] = ()) -> Document:
    """The document that ``pages`` make, without headers, footers and page numbers, which it reports."""
    pages, furniture = without_furniture(pages)
    assembled = assemble(pages)
    told = (*notices, *map(_left_out, furniture), *_doubts(assembled.text, assembled.doubtful))
    return Document(
        assembled.text,
        name,
        notices=told,
        page_starts=assembled.page_starts,
        doubtful=assembled.doubtful,
        origin=PagedOrigin(assembled.boxes, assembled.paragraphs),
    )


def page_list(pages: Sequence[int]) -> str:
    """Numbers of pages, ascending, as a reader writes them: 1–3、5."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _left_out(furniture: Furniture) -> Notice:
    text = furniture.text if len(furniture.text) <= LONGEST_QUOTE else f"{furniture.text[:LONGEST_QUOTE]}…"
    where = f"第 {page_list(furniture.pages)} 页"
    return Notice(0, 0, "page-furniture", f"{where}的{_KINDS[furniture.kind]}“{text}”未计入正文")


def _doubts(text: str, doubtful: Sequence[Span]) -> list[Notice]:
    notices = [
        Notice(start, end, "doubtful-recognition", f"文字识别对“{text[start:end]}”把握不大，请对照原件核对")
        for start, end in doubtful[:MOST_DOUBTS]
    ]
    if rest := len(doubtful) - len(notices):
        place = doubtful[MOST_DOUBTS].start
        notices.append(
            Notice(place, place, "doubtful-recognition", f"此后另有 {rest} 处文字识别把握不大，请对照原件核对")
        )
    return notices
