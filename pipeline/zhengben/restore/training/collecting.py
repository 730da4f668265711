"""Occurrences of words in sound text, where every word says itself which of a pair it is."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from zhengben.lm.normalization import normalize
from zhengben.restore.neighbourhoods import Neighbourhoods

if TYPE_CHECKING:
    from zhengben.restore.neighbourhoods import Places
    from zhengben.restore.training.pairs import WordPair
    from zhengben.rulebook import Rulebook

REACH: Final = 20
"""Code points kept on each side of an occurrence: more than contexts, guards and the language model look at."""

_SEED: Final = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """What stands on both sides of a word; a line break marks the end of its paragraph."""

    left: str
    right: str


Samples = Mapping[str, Sequence[Sample]]
"""The occurrences of each word."""


def collect(paragraphs: Iterable[str], forms: Sequence[str], most: int) -> Samples:
    """Up to ``most`` occurrences of each form, overlapping ones included, from paragraphs in an order drawn by seed."""
    from ahocorasick_rs import AhoCorasick

    automaton = AhoCorasick(forms, store_patterns=False)
    shuffled = sorted(paragraphs)
    random.Random(_SEED).shuffle(shuffled)
    found: list[list[Sample]] = [[] for _ in forms]
    for paragraph in shuffled:
        text = f"\n{paragraph}\n"
        for form, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
            if len(found[form]) < most:
                found[form].append(Sample(text[max(0, start - REACH) : start], text[end : end + REACH]))
    return dict(zip(forms, found, strict=True))


def usable(samples: Iterable[Sample], pair: WordPair, word: str, rulebook: Rulebook) -> list[Sample]:
    """The samples of ``word``, one of the pair, that could be sites of it.

    Left out are places that the rules' guards exclude, were the damaged word there, and words that are part of the
    other word of the pair (容 in 内容).
    """
    other = pair.right if word == pair.wrong else pair.wrong
    is_guarded = all(rule.is_guarded for rule in pair.rules)
    if not is_guarded and word not in other:
        return list(samples)
    return [sample for sample in samples if _is_site(sample, pair, word, other, rulebook)]


def _is_site(sample: Sample, pair: WordPair, word: str, other: str, rulebook: Rulebook) -> bool:
    start = len(sample.left)
    if word in other and is_part_of(other, word, sample.left + word + sample.right, start):
        return False
    text, end = sample.left + pair.wrong + sample.right, start + len(pair.wrong)
    return any(rulebook.guards_allow(rule, text, start, end) for rule in pair.rules)


def is_part_of(other: str, word: str, text: str, start: int) -> bool:
    """Whether ``word``, which ``other`` holds, stands at ``text[start]`` as a part of it."""
    place = other.index(word)
    return start >= place and text.startswith(other, start - place)


def around(samples: Sequence[Sample]) -> tuple[Neighbourhoods, Places, Places]:
    """The samples as sites of one normalised text: the text, where they start and where they end."""
    pieces: list[str] = []
    starts: list[int] = []
    position = 0
    for sample in samples:
        left, right = normalize(sample.left), normalize(sample.right)
        starts.append(position + len(left))
        pieces.append(f"{left}+{right}\n")
        position += len(pieces[-1])
    places = np.array(starts, dtype=np.int64)
    return Neighbourhoods("".join(pieces)), places, places + 1
