"""Hashing many integers at once. What is shipped was made with these hashes: they stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Codes: TypeAlias = "NDArray[np.uint64]"

MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)
"""2**64 over the golden ratio, for multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4)."""


def mixed(codes: Codes, bits: int) -> Codes:
    """The codes hashed into so many bits."""
    with np.errstate(over="ignore"):
        spread = codes * MULTIPLIER
        spread ^= spread >> np.uint64(29)
        spread *= MULTIPLIER
    hashed: Codes = spread >> np.uint64(64 - bits)
    return hashed
