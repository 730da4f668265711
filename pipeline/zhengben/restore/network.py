"""A small neural network that reads a site's neighbourhood: which of two words would stand there?

Every place within `WINDOW` code points is described by its character and by the pair that it forms with the next one
beyond, as vectors that were learnt; two dense layers make one vector of the whole neighbourhood, and its product with
the row of a word is that word's score (natural log, up to a constant). Unlike the hashed weights of
`context_features`, what it learnt of one word serves the others. `zhengben.restore.training.network` makes the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias
from zipfile import BadZipFile

import numpy as np

from zhengben.errors import ModelError
from zhengben.lm.checksums import verify
from zhengben.restore.hashing import mixed
from zhengben.restore.neighbourhoods import in_reading_order

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhengben.restore.neighbourhoods import Characters, Neighbourhoods, Places

Numbers: TypeAlias = "NDArray[np.int64]"
Floats: TypeAlias = "NDArray[np.float32]"

WINDOW: Final = 16
"""Code points looked at on each side of a site."""

PAIR_BITS: Final = 16
"""Pairs of characters are hashed into so many bits of vectors."""

NOTHING: Final = 0
"""The number of a character that is unknown, or of a place beyond the paragraph: its vector is zero."""

_HALVED: Final = ("character_vectors", "pair_vectors")
"""Kept in half precision in the file. Turned to single precision once, since every use would turn them anew."""

_ALPHABET_BITS: Final = np.uint64(13)


class Alphabet:
    """Numbers the characters that the network knows, from 1. There are fewer than 2**13 of them."""

    def __init__(self, characters: Characters) -> None:
        self.characters = np.sort(characters)

    def numbers(self, found: Characters) -> Numbers:
        """The numbers of code points, `NOTHING` for those that are unknown."""
        places = np.minimum(np.searchsorted(self.characters, found), len(self.characters) - 1)
        return np.where(self.characters[places] == found, places + 1, NOTHING)


def describe(
    alphabet: Alphabet, neighbourhoods: Neighbourhoods, starts: Places, ends: Places
) -> tuple[Numbers, Numbers]:
    """The numbers of characters and of hashed pairs around the sites ``starts``-``ends``.

    A row a site: `WINDOW` places on the left by their distance, then those on the right.
    """
    characters: list[Numbers] = []
    pairs: list[Numbers] = []
    for number, side in enumerate(neighbourhoods.sides(starts, ends, WINDOW + 1)):
        found = alphabet.numbers(side.characters)
        characters.append(found[:, :WINDOW])
        pairs.append(_hashed(*in_reading_order(found, is_left=number == 0)))
    return np.concatenate(characters, axis=1), np.concatenate(pairs, axis=1)


def _hashed(first: Numbers, second: Numbers) -> Numbers:
    known = (first != NOTHING) & (second != NOTHING)
    codes = (first.astype(np.uint64) << _ALPHABET_BITS) + second.astype(np.uint64) + np.uint64(1)
    return np.where(known, mixed(codes, PAIR_BITS).astype(np.int64) + 1, NOTHING)


@dataclass(frozen=True)
class Network:
    """What was learnt. Matrices have a row for each input; those of layers are ``(inputs, outputs)``.

    ``words`` are sorted; each has a row in ``word_vectors`` and a figure in ``word_biases``.
    """

    characters: Characters
    character_vectors: Floats
    pair_vectors: Floats
    first_layer: Floats
    first_biases: Floats
    second_layer: Floats
    second_biases: Floats
    words: NDArray[np.str_]
    word_vectors: Floats
    word_biases: Floats

    @classmethod
    def load(cls, path: Path) -> Network:
        """Read a shipped network. Raises `ModelError` when the file is missing or damaged."""
        verify(path)
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                read = {field.name: arrays[field.name] for field in fields(cls)}
                return cls(**read | {name: read[name].astype(np.float32) for name in _HALVED})
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise ModelError(f"{path}: missing or damaged ({error}); reinstall zhengben") from None

    def save(self, path: Path) -> None:
        """Write the network in the form that `load` reads."""
        figures = {field.name: getattr(self, field.name) for field in fields(self)}
        with path.open("wb") as file:
            np.savez(file, **figures | {name: figures[name].astype(np.float16) for name in _HALVED})

    @cached_property
    def alphabet(self) -> Alphabet:
        return Alphabet(self.characters)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {word: row for row, word in enumerate(self.words.tolist())}

    def knows(self, wrong: str, right: str) -> bool:
        """Whether both words were learnt."""
        return wrong in self._rows and right in self._rows

    def read(self, neighbourhoods: Neighbourhoods, starts: Places, ends: Places) -> Floats:
        """A vector for the neighbourhood of each site ``starts``-``ends``, a row each."""
        characters, pairs = describe(self.alphabet, neighbourhoods, starts, ends)
        places = self.character_vectors[characters]
        places += self.pair_vectors[pairs]
        hidden = np.maximum(places.reshape(len(places), -1) @ self.first_layer + self.first_biases, 0)
        vectors: Floats = np.maximum(hidden @ self.second_layer + self.second_biases, 0)
        return vectors

    def comparisons(self, pairs: Sequence[tuple[str, str]]) -> tuple[Floats, Floats]:
        """What tells the words of pairs (damaged, original) apart: a vector and a figure for each.

        ``read(…) @ vector + figure`` is the natural-log odds of the original, at the prior odds of training, a constant
        of each pair. Both are zero for a pair of words that were not learnt.
        """
        vectors = np.zeros((len(pairs), self.word_vectors.shape[1]), np.float32)
        figures = np.zeros(len(pairs), np.float32)
        known = [number for number, pair in enumerate(pairs) if self.knows(*pair)]
        there, original = (np.array([self._rows[pairs[number][i]] for number in known], dtype=int) for i in (0, 1))
        vectors[known] = self.word_vectors[original] - self.word_vectors[there]
        figures[known] = self.word_biases[original] - self.word_biases[there]
        return vectors, figures
