"""Finds the documents a user means, and names what is written for each of them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from zhengben.errors import InputError, OutputError
from zhengben.formats import known_suffixes

STANDARD_INPUT = "-"
STANDARD_INPUT_NAME = "stdin"


@dataclass(frozen=True, slots=True)
class Input:
    """A document to read. ``path`` is None for standard input.

    ``shown`` is what the user calls it; ``folder`` is where it lay within a folder that was named,
    so that an output folder can be laid out in the same way.
    """

    shown: str
    path: Path | None
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Something named that is no document, and the reason."""

    shown: str
    error: InputError


def find_inputs(names: Iterable[str], *, recursive: bool) -> tuple[list[Input], list[Refused]]:
    """The documents that ``names`` mean, each once and in order, and what was refused.

    In folders only known suffixes count, and hidden files and cleaned documents are passed over.
    """
    inputs: dict[Path | None, Input] = {}
    refused: list[Refused] = []
    for name in dict.fromkeys(names):
        try:
            for found in _meant_by(name, recursive):
                inputs.setdefault(found.path and found.path.resolve(), found)
        except InputError as error:
            refused.append(Refused(name, error))
    return list(inputs.values()), refused


def _meant_by(name: str, recursive: bool) -> Iterator[Input]:
    path = Path(name)
    if name == STANDARD_INPUT:
        yield Input(STANDARD_INPUT_NAME, None)
    elif not path.is_dir():
        yield Input(name, path)
    elif recursive:
        yield from _documents_in(path)
    else:
        raise InputError("is a folder; use -r to take the documents in it")


def _documents_in(root: Path) -> Iterator[Input]:
    suffixes = known_suffixes()
    unreadable: list[OSError] = []
    for folder, subfolders, files in os.walk(root, onerror=unreadable.append):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for path in (Path(folder, name) for name in sorted(files)):
            if path.suffix.lower() in suffixes and not path.name.startswith(".") and not is_cleaned(path):
                yield Input(str(path), path, str(path.parent.relative_to(root)))
    if unreadable:
        cause = unreadable[0]
        raise InputError(f"{cause.filename} cannot be read: {cause.strerror}; check its permissions")


def is_cleaned(path: PurePath) -> bool:
    """Whether a file name is one that a cleaned or reviewed document or an annotated copy bears."""
    return PurePath(path.stem).suffix in (".clean", ".reviewed", ".annotated")


class OutputNames:
    """Names the outputs of a batch so that no two documents share one and no source is overwritten.

    ``folder`` is the output folder; None means beside each input. ``NAME.txt`` becomes
    ``NAME.clean.txt`` and ``NAME.report.html``; where ``NAME.txt`` and ``NAME.docx`` lie side by side
    they become ``NAME.txt.report.html`` and ``NAME.docx.report.html``.
    """

    def __init__(self, inputs: Sequence[Input], folder: Path | None) -> None:
        self._folder = folder
        self._sources = {found.path.resolve() for found in inputs if found.path}
        self._stems = Counter(_folded(self._place(found) / _name(found).stem) for found in inputs)
        self._taken: dict[str, str] = {}

    def document(self, found: Input, suffix: str) -> Path:
        """Where the cleaned document goes. Raises `OutputError` where the name is not free."""
        return self._reserved(found, self._base(found, f".clean{suffix}"))

    def report(self, found: Input, extension: str) -> Path:
        """Where a report goes. Raises `OutputError` where the name is not free."""
        return self._reserved(found, self._base(found, f".report{extension}"))

    def reviewed(self, found: Input, suffix: str) -> Path:
        """Where the document of a review goes. Raises `OutputError` where the name is not free."""
        return self._reserved(found, self._base(found, f".reviewed{suffix}"))

    def companion(self, found: Input, ending: str) -> Path:
        """Where something written beside the document goes. Raises `OutputError` where the name is not free."""
        return self._reserved(found, self._base(found, ending))

    def _base(self, found: Input, ending: str) -> Path:
        place, name = self._place(found), _name(found)
        is_shared = self._stems[_folded(place / name.stem)] > 1
        return place / f"{name.name if is_shared else name.stem}{ending}"

    def _place(self, found: Input) -> Path:
        if self._folder is not None:
            return self._folder / found.folder
        return found.path.parent if found.path else Path()

    def _reserved(self, found: Input, target: Path) -> Path:
        if target.resolve() in self._sources:
            raise OutputError(f"{target} is itself an input; choose another folder with -o")
        owner = self._taken.setdefault(_folded(target), found.shown)
        if owner != found.shown:
            raise OutputError(f"{target} is already written for {owner}; clean them into different folders")
        return target


def _name(found: Input) -> PurePath:
    return PurePath(found.path.name if found.path else STANDARD_INPUT_NAME)


def _folded(path: Path) -> str:
    """A path as file systems that do not tell upper from lower case see it."""
    return str(path.absolute()).casefold()
