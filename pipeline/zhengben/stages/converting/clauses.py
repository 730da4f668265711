"""One clause of traditional text: its readings unwound, its characters converted, aligned one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhengben.stages.converting.charset import converter, traditional_only

_READING = re.compile("\\([a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]{1,7}\\)")
"""Pinyin in half-width brackets, as mirrors of sites write it behind the characters they converted."""

_KEPT_UNLESS_WORD = {
    "乾": frozenset("燥淨旱餅脆杯枯糧涸貨裂洗烘曬晒擦吹烤風"),
    "徵": frozenset("求收集文稅象特兆用詢募表調應招"),
}
"""Characters of both scripts that are converted only beside a character of such words: elsewhere they
may be a name (蕭乾, 魏徵)."""


@dataclass(frozen=True, slots=True)
class Change:
    """A run of characters that conversion changes; ``start`` and ``end`` are code points of the text."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class _Letter:
    """A character of the clause and the span it takes, its bracketed reading included."""

    character: str
    start: int
    end: int
    has_reading: bool


def clause_changes(text: str, start: int, end: int) -> Iterator[Change]:
    """The minimal changes that make the clause ``text[start:end]`` simplified."""
    letters = list(_letters(text, start, end))
    converted = _convert([letter.character for letter in letters])
    run: list[tuple[_Letter, str]] = []
    for letter, simplified in zip(letters, converted, strict=True):
        if simplified != letter.character or letter.has_reading:
            run.append((letter, simplified))
        elif run:
            yield _change(run)
            run = []
    if run:
        yield _change(run)


def _change(run: list[tuple[_Letter, str]]) -> Change:
    return Change(run[0][0].start, run[-1][0].end, "".join(simplified for _, simplified in run))


def _letters(text: str, start: int, end: int) -> Iterator[_Letter]:
    """A reading is unwound behind a traditional character only; behind others it is a lesson's."""
    traditional = traditional_only()
    position = start
    while position < end:
        reading = _READING.match(text, position + 1, end) if text[position] in traditional else None
        following = reading.end() if reading else position + 1
        yield _Letter(text[position], position, following, reading is not None)
        position = following


def _convert(characters: list[str]) -> list[str]:
    """Convert with phrases; where these change the length, character by character."""
    converted = list(converter().convert("".join(characters)))
    if len(converted) != len(characters):
        converted = [converter().convert(character) for character in characters]
        converted = [new if len(new) == 1 else old for old, new in zip(characters, converted, strict=True)]
    return [_kept_or_converted(characters, converted, index) for index in range(len(characters))]


def _kept_or_converted(characters: list[str], converted: list[str], index: int) -> str:
    character = characters[index]
    partners = _KEPT_UNLESS_WORD.get(character)
    if character != converted[index] and partners is not None:
        neighbours = {*characters[max(0, index - 1) : index], *characters[index + 1 : index + 2]}
        return converted[index] if neighbours & partners else character
    return converted[index]
