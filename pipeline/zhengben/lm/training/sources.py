"""Reading `corpora/sources.toml` and the texts that it names."""

from __future__ import annotations

import hashlib
import lzma
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhengben.errors import ModelError

if sys.version_info >= (3, 11):
    import tomllib
else:  # pragma: no cover
    import tomli as tomllib


@dataclass(frozen=True, slots=True)
class Source:
    """One text file of the corpora, an xz-compressed UTF-8 file with one paragraph a line.

    `weight` is the share of its paragraphs used in training; 0 keeps the whole source out of it.
    `documents` tells how documents are found: ``line`` (each line is one), ``heading`` or ``bulletin``.
    """

    name: str
    file: str
    genre: str
    documents: str
    weight: float
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Shares:
    """What is drawn from every source by hash: a share in 0..1 and the salt of its hash."""

    held_out: float
    held_out_salt: str
    calibration: float
    calibration_salt: str
    sampling_salt: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that `sources.toml` says."""

    sources: tuple[Source, ...]
    shares: Shares


def read_recipe(path: Path) -> Recipe:
    """Read `sources.toml`. Raises ModelError naming the file and the cause."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return Recipe(tuple(_source(entry) for entry in raw["source"]), _shares(raw))
    except OSError as error:
        raise ModelError(f"{path}: cannot read the list of sources: {error.strerror}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path}: the list of sources is malformed: {error}") from error


def _source(entry: dict[str, Any]) -> Source:
    return Source(**{name: entry[name] for name in Source.__slots__})


def _shares(raw: dict[str, Any]) -> Shares:
    return Shares(
        held_out=raw["held_out"]["share"],
        held_out_salt=raw["held_out"]["salt"],
        calibration=raw["calibration"]["share"],
        calibration_salt=raw["calibration"]["salt"],
        sampling_salt=raw["sampling"]["salt"],
    )


def read_paragraphs(source: Source, corpora: Path) -> Iterator[str]:
    """Yield the stripped, non-empty lines of `source`. Raises ModelError when its file is missing or altered."""
    path = corpora / source.file
    _check(source, path)
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            paragraph = " ".join(line.split("\t")).strip()
            if paragraph:
                yield paragraph


def _check(source: Source, path: Path) -> None:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: cannot read the source {source.name}: {error.strerror}") from error
    if len(content) != source.size or hashlib.sha256(content).hexdigest() != source.sha256:
        raise ModelError(f"{path}: the file is not the one that sources.toml describes (size or checksum differs)")
