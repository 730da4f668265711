"""The text that the network learns from, and where in it the words stand that it learns to tell apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from ahocorasick_rs import AhoCorasick

from zhengben.code_points import code_points
from zhengben.lm.normalization import normalize
from zhengben.restore.neighbourhoods import Neighbourhoods
from zhengben.restore.network import Alphabet
from zhengben.restore.training.collecting import is_part_of
from zhengben.restore.training.pairs import forms_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhengben.restore.network import Numbers
    from zhengben.restore.training.pairs import WordPair

FEWEST_CHARACTERS: Final = 10
"""Occurrences from which a character has a vector of its own."""


class Occurrences(NamedTuple):
    """Where words stand: start and length in code points, and the number of the word, an entry each."""

    starts: Numbers
    lengths: Numbers
    words: Numbers


@dataclass(frozen=True)
class Lesson:
    """The text to learn from, its alphabet, and where the words stand. Forms of pairs have the first numbers."""

    neighbourhoods: Neighbourhoods
    alphabet: Alphabet
    forms: Sequence[str]
    words: Sequence[str]
    confusion: NDArray[np.bool_]
    told_apart: Occurrences
    filled_in: Occurrences


def prepare(paragraphs: Iterable[str], pairs: Sequence[WordPair], vocabulary: Iterable[str]) -> Lesson:
    """Find every occurrence of the words of pairs, and of the other words of a vocabulary.

    An occurrence of a word inside the word that it is exchanged with (容 in 内容) says nothing, and is left out.
    """
    lines = ["", *map(normalize, paragraphs)]
    text = "\n".join([*lines, ""])
    forms = forms_of(pairs)
    words = [*forms, *sorted(set(vocabulary).difference(forms))]
    return Lesson(
        Neighbourhoods(text),
        _alphabet(text),
        forms,
        words,
        _confusion(forms, pairs),
        _occurrences(lines, forms, overlapping=True, holders=_holders(pairs)),
        _occurrences(lines, words, overlapping=False, holders={}),
    )


def _alphabet(text: str) -> Alphabet:
    found, counts = np.unique(code_points(text), return_counts=True)
    return Alphabet(found[(counts >= FEWEST_CHARACTERS) & (found != ord("\n"))])


def _confusion(forms: Sequence[str], pairs: Sequence[WordPair]) -> NDArray[np.bool_]:
    """Which forms each one may be confused with, itself included."""
    numbers = {form: number for number, form in enumerate(forms)}
    confusion = np.eye(len(forms), dtype=bool)
    for pair in pairs:
        wrong, right = numbers[pair.wrong], numbers[pair.right]
        confusion[wrong, right] = confusion[right, wrong] = True
    return confusion


Holders = Mapping[str, Sequence[str]]
"""For a word, the longer words that it is exchanged with and that hold it."""


def _holders(pairs: Sequence[WordPair]) -> Holders:
    holders: dict[str, list[str]] = {}
    for pair in pairs:
        for word, other in (pair.words, pair.words[::-1]):
            if word in other:
                holders.setdefault(word, []).append(other)
    return holders


def _occurrences(lines: Iterable[str], words: Sequence[str], *, overlapping: bool, holders: Holders) -> Occurrences:
    automaton = AhoCorasick(words, store_patterns=False)
    found: list[tuple[int, int]] = []
    begin = 0
    for line in lines:
        for number, start, _ in automaton.find_matches_as_indexes(line, overlapping=overlapping):
            word = words[number]
            if not any(is_part_of(other, word, line, start) for other in holders.get(word, ())):
                found.append((begin + start, number))
        begin += len(line) + 1
    starts, numbers = np.array(found, dtype=np.int64).reshape(-1, 2).T
    lengths = np.array([len(word) for word in words], dtype=np.int64)
    return Occurrences(starts.copy(), lengths[numbers], numbers.copy())
