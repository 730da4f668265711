"""What an edit means for the structure of a Word document, or that it can't be made there.

A text knows newlines and tabs where a document has paragraphs, cells, breaks and pictures. Only the
removal of whole lines takes paragraph marks away; any other edit must leave all that is no text
where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from zhengben.formats.docx.layout import Layout, Paragraph, Piece
from zhengben.formats.fitting import clear_of, fitted, only_suggested
from zhengben.model import Edit, Result, Span, apply

COMMENT_REASON = "批注中的文字不能记录修订，只作建议"

_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffc\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Step:
    """Text to put in the place of a range that lies within one paragraph, between objects."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of an edit, in order. ``marks`` are removed with their paragraphs.

    ``kept`` are the newlines, out of the range from ``start`` to ``end``, that the document has to
    keep: the last paragraph of a cell can be emptied but not removed.
    """

    start: int
    end: int
    steps: tuple[Step, ...]
    marks: tuple[Paragraph, ...] = ()
    kept: tuple[int, ...] = ()


def plan(layout: Layout, edit: Edit, room: Span) -> Plan | None:
    """Return how to make ``edit``, or None where the structure does not allow it.

    ``room`` reaches from the edit before to the next one: a deletion may slide in it.
    """
    is_untouchable = any(piece.is_protected for piece in layout.pieces_in(edit.start, edit.end))
    if is_untouchable or _UNWRITABLE.search(edit.replacement):
        return None
    if edit.replacement == "":
        return _deletion(layout, edit, room)
    steps = _chunks(layout, edit)
    if steps is None:
        return None
    refined = [_refined(layout, step) for step in steps]
    if any(parts is None for parts in refined):
        return None
    return Plan(edit.start, edit.end, tuple(step for parts in refined for step in parts or ()))


def fit(layout: Layout, result: Result) -> Result:
    """Return ``result`` with what the document's structure does not allow only suggested.

    Where a removed line must leave its empty paragraph behind, the edit leaves its newline.
    """
    edits: list[Edit] = []
    untracked: list[Edit] = []
    denied: set[int] = set()
    for edit, found in plans(layout, result.applied):
        if found is None:
            denied.add(edit.start)
        if _is_in_comment(layout, edit):
            untracked.append(only_suggested(edit, COMMENT_REASON))
        else:
            edits += _without_kept(edit, found, result.source) if found and found.kept else [edit]
    others = clear_of(untracked, result.suggested)
    in_order = sorted((*edits, *untracked, *others), key=lambda edit: (edit.start, edit.end, edit.status))
    able = replace(result, edits=tuple(in_order), text=apply(result.source, edits))
    return fitted(able, lambda edit: edit.start not in denied)


def _is_in_comment(layout: Layout, edit: Edit) -> bool:
    paragraph = layout.paragraph_at(edit.start)
    return paragraph is not None and not paragraph.tracks


def plans(layout: Layout, edits: Sequence[Edit]) -> Iterator[tuple[Edit, Plan | None]]:
    """The plan of every edit; ``edits`` are applied ones, in order."""
    before = 0
    for place, edit in enumerate(edits):
        after = edits[place + 1].start if place + 1 < len(edits) else len(layout.text)
        found = plan(layout, edit, Span(before, after))
        before = max(edit.end, found.end) if found else edit.end
        yield edit, found


def _without_kept(edit: Edit, found: Plan, source: str) -> list[Edit]:
    bounds = (found.start, *(bound for kept in found.kept for bound in (kept, kept + 1)), found.end)
    spans = [(bounds[index], bounds[index + 1]) for index in range(0, len(bounds), 2)]
    return [replace(edit, start=start, end=end, original=source[start:end]) for start, end in spans if start < end]


def _deletion(layout: Layout, edit: Edit, room: Span) -> Plan | None:
    start, end = _slid_to_lines(layout.text, edit.start, edit.end, room.end)
    steps: list[Step] = []
    marks: list[Paragraph] = []
    kept: list[int] = []
    for paragraph in layout.paragraphs_in(start, end):
        low, high = max(start, paragraph.start), min(end, paragraph.end)
        takes_mark = paragraph.has_mark and paragraph.end < end
        if takes_mark and low == paragraph.end > paragraph.start and layout.text[end : end + 1] in {"", "\n"}:
            # The newline before the last line of all: its paragraph is emptied instead.
            kept.append(paragraph.end)
            continue
        if takes_mark and low > paragraph.start:
            # A line of its own behind a break in the paragraph: the break goes, the mark stays.
            if layout.text[low - 1] != "\n" or low - 1 < room.start:
                return None
            low, takes_mark = low - 1, False
        if takes_mark and paragraph.may_go and not paragraph.holds_objects:
            marks.append(paragraph)
        elif takes_mark:
            kept.append(paragraph.end)
        if not _is_deletable(layout, low, high):
            return None
        steps += _stretches(layout, Step(low, high, ""))
    return Plan(start, end, tuple(steps), tuple(marks), tuple(kept))


def _slid_to_lines(text: str, start: int, end: int, limit: int) -> tuple[int, int]:
    """The same deletion, moved to where it takes whole lines, if there is such a place."""
    if "\n" not in text[start:end]:
        return start, end
    low, high = start, end
    while low and text[low - 1] != "\n" and high < limit and text[low] == text[high]:
        low, high = low + 1, high + 1
    return (low, high) if not low or text[low - 1] == "\n" else (start, end)


def _is_deletable(layout: Layout, start: int, end: int) -> bool:
    """Whether tabs and breaks in the range go with the whole line that they belong to."""
    inside = layout.text[start:end]
    if "\t" not in inside and "\n" not in inside:
        return True
    before, after = layout.text[start - 1 : start], layout.text[end : end + 1]
    return (before in {"", "\n"} or inside[0] == "\n") and (after in {"", "\n"} or inside[-1] == "\n")


def _chunks(layout: Layout, edit: Edit) -> list[Step] | None:
    """The text between newlines and tabs, which have to be the same before and after."""
    marks = re.compile("[\n\t]")
    if marks.findall(edit.original) != marks.findall(edit.replacement):
        return None
    steps: list[Step] = []
    cursor = edit.start
    for old, new in zip(marks.split(edit.original), marks.split(edit.replacement), strict=True):
        if old != new:
            steps.append(Step(cursor, cursor + len(old), new))
        cursor += len(old) + 1
    return steps


def _refined(layout: Layout, step: Step) -> list[Step] | None:
    """A step as it can be made: as it is, cut down to what changes, or piece by piece."""
    pieces = layout.pieces_in(step.start, step.end)
    if len({(id(piece.run), piece.stretch) for piece in pieces}) <= 1:
        return [step]
    step = _trimmed(layout.text, step)
    pieces = layout.pieces_in(step.start, step.end)
    if step.text == "":
        return _stretches(layout, step)
    if len({(piece.stretch, piece.border) for piece in pieces}) <= 1:
        return [step]
    return _one_to_one(step, pieces) if len(step.text) == step.end - step.start else None


def _trimmed(text: str, step: Step) -> Step:
    """The step without what it leaves as it is at both ends, so that this keeps its own formatting."""
    old, new = text[step.start : step.end], step.text
    shortest = min(len(old), len(new))
    head = next((place for place in range(shortest) if old[place] != new[place]), shortest)
    rest = shortest - head
    tail = next((place for place in range(rest) if old[-1 - place] != new[-1 - place]), rest)
    return Step(step.start + head, step.end - tail, new[head : len(new) - tail])


def _one_to_one(step: Step, pieces: Sequence[Piece]) -> list[Step]:
    """As many characters as before: each stays on its side of the borders."""
    steps = []
    for start, end in _spans(step, pieces, lambda piece: (piece.stretch, piece.border)):
        steps.append(Step(start, end, step.text[start - step.start : end - step.start]))
    return steps


def _stretches(layout: Layout, step: Step) -> list[Step]:
    """A deletion that leaves the objects in its range where they stand."""
    pieces = layout.pieces_in(step.start, step.end)
    return [Step(start, end, "") for start, end in _spans(step, pieces, lambda piece: (piece.stretch, 0))]


def _spans(step: Step, pieces: Sequence[Piece], key: Callable[[Piece], tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for _, group in groupby(pieces, key):
        members = list(group)
        yield max(step.start, members[0].start), min(step.end, members[-1].end)
