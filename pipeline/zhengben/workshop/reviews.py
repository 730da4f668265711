"""What reviewers accepted and rejected, pair by pair, read from decisions files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from zhengben.errors import InputError
from zhengben.reports.decisions import FORMAT, load

LONGEST: Final = 8
"""Code points of a pair's longer side: what is longer is a passage, not a word."""


@dataclass(frozen=True, slots=True)
class Review:
    """One pair in the hands of reviewers: the rules that proposed it, and what became of it."""

    wrong: str
    right: str
    rules: tuple[str, ...]
    accepted: int
    rejected: int

    @property
    def total(self) -> int:
        """How often it was decided on."""
        return self.accepted + self.rejected

    @property
    def share(self) -> float:
        """Share of the decisions that accepted it."""
        return self.accepted / self.total


def decisions_files(folder: Path) -> Iterator[Path]:
    """The decisions files in a folder and below; other JSON is passed over."""
    for path in sorted(folder.rglob("*.json")):
        with path.open("rb") as file:
            if FORMAT.encode() in file.read(400):
                yield path


def tally(paths: Iterable[Path]) -> list[Review]:
    """Every pair that reviewers decided on, most decisions first. Raises `InputError`."""
    counts: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    rules: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for path in paths:
        for item in load(_read(path), str(path)).items:
            pair = (item.edit.original, item.edit.replacement)
            if item.reviewed and pair[0] and max(map(len, pair)) <= LONGEST:
                counts[pair][0 if item.accepted else 1] += 1
                rules[pair].add(item.edit.rule)
    reviews = [Review(*pair, tuple(sorted(rules[pair])), *counts[pair]) for pair in counts]
    return sorted(reviews, key=lambda review: (-review.total, review.wrong))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
