"""Where a gap may be: marks in the text that a missing word leaves behind. Cheap, and far from proof."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from math import log10
from typing import TYPE_CHECKING, Final, NamedTuple

from zhengben import resources
from zhengben.code_points import code_points
from zhengben.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DANGLING_WORDS: Final = resources.DATA / "dangling_words.txt"
"""Words that ask for another behind them, chosen by hand, each with the occurrences in a thousand of training that a
punctuation mark follows all the same (30 at most)."""

FEWEST_OF_A_HABIT: Final = 12
CHARACTERS_OF_A_HABIT: Final = 400
"""A kind of cue found more than twelve times, and once more in 400 characters, is a habit: a tenth of that is usual
in sound text."""

BLANK_BEFORE_PUNCTUATION: Final = "gaps/blank-before-punctuation"
DOUBLED_PUNCTUATION: Final = "gaps/doubled-punctuation"
DANGLING_VERB: Final = "gaps/dangling-verb"
ORPHAN_SUFFIX: Final = "gaps/orphan-suffix"

_HAN: Final = "\u4e00-\u9fff"
_IS_HAN: Final = re.compile(f"[{_HAN}]+")
_BLANKED: Final = re.compile(r" {1,4}(?=[,，、；;。])")
_BEFORE_BLANK: Final = re.compile(rf"[,，、；;。{_HAN}]")
_DOUBLED: Final = re.compile(r"[,，；;](?=、)|、(?=[,，；;。])")
_BEFORE_ORPHAN: Final = "有的要了强和是以具高更较很极、，"
_ORPHAN: Final = re.compile(rf"[性化率度力感观权者](?<=[{_BEFORE_ORPHAN}].)(?=[,，、；;。的]|和|与)")
_MARKS: Final = ",，、；;。！？!?"
_LONELY_BLANK: Final = re.compile(rf" (?=[{_HAN}]{{3}})")
_EXEMPT_BEFORE: Final = {"不是": "是"}
"""What must not stand before a word: 是不是, asked at the end of a clause."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word may be missing at code points `start`..`end` of the text, which hold a blank or nothing.

    `rarity` is the log10 share of such places in sound text, of all places where the words before stand, as far as
    the language model does not know it: 0 where the cue tells nothing more.
    """

    start: int
    end: int
    rule: str
    rarity: float = 0.0


def find_cues(text: str) -> list[Cue]:
    """All cues of a text in its order, at most one at a place. Linear in the length of the text.

    A mark that the text is full of is a habit of its writer, or of what converted it, and no cue.
    """
    found: dict[int, Cue] = {}
    habit = FEWEST_OF_A_HABIT + len(text) // CHARACTERS_OF_A_HABIT
    marks = _find_marks(text)
    for search in (_blanks_before_marks(text), _doubled(text, marks), _orphans(text), _dangling(text, marks)):
        cues = list(islice(search, habit + 1))
        if len(cues) <= habit:
            for cue in cues:
                found.setdefault(cue.start, cue)
    return [found[start] for start in sorted(found)]


def _blanks_before_marks(text: str) -> Iterator[Cue]:
    for match in _BLANKED.finditer(text) if " " in text else ():
        if _BEFORE_BLANK.match(text, match.start() - 1):
            yield Cue(*match.span(), BLANK_BEFORE_PUNCTUATION)


def _doubled(text: str, marks: _Marks) -> Iterator[Cue]:
    for place in marks.before_others:
        if _DOUBLED.match(text, place) and _is_han(text[max(0, place - 1) : place], 1):
            yield Cue(place + 1, place + 1, DOUBLED_PUNCTUATION)


def _orphans(text: str) -> Iterator[Cue]:
    for match in _ORPHAN.finditer(text):
        yield Cue(match.start(), match.start(), ORPHAN_SUFFIX)


def _dangling(text: str, marks: _Marks) -> Iterator[Cue]:
    """Words that ask for another, inside a clause, with a mark behind them or a lonely blank."""
    rates = _dangling_rates()
    for place in marks.behind_dangling:
        word = text[place - 2 : place]
        if word in rates and _is_han(before := text[place - 3 : place - 2], 1) and before != _EXEMPT_BEFORE.get(word):
            yield Cue(place, place, DANGLING_VERB, rates[word])
    for match in _LONELY_BLANK.finditer(text):
        word = text[max(0, match.start() - 2) : match.start()]
        if word in rates:
            yield Cue(*match.span(), DANGLING_VERB, rates[word])


class _Marks(NamedTuple):
    """Where punctuation stands before more of it, and where behind what may be a word that asks for another."""

    before_others: list[int]
    behind_dangling: list[int]


def _find_marks(text: str) -> _Marks:
    import numpy as np

    codes = code_points(text)
    is_mark, is_first, is_last = _tables()
    places = np.flatnonzero(is_mark.take(codes, mode="clip"))
    late = places[places > 2]
    may_dangle = is_first.take(codes[late - 2], mode="clip") & is_last.take(codes[late - 1], mode="clip")
    return _Marks(places[:-1][np.diff(places) == 1].tolist(), late[may_dangle].tolist())


@cache
def _tables() -> tuple[NDArray[np.bool_], ...]:
    """By code point of the basic plane: the marks, and what dangling words begin and end with."""
    import numpy as np

    firsts, lasts = zip(*_dangling_rates(), strict=True)
    tables = tuple(np.zeros(0x10000, np.bool_) for _ in range(3))
    for table, characters in zip(tables, (_MARKS, firsts, lasts), strict=True):
        table[[*map(ord, characters)]] = True
    return tables


def _is_han(text: str, length: int) -> bool:
    return len(text) == length and _IS_HAN.fullmatch(text) is not None


@cache
def _dangling_rates() -> dict[str, float]:
    """The log10 share of the occurrences of each word that precede a mark."""
    try:
        lines = DANGLING_WORDS.read_text("utf-8").splitlines()
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        return {word: log10(float(rate) / 1000) for word, rate in rows}
    except (OSError, ValueError) as error:
        raise ModelError(f"{DANGLING_WORDS}: the list is missing or damaged; reinstall zhengben") from error
