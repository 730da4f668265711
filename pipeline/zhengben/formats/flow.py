"""Gathers the text that a reader of markup sees, block by block, as a vocabulary of elements describes it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zhengben.formats.markup import REFERENCE, Token, character_of
from zhengben.formats.textnodes import Gatherer, PieceKind

_COLLAPSING = re.compile(rf"[ \t\r\n\f]+|{REFERENCE}")
_LITERAL = re.compile(rf"\r\n?|{REFERENCE}")
_BLANKS = " \t\r\n\f"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What the elements of a kind of markup mean for its text.

    ``blocks`` begin and end a block. ``text`` are the only elements that hold text; None means all.
    ``silent`` hold nothing that is read (their values are elements whose end ends them, too).
    ``protected`` hold text that no edit may touch. ``objects`` stand for one character. ``nested``
    hold blocks that follow the block they stand in, where the character that is their value marks
    them. ``collapses`` tells whether white space is as in HTML; ``preserved`` are elements where it is
    not; with ``joins_lines``, a line break in the source is no space between two hanzi. With
    ``html_references``, characters have the names that HTML gives them, and not only those of XML.
    """

    blocks: frozenset[str]
    text: frozenset[str] | None = None
    silent: Mapping[str, frozenset[str]] = field(default_factory=dict)
    protected: frozenset[str] = frozenset()
    objects: Mapping[str, str] = field(default_factory=dict)
    nested: Mapping[str, str] = field(default_factory=dict)
    preserved: frozenset[str] = frozenset()
    collapses: bool = False
    joins_lines: bool = False
    html_references: bool = False


class Flow:
    """Feeds the tokens of one part into a gatherer."""

    def __init__(self, source: str, part: str, vocabulary: Vocabulary, gatherer: Gatherer) -> None:
        self._source = source
        self._part = part
        self._words = vocabulary
        self._gatherer = gatherer
        self._depths: Counter[str] = Counter()
        self._protected = 0
        self._preserved = 0
        self._in_text = 0
        self._silent = ""
        self._silent_depth = 0
        self._silent_start = 0
        self._space: tuple[int, int] | None = None

    def feed(self, tokens: Iterable[Token]) -> None:
        """Gather the text of the tokens, which are those of the whole part."""
        for token in tokens:
            if token.kind in {"text", "cdata"}:
                self._text(token)
            elif self._silent:
                self._while_silent(token)
            elif token.kind == "end":
                self._end(token.name)
            else:
                self._start(token)
        self._end_block()

    def _start(self, token: Token) -> None:
        name = token.name
        if name in self._words.silent or name in self._words.objects:
            if token.kind == "empty":
                self._add_object(self._words.objects.get(name, ""), token.start, token.end)
            else:
                self._silent, self._silent_depth, self._silent_start = name, 1, token.start
            return
        if name in self._words.blocks:
            self._end_block()
        if token.kind != "empty" and name in self._words.nested:
            self._add_object(self._words.nested[name], token.start, token.end)
            self._gatherer.enter()
        if token.kind != "empty":
            self._count(name, 1)

    def _end(self, name: str) -> None:
        if name in self._words.blocks:
            self._end_block()
        if self._depths[name]:
            self._count(name, -1)
            if name in self._words.nested:
                self._space = None
                self._gatherer.leave()

    def _count(self, name: str, step: int) -> None:
        """Keep count of the open elements that matter; HTML may leave some of them open."""
        words = self._words
        kinds = (name in words.protected, name in words.preserved, words.text is not None and name in words.text)
        if any(kinds) or name in words.nested:
            self._depths[name] += step
            self._protected += step * kinds[0]
            self._preserved += step * kinds[1]
            self._in_text += step * kinds[2]

    def _while_silent(self, token: Token) -> None:
        if token.kind == "start" and token.name == self._silent:
            self._silent_depth += 1
        elif token.kind == "end" and token.name == self._silent:
            self._silent_depth -= 1
        elif token.kind == "end" and token.name in self._words.silent.get(self._silent, ()):
            self._silent_depth = 0
        if self._silent_depth == 0:
            name, self._silent = self._silent, ""
            self._add_object(self._words.objects.get(name, ""), self._silent_start, token.end)
            if token.name != name:
                self._end(token.name)

    def _add_object(self, character: str, start: int, end: int) -> None:
        if not character:
            return
        if character == "\n":
            self._space = None
        self._put_space(character)
        is_protected = self._is_protected or character not in " \n"
        self._gatherer.add(character, self._part, start, end, "object", protected=is_protected)

    @property
    def _is_protected(self) -> bool:
        return self._protected > 0

    def _text(self, token: Token) -> None:
        if self._silent or (self._words.text is not None and not self._in_text):
            return
        is_collapsing = self._words.collapses and not self._preserved
        if token.kind == "cdata":
            self._literal(token.start, token.end, is_cdata=True)
            return
        cursor = token.start
        special = _COLLAPSING if is_collapsing else _LITERAL
        for match in special.finditer(self._source, token.start, token.end):
            self._literal(cursor, match.start())
            cursor = match.end()
            self._special(match[0], match.start(), cursor, is_collapsing)
        self._literal(cursor, token.end)

    def _special(self, found: str, start: int, end: int, is_collapsing: bool) -> None:
        is_reference = found.startswith("&")
        character = (
            character_of(found, is_html=self._words.html_references) if is_reference else found[-1].replace("\r", "\n")
        )
        if is_collapsing and character in _BLANKS and character:
            self._space = self._space or (start, end)
        elif character:
            self._put_space(character)
            self._gatherer.add(character, self._part, start, end, "character", protected=self._is_protected)
        else:
            self._put_space(found)
            self._gatherer.add(found, self._part, start, end, protected=True)

    def _literal(self, start: int, end: int, *, is_cdata: bool = False) -> None:
        if start < end:
            text = self._source[start:end]
            self._put_space(text)
            kind: PieceKind = "cdata" if is_cdata else "text"
            self._gatherer.add(text, self._part, start, end, kind, protected=self._is_protected)

    def _put_space(self, following: str) -> None:
        """Write the white space that waits, if it is seen before ``following``."""
        if self._space is None:
            return
        (start, end), self._space = self._space, None
        before = self._gatherer.last
        if not before or before in _BLANKS:
            return
        is_joined = self._words.joins_lines and _is_wide(before) and _is_wide(following[0])
        if not is_joined or "\n" not in self._source[start:end]:
            self._gatherer.add(" ", self._part, start, end, "character", protected=self._is_protected)

    def _end_block(self) -> None:
        self._space = None
        self._gatherer.end_block()


def _is_wide(character: str) -> bool:
    return "\u2e80" <= character <= "\uffef" or character >= "\U00020000"
