"""Scores a cleaning against gold: what became of every edit and of every marked place.

Edits and marks that overlap form a group; an edit that inserts also belongs to a mark that it touches. A group is right
when the output over it equals the source with one allowed reading at each mark, so 四周八方→四面八方 as one edit and
四周→四面 inside it are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from zhengben.evaluation.gold import Duty, Gold, Mark
from zhengben.model import Edit, Result


class Verdict(Enum):
    """RIGHT repairs a place that must be repaired; ALLOWED changes one that may be; WRONG is all the rest."""

    RIGHT = "right"
    ALLOWED = "allowed"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class ScoredEdit:
    """An edit, applied or suggested, with its verdict and the marks it bears on."""

    edit: Edit
    verdict: Verdict
    marks: tuple[Mark, ...] = ()

    @property
    def is_right(self) -> bool:
        return self.verdict is not Verdict.WRONG


@dataclass(frozen=True, slots=True)
class ScoredMark:
    """A marked place: whether it was repaired, or else a right repair was suggested.

    For a deleted word, ``suggested`` says that the place was found and ``word_found`` that its word was among the
    candidates.
    """

    mark: Mark
    repaired: bool
    suggested: bool
    word_found: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """What became of the edits and marks of one document."""

    gold: Gold
    edits: tuple[ScoredEdit, ...]
    marks: tuple[ScoredMark, ...]

    @property
    def applied(self) -> tuple[ScoredEdit, ...]:
        return tuple(scored for scored in self.edits if scored.edit.is_applied)

    @property
    def suggested(self) -> tuple[ScoredEdit, ...]:
        return tuple(scored for scored in self.edits if not scored.edit.is_applied)

    def having(self, duty: Duty) -> tuple[ScoredMark, ...]:
        return tuple(scored for scored in self.marks if scored.mark.duty is duty)


def score(gold: Gold, result: Result) -> Score:
    """Score the result of cleaning ``gold.text``; suggestions are judged as if they were taken in place of the edits.

    Raises `ValueError` when it is the result of another text.
    """
    if result.source != gold.text:
        raise ValueError(f"the result is not one of cleaning {gold.name or 'the gold text'}")
    marks = _with_line_ends(gold)
    applied = [scored for group in _groups(gold.text, marks, result.applied) for scored in group.scored_edits()]
    suggested = [
        scored for group in _groups(gold.text, marks, result.suggested, True) for scored in group.scored_edits()
    ]
    repaired, offered = _by_mark(applied), _by_mark(suggested)
    scored_marks = tuple(
        ScoredMark(mark, _key(mark) in repaired, _key(mark) in offered, _has_word(mark, offered.get(_key(mark), [])))
        for mark in gold.marks
    )
    return Score(gold, (*applied, *suggested), scored_marks)


def _key(mark: Mark) -> tuple[int, Duty]:
    return mark.start, mark.duty


def _by_mark(edits: Iterable[ScoredEdit]) -> dict[tuple[int, Duty], list[Edit]]:
    """The right edits that bear on each mark."""
    found: dict[tuple[int, Duty], list[Edit]] = {}
    for scored in edits:
        for mark in scored.marks if scored.is_right else ():
            found.setdefault(_key(mark), []).append(scored.edit)
    return found


def _has_word(mark: Mark, edits: Iterable[Edit]) -> bool:
    candidates = [word for edit in edits for word in (edit.replacement, *edit.alternatives)]
    return mark.duty is Duty.GAP and any(word in candidate for word in mark.originals for candidate in candidates)


@dataclass(frozen=True, slots=True)
class _Change:
    """What an edit really changes: without what it leaves as it was at its two ends."""

    start: int
    end: int
    replacement: str
    edit: Edit


@dataclass(slots=True)
class _Group:
    """Edits and marks that overlap, over ``text`` from ``start`` to ``end``."""

    text: str
    start: int
    end: int
    suggested: bool = False
    changes: list[_Change] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def scored_edits(self) -> Iterator[ScoredEdit]:
        is_right = bool(self.marks and self.changes) and re.fullmatch(self._pattern(), self._output()) is not None
        for change in self.changes:
            marks = tuple(mark for mark in self.marks if _meet(change, mark)) or tuple(self.marks)
            right = Verdict.RIGHT if any(mark.duty is Duty.MUST for mark in marks) else Verdict.ALLOWED
            yield ScoredEdit(change.edit, right if is_right else Verdict.WRONG, marks)

    def _output(self) -> str:
        pieces: list[str] = []
        cursor = self.start
        for change in self.changes:
            pieces += (self.text[cursor : change.start], change.replacement)
            cursor = change.end
        return "".join((*pieces, self.text[cursor : self.end]))

    def _pattern(self) -> str:
        pieces: list[str] = []
        cursor = self.start
        for mark in self.marks:
            pieces += (re.escape(self.text[cursor : mark.start]), self._readings(mark))
            cursor = mark.end
        return "".join((*pieces, re.escape(self.text[cursor : self.end])))

    def _readings(self, mark: Mark) -> str:
        """What the output may say at a mark: of a deleted word, only a suggestion may say anything."""
        if mark.duty is Duty.GAP:
            readings = {mark.damaged, mark.damaged.replace(" ", "")}
        else:
            readings = {*mark.originals, *((mark.damaged,) if mark.duty is Duty.MAY or self.suggested else ())}
        anything = ".*|" if mark.duty is Duty.GAP and self.suggested else ""
        return f"(?:{anything}{'|'.join(sorted(map(re.escape, readings), key=len, reverse=True))})"


def _groups(text: str, marks: Sequence[Mark], edits: Sequence[Edit], suggested: bool = False) -> Iterator[_Group]:
    group: _Group | None = None
    items: list[_Change | Mark] = [*marks, *map(_trimmed, edits)]
    for item in sorted(items, key=lambda item: (item.start, item.end)):
        if group is None or not _joins(group, item):
            if group is not None:
                yield group
            group = _Group(text, item.start, item.end, suggested)
        group.end = max(group.end, item.end)
        if isinstance(item, _Change):
            group.changes.append(item)
        else:
            group.marks.append(item)
    if group is not None:
        yield group


def _joins(group: _Group, item: _Change | Mark) -> bool:
    if item.start < group.end:
        return True
    inserts = item.start == item.end or group.start == group.end
    return item.start == group.end and inserts and (bool(group.marks) or isinstance(item, Mark))


def _meet(edit: _Change, mark: Mark) -> bool:
    if edit.start == edit.end or mark.start == mark.end:
        return edit.start <= mark.end and mark.start <= edit.end
    return edit.start < mark.end and mark.start < edit.end


def _trimmed(edit: Edit) -> _Change:
    old, new = edit.original, edit.replacement
    shorter = min(len(old), len(new))
    head = next((k for k in range(shorter) if old[k] != new[k]), shorter)
    tail = next((k for k in range(shorter - head) if old[-1 - k] != new[-1 - k]), shorter - head)
    return _Change(edit.start + head, edit.end - tail, new[head : len(new) - tail], edit)


def _with_line_ends(gold: Gold) -> list[Mark]:
    """Let the line break go with a line that must go: both ways of removing a line are right."""
    marks: list[Mark] = []
    for mark in gold.marks:
        is_line = mark.is_removal and (mark.start == 0 or gold.text[mark.start - 1] == "\n")
        following = gold.text[mark.end : mark.end + 1]
        if is_line and following == "\n":
            mark = replace(mark, end=mark.end + 1, damaged=mark.damaged + "\n", originals=("", "\n"))
        marks.append(mark)
    return marks
