"""The confusion sets, from pycorrector's lists."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from zhengben.code_points import code_points
from zhengben.errors import DependencyError
from zhengben.spelling.confusion import ConfusionSets, Likeness, is_han
from zhengben.spelling.training.look_alikes import stroke_lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SOUNDS: Final = "same_pinyin.txt"
_SHAPES: Final = "same_stroke.txt"
_STROKES: Final = "stroke.txt"


def installed_sets(common: Container[str]) -> ConfusionSets:
    """The sets by the lists of the installed pycorrector; of two with like strokes one at least is ``common``.

    Raises `DependencyError` when the package or one of its files is missing.
    """
    strokes = stroke_lines(package_lines("pycorrector", f"data/{_STROKES}"), common)
    sounds, shapes = (package_lines("pycorrector", f"data/{name}") for name in (_SOUNDS, _SHAPES))
    return confusion_sets(sounds, shapes, strokes)


def confusion_sets(sounds: Iterable[str], shapes: Iterable[str], strokes: Iterable[str] = ()) -> ConfusionSets:
    """Build the sets from the lines of the lists.

    A line of sounds holds a character, those of the same tone and those of another; a line of shapes holds
    characters that look alike; a line of strokes a character and those with nearly the same strokes.
    """
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
    return ConfusionSets(keys, likeness)


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
        left, right = code_points("".join(self._left)), code_points("".join(self._right))
        proper = (left != right) & is_han(left) & is_han(right)
        left, right = left[proper], right[proper]
        keys: NDArray[np.uint32] = np.unique(np.concatenate((left << 16 | right, right << 16 | left)))
        return keys


def _sound_lines(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for line in lines:
        fields = [*line.rstrip("\r\n").split("\t"), "", ""]
        if len(fields[0]) == 1:
            yield fields[0], fields[1], fields[2]


def _shape_lines(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("#"):
            yield "".join(part for part in line.split() if len(part) == 1)


def package_lines(package: str, name: str) -> list[str]:
    """The lines of a data file of an installed package, which is not imported. Raises `DependencyError`."""
    found = find_spec(package)
    folders = found.submodule_search_locations if found else None
    if not folders:
        raise DependencyError(f"{package} is missing: install it with 'pip install {package}'")
    path = Path(folders[0]) / name
    try:
        return path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DependencyError(f"{path}: the list cannot be read: reinstall {package}") from error
