"""From the corpora to split paragraphs: training, calibration and held-out text, with document identifiers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from zhengben.lm.training.sources import Recipe, Source, read_paragraphs
from zhengben.lm.training.split import is_calibration, is_held_out, is_sampled

FOLDS: Final = ("train", "calibration", "heldout", "unseen")
"""`calibration` rows are also `train` rows; `unseen` is all text of sources of weight 0."""

_MINIMUM_DOCUMENT: Final = {"line": 0, "heading": 400, "bulletin": 5000}
_HELD_OUT_DOCUMENT: Final = 2000
_HEADING_LENGTH: Final = 45
_NO_HEADING = re.compile(
    r"[。！？；：，,;:!?.）)”]$|^[（(《“]|^第.{1,6}[章节条编款项部篇]|^[一二三四五六七八九十0-9]+[、.．]"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph of one document of one source."""

    source: str
    document: str
    text: str


def with_documents(paragraphs: Iterable[str], source: Source) -> Iterator[Row]:
    """Name the document of each paragraph.

    The files carry no document marks: where a line is no document of its own, a document begins at a line that
    looks like a title, once the one before has grown to a fair size. Good enough for counting by document.
    """
    minimum = _MINIMUM_DOCUMENT[source.documents]
    number, length = 0, 0
    for text in paragraphs:
        if length and length >= minimum and (source.documents == "line" or _is_heading(text)):
            number, length = number + 1, 0
        length += len(text)
        yield Row(source.name, f"{source.name}-{number:05d}", text)


def _is_heading(text: str) -> bool:
    return len(text) <= _HEADING_LENGTH and not _NO_HEADING.search(text)


def bundled(rows: Iterable[Row], minimum: int = _HELD_OUT_DOCUMENT) -> Iterator[Row]:
    """Name documents of at least ``minimum`` code points, made of a source's held-out paragraphs in their order."""
    number, length = 0, 0
    for row in rows:
        yield Row(row.source, f"{row.source}-h{number:05d}", row.text)
        length += len(row.text)
        if length >= minimum:
            number, length = number + 1, 0


def prepare(recipe: Recipe, corpora: Path, folder: Path) -> None:
    """Write `train.tsv`, `calibration.tsv`, `heldout.tsv` and `unseen.tsv` (source, document, text) to `folder`.

    A paragraph that was already met, in any source, is left out: repeated notices and statutes would count twice.
    """
    folder.mkdir(parents=True, exist_ok=True)
    seen: set[bytes] = set()
    with ExitStack() as stack:
        files = {
            fold: stack.enter_context((folder / f"{fold}.tsv").open("w", encoding="utf-8", newline="\n"))
            for fold in FOLDS
        }
        for source in sorted(recipe.sources, key=lambda each: each.weight == 0):
            rows = with_documents(read_paragraphs(source, corpora), source)
            _write_source(source, _unrepeated(rows, seen), recipe, files)


def _unrepeated(rows: Iterable[Row], seen: set[bytes]) -> Iterator[Row]:
    for row in rows:
        digest = hashlib.sha1(row.text.encode(), usedforsecurity=False).digest()
        if digest not in seen:
            seen.add(digest)
            yield row


def _write_source(source: Source, rows: Iterable[Row], recipe: Recipe, files: Mapping[str, TextIO]) -> None:
    held_out: list[Row] = []
    for row in rows:
        if source.weight == 0:
            _write(row, files["unseen"])
        elif is_held_out(row.text, recipe.shares):
            held_out.append(row)
        elif is_sampled(row.text, source.weight, recipe.shares):
            _write(row, files["train"])
            if is_calibration(row.text, recipe.shares):
                _write(row, files["calibration"])
    for row in bundled(held_out):
        _write(row, files["heldout"])


def _write(row: Row, file: TextIO) -> None:
    file.write(f"{row.source}\t{row.document}\t{row.text}\n")


def read_rows(path: Path) -> Iterator[Row]:
    """Read what `prepare` wrote."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            source, document, text = line.rstrip("\n").split("\t", 2)
            yield Row(source, document, text)
