"""The gold format: a damaged document with its truth marked in place.

- ``{damaged|original/alternative}`` must be repaired, to any of the alternatives;
- ``{?damaged|original/alternative}`` may be repaired;
- ``{-text}`` must go, ``{?-text}`` may go;
- ``{+what stands there|word/other word}`` is a deleted word: to be suggested, not applied;
- everything unmarked must stay. A backslash escapes a brace, a bar, a slash or itself.

A file may begin with lines between two ``---`` lines: ``engines: A B`` and ``genre: speech``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from zhengben.errors import InputError
from zhengben.evaluation.gold import Duty, Gold, Mark

GOLD_SUFFIX: Final = ".gold.txt"
FENCE: Final = "---"
_SPECIAL: Final = frozenset("{}|/\\")
_STRUCTURE: Final = re.compile(r"[{}\\]")


def read_gold(path: Path) -> Gold:
    """Read a gold file. Raises `InputError` naming file and line where it is not understood."""
    try:
        content = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot read the gold file: {error}") from error
    try:
        return parse_gold(content, name=path.name.removesuffix(GOLD_SUFFIX))
    except ValueError as error:
        raise InputError(f"{path}: {error}") from error


def parse_gold(content: str, name: str = "") -> Gold:
    """Read the gold format. Raises `ValueError` naming the line where it is not understood."""
    header, body = _split_header(content)
    parser = _Parser(body, first_line=content.count("\n", 0, len(content) - len(body)) + 1)
    marks = tuple(parser.marks())
    engines = tuple(header["engines"].replace(",", " ").split()) if "engines" in header else None
    return Gold(parser.text, marks, engines, header.get("genre", ""), name)


def print_gold(gold: Gold) -> str:
    """Write the gold format; reading it back gives the same text, marks, engines and genre."""
    pieces: list[str] = []
    cursor = 0
    for mark in gold.marks:
        pieces += (_escaped(gold.text[cursor : mark.start]), _printed(mark))
        cursor = mark.end
    pieces.append(_escaped(gold.text[cursor:]))
    return _header(gold) + "".join(pieces)


def _header(gold: Gold) -> str:
    lines = [] if gold.engines is None else [f"engines: {' '.join(gold.engines)}".rstrip()]
    lines += [f"genre: {gold.genre}"] if gold.genre else []
    if not lines and not gold.text.startswith(FENCE):
        return ""
    return "\n".join((FENCE, *lines, FENCE, ""))


def _printed(mark: Mark) -> str:
    damaged = _escaped(mark.damaged)
    if mark.is_removal:
        return f"{{{mark.duty.value}-{damaged}}}"
    if mark.duty is Duty.MUST and mark.damaged[:1] in ("?", "+", "-"):
        damaged = f"\\{damaged}"
    if mark.duty is Duty.MAY and mark.damaged.startswith("-"):
        damaged = f"\\{damaged}"
    return f"{{{mark.duty.value}{damaged}|{'/'.join(map(_escaped, mark.originals))}}}"


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in _SPECIAL else char for char in text)


def _split_header(content: str) -> tuple[dict[str, str], str]:
    if not content.startswith(FENCE + "\n"):
        return {}, content
    head, fence, body = content[len(FENCE) + 1 :].partition(FENCE + "\n")
    if not fence:
        raise ValueError(f"line 1: the header has no closing {FENCE}")
    header: dict[str, str] = {}
    for number, line in enumerate(head.splitlines(), start=2):
        key, colon, value = line.partition(":")
        if not colon or key.strip() not in ("engines", "genre"):
            raise ValueError(f"line {number}: expected 'engines:' or 'genre:', found {line!r}")
        header[key.strip()] = value.strip()
    return header, body


class _Parser:
    """Reads marked text; ``text`` is complete once ``marks`` is exhausted."""

    def __init__(self, body: str, first_line: int) -> None:
        self._body = body
        self._first_line = first_line
        self._pieces: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def marks(self) -> Iterator[Mark]:
        cursor = 0
        while cursor < len(self._body):
            found = _STRUCTURE.search(self._body, cursor)
            opening = found.start() if found else len(self._body)
            self._emit(self._body[cursor:opening])
            if found is None:
                return
            if self._body[opening] == "\\":
                self._emit(self._escaped_at(opening))
                cursor = opening + 2
            elif self._body[opening] == "}":
                raise self._error(opening, "a } without its {")
            else:
                mark, cursor = self._mark(opening)
                self._emit(mark.damaged)
                yield mark

    def _mark(self, opening: int) -> tuple[Mark, int]:
        cursor = opening + 1
        duty = {"?": Duty.MAY, "+": Duty.GAP}.get(self._body[cursor : cursor + 1], Duty.MUST)
        cursor += duty is not Duty.MUST
        removal = duty is not Duty.GAP and self._body[cursor : cursor + 1] == "-"
        fields, closing = self._fields(cursor + removal, opening)
        damaged, originals = fields[0][0], tuple(fields[1]) if len(fields) == 2 else ("",)
        if removal != (len(fields) == 1) or len(fields[0]) > 1 or len(fields) > 2:
            raise self._error(opening, "expected {damaged|original/alternative}, {-text} or {+there|word}")
        if (duty is not Duty.GAP and not damaged) or damaged in originals:
            raise self._error(opening, "a mark that marks nothing")
        return Mark(self._length, self._length + len(damaged), damaged, originals, duty), closing + 1

    def _fields(self, cursor: int, opening: int) -> tuple[list[list[str]], int]:
        """The parts of a mark, split at bars and these at slashes, and where its } stands."""
        fields = [[""]]
        while cursor < len(self._body):
            char = self._body[cursor]
            if char == "}":
                return fields, cursor
            if char == "{":
                break
            if char == "|":
                fields.append([""])
            elif char == "/" and len(fields) > 1:
                fields[-1].append("")
            else:
                fields[-1][-1] += self._escaped_at(cursor) if char == "\\" else char
                cursor += char == "\\"
            cursor += 1
        raise self._error(opening, "a { without its }")

    def _escaped_at(self, position: int) -> str:
        if position + 1 == len(self._body):
            raise self._error(position, "a backslash at the end of the file")
        return self._body[position + 1]

    def _emit(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)

    def _error(self, position: int, problem: str) -> ValueError:
        return ValueError(f"line {self._first_line + self._body.count(chr(10), 0, position)}: {problem}")
