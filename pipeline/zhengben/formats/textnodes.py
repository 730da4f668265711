"""The text of a document that is mostly markup, and where in its source every code point stands.

A piece of text remembers its place. An edit becomes splices: text to put in the place of stretches
of the source that are character data. So bold stays bold, and whatever no edit touches stays as it
was. A line feed between two blocks stands for their markup and has no place of its own.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from zhengben.errors import InputError, OutputError
from zhengben.model import Edit, Span

OBJECT = "\ufffc"
"""Stands for a picture, a formula or another thing that is no text."""

LONGEST_NAME = 40
"""Longest name of a character reference that a splice could complete, in code points, and some more."""

_BARE = re.compile(r"[<&][/!?#A-Za-z0-9]*\Z")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffc\ufffe\uffff]")

PieceKind = Literal["text", "cdata", "character", "object"]


class Piece(NamedTuple):
    """Code points ``start`` to ``end`` of the text, from ``source_start`` to ``source_end`` of a ``part``.

    ``text`` and ``cdata`` have one code point of source for each of theirs. A ``character`` is a
    single one, written otherwise (``&amp;``); an ``object`` is one that stands for an element, which
    an edit can remove but not change.
    """

    start: int
    end: int
    part: str
    source_start: int
    source_end: int
    kind: PieceKind


class Splice(NamedTuple):
    """Text, not yet escaped, for a stretch of a part's source."""

    part: str
    start: int
    end: int
    text: str
    is_cdata: bool


class Change(NamedTuple):
    """New text for a range within one line of one block."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class TextNodes:
    """A gathered text with its anchors. ``borders`` are the offsets of line feeds between blocks.

    ``holds_newlines`` tells whether the text inside a block may have line feeds of its own.
    """

    text: str
    pieces: tuple[Piece, ...]
    borders: tuple[int, ...]
    protect: tuple[Span, ...]
    holds_newlines: bool = False
    starts: Sequence[int] = field(repr=False, default=())

    def __reduce__(self) -> tuple[Callable[..., TextNodes], tuple[Any, ...]]:
        # It travels between processes, and a page has pieces by the hundred thousand: by columns that is fast.
        columns = tuple(zip(*self.pieces, strict=True))
        return _restored, (self.text, columns, self.borders, self.protect, self.holds_newlines, self.starts)

    def splices(self, edits: Iterable[Edit]) -> dict[str, list[Splice]]:
        """What the edits mean for the source of each part, in order. Raises `OutputError` for one that
        crosses a border; whoever wants it left out instead asks `can_make` first."""
        by_part: dict[str, list[Splice]] = {}
        for edit in edits:
            made = self._splices_of(edit)
            if made is None:
                raise OutputError(f"the edit at character {edit.start:,} crosses the border of a block; leave it out")
            for splice in made:
                by_part.setdefault(splice.part, []).append(splice)
        return {part: sorted(found, key=lambda splice: (splice.start, splice.end)) for part, found in by_part.items()}

    def can_make(self, edit: Edit) -> bool:
        """Whether the structure of the document allows the edit."""
        return self._splices_of(edit) is not None

    def _splices_of(self, edit: Edit) -> list[Splice] | None:
        changes = None if _UNWRITABLE.search(edit.replacement) else self._changes(edit)
        if changes is None:
            return None
        made: list[Splice] = []
        for change in changes:
            placed = self._placed(change)
            if placed is None:
                return None
            made += placed
        return made

    def _changes(self, edit: Edit) -> list[Change] | None:
        first, last = bisect_left(self.borders, edit.start), bisect_left(self.borders, edit.end)
        if first < last:
            return [Change(edit.start, edit.end, "")] if self._removes_blocks(edit) else None
        if self.holds_newlines or "\n" not in edit.original + edit.replacement:
            return [_trimmed(edit.original, Change(edit.start, edit.end, edit.replacement))]
        old, new = edit.original.split("\n"), edit.replacement.split("\n")
        if len(old) != len(new):
            return None if len(new) > 1 else [_trimmed(edit.original, Change(edit.start, edit.end, edit.replacement))]
        return list(_line_by_line(edit.start, old, new))

    def _removes_blocks(self, edit: Edit) -> bool:
        """Whether the edit takes whole blocks away with the line feeds that belong to them."""
        if edit.replacement:
            return False
        begins_block = edit.start == 0 or self.is_border(edit.start - 1)
        ends_block = edit.end == len(self.text) or self.is_border(edit.end)
        if begins_block:
            return ends_block or self.is_border(edit.end - 1)
        return self.is_border(edit.start) and ends_block and not self.is_border(edit.end - 1)

    def is_border(self, offset: int) -> bool:
        """Whether the line feed at ``offset`` stands between two blocks."""
        index = bisect_left(self.borders, offset)
        return index < len(self.borders) and self.borders[index] == offset

    def _placed(self, change: Change) -> list[Splice] | None:
        if change.start == change.end:
            return [] if change.text == "" else self._inserted(change.start, change.text)
        pieces = self.pieces[bisect_right(self.starts, change.start) - 1 : bisect_left(self.starts, change.end)]
        pieces = tuple(piece for piece in pieces if piece.end > change.start)
        if _is_one_to_one(pieces, change):
            return [_splice(piece, change, _share(piece, change)) for piece in pieces if piece.kind != "object"]
        host = next((piece for piece in pieces if piece.kind != "object"), None) if change.text else None
        made = [_splice(piece, change, change.text if piece is host else "") for piece in pieces]
        if change.text and host is None:
            inserted = self._inserted(change.start, change.text)
            return None if inserted is None else inserted + made
        return made

    def _inserted(self, offset: int, text: str) -> list[Splice] | None:
        """Into the text before, or else into the text behind, of the same block."""
        before = bisect_left(self.starts, offset) - 1
        for index in (before, before + 1):
            if not 0 <= index < len(self.pieces):
                continue
            piece = self.pieces[index]
            if piece.kind != "object" and piece.start <= offset <= piece.end:
                inside = offset - piece.start if piece.kind != "character" else 0
                place = piece.source_end if offset == piece.end else piece.source_start + inside
                return [Splice(piece.part, place, place, text, piece.kind == "cdata")]
        return None


class Gatherer:
    """Collects pieces block by block. What is nested follows the block that it stands in."""

    def __init__(self, max_pieces: int, *, holds_newlines: bool = False) -> None:
        self._max_pieces = max_pieces
        self._holds_newlines = holds_newlines
        self._count = 0
        self._blocks: list[_Block] = []
        self._open: list[_Frame] = [_Frame()]

    @property
    def last(self) -> str:
        """The last character of the open block; empty where it has none."""
        block = self._open[-1].block
        return block[-1].text[-1] if block else ""

    def add(self, text: str, part: str, start: int, end: int, kind: PieceKind = "text", *, protected: bool) -> None:
        """Add text that stands from ``start`` to ``end`` of the source of ``part``.

        Raises `InputError` where the document has more pieces than its limit.
        """
        self._count += 1
        if self._count > self._max_pieces:
            raise InputError(f"has its text in more than {self._max_pieces:,} pieces; split it")
        self._open[-1].block.append(_Fragment(text, part, start, end, kind, protected))

    def end_block(self) -> None:
        """What is added next belongs to another block."""
        frame = self._open[-1]
        if any(fragment.text != OBJECT and not fragment.text.isspace() for fragment in frame.block):
            frame.blocks.append(frame.block)
        frame.blocks += frame.later
        frame.block, frame.later = [], []

    def enter(self) -> None:
        """What is added until `leave` stands inside the open block, as a footnote does, and follows it."""
        self._open.append(_Frame())

    def leave(self) -> None:
        self.end_block()
        inner = self._open.pop()
        self._open[-1].later += inner.blocks

    def finish(self) -> TextNodes:
        """Everything that was added, as one text."""
        self.end_block()
        texts: list[str] = []
        pieces: list[Piece] = []
        borders: list[int] = []
        protect: list[Span] = []
        offset = 0
        for block in self._open[0].blocks:
            if pieces:
                borders.append(offset)
                texts.append("\n")
                offset += 1
            for text, part, start, end, kind, protected in block:
                pieces.append(Piece(offset, offset + len(text), part, start, end, kind))
                if protected:
                    protect.append(Span(offset, offset + len(text)))
                texts.append(text)
                offset += len(text)
        starts = array("q", (piece.start for piece in pieces))
        whole = "".join(texts)
        return TextNodes(whole, tuple(pieces), tuple(borders), tuple(protect), self._holds_newlines, starts)


def spliced(source: str, splices: Sequence[Splice], escape: Callable[[str], str]) -> str:
    """The source with the splices made, their text escaped."""
    pieces: list[str] = []
    cursor = 0
    for _, start, end, text, is_cdata in splices:
        before = source[cursor:start]
        pieces += (before, _in_cdata(text)) if is_cdata else (_closed(before, escape), escape(text))
        cursor = end
    pieces.append(source[cursor:])
    return "".join(pieces)


class _Fragment(NamedTuple):
    text: str
    part: str
    start: int
    end: int
    kind: PieceKind
    protected: bool


_Block = list[_Fragment]


@dataclass(slots=True)
class _Frame:
    """A place where blocks follow each other: ``later`` are those that wait for the open one to end."""

    blocks: list[_Block] = field(default_factory=list)
    block: _Block = field(default_factory=list)
    later: list[_Block] = field(default_factory=list)


def _restored(text: str, columns: Sequence[Sequence[Any]], *others: Any) -> TextNodes:
    return TextNodes(text, tuple(map(Piece, *columns)) if columns else (), *others)


def _line_by_line(start: int, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    for old_line, new_line in zip(old, new, strict=True):
        if old_line != new_line:
            yield _trimmed(old_line, Change(start, start + len(old_line), new_line))
        start += len(old_line) + 1


def _trimmed(old: str, change: Change) -> Change:
    """The change without what it leaves as it is at both ends, which so keeps its own formatting."""
    new = change.text
    shortest = min(len(old), len(new))
    head = next((place for place in range(shortest) if old[place] != new[place]), shortest)
    rest = shortest - head
    tail = next((place for place in range(rest) if old[-1 - place] != new[-1 - place]), rest)
    return Change(change.start + head, change.end - tail, new[head : len(new) - tail])


def _is_one_to_one(pieces: Sequence[Piece], change: Change) -> bool:
    """Whether every character of the new text can stand where one of the old text stood."""
    if len(change.text) != change.end - change.start:
        return False
    return not any(piece.kind == "object" for piece in pieces)


def _share(piece: Piece, change: Change) -> str:
    return change.text[max(piece.start, change.start) - change.start : min(piece.end, change.end) - change.start]


def _splice(piece: Piece, change: Change, text: str) -> Splice:
    if piece.kind in {"character", "object"}:
        return Splice(piece.part, piece.source_start, piece.source_end, text, False)
    start = piece.source_start + max(0, change.start - piece.start)
    end = piece.source_start + min(piece.end, change.end) - piece.start
    return Splice(piece.part, start, end, text, piece.kind == "cdata")


def _closed(before: str, escape: Callable[[str], str]) -> str:
    """The source up to a splice: a bare bracket at its end must not become markup by what follows."""
    match = _BARE.search(before[-LONGEST_NAME:])
    return before[: len(before) - len(match[0])] + escape(match[0]) if match else before


def _in_cdata(text: str) -> str:
    return text.replace("]]>", "]]]]><![CDATA[>")
