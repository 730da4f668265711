"""Characters that share nearly all strokes.

pycorrector's list of shapes is short: of the errors of optical character recognition it knows one in ten. Its
dictionary of strokes (stroke.txt) tells more: 白 and 自, 未 and 末, 详 and 佯."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from typing import Final

LEAST_COMMON_TAIL: Final = 5
"""Strokes at the end, the right-hand component, that two characters must share ..."""

MOST_OTHER: Final = 4
"""... when as many strokes or fewer at the beginning may differ."""

MOST_ALIKE: Final = 40
"""A group with more members tells nothing."""


def look_alikes(strokes: dict[str, str]) -> dict[str, str]:
    """For each character those within one stroke of it or with the same right-hand component."""
    groups: dict[str, set[str]] = defaultdict(set)
    for char, sequence in strokes.items():
        for key in _keys(sequence):
            groups[key].add(char)
    alike: dict[str, set[str]] = defaultdict(set)
    for members in groups.values():
        if 1 < len(members) < MOST_ALIKE:
            for char in members:
                alike[char] |= members - {char}
    return {char: "".join(sorted(alike[char])) for char in sorted(alike)}


def _keys(sequence: str) -> Iterator[str]:
    """What two sequences have in common when they are one stroke apart, or share their tail."""
    yield sequence
    for place in range(len(sequence)):
        yield sequence[:place] + sequence[place + 1 :]
        yield sequence[:place] + "." + sequence[place + 1 :]
    for head in range(1, MOST_OTHER + 1):
        if len(sequence) - head >= LEAST_COMMON_TAIL:
            yield "-" + sequence[head:]


def read_strokes(lines: Iterable[str]) -> dict[str, str]:
    """The sequence of strokes of each character, one letter a stroke."""
    fields = (line.split("\t") for line in lines if not line.startswith("#"))
    return {row[0]: row[1].strip() for row in fields if len(row) == 2 and len(row[0]) == 1}


def stroke_lines(lines: Iterable[str], common: Container[str]) -> Iterator[str]:
    """Each character in use, a tab, and its look-alikes; of each two one at least is ``common``."""
    in_use = {char: sequence for char, sequence in read_strokes(lines).items() if _is_in_use(char)}
    for char, alike in look_alikes(in_use).items():
        partners = alike if char in common else "".join(other for other in alike if other in common)
        if partners:
            yield f"{char}\t{partners}"


def _is_in_use(char: str) -> bool:
    """Whether the character belongs to the 6,763 of GB 2312."""
    try:
        return len(char.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False
