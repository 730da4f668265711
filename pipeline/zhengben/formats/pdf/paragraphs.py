"""Rebuilds paragraphs from lines: a line that ends because the page does is no end of a paragraph.

Chinese is set in full lines. A paragraph ends where its line stops short of the edge, where the
next one is indented, stands further off or is of another size; at all other line ends it goes on.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from zhengben.formats.pdf.columns import Placed, place_lines
from zhengben.formats.pdf.layout import NOWHERE, Boxes, Page
from zhengben.model import Span

OTHER_SIZE: Final = 0.18
"""Characters differ in size when one is larger by this part; boxes of one font differ by less."""

SHORT: Final = 2.2
"""Heights of a character that a line may stop short of the edge: punctuation may not begin a line."""

INDENT: Final = 0.8
"""Heights of a character from which on the beginning of a line is an indent."""

LARGE_GAP: Final = 1.45
"""Times the usual distance of lines from which on a gap divides paragraphs."""

LARGE: Final = 1.15
"""Times the size of most text from which on a short paragraph is a heading."""

LONGEST_HEADING: Final = 60

_ENDS_SENTENCE: Final = tuple("。！？；：…!?;:”〞」』")
_ITEM: Final = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,3}(?:[)）、]|[.．](?!\d))|[①-⑳●■◆·•]"
    r"|第[一二三四五六七八九十百零\d]{1,5}[章节条款部编]"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text, without the newline after it; ``level`` is 1 or 2 for a heading, else 0."""

    span: Span
    level: int = 0


@dataclass(frozen=True, slots=True)
class Assembled:
    """The text of some pages, a paragraph a line, and where everything stood."""

    text: str
    boxes: Boxes
    page_starts: tuple[int, ...]
    paragraphs: tuple[Paragraph, ...]
    doubtful: tuple[Span, ...]


def assemble(pages: Sequence[Page]) -> Assembled:
    """Return the text of ``pages`` in their order."""
    writer = _Writer(len(pages))
    paragraph: list[Placed] = []
    for placed in place_lines(pages):
        if paragraph and not _goes_on(paragraph[0], paragraph[-1], placed):
            writer.add(paragraph)
            paragraph = []
        paragraph.append(placed)
    if paragraph:
        writer.add(paragraph)
    return writer.assembled(_usual_size(pages))


def _goes_on(first: Placed, last: Placed, following: Placed) -> bool:
    """Whether the paragraph that began with ``first`` and came to ``last`` goes on with ``following``."""
    size = last.line.size
    if abs(size - following.line.size) > OTHER_SIZE * max(size, following.line.size):
        return False
    if _stops_short(last) or _stands_off(last, following):
        return False
    if following.line.left > following.column.left + INDENT * size:
        return _hangs(first, last, following)
    return not (_ITEM.match(following.line.text) and last.line.text.endswith(_ENDS_SENTENCE))


def _stops_short(placed: Placed) -> bool:
    return placed.line.right < placed.column.right - SHORT * placed.line.size


def _stands_off(last: Placed, following: Placed) -> bool:
    """Whether two lines of one page are divided by a gap, stand side by side or in columns of one height."""
    step = last.line.middle - following.line.middle
    if last.page != following.page or step < -last.line.size:
        return False
    gap = max(LARGE_GAP * last.step, 1.3 * last.line.size)
    return last.column != following.column or not 0.4 * last.line.size < step <= gap


def _hangs(first: Placed, last: Placed, following: Placed) -> bool:
    """Whether an indented line belongs to an item whose later lines are all indented."""
    if last.line.text.endswith(_ENDS_SENTENCE):
        return False
    is_level = abs(following.line.left - last.line.left) < 0.3 * last.line.size
    begins_further_left = following.line.left > first.line.left + 0.3 * first.line.size
    return bool(_ITEM.match(first.line.text)) and (begins_further_left or (is_level and first is not last))


def _usual_size(pages: Sequence[Page]) -> float:
    sizes = [line.size for page in pages for line in page.lines for _ in range(1 + len(line.text) // 10)]
    return median(sizes) if sizes else 0.0


class _Writer:
    """Writes lines into one text and remembers where each code point stood."""

    def __init__(self, pages: int) -> None:
        self._pieces: list[str] = []
        self._numbers = array("f")
        self._length = 0
        self._starts: list[int | None] = [None] * pages
        self._paragraphs: list[tuple[Span, float]] = []
        self._doubtful: list[Span] = []

    def add(self, paragraph: Sequence[Placed]) -> None:
        if self._length:
            self._put("\n")
        start = self._length
        for number, placed in enumerate(paragraph):
            if number:
                self._put(_between(paragraph[number - 1].line.text, placed.line.text))
            self._add_line(placed)
        self._paragraphs.append((Span(start, self._length), paragraph[0].line.size))

    def assembled(self, usual_size: float) -> Assembled:
        text = "".join(self._pieces)
        starts = self._page_starts()
        paragraphs = tuple(Paragraph(span, _level(span, size, usual_size)) for span, size in self._paragraphs)
        return Assembled(text, Boxes(self._numbers, starts), starts, paragraphs, tuple(self._doubtful))

    def _page_starts(self) -> tuple[int, ...]:
        """A page without text begins where the next one with text does."""
        starts: list[int] = []
        following = self._length
        for start in reversed(self._starts):
            following = following if start is None else start
            starts.append(following)
        if starts:
            starts[-1] = 0
        return tuple(reversed(starts))

    def _add_line(self, placed: Placed) -> None:
        if self._starts[placed.page] is None:
            self._starts[placed.page] = self._length
        for place in placed.line.doubtful:
            self._doubt(self._length + place)
        self._pieces.append(placed.line.text)
        self._numbers.extend(placed.line.boxes)
        self._length += len(placed.line.text)

    def _doubt(self, place: int) -> None:
        if self._doubtful and self._doubtful[-1].end == place:
            self._doubtful[-1] = Span(self._doubtful[-1].start, place + 1)
        else:
            self._doubtful.append(Span(place, place + 1))

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._numbers.extend(NOWHERE * len(text))
        self._length += len(text)


def _between(before: str, after: str) -> str:
    """What joins two lines: nothing in Chinese, a blank between Latin words."""
    is_latin = before[-1].isascii() and after[0].isascii() and before[-1].isalnum() and after[0].isalnum()
    return " " if is_latin or (before[-1] in ",.;:!?)" and after[0].isascii() and after[0].isalnum()) else ""


def _level(span: Span, size: float, usual_size: float) -> int:
    if span.end - span.start > LONGEST_HEADING or size < LARGE * usual_size:
        return 0
    return 1 if size >= 1.4 * usual_size else 2
