"""Hashed features of a site's wider neighbourhood: what a five-character window cannot see.

Features are the characters and character pairs within `WINDOW` code points on both sides, the nearest
ones with their distance, the others with their side. They are hashed, so that one array of small
integers holds the weights of all pairs of words (the hashing trick, Weinberger et al. 2009).
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final, TypeAlias, cast

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Codes: TypeAlias = "NDArray[np.uint64]"
Mask: TypeAlias = "NDArray[np.bool_]"

WINDOW: Final = 16
"""Code points looked at on each side of a site."""

TABLE_BITS: Final = 23
WEIGHT_SCALE: Final = 32.0
"""Weights are stored as integers of 1/32 of a natural-log odds."""

_NEAR_CHARACTERS: Final = 3
_NEAR_PAIRS: Final = 3
_FAR_FROM: Final = 4
_CODE_BITS: Final = 18
_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)
_LEFT, _RIGHT = 0, 1


def features(text: str, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> tuple[Codes, Mask]:
    """Hash the neighbourhoods of the sites ``starts``-``ends`` of a normalised text, a row a site.

    The second array tells which features exist: a neighbourhood ends at the ends of its paragraph.
    """
    characters = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    paragraphs = np.cumsum(characters == ord("\n"))
    steps = np.arange(WINDOW)
    codes: list[Codes] = []
    masks: list[Mask] = []
    for side, places in ((_LEFT, starts[:, None] - 1 - steps), (_RIGHT, ends[:, None] + steps)):
        inside = np.clip(places, 0, len(characters) - 1)
        home = paragraphs[np.minimum(starts, len(characters) - 1)][:, None]
        exists = (places == inside) & (paragraphs[inside] == home) & (characters[inside] != ord("\n"))
        found = np.where(exists, characters[inside], 0).astype(np.uint64) & np.uint64(0xFFFF)
        _collect(side, found, exists, codes, masks)
    return _mixed(np.concatenate(codes, axis=1) + np.uint64(1)), np.concatenate(masks, axis=1)


def weight_indices(codes: Codes, wrong: str, right: str) -> NDArray[np.int64]:
    """Where in the table the weights of these features stand for one pair of words."""
    pair = np.uint64(zlib.crc32(f"{wrong}\t{right}".encode()) * 2654435761 % 2**64)
    with np.errstate(over="ignore"):
        spread = (codes + pair) * _MULTIPLIER
    indices: NDArray[np.int64] = (spread >> np.uint64(64 - TABLE_BITS)).astype(np.int64)
    return indices


def _collect(side: int, found: Codes, exists: Mask, codes: list[Codes], masks: list[Mask]) -> None:
    """Append the features of one side; ``found`` holds characters by their distance from the site."""
    for distance in range(_NEAR_CHARACTERS):
        codes.append(found[:, distance : distance + 1] | _tag(1 + side * 16 + distance))
        masks.append(exists[:, distance : distance + 1])
    nearer, farther = found[:, :-1], found[:, 1:]
    first, second = (farther, nearer) if side == _LEFT else (nearer, farther)
    pairs, pairs_exist = (first << np.uint64(16)) | second, exists[:, 1:] & exists[:, :-1]
    codes.append(pairs | _tag(64 + side))
    masks.append(pairs_exist)
    near = (np.uint64(80 + side * 16) + np.arange(_NEAR_PAIRS, dtype=np.uint64)) << np.uint64(32)
    codes.append(pairs[:, :_NEAR_PAIRS] | near)
    masks.append(pairs_exist[:, :_NEAR_PAIRS])
    codes.append(found[:, _FAR_FROM:] | _tag(120))
    masks.append(exists[:, _FAR_FROM:])


def _tag(number: int) -> np.uint64:
    return cast("np.uint64", np.uint64(number << 32))


def _mixed(codes: Codes) -> Codes:
    with np.errstate(over="ignore"):
        mixed = codes * _MULTIPLIER
        mixed ^= mixed >> np.uint64(29)
        mixed *= _MULTIPLIER
    hashed: Codes = mixed >> np.uint64(64 - _CODE_BITS)
    return hashed
