"""Which characters are written for which: pycorrector's lists of like sound and like shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zhengben import resources
from zhengben.errors import DependencyError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SOUND_FILE: Final = "same_pinyin.txt"
SHAPE_FILE: Final = "same_stroke.txt"
LOOK_ALIKES: Final = "look_alikes.txt"


class Likeness(IntEnum):
    """How two characters are alike; a pair that is alike in several ways has the closest."""

    SOUND_AND_SHAPE = 0
    SAME_TONE = 1
    SAME_SOUND = 2
    SHAPE = 3
    STROKES = 4


class ConfusionSets:
    """For each character of the basic plane, the characters it is confused with, as flat arrays.

    The partners of code point ``c`` are ``partners[offsets[c]:offsets[c + 1]]``, their likeness beside them.
    """

    __slots__ = ("likeness", "offsets", "partners")

    def __init__(self, sounds: Iterable[str], shapes: Iterable[str], strokes: Iterable[str] = ()) -> None:
        """Build the sets from the lines of the lists.

        A line of sounds holds a character, those of the same tone and those of another; a line of shapes holds
        characters that look alike; a line of strokes a character and those with nearly the same strokes.
        """
        import numpy as np

        lists = _Pairs(), _Pairs(), _Pairs(), _Pairs()
        for char, same_tone, other_tone in _sound_lines(sounds):
            lists[0].enter(char, same_tone)
            lists[1].enter(char, other_tone)
        for members in _shape_lines(shapes):
            for char in members:
                lists[2].enter(char, members)
        for char, members, _ in _sound_lines(strokes):
            lists[3].enter(char, members)
        same, other, shape, stroke = (pairs.keys() for pairs in lists)
        other = np.setdiff1d(other, same, assume_unique=True)
        keys = np.unique(np.concatenate((same, other, shape, stroke)))
        likeness = np.full(len(keys), Likeness.STROKES, np.uint8)
        likeness[np.isin(keys, shape)] = Likeness.SHAPE
        likeness[np.isin(keys, other)] = Likeness.SAME_SOUND
        likeness[np.isin(keys, same)] = Likeness.SAME_TONE
        alike = np.isin(keys, np.concatenate((shape, stroke)))
        likeness[alike & (likeness < Likeness.SHAPE)] = Likeness.SOUND_AND_SHAPE
        self.partners: NDArray[np.uint32] = keys & np.uint32(0xFFFF)
        self.likeness: NDArray[np.uint8] = likeness
        self.offsets: NDArray[np.int64] = np.searchsorted(keys >> 16, np.arange(0x10001))

    @classmethod
    def load(cls) -> ConfusionSets:
        """Read the lists of the installed pycorrector, without importing it.

        Raises `DependencyError` when the package or one of its files is missing.
        """
        strokes = _lines(resources.DATA / LOOK_ALIKES)
        return cls(pycorrector_lines(SOUND_FILE), pycorrector_lines(SHAPE_FILE), strokes)

    def of_character(self, char: str) -> str:
        """The characters that `char` is confused with, in order of their code points."""
        if ord(char) > 0xFFFF:
            return ""
        return "".join(map(chr, self.partners[self.offsets[ord(char)] : self.offsets[ord(char) + 1]].tolist()))


class _Pairs:
    """Pairs of alike characters, gathered as two parallel strings."""

    def __init__(self) -> None:
        self._left: list[str] = []
        self._right: list[str] = []

    def enter(self, char: str, partners: str) -> None:
        self._left.append(char * len(partners))
        self._right.append(partners)

    def keys(self) -> NDArray[np.uint32]:
        """Both directions of every pair of two Han characters, as left << 16 | right, ascending."""
        import numpy as np

        left, right = code_points("".join(self._left)), code_points("".join(self._right))
        proper = (left != right) & is_han(left) & is_han(right)
        left, right = left[proper], right[proper]
        keys: NDArray[np.uint32] = np.unique(np.concatenate((left << 16 | right, right << 16 | left)))
        return keys


def code_points(text: str) -> NDArray[np.uint32]:
    """The code points of `text` as numbers."""
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", errors="surrogatepass"), np.dtype("<u4"))


def is_han(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which code points are ideographs of the basic block."""
    return (codes >= 0x4E00) & (codes <= 0x9FFF)


def _sound_lines(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for line in lines:
        fields = [*line.rstrip("\r\n").split("\t"), "", ""]
        if len(fields[0]) == 1:
            yield fields[0], fields[1], fields[2]


def _shape_lines(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("#"):
            yield "".join(part for part in line.split() if len(part) == 1)


def pycorrector_lines(name: str) -> list[str]:
    """The lines of a data file of the installed pycorrector, which is not imported. Raises `DependencyError`."""
    found = find_spec("pycorrector")
    folders = found.submodule_search_locations if found else None
    if not folders:
        raise DependencyError("pycorrector is missing: install it with 'pip install pycorrector'")
    return _lines(Path(folders[0]) / "data" / name)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DependencyError(
            f"{path}: a list of confusable characters cannot be read: reinstall its package"
        ) from error
