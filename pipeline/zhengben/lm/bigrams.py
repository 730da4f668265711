"""How often two characters stand side by side in sound text: a cheap test of where a text may be damaged at all."""

from __future__ import annotations

import math
import mmap
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zhengben import resources
from zhengben.code_points import code_points
from zhengben.errors import ModelError
from zhengben.lm.checksums import verify
from zhengben.lm.normalization import normalize

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MAGIC: Final = b"ZBPAIRS1"
_HEADER: Final = 16
_STEPS: Final = 12.0
"""Counts are kept as round(12 * log2(1 + count)): exact up to 15, within 3 % above."""
_BLOCK: Final = 1 << 20
_SIEVE: Final = 1 << 20
_SPREAD: Final = 0x9E3779B1
_FREQUENT: Final = 2700
"""Characters that have a row of their own; pairs with a rarer one are looked up in a sorted list."""


class Bigrams:
    """Counts of neighbouring characters, memory-mapped.

    A square table holds the pairs of the most frequent characters; the few pairs with a rarer one stand in a
    sorted list. Instances may be shared between threads.
    """

    def __init__(
        self,
        codes: NDArray[np.uint16],
        square: NDArray[np.uint8],
        rare_keys: NDArray[np.uint32],
        rare_values: NDArray[np.uint8],
    ) -> None:
        self._codes, self._square = codes, square
        self._side = len(square)
        self._rare_keys, self._rare_values = rare_keys, rare_values

    @classmethod
    def load(cls, path: Path | None = None) -> Bigrams:
        """Map the shipped table, or that of `path`. Raises ModelError when it is missing or damaged."""
        path = path or resources.DATA / "bigrams.bin"
        verify(path)
        try:
            with path.open("rb") as file:
                content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            return cls(*_sections(content))
        except (OSError, ValueError) as error:
            raise ModelError(f"{path}: the table of character pairs is damaged; reinstall zhengben") from error

    def count(self, left: str, right: str) -> int:
        """How often `left` precedes `right` (single characters) in training, exact up to 15, else within 3 %."""
        first, second = self.numbers(code_points(normalize(left + right)))
        step = int(self.steps(first[None], second[None])[0])
        return round(math.pow(2.0, step / _STEPS) - 1)

    def rare_positions(self, text: str, *, at_most: int = 3) -> list[int]:
        """The positions p where text[p] and text[p+1] are Han and were met side by side `at_most` times or less.

        The slip may be at p or at p + 1. Of sound held-out text 3.6 % of the positions are rare by the default
        limit, of single-character slips in proofreading sets 58 to 84 % (1.5 % and 42 to 72 % with 0; 5.8 % and
        67 to 88 % with 8; 9.3 % and 77 to 93 % with 20).
        """
        import numpy as np

        limit = int(_steps_of(np.array([at_most]))[0])
        found: list[int] = []
        for begin in range(0, len(text), _BLOCK):
            codes = code_points(text[begin : begin + _BLOCK + 1])
            if len(codes) > 1:
                numbers = self.numbers(codes)
                han = (codes >= 0x4E00) & (codes <= 0x9FFF)
                rare = (self.steps(numbers[:-1], numbers[1:]) <= limit) & han[:-1] & han[1:]
                found += (np.flatnonzero(rare) + begin).tolist()
        return found

    def log2_counts(self, left: NDArray[np.uint32], right: NDArray[np.uint32]) -> NDArray[np.float32]:
        """log2(1 + count) of the pairs of the normalised code points `left` and `right`, side by side."""
        return self.log2(self.steps(self.numbers(left), self.numbers(right)))

    def numbers(self, codes: NDArray[np.uint32]) -> NDArray[np.intp]:
        """The numbers under which the table knows normalised code points, for `steps`. All beyond the basic plane have
        the same: no pair holds them."""
        return self._numbers.take(codes, mode="clip")

    def steps(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.uint8]:
        """How often the characters of the numbers `left` precede those of the numbers `right`, as the table keeps it:
        `log2` tells what that means, and none is the less for a pair that is met more often."""
        import numpy as np

        steps: NDArray[np.uint8] = self._flat.take(left * self._side + right, mode="clip")
        rare = np.flatnonzero(np.maximum(left, right) >= self._side)
        if len(rare):
            steps[rare] = self._rare_steps(left[rare], right[rare])
        return steps

    def log2(self, steps: NDArray[np.uint8]) -> NDArray[np.float32]:
        """log2(1 + count) of what `steps` returned."""
        return self._logarithms.take(steps)

    def log2_totals(self) -> NDArray[np.float32]:
        """log2(1 + count) of every code point of the basic plane, met as the left of a pair; 0 for a rare character."""
        return self._totals

    @cached_property
    def _totals(self) -> NDArray[np.float32]:
        import numpy as np

        counts = np.exp2(np.arange(256, dtype=np.float32) / np.float32(_STEPS)) - 1
        totals = np.zeros(0x10000, np.float32)
        totals[self._codes] = [np.log2(1 + counts[row].sum()) for row in self._square[1:]]
        return totals

    def log2_peaks(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """log2(1 + count) of the most frequent pair of every code point of the basic plane, as its left and its right
        character: no pair that `log2_counts` looks up has more."""
        import numpy as np

        as_left, as_right = np.zeros(0x10000, np.uint8), np.zeros(0x10000, np.uint8)
        as_left[self._codes], as_right[self._codes] = self._square[1:].max(1), self._square[:, 1:].max(0)
        np.maximum.at(as_left, self._rare_keys >> 16, self._rare_values)
        np.maximum.at(as_right, self._rare_keys & 0xFFFF, self._rare_values)
        steps = np.float32(_STEPS)
        return as_left / steps, as_right / steps

    def _rare_steps(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.uint8]:
        """The entries of pairs that stand in the list, if anywhere: of most the sieve tells that they do not."""
        import numpy as np

        keys = self._codes_by_number[left] << np.uint32(16) | self._codes_by_number[right]
        steps = np.zeros(len(keys), np.uint8)
        likely = np.flatnonzero(self._sieve.take(_sieve_places(keys)))
        keys = keys[likely]
        at = np.minimum(np.searchsorted(self._rare_keys, keys), len(self._rare_keys) - 1)
        steps[likely] = self._rare_values[at] * (self._rare_keys[at] == keys)
        return steps

    @cached_property
    def _flat(self) -> NDArray[np.uint8]:
        return self._square.reshape(-1)

    @cached_property
    def _numbers(self) -> NDArray[np.intp]:
        """From a code point to its number: that of its row, or one behind the last row for a rare character."""
        import numpy as np

        numbers = np.arange(0x10000, dtype=np.intp) + self._side
        numbers[self._codes] = np.arange(1, len(self._codes) + 1)
        return numbers

    @cached_property
    def _codes_by_number(self) -> NDArray[np.uint32]:
        import numpy as np

        codes = np.zeros(self._side + 0x10000, np.uint32)
        codes[self._numbers] = np.arange(0x10000)
        return codes

    @cached_property
    def _sieve(self) -> NDArray[np.bool_]:
        """True in the places of the keys in the list, and so by chance for every sixteenth of the others."""
        import numpy as np

        sieve = np.zeros(_SIEVE, np.bool_)
        sieve[_sieve_places(self._rare_keys)] = True
        return sieve

    @cached_property
    def _logarithms(self) -> NDArray[np.float32]:
        import numpy as np

        logarithms: NDArray[np.float32] = np.arange(256, dtype=np.float32) / np.float32(_STEPS)
        return logarithms


def _sieve_places(keys: NDArray[np.uint32]) -> NDArray[np.uint32]:
    import numpy as np

    places: NDArray[np.uint32] = keys * np.uint32(_SPREAD) >> np.uint32(12)
    return places


def most_steps(count: int) -> int:
    """The highest of the steps of pairs that were met `count` times or less."""
    return int(_STEPS * math.log2(1.5 + count))


def _steps_of(counts: NDArray[np.int64]) -> NDArray[np.uint8]:
    import numpy as np

    steps: NDArray[np.float64] = np.rint(_STEPS * np.log2(1.0 + counts))
    return np.minimum(steps, 255).astype(np.uint8)


def _sections(
    content: mmap.mmap,
) -> tuple[NDArray[np.uint16], NDArray[np.uint8], NDArray[np.uint32], NDArray[np.uint8]]:
    import numpy as np

    if content[: len(_MAGIC)] != _MAGIC:
        raise ValueError("not a table of character pairs")
    frequent, rare = (int(number) for number in np.frombuffer(content, "<u4", 2, len(_MAGIC)))
    side = frequent + 1
    codes = np.frombuffer(content, "<u2", frequent, _HEADER)
    keys = np.frombuffer(content, "<u4", rare, _HEADER + 2 * frequent)
    values = np.frombuffer(content, np.uint8, rare, _HEADER + 2 * frequent + 4 * rare)
    square = np.frombuffer(content, np.uint8, side * side, _HEADER + 2 * frequent + 5 * rare)
    return codes, square.reshape(side, side), keys, values


def dump(keys: NDArray[np.uint32], counts: NDArray[np.int64], path: Path) -> None:
    """Write pair counts (keys left << 16 | right, ascending) in the form that `load` reads."""
    import numpy as np

    weights = np.bincount(keys >> 16, counts, minlength=0x10000)
    order = np.argsort(-weights, kind="stable")[:_FREQUENT]
    codes = np.sort(order[weights[order] > 0]).astype("<u2")
    codes = codes[: len(codes) - len(codes) % 2]
    places = np.zeros(0x10000, np.intp)
    places[codes] = np.arange(1, len(codes) + 1)
    left, right, steps = places[keys >> 16], places[keys & 0xFFFF], _steps_of(counts)
    rare = (left == 0) | (right == 0)
    square = np.zeros((len(codes) + 1, len(codes) + 1), np.uint8)
    square[left[~rare], right[~rare]] = steps[~rare]
    sizes = np.array([len(codes), int(rare.sum())], "<u4")
    parts = [sizes, codes, keys[rare].astype("<u4"), steps[rare], square]
    path.write_bytes(_MAGIC + b"".join(part.tobytes() for part in parts))
