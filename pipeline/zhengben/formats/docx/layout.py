"""Where every code point of a document's text came from: pieces of runs, in paragraphs, in parts.

These are the anchors. They belong to one parsed tree and are found again, the same, in the next:
nothing is looked for by comparing texts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from zhengben.formats.docx.names import Element
from zhengben.model import Span


@dataclass(slots=True, eq=False)
class Paragraph:
    """A paragraph of the accepted view; ``start`` and ``end`` enclose its text, without its mark.

    ``has_mark`` tells whether a newline at ``end`` stands for its mark (the last of all has none, one
    whose mark is deleted already neither); ``may_go`` whether the mark can be removed. Comments on
    it are anchored at ``host``, where they cannot stand in it: in ``place``, such as 页眉. In
    a comment nothing can be tracked.
    """

    element: Element
    part: str
    start: int
    end: int = 0
    has_mark: bool = False
    may_go: bool = False
    holds_objects: bool = False
    host: Element | None = None
    place: str = ""
    tracks: bool = True


@dataclass(slots=True, eq=False)
class Piece:
    """Code points of one ``node`` of one ``run``: of a text, or the single one that a tab or break is.

    Pieces of one ``stretch`` have no object between them (a picture, a note reference, the bounds of
    a field); those that share the ``border`` as well, no bounds of a hyperlink or content control.
    """

    start: int
    end: int
    run: Element
    node: Element
    paragraph: Paragraph
    stretch: int
    border: int
    is_protected: bool


@dataclass(slots=True)
class Layout:
    """The text of a document or of a copy of a part of it, with its anchors in order."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    protect: list[Span] = field(default_factory=list)
    text: str = ""
    copies: list[Layout] = field(default_factory=list)
    """Text boxes kept a second time for older programs: same text, same offsets, other elements."""

    _starts: list[int] = field(default_factory=list)
    _paragraph_starts: list[int] = field(default_factory=list)

    def index(self) -> None:
        """Prepare for look-ups, after the pieces have been gathered or cut."""
        self._starts = [piece.start for piece in self.pieces]
        self._paragraph_starts = [paragraph.start for paragraph in self.paragraphs]

    def pieces_in(self, start: int, end: int) -> list[Piece]:
        """The pieces that share a code point with the range."""
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_left(self._starts, end)
        return [piece for piece in self.pieces[first:last] if piece.end > start]

    def paragraphs_in(self, start: int, end: int) -> list[Paragraph]:
        """The paragraphs that share a code point, of text or mark, with the range."""
        first = max(0, bisect_right(self._paragraph_starts, start) - 1)
        last = bisect_left(self._paragraph_starts, end)
        return [paragraph for paragraph in self.paragraphs[first:last] if paragraph.end + paragraph.has_mark > start]

    def paragraph_at(self, offset: int) -> Paragraph | None:
        """The paragraph in which something inserted at ``offset`` would stand."""
        first = bisect_right(self._paragraph_starts, offset) - 1
        return self.paragraphs[first] if first >= 0 else None
