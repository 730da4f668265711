"""Pairs of words that a reader of the sentence alone can't tell apart."""

from __future__ import annotations

from pathlib import Path

from zhengben.errors import InputError
from zhengben.evaluation.tally import WordPair


def read_neutral_pairs(path: Path) -> frozenset[WordPair]:
    """Both directions of each pair in a table of two columns; lines with # are remarks.

    Raises `InputError` for a file that is missing or a line without two words.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot read the neutral pairs: {error}") from error
    pairs: set[WordPair] = set()
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        words = line.split("\t")
        if len(words) != 2 or not all(words):
            raise InputError(f"{path}:{number}: expected two words separated by a tab")
        pairs |= {(words[0], words[1]), (words[1], words[0])}
    return frozenset(pairs)
