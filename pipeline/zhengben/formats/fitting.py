"""Edits that a document's structure does not allow become suggestions, so that the report says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from zhengben.model import Edit, Notice, Result, apply

BORDER_REASON = "此处跨越段落、单元格或图片等边界，未直接修改，请人工核对"


def fitted(result: Result, can_make: Callable[[Edit], bool]) -> Result:
    """Return ``result`` with the applied edits that ``can_make`` denies only suggested, and a notice of it."""
    made: list[Edit] = []
    denied: list[Edit] = []
    for edit in result.applied:
        (made if can_make(edit) else denied).append(edit)
    if not denied:
        return result
    demoted = [only_suggested(edit, BORDER_REASON) for edit in denied]
    suggested = (*demoted, *clear_of(demoted, result.suggested))
    edits = sorted((*made, *suggested), key=lambda edit: (edit.start, edit.end, edit.status))
    notice = Notice(0, 0, "border", f"有 {len(denied)} 处修改跨越段落、单元格或图片等边界，只作建议，未直接修改")
    text = apply(result.source, made)
    return replace(result, edits=tuple(edits), text=text, notices=(notice, *result.notices))


def only_suggested(edit: Edit, reason: str) -> Edit:
    """The edit as a suggestion, with the reason for that behind its own."""
    return replace(edit, status="suggested", reason="；".join(filter(None, (edit.reason, reason))))


def clear_of(demoted: Sequence[Edit], suggested: Iterable[Edit]) -> list[Edit]:
    """The suggestions that overlap none of those that were to be applied; both are in order."""
    clear: list[Edit] = []
    index = 0
    for edit in suggested:
        while index < len(demoted) and demoted[index].end <= edit.start:
            index += 1
        if index == len(demoted) or edit.end <= demoted[index].start:
            clear.append(edit)
    return clear
