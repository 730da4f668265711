"""Line ends and blanks inside running Chinese: words are looked for across one of them.

Wrapped text cuts words (效⏎劳) and spaced text parts them (学 生). A break is a single line end or a
single blank between two Chinese characters; an empty line or an indented one begins a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
# Begins with the blank itself: the engine then skips to blanks instead of trying every character.
BREAK: Final = re.compile(rf"[\r\n \t\u00a0](?<=[{HAN}][\s\S])(?:(?<=\r)\n)?(?=[{HAN}])")

_BATCH: Final = 1 << 18


def remove_breaks(text: str) -> str:
    """The text with its single breaks between Chinese characters taken out."""
    return BREAK.sub("", text)


def keep_breaks(original: str, replacement: str) -> str:
    """``replacement`` with the breaks of ``original`` at the same distance from its start."""
    if replacement == "":
        return "".join(match[0] for match in BREAK.finditer(original))
    kept, shift = replacement, 0
    for match in BREAK.finditer(original):
        # Distances count characters without breaks; a break never ends up outside the replacement.
        place = min(match.start() - shift, max(len(replacement) - 1, 1)) + shift
        kept = kept[:place] + match[0] + kept[place:]
        shift += match.end() - match.start()
    return kept


@dataclass(slots=True)
class Seams:
    """Pieces of a text around its breaks, joined without them, and the way back."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    joints: list[int] = field(default_factory=list)
    origins: list[tuple[int, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def add(self, piece: str, origin: int) -> None:
        self.origins.append((self.length, origin))
        self.pieces.append(piece)
        self.length += len(piece)

    def part(self) -> None:
        """Close a stretch, so that no form reaches into the next one."""
        self.pieces.append("\0")
        self.length += 1

    def on_source(self, matches: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
        """Those of ``matches`` (sorted by end) that cross a joint, at their place in the source."""
        joint = piece = 0
        for form, start, end in matches:
            while joint < len(self.joints) and self.joints[joint] < end:
                joint += 1
            if not joint or self.joints[joint - 1] <= start:
                continue
            while piece + 1 < len(self.origins) and self.origins[piece + 1][0] < end:
                piece += 1
            first = piece
            while self.origins[first][0] > start:
                first -= 1
            yield form, self._source(start, first), self._source(end, piece)

    def _source(self, position: int, piece: int) -> int:
        begins, origin = self.origins[piece]
        return origin + position - begins


def seams(text: str, reach: int) -> Iterator[Seams]:
    """The neighbourhoods of all breaks, ``reach`` code points on both sides, in bounded batches."""
    batch, cursor, open_end = Seams(), 0, -1
    for match in BREAK.finditer(text):
        start, end = match.span()
        if open_end < 0 or start - reach > open_end + reach:
            if open_end >= 0:
                batch.add(text[cursor : open_end + reach], cursor)
                batch.part()
            if batch.length > _BATCH:
                yield batch
                batch = Seams()
            cursor = max(start - reach, 0)
        batch.add(text[cursor:start], cursor)
        batch.joints.append(batch.length)
        cursor = open_end = end
        if batch.length > _BATCH:
            batch.add(text[cursor : cursor + reach], cursor)
            yield batch
            batch = Seams()
            cursor = max(end, 0)
    if open_end >= 0:
        batch.add(text[cursor : open_end + reach], cursor)
        yield batch
