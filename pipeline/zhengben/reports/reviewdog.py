"""The Reviewdog Diagnostic Format (rdjson), for those who review in a pull request.

Its columns count bytes of UTF-8 from 1, and ranges end behind their last byte (reviewdog.proto).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

from zhengben.lines import LineIndex
from zhengben.model import Edit, Notice, Result
from zhengben.reports.base import ReportMeta
from zhengben.reports.encoding import encoded
from zhengben.reports.visible import visible
from zhengben.reports.wording import message

Positions = dict[int, dict[str, int]]


def render(result: Result, meta: ReportMeta) -> bytes:
    """Return the diagnostics in UTF-8: edits as warnings, suggestions and notices as information."""
    items: tuple[Edit | Notice, ...] = (*result.edits, *result.notices)
    offsets = {offset for item in items for offset in (item.start, item.end)}
    positions = _positions(result.source, offsets)
    diagnostics = [_edit(edit, meta.name, positions) for edit in result.edits]
    diagnostics += [_notice(notice, meta.name, positions) for notice in result.notices]
    report = {"source": {"name": "zhengben"}, "severity": "WARNING", "diagnostics": diagnostics}
    return encoded(report, indent=1)


def _positions(text: str, offsets: Iterable[int]) -> Positions:
    """Line and byte column of every offset, found in one walk over the text."""
    starts = LineIndex(text).starts
    positions: Positions = {}
    line, cursor, column = 1, 0, 1
    for offset in sorted(offsets):
        here = bisect_right(starts, offset)
        if here != line:
            line, cursor, column = here, starts[here - 1], 1
        column += len(text[cursor:offset].encode())
        cursor = offset
        positions[offset] = {"line": line, "column": column}
    return positions


def _edit(edit: Edit, path: str, positions: Positions) -> dict[str, Any]:
    words = dict.fromkeys((edit.replacement, *edit.alternatives))
    span = _range(edit, positions)
    return {
        "message": message(edit),
        "location": {"path": path, "range": span},
        "severity": "WARNING" if edit.is_applied else "INFO",
        "code": {"value": edit.rule},
        "suggestions": [{"range": span, "text": word} for word in words],
    }


def _notice(notice: Notice, path: str, positions: Positions) -> dict[str, Any]:
    return {
        "message": visible(notice.reason),
        "location": {"path": path, "range": _range(notice, positions)},
        "severity": "INFO",
        "code": {"value": f"notice/{notice.kind}"},
    }


def _range(item: Edit | Notice, positions: Positions) -> dict[str, dict[str, int]]:
    return {"start": positions[item.start], "end": positions[item.end]}
