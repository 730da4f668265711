"""Hashed features of a site's wider neighbourhood: what a five-character window cannot see.

Features are the characters and character pairs within `WINDOW` code points on both sides, the nearest
ones with their distance, the others with their side. They are hashed, so that one array of small
integers holds the weights of all pairs of words (the hashing trick, Weinberger et al. 2009).
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final, cast

import numpy as np

from zhengben.restore.hashing import MULTIPLIER, mixed
from zhengben.restore.neighbourhoods import in_reading_order

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhengben.restore.hashing import Codes
    from zhengben.restore.neighbourhoods import Mask, Neighbourhoods, Places, Side

WINDOW: Final = 16
"""Code points looked at on each side of a site."""

TABLE_BITS: Final = 23
WEIGHT_SCALE: Final = 32.0
"""Weights are stored as integers of 1/32 of a natural-log odds."""

_NEAR_CHARACTERS: Final = 3
_NEAR_PAIRS: Final = 3
_FAR_FROM: Final = 4
_CODE_BITS: Final = 18
_LEFT: Final = 0


def features(neighbourhoods: Neighbourhoods, starts: Places, ends: Places) -> tuple[Codes, Mask]:
    """The hashed features of the sites ``starts``-``ends``, a row a site, and which of them exist."""
    codes: list[Codes] = []
    masks: list[Mask] = []
    for number, side in enumerate(neighbourhoods.sides(starts, ends, WINDOW)):
        _collect(number, side, codes, masks)
    return mixed(np.concatenate(codes, axis=1) + np.uint64(1), _CODE_BITS), np.concatenate(masks, axis=1)


def pair_code(wrong: str, right: str) -> np.uint64:
    """What stands for a pair of words in the hash of its weights."""
    return cast("np.uint64", np.uint64(zlib.crc32(f"{wrong}\t{right}".encode()) * 2654435761))


def weight_indices(codes: Codes, pairs: np.uint64 | Codes) -> NDArray[np.int64]:
    """Where in the table the weights of these features stand for one pair of words, or for one a row."""
    with np.errstate(over="ignore"):
        spread = (codes + pairs) * MULTIPLIER
    indices: NDArray[np.int64] = (spread >> np.uint64(64 - TABLE_BITS)).astype(np.int64)
    return indices


def _collect(number: int, side: Side, codes: list[Codes], masks: list[Mask]) -> None:
    """Append the features of one side, which ``number`` names."""
    found = side.characters.astype(np.uint64) & np.uint64(0xFFFF)
    exists = side.exists
    for distance in range(_NEAR_CHARACTERS):
        codes.append(found[:, distance : distance + 1] | _tag(1 + number * 16 + distance))
        masks.append(exists[:, distance : distance + 1])
    first, second = in_reading_order(found, is_left=number == _LEFT)
    pairs, pairs_exist = (first << np.uint64(16)) | second, exists[:, 1:] & exists[:, :-1]
    codes.append(pairs | _tag(64 + number))
    masks.append(pairs_exist)
    near = (np.uint64(80 + number * 16) + np.arange(_NEAR_PAIRS, dtype=np.uint64)) << np.uint64(32)
    codes.append(pairs[:, :_NEAR_PAIRS] | near)
    masks.append(pairs_exist[:, :_NEAR_PAIRS])
    codes.append(found[:, _FAR_FROM:] | _tag(120))
    masks.append(exists[:, _FAR_FROM:])


def _tag(number: int) -> np.uint64:
    return cast("np.uint64", np.uint64(number << 32))
