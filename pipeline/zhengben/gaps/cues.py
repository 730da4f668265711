"""Where a gap may be: marks in the text that a missing word leaves behind. Cheap, and far from proof."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import log10
from typing import Final

from zhengben import resources
from zhengben.errors import ModelError

DANGLING_WORDS: Final = resources.DATA / "dangling_words.txt"
"""Words that ask for another behind them, each with the occurrences in a thousand of training that a punctuation
mark follows all the same (30 at most)."""

BLANK_BEFORE_PUNCTUATION: Final = "gaps/blank-before-punctuation"
DOUBLED_PUNCTUATION: Final = "gaps/doubled-punctuation"
DANGLING_VERB: Final = "gaps/dangling-verb"
ORPHAN_SUFFIX: Final = "gaps/orphan-suffix"

_HAN: Final = "\u4e00-\u9fff"
_BLANKED: Final = re.compile(rf"(?<=[,，、；;。{_HAN}])[ ]{{1,4}}(?=[,，、；;。])")
_AFTER_WORD: Final = re.compile(rf"(?<=[{_HAN}]{{3}})(?:(?=[,，、；;。！？!?])| (?=[{_HAN}]{{3}}))")
_EXEMPT_BEFORE: Final = {"不是": "是"}
_DOUBLED: Final = re.compile(rf"(?<=[{_HAN}])(?:[,，；;](?=、)|、(?=[,，；;。]))")
_ORPHAN: Final = re.compile(r"(?<=[有的要了强和是以具高更较很极、，])(?=[性化率度力感观权者](?:[,，、；;。的]|和|与))")


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
    """All cues of a text in its order, at most one at a place. Linear in the length of the text."""
    found: dict[int, Cue] = {}
    for cue in (*_blanks_before_marks(text), *_doubled(text), *_orphans(text), *_dangling(text)):
        found.setdefault(cue.start, cue)
    return [found[start] for start in sorted(found)]


def _blanks_before_marks(text: str) -> Iterator[Cue]:
    for match in _BLANKED.finditer(text):
        yield Cue(*match.span(), BLANK_BEFORE_PUNCTUATION)


def _doubled(text: str) -> Iterator[Cue]:
    for match in _DOUBLED.finditer(text):
        yield Cue(match.end(), match.end(), DOUBLED_PUNCTUATION)


def _orphans(text: str) -> Iterator[Cue]:
    for match in _ORPHAN.finditer(text):
        yield Cue(match.start(), match.start(), ORPHAN_SUFFIX)


def _dangling(text: str) -> Iterator[Cue]:
    """Words that ask for another, inside a clause, with a mark behind them or a lonely blank."""
    for match in _AFTER_WORD.finditer(text):
        place, word = match.start(), text[match.start() - 2 : match.start()]
        rate = _dangling_rates().get(word)
        if rate is not None and text[place - 3] not in _EXEMPT_BEFORE.get(word, ""):
            yield Cue(*match.span(), DANGLING_VERB, rate)


@cache
def _dangling_rates() -> dict[str, float]:
    """The log10 share of the occurrences of each word that precede a mark."""
    try:
        rows = [line.split("\t") for line in DANGLING_WORDS.read_text("utf-8").splitlines()]
        return {word: log10(float(rate) / 1000) for word, rate in rows}
    except (OSError, ValueError) as error:
        raise ModelError(f"{DANGLING_WORDS}: the list is missing or damaged; reinstall zhengben") from error
