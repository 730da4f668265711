"""Puts edits into a Word document: as tracked changes with comments, or as clean text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timezone
from typing import NamedTuple, Protocol

from zhengben.clock import now
from zhengben.errors import OutputError
from zhengben.formats.docx.comments import Margin, mark_line, mark_point, mark_range
from zhengben.formats.docx.cutting import cut, isolate_run
from zhengben.formats.docx.gathering import gather
from zhengben.formats.docx.layout import Layout, Paragraph
from zhengben.formats.docx.names import Element, local, w
from zhengben.formats.docx.package import Package, bookkeeping_of
from zhengben.formats.docx.planning import Plan, Step, plans
from zhengben.formats.docx.revisions import (
    Stamps,
    delete_nothing,
    insert_text,
    remove_paragraph,
    replace_text,
    track_insertion,
    track_mark,
    track_replacement,
)
from zhengben.formats.remarks import remark
from zhengben.model import Edit, Result, Span


class _Planned(NamedTuple):
    edit: Edit
    plan: Plan


def write(package: Package, result: Result, *, track: bool) -> bytes:
    """Return the document with the applied edits made; suggestions become comments where they are tracked.

    Raises `OutputError` for an edit that the document's structure does not allow: `fit` the result first.
    """
    layout = gather(package)
    planned = _planned(layout, result)
    suggested = result.suggested if track else ()
    if not planned and not suggested:
        return package.archive.data
    touched = {paragraph.part for item in planned for paragraph in _paragraphs_of(layout, item.plan)}
    if track:
        margin, parts = _margin(package)
        for copied in layout.copies:
            _make(copied, _within(copied, planned), (), _TrackedWriter(margin, commented=False))
        _make(layout, planned, suggested, _TrackedWriter(margin))
        margin.put_in_order(package.root(package.main))
        touched |= parts
    else:
        for each in (*layout.copies, layout):
            _make(each, _within(each, planned), (), _CleanWriter())
    return package.rewritten(touched)


def _margin(package: Package) -> tuple[Margin, set[str]]:
    """The margin for comments, and the parts that are touched by writing there."""
    stories = package.stories()
    taken = {element.get(w("id"), "") for story in stories for element in package.root(story.name).iter()}
    known = package.story("comments")
    name = known.name if known else package.add_comments_part()
    touched = {package.main, name} | (set() if known else bookkeeping_of(package.main))
    date = now().astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Margin(package.root(name), Stamps(date, taken)), touched


def _paragraphs_of(layout: Layout, plan: Plan) -> list[Paragraph]:
    point = layout.paragraph_at(plan.start)
    return layout.paragraphs_in(plan.start, plan.end) + ([point] if point else [])


def _planned(layout: Layout, result: Result) -> list[_Planned]:
    planned = []
    for edit, found in plans(layout, result.applied):
        if found is None or found.kept:
            raise OutputError(f"the edit at {edit.start:,} crosses a border of the document; fit the result to it")
        planned.append(_Planned(edit, found))
    return planned


def _within(copy: Layout, planned: Sequence[_Planned]) -> list[_Planned]:
    """What of the plans concerns a copy of a text box, with the paragraphs of the copy."""
    if not copy.paragraphs:
        return []
    start, end = copy.paragraphs[0].start, copy.paragraphs[-1].end
    by_start = {paragraph.start: paragraph for paragraph in copy.paragraphs}
    inside = (item for item in planned if start <= item.plan.start and item.plan.end <= end)
    return [
        _Planned(edit, Plan(plan.start, plan.end, plan.steps, tuple(by_start[mark.start] for mark in plan.marks)))
        for edit, plan in inside
    ]


def _make(layout: Layout, planned: Sequence[_Planned], suggested: Sequence[Edit], writer: _Writer) -> None:
    steps = [Span(step.start, step.end) for item in planned for step in item.plan.steps]
    places = steps + [Span(edit.start, edit.end) for edit in suggested]
    cut(layout, [offset for place in places for offset in (place.start, place.end)])
    # From the end, so that what an earlier reviewer inserted is parted without moving anything twice.
    for item in reversed(planned):
        writer.edit(layout, item.edit, item.plan)
    for edit in reversed(suggested):
        writer.suggest(layout, edit)


def _neighbours(layout: Layout, offset: int) -> tuple[Element | None, Element | None, Paragraph]:
    """The runs before and behind an insertion point, where text may join them, and its paragraph."""
    paragraph = layout.paragraph_at(offset)
    if paragraph is None:
        raise OutputError("has no paragraph that could hold text")
    around = [layout.pieces_in(offset - 1, offset), layout.pieces_in(offset, offset + 1)]
    fitting = [
        [piece for piece in pieces if piece.paragraph is paragraph and not piece.is_protected] for pieces in around
    ]
    before, after = (pieces[0].run if pieces else None for pieces in fitting)
    return before, after, paragraph


class _Writer(Protocol):
    """Makes edits in a layout that has been cut for them."""

    def edit(self, layout: Layout, edit: Edit, plan: Plan) -> None:
        """Make an edit."""
        ...

    def suggest(self, layout: Layout, edit: Edit) -> None:
        """Show an edit that is not made."""
        ...


class _CleanWriter:
    """Leaves nothing but the clean text."""

    def edit(self, layout: Layout, edit: Edit, plan: Plan) -> None:
        for step in plan.steps:
            if step.start == step.end:
                insert_text(step.text, *_neighbours(layout, step.start))
            else:
                replace_text(isolate_run(layout, step.start, step.end), step.text)
        for paragraph in plan.marks:
            remove_paragraph(paragraph)

    def suggest(self, layout: Layout, edit: Edit) -> None:
        """A clean document has no suggestions."""


@dataclass(slots=True)
class _TrackedWriter:
    """Leaves tracked changes, each with a comment, and comments for suggestions."""

    margin: Margin
    commented: bool = True

    @property
    def stamps(self) -> Stamps:
        return self.margin.stamps

    def edit(self, layout: Layout, edit: Edit, plan: Plan) -> None:
        marked: list[Element] = []
        for step in plan.steps:
            made = self._step(layout, step, edit.stage)
            marked = marked or made
        for paragraph in plan.marks:
            track_mark(paragraph, edit.stage, self.stamps)
        if self.commented:
            self._comment(layout, edit, plan, marked)

    def suggest(self, layout: Layout, edit: Edit) -> None:
        paragraph = layout.paragraph_at(edit.start)
        if paragraph is None:
            return
        number = self._note(edit, paragraph)
        if paragraph.host is not None:
            _mark_host(paragraph.host, number)
            return
        runs = isolate_run(layout, edit.start, min(edit.end, max(edit.start, paragraph.end)))
        if runs:
            mark_range(runs[0], runs[-1], number)
            return
        before, after, _ = _neighbours(layout, edit.start)
        mark_point(before, after, paragraph.element, number)

    def _step(self, layout: Layout, step: Step, stage: str) -> list[Element]:
        if step.start < step.end:
            return track_replacement(isolate_run(layout, step.start, step.end), step.text, stage, self.stamps)
        return [track_insertion(insert_text(step.text, *_neighbours(layout, step.start)), stage, self.stamps)]

    def _comment(self, layout: Layout, edit: Edit, plan: Plan, marked: Sequence[Element]) -> None:
        paragraph = layout.paragraph_at(plan.steps[0].start if marked else plan.start)
        if paragraph is None:
            return
        number = self._note(edit, paragraph)
        if paragraph.host is not None:
            _mark_host(paragraph.host, number)
        elif paragraph in plan.marks:
            mark_line(marked[0] if marked else delete_nothing(paragraph, edit.stage, self.stamps), number)
        else:
            mark_range(marked[0], marked[-1], number)

    def _note(self, edit: Edit, paragraph: Paragraph) -> str:
        return self.margin.note(remark(edit, paragraph.place), edit.stage)


def _mark_host(host: Element, number: str) -> None:
    """Anchor a comment at the beginning of a paragraph, or at a run."""
    if local(host) == "p":
        mark_point(None, None, host, number)
    else:
        mark_range(host, host, number)
