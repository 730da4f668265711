"""The unified diff, which ``patch -p1`` applies to the original text in UTF-8.

It is written from the edits, never found by comparing texts, so it is linear in the text. A line
ends at a line feed alone, as `patch` sees it: a carriage return belongs to the line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from zhengben.model import Edit, Result
from zhengben.reports.base import ReportMeta

CONTEXT_LINES = 3


def render(result: Result, meta: ReportMeta) -> bytes:
    """Return the diff in UTF-8: empty when nothing was applied."""
    return "".join(_pieces(result, meta.name)).encode()


@dataclass(slots=True)
class _Change:
    """Whole lines that edits replace: [first, last) of the original and what stands there instead."""

    first: int
    last: int
    lines: list[str]


def _pieces(result: Result, name: str) -> Iterator[str]:
    old = _split(result.source)
    changes = [change for change in _changes(result.source, old, result.applied) if _trim(change, old)]
    if changes:
        path = name.lstrip("/")
        yield f"--- {_file_name('a/' + path)}\n+++ {_file_name('b/' + path)}\n"
    growth = 0
    for hunk in _hunks(changes):
        yield from _hunk(hunk, old, growth)
        growth += sum(len(change.lines) - (change.last - change.first) for change in hunk)


def _split(text: str) -> list[str]:
    pieces = text.split("\n")
    lines = [piece + "\n" for piece in pieces[:-1]]
    return [*lines, pieces[-1]] if pieces[-1] else lines


def _changes(text: str, old: list[str], edits: Iterable[Edit]) -> Iterator[_Change]:
    """Gather edits that share a line, or join lines, into changes of whole lines."""
    starts = list(accumulate(map(len, old), initial=0))
    if old and not old[-1].endswith("\n"):
        starts[-1] += 1  # an unfinished last line goes on: what is put at its end belongs to it
    group: list[Edit] = []
    first = last = 0
    for edit in edits:
        edit_first, edit_last = _line_range(edit, starts)
        if group and edit_first >= last:
            yield _Change(first, last, _rewrite(text, starts[first], starts[last], group))
            group = []
        if not group:
            first = edit_first
        group.append(edit)
        last = max(last, edit_last)
    if group:
        yield _Change(first, last, _rewrite(text, starts[first], starts[last], group))


def _line_range(edit: Edit, starts: list[int]) -> tuple[int, int]:
    """The lines an edit touches. One that takes a line end away takes the next line along."""
    count = len(starts) - 1
    first = min(bisect_right(starts, edit.start) - 1, count)
    last = bisect_right(starts, max(edit.start, edit.end - 1))
    joins = edit.original.endswith("\n") and not edit.replacement.endswith("\n")
    return first, min(last + joins, count)


def _rewrite(text: str, start: int, end: int, edits: Sequence[Edit]) -> list[str]:
    pieces: list[str] = []
    for edit in edits:
        pieces += (text[start : edit.start], edit.replacement)
        start = edit.end
    pieces.append(text[start:end])
    return _split("".join(pieces))


def _trim(change: _Change, old: list[str]) -> bool:
    """Take lines that stay as they are off both ends; tell whether anything changes at all."""
    lines = change.lines
    head = 0
    while head < len(lines) and change.first < change.last and lines[head] == old[change.first]:
        head += 1
        change.first += 1
    tail = len(lines)
    while tail > head and change.first < change.last and lines[tail - 1] == old[change.last - 1]:
        tail -= 1
        change.last -= 1
    change.lines = lines[head:tail]
    return bool(change.lines) or change.first < change.last


def _hunks(changes: Iterable[_Change]) -> list[list[_Change]]:
    hunks: list[list[_Change]] = []
    for change in changes:
        if hunks and change.first - hunks[-1][-1].last <= 2 * CONTEXT_LINES:
            hunks[-1].append(change)
        else:
            hunks.append([change])
    return hunks


def _hunk(changes: Sequence[_Change], old: list[str], growth: int) -> Iterator[str]:
    start = max(0, changes[0].first - CONTEXT_LINES)
    end = min(len(old), changes[-1].last + CONTEXT_LINES)
    new_count = end - start + sum(len(change.lines) - (change.last - change.first) for change in changes)
    yield f"@@ -{_range(start, end - start)} +{_range(start + growth, new_count)} @@\n"
    cursor = start
    for change in changes:
        yield from _marked(" ", old[cursor : change.first])
        yield from _marked("-", old[change.first : change.last])
        yield from _marked("+", change.lines)
        cursor = change.last
    yield from _marked(" ", old[cursor:end])


def _range(start: int, count: int) -> str:
    return f"{start + 1 if count else start},{count}"


def _marked(mark: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield mark
        yield line
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file\n"


def _file_name(path: str) -> str:
    """The name as `git diff` writes it: quoted when a character in it would break the header."""
    if any(character < " " or character in '"\\\x7f' for character in path):
        escaped = path.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\{ord(c):03o}" for c in escaped) + '"'
    return path + "\t" if " " in path else path
