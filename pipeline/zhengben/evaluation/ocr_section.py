"""Printed pages: own-written text set, scanned at 200 dpi, recognised and cleaned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from zhengben.cleaner import Cleaner
from zhengben.errors import DependencyError
from zhengben.evaluation.gold import Gold
from zhengben.evaluation.pages import Font, find_font, pixels, print_pages, scanned
from zhengben.evaluation.plan import Report, Scale
from zhengben.evaluation.rates import ratio
from zhengben.formats.pdf.layout import Page
from zhengben.formats.pdf.origin import document_of
from zhengben.model import Document, Result

if TYPE_CHECKING:
    from zhengben.formats.ocr import Recognizer

CHARACTERS_OF_A_DOCUMENT: Final = 800
"""So much of each document is printed, in whole paragraphs: a page or two."""


@dataclass(slots=True)
class _Figures:
    """Characters of sound text, and how many are wrong in what came of it."""

    characters: int = 0
    wrong_before: int = 0
    wrong_after: int = 0
    edits: int = 0
    doubtful: int = 0
    documents: int = 0

    def add(self, truth: str, document: Document, result: Result) -> None:
        sound = _compact(truth)
        self.characters += len(sound)
        self.wrong_before += distance(sound, _compact(document.text))
        self.wrong_after += distance(sound, _compact(result.text))
        self.edits += len(result.applied)
        self.doubtful += sum(end - start for start, end in document.doubtful)
        self.documents += 1

    def report(self) -> Report:
        return {
            "documents": self.documents,
            "characters": self.characters,
            "accuracy_before": 1 - ratio(self.wrong_before, self.characters),
            "accuracy_after": 1 - ratio(self.wrong_after, self.characters),
            "wrong_before": self.wrong_before,
            "wrong_after": self.wrong_after,
            "edits": self.edits,
            "doubtful": self.doubtful,
        }


def measure_recognition(golds: Sequence[Gold], cleaner: Cleaner, scale: Scale) -> Report:
    """Character accuracy against the sound text before and after cleaning.

    Sound documents are read as printed and as a cheap scanner gives them back, damaged ones as
    scanned. Where a package or a font is missing, the report holds the reason under ``skipped``.
    """
    from zhengben.formats.ocr import load_recognizer

    font = find_font()
    if font is None:
        return {"skipped": "no Chinese font; install fonts-noto-cjk"}
    try:
        recognizer = load_recognizer()
    except DependencyError as error:
        return {"skipped": str(error)}
    chosen = [_beginning(gold) for gold in golds if gold.marks][: scale.printed]
    bench = _Bench(font, recognizer, cleaner)
    return {
        "sound, printed": bench.measure(chosen, lambda gold: gold.original, is_scanned=False),
        "sound, scanned": bench.measure(chosen, lambda gold: gold.original, is_scanned=True),
        "damaged, scanned": bench.measure(chosen, lambda gold: gold.text, is_scanned=True),
    }


@dataclass(frozen=True, slots=True)
class _Bench:
    """Prints, reads and cleans."""

    font: Font
    recognizer: Recognizer
    cleaner: Cleaner

    def measure(self, golds: Iterable[Gold], text_of: Callable[[Gold], str], *, is_scanned: bool) -> Report:
        figures = _Figures()
        for gold in golds:
            document = self._read(text_of(gold), is_scanned)
            figures.add(gold.original, document, self.cleaner.clean(document.text, doubtful=document.doubtful))
        return figures.report()

    def _read(self, text: str, is_scanned: bool) -> Document:
        pages = []
        for seed, printed in enumerate(print_pages(text, self.font)):
            picture = pixels(scanned(printed, seed) if is_scanned else printed)
            height, width = picture.shape[:2]
            pages.append(Page(width, height, self.recognizer.lines(picture, 1.0)))
        return document_of("page", pages)


def distance(one: str, other: str) -> int:
    """How many characters must be put in, taken out or changed to make ``one`` the ``other`` (Levenshtein)."""
    first = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if first is None:
        return abs(len(one) - len(other))
    one, other = one[first:], other[first:]
    above = list(range(len(other) + 1))
    for row, character in enumerate(one, 1):
        costs = [row]
        for column, counterpart in enumerate(other, 1):
            costs.append(min(above[column - 1] + (character != counterpart), above[column] + 1, costs[-1] + 1))
        above = costs
    return above[-1]


def _beginning(gold: Gold) -> Gold:
    """Whole paragraphs of a document, with their marks, up to so many characters."""
    end = gold.text.find("\n", CHARACTERS_OF_A_DOCUMENT)
    if end < 0:
        return gold
    return replace(gold, text=gold.text[:end], marks=tuple(mark for mark in gold.marks if mark.end <= end))


def _compact(text: str) -> str:
    """The text without what paper does not show."""
    return "".join(text.split())
