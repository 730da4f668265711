"""Lists of words of two characters, by counts of sound text and by jieba's dictionary (MIT)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from zhengben.code_points import code_points
from zhengben.spelling.confusion import is_han

if TYPE_CHECKING:
    from numpy.typing import NDArray

USUAL_IN_TRAINING: Final = 100
"""Occurrences in training: words met as often may fill gaps, words met no more often are rare."""

CONTENT: Final = frozenset(
    ("n", "v", "vn", "a", "ad", "an", "vd", "j", "l", "i", "b", "s", "t", "f", "d", "ns", "r", "q")
)
"""jieba's parts of speech of words that may fill gaps."""

PERSONS: Final = frozenset(("nr", "nrt"))
LEAST_DICTIONARY_FREQUENCY: Final = 20
"""jieba's own count from which a word is an ordinary one."""

LEAST_BOUND: Final = 150
"""Occurrences in training that a word needs to be known to hold together ..."""

LEAST_INFORMATION: Final = 2.5
"""... with pointwise mutual information (log2) ..."""

LEAST_ENTROPY: Final = 3.8
"""... and an entropy of its neighbours on either side (bits), which drops pairs that straddle two words."""

TELLING_INFORMATION: Final = 3.5
TELLING_ENTROPY: Final = 3.0
"""With so much information, so much entropy is enough."""

_BLOCK: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of a dictionary, how often its makers met it, and its part of speech."""

    word: str
    frequency: int
    kind: str


def read_dictionary(lines: Iterable[str]) -> list[Entry]:
    """The words of two Chinese characters in jieba's dictionary."""
    rows = (line.split() for line in lines)
    entries = (Entry(word, int(frequency), kind) for word, frequency, kind in rows if len(word) == 2)
    return [entry for entry in entries if is_han(code_points(entry.word)).all()]


class PairCounts:
    """How often pairs of neighbouring characters occur, by ascending keys left << 16 | right."""

    def __init__(self, keys: NDArray[np.uint32], counts: NDArray[np.int64]) -> None:
        self.keys = keys
        self.counts = counts

    def of(self, words: Sequence[str]) -> NDArray[np.int64]:
        """The count of each word of two characters."""
        wanted = _keys(words)
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, self.counts[at], 0)


def gap_words(dictionary: Sequence[Entry], pairs: PairCounts) -> list[str]:
    """Content words that training holds often enough to be proposed for a gap, sorted."""
    counts = pairs.of([entry.word for entry in dictionary])
    return sorted(
        entry.word
        for entry, count in zip(dictionary, counts, strict=True)
        if count >= USUAL_IN_TRAINING and entry.kind in CONTENT
    )


def rare_words(dictionary: Sequence[Entry], pairs: PairCounts) -> list[str]:
    """Ordinary words of other fields than those of training, sorted; no persons."""
    counts = pairs.of([entry.word for entry in dictionary])
    return sorted(
        entry.word
        for entry, count in zip(dictionary, counts, strict=True)
        if count <= USUAL_IN_TRAINING and entry.frequency >= LEAST_DICTIONARY_FREQUENCY and entry.kind not in PERSONS
    )


def bound_words(texts: Iterable[str], pairs: PairCounts) -> list[str]:
    """The pairs of characters that hold together as words, sorted, no dictionary asked."""
    left, right = pairs.keys >> np.uint32(16), pairs.keys & np.uint32(0xFFFF)
    chinese = is_han(left) & is_han(right)
    left, right, keys, counts = left[chinese], right[chinese], pairs.keys[chinese], pairs.counts[chinese]
    singles = np.bincount(left, counts, minlength=0x10000), np.bincount(right, counts, minlength=0x10000)
    information = np.log2(counts * counts.sum() / (singles[0][left] * singles[1][right]))
    bound = (counts >= LEAST_BOUND) & (information >= LEAST_INFORMATION)
    keys, information = keys[bound], information[bound]
    entropy = np.minimum(*neighbour_entropies(texts, keys))
    least = np.where(information >= TELLING_INFORMATION, TELLING_ENTROPY, LEAST_ENTROPY)
    return sorted(chr(key >> 16) + chr(key & 0xFFFF) for key in keys[entropy >= least].tolist())


def neighbour_entropies(
    texts: Iterable[str], keys: NDArray[np.uint32]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The entropy (bits) of what stands before and after each pair of ``keys``; all that is not Chinese is one sign."""
    before, after = (_Tally(), _Tally())
    for codes in _blocks(texts):
        codes = codes * is_han(codes)
        places = _places(codes, keys)
        numbers = np.searchsorted(keys, codes[places] << 16 | codes[places + 1]).astype(np.uint64)
        before.add(numbers << np.uint64(16) | codes[places - 1])
        after.add(numbers << np.uint64(16) | codes[places + 2])
    return before.entropies(len(keys)), after.entropies(len(keys))


class _Tally:
    """Counts of keys that come in blocks."""

    def __init__(self) -> None:
        self._keys, self._counts = np.zeros(0, np.uint64), np.zeros(0, np.int64)

    def add(self, keys: NDArray[np.uint64]) -> None:
        fresh, counts = np.unique(keys, return_counts=True)
        self._keys, places = np.unique(np.concatenate([self._keys, fresh]), return_inverse=True)
        self._counts = np.bincount(places, np.concatenate([self._counts, counts])).astype(np.int64)

    def entropies(self, size: int) -> NDArray[np.float64]:
        """The entropy (bits) of the lower 16 bits for each number below ``size`` in the bits above."""
        numbers = (self._keys >> np.uint64(16)).astype(np.int64)
        shares = self._counts / np.bincount(numbers, self._counts, minlength=size)[numbers]
        entropies: NDArray[np.float64] = np.bincount(numbers, -shares * np.log2(shares), minlength=size).astype(float)
        return entropies


def _keys(words: Sequence[str]) -> NDArray[np.uint32]:
    left, right = code_points("".join(words)).reshape(-1, 2).T
    keys: NDArray[np.uint32] = left << 16 | right
    return keys


def _places(codes: NDArray[np.uint32], keys: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Where the pairs of ``keys`` begin, with at least one code point before and one behind."""
    return np.flatnonzero(np.isin(codes[1:-2] << 16 | codes[2:-1], keys)) + 1


def _blocks(texts: Iterable[str]) -> Iterator[NDArray[np.uint32]]:
    """The code points of many texts at a time, a line break around each."""
    block: list[str] = [""]
    length = 0
    for text in texts:
        block.append(text)
        length += len(text)
        if length >= _BLOCK:
            yield code_points("\n".join([*block, ""]))
            block, length = [""], 0
    yield code_points("\n".join([*block, "\n"]))
