"""A workbook of the edits, for those who review in a spreadsheet. Needs openpyxl (extra ``xlsx``)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from zhengben.errors import DependencyError
from zhengben.model import Result
from zhengben.reports.base import ReportMeta
from zhengben.reports.places import Places
from zhengben.reports.visible import visible, visible_side, visible_sides
from zhengben.reports.wording import STATUSES, engine_label, stage_label

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

# Excel's limit on the characters of a cell.
LONGEST_CELL = 32_000
Value = str | int | float
Columns = Sequence[tuple[str, int]]

EDIT_COLUMNS = (
    ("序号", 6), ("段落", 6), ("页", 6), ("行", 6), ("列", 6), ("状态", 8), ("原文", 18), ("改为", 18), ("把握", 8),
    ("前文", 32), ("后文", 32), ("阶段", 12), ("引擎", 10), ("规则", 18), ("理由", 48), ("备选", 24),
)  # fmt: skip
GROUP_COLUMNS = (("原文", 24), ("改为", 24), ("处数", 8))
ENGINE_COLUMNS = (("引擎", 10), ("说明", 32), ("可能性", 10), ("依据", 80))
NOTICE_COLUMNS = (("段落", 8), ("行", 8), ("列", 8), ("类别", 20), ("说明", 80))


def render(result: Result, meta: ReportMeta) -> bytes:
    """Return the workbook as bytes, the same for the same input.

    Raises `DependencyError` where openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        raise DependencyError("the xlsx report needs openpyxl: pip install 'zhengben[xlsx]'") from None
    book = Workbook(write_only=True)
    book.properties.creator = "zhengben"
    book.properties.title = visible(meta.name)
    places = Places(result.source, meta.page_starts)
    _sheet(book, "改动", EDIT_COLUMNS, _edit_rows(result, places))
    _sheet(book, "同类改动", GROUP_COLUMNS, _group_rows(result))
    _sheet(book, "引擎", ENGINE_COLUMNS, _engine_rows(result))
    _sheet(book, "提示", NOTICE_COLUMNS, _notice_rows(result, places))
    page = BytesIO()
    book.save(page)
    return _undated(page.getvalue())


def _edit_rows(result: Result, places: Places) -> Iterator[list[Value]]:
    for number, edit in enumerate(result.edits, 1):
        place, around = places.at(edit.start), places.around(edit.start, edit.end)
        words = "、".join(visible_side(word, edit.original) for word in edit.alternatives)
        yield [
            number, place.paragraph, place.page or "", place.line, place.column, STATUSES[edit.status],
            *visible_sides(edit), round(edit.confidence, 4), visible(around.before), visible(around.after),
            stage_label(edit.stage), engine_label(edit.engine), edit.rule, edit.reason, words,
        ]  # fmt: skip


def _group_rows(result: Result) -> Iterator[list[Value]]:
    counts = Counter(visible_sides(edit) for edit in result.edits)
    for (original, replacement), count in counts.most_common():
        yield [original, replacement, count]


def _engine_rows(result: Result) -> Iterator[list[Value]]:
    for verdict in result.engines:
        yield [verdict.engine, verdict.title, round(verdict.probability, 4), "\n".join(verdict.evidence)]


def _notice_rows(result: Result, places: Places) -> Iterator[list[Value]]:
    for notice in result.notices:
        place = places.at(notice.start)
        yield [place.paragraph, place.line, place.column, notice.kind, notice.reason]


def _sheet(book: Workbook, title: str, columns: Columns, rows: Iterable[Sequence[Value]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for index, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.append([_cell(sheet, name, font=Font(bold=True)) for name, _ in columns])
    wrapped = Alignment(wrap_text=True, vertical="top")
    count = 1
    for row in rows:
        sheet.append([_cell(sheet, value, alignment=wrapped) for value in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"


def _cell(sheet: Any, value: Value, **style: Any) -> WriteOnlyCell:
    """A cell that is never a formula: text stays text, whatever it begins with, even after editing."""
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value)
    else:
        text = visible(value)
        cell = WriteOnlyCell(sheet, text if len(text) <= LONGEST_CELL else text[:LONGEST_CELL] + "…")
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@", "\t"))
    for name, setting in style.items():
        setattr(cell, name, setting)
    return cell


def _undated(content: bytes) -> bytes:
    """The package without the time at which it was written, in its entries and its properties."""
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", b"", data)
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, data)
    return packed.getvalue()
