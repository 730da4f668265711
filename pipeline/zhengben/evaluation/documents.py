"""Sound documents that no shipped model was trained on: the held-out share of every source, and the unseen sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from zhengben.lm.training.prepare import Row, bundled, with_documents
from zhengben.lm.training.sources import Recipe, Source, read_paragraphs
from zhengben.lm.training.split import fraction, is_held_out

MINIMUM_LENGTH = 2000
UNSEEN_SHARE = 0.03
"""Share of the documents of sources that are kept out of training as a whole: about one million characters."""

_UNSEEN_SALT = "evaluation"


@dataclass(frozen=True, slots=True)
class SoundDocument:
    """A sound text of at least `MINIMUM_LENGTH` code points, or of as many as were asked for."""

    name: str
    genre: str
    text: str


def sound_documents(
    recipe: Recipe, corpora: Path, unseen_share: float = UNSEEN_SHARE, minimum: int = MINIMUM_LENGTH
) -> Iterator[SoundDocument]:
    """The held-out paragraphs of each source, bundled, then a share of the documents of each unseen source.

    All have at least ``minimum`` code points.

    Raises `ModelError` when a source is missing or altered.
    """
    for source in recipe.sources:
        if source.weight > 0:
            held_out = (
                Row(source.name, "", text)
                for text in read_paragraphs(source, corpora)
                if is_held_out(text, recipe.shares)
            )
            yield from _joined(bundled(held_out, minimum), source.genre, minimum)
        else:
            yield from _unseen(source, corpora, unseen_share, minimum)


def _unseen(source: Source, corpora: Path, share: float, minimum: int) -> Iterator[SoundDocument]:
    rows = with_documents(read_paragraphs(source, corpora), source)
    for document in _joined(rows, source.genre, minimum):
        if fraction(document.name[::-1], _UNSEEN_SALT) < share:
            yield document


def _joined(rows: Iterable[Row], genre: str, minimum: int) -> Iterator[SoundDocument]:
    for name, paragraphs in groupby(rows, key=lambda row: row.document):
        text = "\n".join(row.text for row in paragraphs)
        if len(text) >= minimum:
            yield SoundDocument(name, genre, text)
