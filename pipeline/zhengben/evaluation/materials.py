"""A folder of texts to measure on, which the repository does not carry: corpora, sentence sets, further gold."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from zhengben.errors import InputError
from zhengben.evaluation.gold import Gold
from zhengben.evaluation.gold_format import GOLD_SUFFIX, read_gold

SOUND_SETS: Final = "clean_*.jsonl"
HARD_NEGATIVES: Final = "hard_negatives*.tsv"


@dataclass(frozen=True, slots=True)
class SentencePair:
    """A sentence that may hold slips, and how it should read."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Materials:
    """The parts of the folder, each of which may be missing: ``corpora``, ``bench`` and ``seed``."""

    folder: Path

    @property
    def corpora(self) -> Path | None:
        return _present(self.folder / "corpora")

    def gold(self) -> tuple[Gold, ...]:
        """The marked documents of ``seed``."""
        return tuple(read_gold(path) for path in sorted((self.folder / "seed").glob("gold-*.txt")))

    def sentence_sets(self) -> Iterator[tuple[str, tuple[SentencePair, ...]]]:
        """The sets of ``bench``, JSON lines with ``source`` and ``target``, by name."""
        for path in sorted((self.folder / "bench").glob("*.jsonl")):
            yield path.stem, tuple(_sentence_pairs(path))

    def hard_negatives(self) -> tuple[str, ...]:
        """Sound lines that look damaged."""
        lines: list[str] = []
        for path in sorted((self.folder / "bench").glob(HARD_NEGATIVES)):
            with path.open(encoding="utf-8", newline="") as table:
                rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
                lines += (row["text"] for row in rows if row.get("text"))
        return tuple(lines)


def gold_files(places: tuple[Path, ...]) -> tuple[Path, ...]:
    """The files named, and those called ``*.gold.txt`` in the folders named.

    Raises `InputError` for a place that does not exist.
    """
    files: list[Path] = []
    for place in places:
        if not place.exists():
            raise InputError(f"{place}: no such file or folder of gold documents")
        files += sorted(place.rglob(f"*{GOLD_SUFFIX}")) if place.is_dir() else [place]
    return tuple(files)


def _present(path: Path) -> Path | None:
    return path if path.exists() else None


def _sentence_pairs(path: Path) -> Iterator[SentencePair]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield SentencePair(row["source"], row["target"])
        except (ValueError, KeyError, TypeError):
            raise InputError(f"{path}:{number}: expected a JSON object with source and target") from None
