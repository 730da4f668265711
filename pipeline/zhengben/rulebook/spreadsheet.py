"""Tables as spreadsheets, CSV or XLSX: one rule a row, the entries of a list on lines of their own in a cell.

The columns are the keys of a rule, besides ``engine``, ``title`` and ``use`` of the table, which the
first row holds. ``engine``, ``wrong``, ``right`` and ``apply`` are needed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from zhengben.errors import DependencyError, RuleError
from zhengben.rulebook.documents import TableDocument
from zhengben.rulebook.rule import Rule, Table

HEAD: Final = ("engine", "title", "use")
LISTS: Final = ("not_after", "not_before", "after", "before", "fires", "silent")
COLUMNS: Final = (*HEAD, "wrong", "right", "apply", *LISTS, "seen", "note")
NEEDED: Final = ("engine", "wrong", "right", "apply")
DELETION: Final = "∅"
"""How a cell says that the form is deleted: an empty cell would look forgotten."""

_Rows = Iterable[tuple[int, Sequence[str]]]


def parse_csv(source: str, text: str) -> TableDocument:
    """The table in a CSV file. Raises `RuleError`."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    return _document(source, _csv_rows(source, reader))


def parse_xlsx(source: str, data: bytes) -> TableDocument:
    """The table on the first sheet of a workbook. Raises `RuleError`, or `DependencyError` without openpyxl."""
    openpyxl = _openpyxl()
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = workbook.worksheets[0]
        rows = [(number, list(map(_cell, row))) for number, row in enumerate(sheet.iter_rows(values_only=True), 1)]
    # openpyxl answers a damaged workbook with whatever its zip, XML or model layers happen to raise.
    except Exception as error:
        raise RuleError(f"{source}:1: is not a readable XLSX workbook: {_one_line(error)}") from None
    return _document(source, rows)


def write_csv(table: Table) -> bytes:
    """The table as CSV in UTF-8 with a byte-order mark, so that Excel reads it as UTF-8."""
    target = io.StringIO(newline="")
    csv.writer(target).writerows(rows_of(table))
    return target.getvalue().encode("utf-8-sig")


def write_xlsx(table: Table) -> bytes:
    """The table as a workbook of one sheet. Raises `DependencyError` without openpyxl."""
    openpyxl = _openpyxl()
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet(table.engine)
    sheet.freeze_panes = "A2"
    for row in rows_of(table):
        sheet.append([_text_cell(sheet, value) for value in row])
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def rows_of(table: Table) -> list[list[str]]:
    """The header and one row for each rule."""
    rows = [list(COLUMNS)]
    for number, rule in enumerate(table.rules):
        head = (
            [table.engine, table.title, "identify" if table.identify else ""] if number == 0 else [table.engine, "", ""]
        )
        rows.append(head + _cells(rule))
    return rows


def _cells(rule: Rule) -> list[str]:
    rights = "\n".join(right or DELETION for right in rule.rights)
    lists = ["\n".join(getattr(rule, key)) for key in LISTS]
    return [rule.wrong, rights, rule.apply, *lists, str(rule.seen), rule.note]


def _document(source: str, rows: _Rows) -> TableDocument:
    filled = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        raise RuleError(f"{source}:1: is empty; its first row must name the columns {', '.join(NEEDED)}")
    columns = _columns(source, *filled[0])
    values: dict[str, Any] = {"rules": []}
    lines: dict[tuple[str | int, ...], int] = {(): filled[0][0]}
    for line, cells in filled[1:]:
        row = {name: cells[place] for name, place in columns.items() if place < len(cells)}
        _take_head(source, line, row, values)
        path = ("rules", len(values["rules"]))
        values["rules"].append(_rule_values(row))
        lines |= {path: line}
    return TableDocument(source, values, lines)


def _columns(source: str, line: int, header: Sequence[str]) -> dict[str, int]:
    names = [name.strip() for name in header]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise RuleError(f"{source}:{line}: lacks the column {', '.join(missing)}; the columns are {', '.join(COLUMNS)}")
    unknown = [name for name in names if name and name not in COLUMNS]
    if unknown:
        raise RuleError(f"{source}:{line}: unknown column {', '.join(unknown)}; the columns are {', '.join(COLUMNS)}")
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise RuleError(f"{source}:{line}: the column {', '.join(twice)} stands twice")
    return {name: place for place, name in enumerate(names) if name}


def _take_head(source: str, line: int, row: dict[str, str], values: dict[str, Any]) -> None:
    for key in HEAD:
        cell = row.pop(key, "").strip()
        if cell and values.setdefault(key, cell) != cell:
            name = f"{values.get('engine', '?')}/{row.get('wrong', '')}"
            raise RuleError(f"{source}:{line}: {name}: {key} is {cell}, but {values[key]} above: one table, one file")


def _rule_values(row: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {"wrong": row["wrong"], "right": _rights(row["right"])}
    values |= {key: _entries(row[key]) for key in LISTS if row.get(key, "").strip()}
    values |= {key: row[key].strip() for key in ("apply", "note") if row.get(key, "").strip()}
    seen = row.get("seen", "").strip()
    if seen:
        values["seen"] = int(seen) if seen.isdecimal() else seen
    return values


def _rights(cell: str) -> str | list[str]:
    rights = ["" if entry == DELETION else entry for entry in _entries(cell)]
    return rights[0] if len(rights) == 1 else rights


def _entries(cell: str) -> list[str]:
    return [entry.strip() for entry in cell.splitlines() if entry.strip()]


def _csv_rows(source: str, reader: Any) -> _Rows:
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise RuleError(f"{source}:{line}: is not CSV: {error}") from None


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def _text_cell(sheet: Any, value: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=value)
    # A form may begin with "=": it is text, never a formula.
    cell.data_type = "s"
    return cell


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise DependencyError("XLSX tables need openpyxl: pip install 'zhengben[xlsx]'") from None
    return openpyxl


def _one_line(error: Exception) -> str:
    lines = str(error).splitlines()
    return lines[0] if lines else type(error).__name__
