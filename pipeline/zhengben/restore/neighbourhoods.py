"""What stands on both sides of a site, within its paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Characters: TypeAlias = "NDArray[np.uint32]"
Mask: TypeAlias = "NDArray[np.bool_]"
Places: TypeAlias = "NDArray[np.int64]"

Integer = TypeVar("Integer", bound="np.integer[Any]")


class Side(NamedTuple):
    """One side of some sites, a row each: code points by their distance, 0 where ``exists`` says there is none."""

    characters: Characters
    exists: Mask


class Neighbourhoods:
    """The neighbourhoods of sites of one normalised text. They end with their paragraph."""

    def __init__(self, text: str) -> None:
        self._characters = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        self._paragraphs = np.cumsum(self._characters == ord("\n"), dtype=np.int32)

    def sides(self, starts: Places, ends: Places, reach: int) -> tuple[Side, Side]:
        """What stands within ``reach`` code points left and right of the sites ``starts``-``ends``."""
        home = self._paragraphs[np.minimum(starts, len(self._characters) - 1)][:, None]
        steps = np.arange(reach)
        return self._read(starts[:, None] - 1 - steps, home), self._read(ends[:, None] + steps, home)

    def _read(self, places: Places, home: NDArray[np.int32]) -> Side:
        inside = np.clip(places, 0, len(self._characters) - 1)
        characters = self._characters[inside]
        exists = (places == inside) & (self._paragraphs[inside] == home) & (characters != ord("\n"))
        return Side(np.where(exists, characters, np.uint32(0)), exists)


def in_reading_order(found: NDArray[Integer], *, is_left: bool) -> tuple[NDArray[Integer], NDArray[Integer]]:
    """Each column (by distance from the site) with the next one beyond it, as they follow each other in the text."""
    nearer, farther = found[:, :-1], found[:, 1:]
    return (farther, nearer) if is_left else (nearer, farther)
