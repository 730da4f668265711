"""Documents, edits, results and the span algebra: everyone's ground floor.

All offsets are code points. Edits of one set are sorted by position and disjoint, so any subset
of them can be applied. The algebra's laws, for edit sets ``a`` on ``t`` and ``b`` on ``apply(t, a)``:

- ``apply(apply(t, a), invert(a)) == t``
- ``apply(t, compose(a, b)) == apply(apply(t, a), b)``
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter, itemgetter
from sys import maxsize
from typing import Any, Literal, NamedTuple

Status = Literal["applied", "suggested"]


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement, with everything a reviewer needs to accept or reject it.

    ``start`` and ``end`` are code points of the text the edit belongs to (in a `Result`: of the
    original text). ``confidence`` is a calibrated probability that the edit is right. ``via`` holds
    the parts of an edit that several stages made together.
    """

    start: int
    end: int
    original: str
    replacement: str
    stage: str
    rule: str
    engine: str = ""
    confidence: float = 1.0
    status: Status = "applied"
    reason: str = ""
    alternatives: tuple[str, ...] = ()
    via: tuple[Edit, ...] = ()

    @property
    def is_insertion(self) -> bool:
        return self.start == self.end

    @property
    def is_applied(self) -> bool:
        return self.status == "applied"


_ALL_BUT_PLACE = attrgetter(*[each.name for each in fields(Edit)][2:])


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader should know and the program does not repair."""

    start: int
    end: int
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class EngineVerdict:
    """How probable it is that one engine damaged the document, and why (in plain Chinese)."""

    engine: str
    title: str
    probability: float
    evidence: tuple[str, ...] = ()
    pairs: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What a cleaning found. ``edits`` are on ``source``; the applied ones turn it into ``text``."""

    source: str
    text: str
    edits: tuple[Edit, ...] = ()
    notices: tuple[Notice, ...] = ()
    engines: tuple[EngineVerdict, ...] = ()

    @property
    def applied(self) -> tuple[Edit, ...]:
        return tuple(edit for edit in self.edits if edit.is_applied)

    @property
    def suggested(self) -> tuple[Edit, ...]:
        return tuple(edit for edit in self.edits if not edit.is_applied)


@dataclass(frozen=True, slots=True)
class Document:
    """A text on its way through the pipeline, and what its format needs to put edits back.

    ``protect`` are spans no stage may touch; ``origin`` belongs to the format that read the file.
    ``page_starts`` are the offsets where pages begin, empty for documents without pages. ``doubtful``
    are spans that a recognition of characters was not sure of.
    """

    text: str
    name: str = ""
    protect: tuple[Span, ...] = ()
    notices: tuple[Notice, ...] = ()
    encoding: str = "utf-8"
    page_starts: tuple[int, ...] = ()
    doubtful: tuple[Span, ...] = ()
    origin: Any = field(default=None, compare=False, repr=False)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` with the applied edits made; suggestions are passed over.

    Raises `ValueError` when edits overlap or do not stand where they say.
    """
    pieces: list[str] = []
    cursor = 0
    for edit in sorted(filter(_is_applied, edits), key=_position):
        if edit.start < cursor or text[edit.start : edit.end] != edit.original:
            raise ValueError(f"edit {edit.original!r} does not fit the text at {edit.start}-{edit.end}")
        pieces += (text[cursor : edit.start], edit.replacement)
        cursor = edit.end
    pieces.append(text[cursor:])
    return "".join(pieces)


def invert(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits that undo the applied ones, positioned on the text these produce."""
    inverted: list[Edit] = []
    shift = 0
    for edit in sorted(filter(_is_applied, edits), key=_position):
        start = edit.start + shift
        end = start + len(edit.replacement)
        inverted.append(replace(edit, start=start, end=end, original=edit.replacement, replacement=edit.original))
        shift += len(edit.replacement) - len(edit.original)
    return _merge_touching(inverted)


def compose(first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return one edit set that does what ``first`` and then ``second`` do.

    ``second`` stands on the text that ``first`` produces. Edits that meet are merged: the merged
    edit takes the last stage and the lowest confidence and lists its parts in ``via``.
    """
    early, late = [*filter(_is_applied, first)], [*filter(_is_applied, second)]
    stands = PositionMap(early).output_spans()
    begin, end = _within_reach(stands, late)
    shift = stands[begin - 1].end - early[begin - 1].end if begin else 0
    composed = early[:begin]
    for group in _groups(early[begin:end], stands[begin:end], late):
        composed.append(group.merged(shift))
        shift += group.shift
    composed += early[end:]
    return _merge_touching([edit for edit in composed if edit.original != edit.replacement])


def validate(text: str, edits: Sequence[Edit]) -> None:
    """Raise `ValueError` unless the edits obey the laws of an edit set on ``text``."""
    for applied in (True, False):
        last: Edit | None = None
        for edit in (edit for edit in edits if edit.is_applied is applied):
            if last is not None and (edit.start < last.end or (applied and _touch_at_insertion(last, edit))):
                raise ValueError(f"edit at {edit.start} overlaps or touches the one before it")
            if text[edit.start : edit.end] != edit.original or edit.original == edit.replacement:
                raise ValueError(f"edit at {edit.start}-{edit.end} is empty or does not fit the text")
            last = edit


class PositionMap:
    """Translates positions between a text and what an edit set makes of it."""

    __slots__ = ("_output_ends", "_output_starts", "_source_ends", "_source_starts")

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._source_starts: list[int] = []
        self._source_ends: list[int] = []
        self._output_starts: list[int] = []
        self._output_ends: list[int] = []
        shift = 0
        for edit in filter(_is_applied, edits):
            self._source_starts.append(edit.start)
            self._source_ends.append(edit.end)
            self._output_starts.append(edit.start + shift)
            self._output_ends.append(edit.start + shift + len(edit.replacement))
            shift += len(edit.replacement) - len(edit.original)

    def to_source(self, start: int, end: int) -> Span:
        """The smallest source span that covers the output span; edits it cuts are taken whole."""
        return _translate(start, end, self._output_starts, self._output_ends, self._source_starts, self._source_ends)

    def to_output(self, start: int, end: int) -> Span:
        """The smallest output span that covers the source span; edits it cuts are taken whole."""
        return _translate(start, end, self._source_starts, self._source_ends, self._output_starts, self._output_ends)

    def stretches(self) -> Iterator[tuple[int, int, int]]:
        """The stretches of the source between the edits: start, end (`sys.maxsize` for the last) and shift."""
        borders = zip((0, *self._source_ends), (*self._source_starts, maxsize), (0, *self._output_ends), strict=True)
        return ((start, end, output - start) for start, end, output in borders)

    def output_spans(self) -> tuple[Span, ...]:
        """Where the replacements stand in the output."""
        return tuple(map(Span, self._output_starts, self._output_ends))


def _translate(
    start: int,
    end: int,
    from_starts: list[int],
    from_ends: list[int],
    to_starts: list[int],
    to_ends: list[int],
) -> Span:
    before_start = bisect_right(from_ends, start)
    if start < end and before_start < len(from_starts) and from_starts[before_start] < start:
        new_start = to_starts[before_start]
    elif start == end and before_start < len(from_starts) and from_starts[before_start] < start:
        return Span(to_starts[before_start], to_ends[before_start])
    else:
        new_start = start - from_ends[before_start - 1] + to_ends[before_start - 1] if before_start else start
    if start == end:
        return Span(new_start, new_start)
    before_end = bisect_left(from_starts, end)
    if before_end and from_ends[before_end - 1] > end:
        return Span(new_start, to_ends[before_end - 1])
    new_end = end - from_ends[before_end - 1] + to_ends[before_end - 1] if before_end else end
    return Span(new_start, max(new_start, new_end))


def _is_applied(edit: Edit) -> bool:
    return edit.status == "applied"


def _touch_at_insertion(left: Edit, right: Edit) -> bool:
    return left.end == right.start and (left.is_insertion or right.is_insertion)


def _moved(edit: Edit, start: int, end: int) -> Edit:
    """The same edit elsewhere. A whole document is full of them, and `dataclasses.replace` takes four times as long."""
    return Edit(start, end, *_ALL_BUT_PLACE(edit))


_position = attrgetter("start", "end")


@dataclass(slots=True)
class _Group:
    """Edits of two successive sets that meet; ``start`` and ``end`` are on the text between them, which those of the
    first set made longer by ``shift``."""

    start: int
    end: int
    first: list[Edit]
    first_starts: list[int]
    second: list[Edit]
    shift: int = 0

    @property
    def is_insertion(self) -> bool:
        return self.source_length == 0

    @property
    def source_length(self) -> int:
        return self.end - self.start - self.shift

    def merged(self, shift_before: int) -> Edit:
        """The group as one edit on the first text, ``shift_before`` being the growth before it."""
        if len(self.first) == 1 and not self.second:
            return self.first[0]
        start = self.start - shift_before
        end = start + self.source_length
        if len(self.second) == 1 and not self.first:
            return _moved(self.second[0], start, end) if shift_before else self.second[0]
        between = self._between_text()
        original, cursor = "", 0
        for edit, position in zip(self.first, self.first_starts, strict=True):
            original += between[cursor : position - self.start] + edit.original
            cursor = position - self.start + len(edit.replacement)
        original += between[cursor:]
        local = [_moved(edit, edit.start - self.start, edit.end - self.start) for edit in self.second]
        steps = self.first + [_moved(edit, start, end) for edit in self.second]
        return _merge(start, end, original, apply(between, local), steps)

    def _between_text(self) -> str:
        characters = [""] * (self.end - self.start)
        for edit in self.second:
            characters[edit.start - self.start : edit.end - self.start] = edit.original
        for edit, position in zip(self.first, self.first_starts, strict=True):
            offset = position - self.start
            characters[offset : offset + len(edit.replacement)] = edit.replacement
        return "".join(characters)


def _within_reach(stands: Sequence[Span], second: Sequence[Edit]) -> tuple[int, int]:
    """The range of the replacements, which stand there on the text between, that lie neither before nor behind all of
    the second set."""
    if not second:
        return len(stands), len(stands)
    begin = bisect_left(stands, second[0].start, key=attrgetter("end"))
    return begin, bisect_right(stands, second[-1].end, begin, key=attrgetter("start"))


def _groups(first: Sequence[Edit], stands: Sequence[Span], second: Sequence[Edit]) -> list[_Group]:
    """Group the edits of both sets that overlap, or touch where text is only inserted; ``stands`` says where the
    replacements of the first set stand."""
    groups: list[_Group] = []
    for start, end, edit, is_first in _on_text_between(first, stands, second):
        inserts = edit.is_insertion
        group = groups[-1] if groups else None
        meets = group is not None and (start < group.end or (start == group.end and (inserts or group.is_insertion)))
        if group is None or not meets:
            group = _Group(start, end, [], [], [])
            groups.append(group)
        group.end = max(group.end, end)
        if is_first:
            group.first.append(edit)
            group.first_starts.append(start)
            group.shift += len(edit.replacement) - len(edit.original)
        else:
            group.second.append(edit)
    return groups


def _on_text_between(
    first: Sequence[Edit], stands: Sequence[Span], second: Sequence[Edit]
) -> list[tuple[int, int, Edit, bool]]:
    """The edits of both sets with their places on the text between."""
    items = [(*span, edit, True) for span, edit in zip(stands, first, strict=True)]
    items += [(edit.start, edit.end, edit, False) for edit in second]
    return sorted(items, key=itemgetter(0, 1))


def _merge_touching(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Merge neighbours that touch where one of them only inserts: their order would be ambiguous."""
    merged: list[Edit] = []
    for edit in edits:
        last = merged[-1] if merged else edit
        if last.end == edit.start and last is not edit and _touch_at_insertion(last, edit):
            merged[-1] = _merge(
                last.start, edit.end, last.original + edit.original,
                last.replacement + edit.replacement, [last, edit],
            )  # fmt: skip
        else:
            merged.append(edit)
    return tuple([edit for edit in merged if edit.original != edit.replacement])


def _merge(start: int, end: int, original: str, replacement: str, parts: Sequence[Edit]) -> Edit:
    flat = tuple(step for part in parts for step in (part.via or (part,)))
    return replace(
        parts[-1],
        start=start,
        end=end,
        original=original,
        replacement=replacement,
        confidence=min(part.confidence for part in parts),
        reason="；".join(dict.fromkeys(part.reason for part in flat if part.reason)),
        via=flat,
    )
