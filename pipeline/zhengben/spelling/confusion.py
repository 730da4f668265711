"""Which characters are written for which, from pycorrector's lists of like sound and like shape (Apache-2.0)."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zhengben import resources
from zhengben.errors import ModelError
from zhengben.lm.checksums import verify

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CONFUSION: Final = "confusion.npz"


class Likeness(IntEnum):
    """How two characters are alike; a pair that is alike in several ways has the closest."""

    SOUND_AND_SHAPE = 0
    SAME_TONE = 1
    SAME_SOUND = 2
    SHAPE = 3
    STROKES = 4


class ConfusionSets:
    """For each character of the basic plane, the characters it is confused with, as flat arrays.

    The partners of code point ``c`` are ``partners[offsets[c]:offsets[c + 1]]``, ascending, their likeness beside them.
    """

    __slots__ = ("likeness", "offsets", "partners")

    def __init__(self, keys: NDArray[np.uint32], likeness: NDArray[np.uint8]) -> None:
        """``keys`` are pairs as character << 16 | partner, ascending; beside each how alike they are."""
        import numpy as np

        self.partners: NDArray[np.uint32] = keys & np.uint32(0xFFFF)
        self.likeness = likeness
        self.offsets: NDArray[np.int64] = np.searchsorted(keys >> 16, np.arange(0x10001))

    @classmethod
    def load(cls, path: Path | None = None) -> ConfusionSets:
        """Read the shipped sets, or those of ``path``. Raises `ModelError` when they are missing or damaged."""
        import numpy as np

        path = path or resources.DATA / CONFUSION
        verify(path)
        try:
            with np.load(path) as arrays:
                return cls(arrays["keys"], arrays["likeness"])
        except (OSError, ValueError, KeyError, EOFError) as error:
            raise ModelError(f"{path}: the sets of confusable characters are damaged; reinstall zhengben") from error

    def save(self, path: Path) -> None:
        """Write the sets in the form that `load` reads. Raises OSError."""
        import numpy as np

        owners = np.repeat(np.arange(0x10000, dtype=np.uint32), np.diff(self.offsets))
        with path.open("wb") as file:
            np.savez_compressed(file, keys=owners << 16 | self.partners, likeness=self.likeness)

    def of_character(self, char: str) -> str:
        """The characters that `char` is confused with, in order of their code points."""
        if ord(char) > 0xFFFF:
            return ""
        return "".join(map(chr, self.partners[self.offsets[ord(char)] : self.offsets[ord(char) + 1]].tolist()))


def is_han(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which code points are ideographs of the basic block."""
    return (codes >= 0x4E00) & (codes <= 0x9FFF)
