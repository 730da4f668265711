"""Phrases that a user wants left as they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zhengben.errors import InputError
from zhengben.formats import Limits, load
from zhengben.formats.encodings import decode
from zhengben.model import Span


def read_phrases(path: Path) -> tuple[str, ...]:
    """The phrases of a file, one a line; blank lines and lines that begin with ``#`` are passed over.

    Raises `InputError` where the file cannot be read.
    """
    try:
        text = decode(load(path, Limits()).data).text
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
    lines = (line.strip() for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def occurrences(text: str, phrases: Sequence[str]) -> tuple[Span, ...]:
    """Where the phrases stand in a text, in one pass over it; they may overlap."""
    if not phrases:
        return ()
    from ahocorasick_rs import AhoCorasick

    found = AhoCorasick(list(phrases)).find_matches_as_indexes(text, overlapping=True)
    return tuple(Span(start, end) for _, start, end in found)
