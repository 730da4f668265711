"""A text as the searches for slips read it: its characters, and how often each two neighbours were met in training."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from zhengben.code_points import code_points
from zhengben.lm.bigrams import Bigrams
from zhengben.lm.normalization import normalize

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EDGE: Final = "\n"
"""What stands before the first character and behind the last, so that each has two neighbours."""

_STRETCH: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The normalised code points of a text between two edges, and the steps of `Bigrams` of each of them and the next.

    The character at place p of the text is at p + 1.
    """

    codes: NDArray[np.uint32]
    steps: NDArray[np.uint8]


def read(text: str, bigrams: Bigrams) -> Neighbours:
    """Look up all pairs of neighbours, some at a time: bounds the memory of any text."""
    import numpy as np

    codes = _normal_forms().take(code_points(f"{EDGE}{text}{EDGE}"), mode="clip")
    steps = np.empty(len(codes) - 1, np.uint8)
    for begin in range(0, len(steps), _STRETCH):
        numbers = bigrams.numbers(codes[begin : begin + _STRETCH + 1])
        steps[begin : begin + _STRETCH] = bigrams.steps(numbers[:-1], numbers[1:])
    return Neighbours(codes, steps)


@cache
def _normal_forms() -> NDArray[np.uint32]:
    """The normal form of every code point of the basic plane; those beyond have no pairs to be looked up."""
    return code_points(normalize("".join(map(chr, range(0x10000)))))
