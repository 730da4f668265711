"""Which words may have stood where a form stands: a first choice by counts and neighbouring characters alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from zhengben.workshop.counts import absence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zhengben.workshop.agreement import Groups
    from zhengben.workshop.corpus import Corpus, Site, Words

FEWEST_EXPECTED: Final = (2.0, 0.3)
"""Occurrences of an original that all documents, and those with the form, should hold for its absence to be telling."""

CHOSEN: Final = 40
"""Originals of a form that the language model judges."""

NEIGHBOUR_WEIGHT: Final = 1.5
"""log10 evidence for each log10 by which the neighbours of a document's places prefer a word, on average."""

SHRINKAGE: Final = 1.5
"""Places without a word to say that are added to those of each document."""

SMOOTHING: Final = 3000.0
"""Occurrences added to those of each character: the neighbours of rare ones say little."""

MORE_LIMIT: Final = 0.5
"""log10 evidence that the number of a form's places in one document may add."""

DOCUMENT_LIMITS: Final = (-0.4, 3.0)
"""log10 evidence that one document may take away or add."""

UNGROUPED: Final = 1.0
"""log10 evidence that a document must exceed to speak for a word by itself."""

KINSHIP: Final = 1.4
"""log10 odds for words that begin or end a form, or hold its ends."""


class Originals:
    """The words of one length that may be missing from documents."""

    def __init__(self, corpus: Corpus, words: Words, groups: Groups) -> None:
        import numpy as np

        expected = corpus.han[:, None] * words.rates
        kept = np.flatnonzero(expected.sum(axis=0) >= FEWEST_EXPECTED[0])
        self._corpus, self._groups = corpus, groups
        self.words = [words.words[number] for number in kept]
        self.rates = words.rates[kept]
        self.absence = absence(words.found[:, kept], expected[:, kept]).astype(np.float32)
        self._expected = expected[:, kept].astype(np.float32)
        self._before = _Neighbours(words.first[kept], self._after_character)
        self._after = _Neighbours(words.last[kept], self._before_character)

    def choose(
        self, form: str, sites: Sequence[Site], documents: NDArray[np.intp], found: NDArray[np.float64]
    ) -> list[int]:
        """Numbers of the likeliest words, best first; ``found`` is how often ``documents`` hold the form."""
        import numpy as np

        if not self.words:
            return []
        rate = self._corpus.rates.rate(form)
        evidence = self._neighbourly(sites, documents)
        evidence += np.log10(self.rates / (self.rates + rate)).astype(np.float32)
        np.maximum(evidence, np.log10(rate / (self.rates + rate)).astype(np.float32), out=evidence)
        more = np.log10(1 + self.rates / rate).astype(np.float32)
        evidence += np.minimum(found.astype(np.float32)[:, None] * more, MORE_LIMIT)
        evidence += self.absence[documents]
        np.clip(evidence, *DOCUMENT_LIMITS, out=evidence)
        score = np.maximum(evidence - UNGROUPED, 0).sum(axis=0)
        members = self._groups.among(documents)
        if len(members):
            score = np.maximum(score, (members.astype(np.float32) @ evidence).max(axis=0))
        score += KINSHIP * (self._holding(form[0]) | self._holding(form[-1]))
        score[self._expected[documents].sum(axis=0) < FEWEST_EXPECTED[1]] = -np.inf
        order = np.argsort(-score, kind="stable")[: CHOSEN + 1]
        return [int(number) for number in order if np.isfinite(score[number]) and self.words[number] != form][:CHOSEN]

    def _neighbourly(self, sites: Sequence[Site], documents: NDArray[np.intp]) -> NDArray[np.float32]:
        """How much more often words stand beside the neighbours of a document's places than by chance, log10."""
        import numpy as np

        fits = np.zeros((len(documents), len(self.words)), dtype=np.float32)
        rows = np.searchsorted(documents, [site.document for site in sites])
        for site, row in zip(sites, rows, strict=True):
            fit = np.zeros(len(self.words), dtype=np.float32)
            if site.before:
                fit += self._before.fits(site.before[-1])
            if site.after:
                fit += self._after.fits(site.after[0])
            fits[row] += fit - fit.mean()
        counts = np.bincount(rows, minlength=len(documents))
        weights = math.log10(2) * NEIGHBOUR_WEIGHT / (counts + SHRINKAGE)
        fits *= weights.astype(np.float32)[:, None]
        return fits

    def _after_character(self, character: int, firsts: NDArray[np.uint32]) -> NDArray[np.float32]:
        import numpy as np

        return self._corpus.rates.bigrams.log2_counts(np.full_like(firsts, character), firsts) - self._totals[firsts]

    def _before_character(self, character: int, lasts: NDArray[np.uint32]) -> NDArray[np.float32]:
        import numpy as np

        return self._corpus.rates.bigrams.log2_counts(lasts, np.full_like(lasts, character)) - self._totals[lasts]

    @cached_property
    def _totals(self) -> NDArray[np.float32]:
        import numpy as np

        return np.log2(np.exp2(self._corpus.rates.totals) + SMOOTHING).astype(np.float32)

    def _holding(self, character: str) -> NDArray[np.bool_]:
        import numpy as np

        if character not in self._holders:
            self._holders[character] = np.array([character in word for word in self.words], dtype=bool)
        return self._holders[character]

    @cached_property
    def _holders(self) -> dict[str, NDArray[np.bool_]]:
        return {}


class _Neighbours:
    """How well the characters at one end of all words stand beside a character; each is looked up once."""

    def __init__(
        self, ends: NDArray[np.uint32], look_up: Callable[[int, NDArray[np.uint32]], NDArray[np.float32]]
    ) -> None:
        import numpy as np

        self._distinct, self._places = np.unique(ends, return_inverse=True)
        self._look_up = look_up
        self._known: dict[str, NDArray[np.float32]] = {}

    def fits(self, character: str) -> NDArray[np.float32]:
        """log2 of how much more often than by chance, a figure a word."""
        if character not in self._known:
            self._known[character] = self._look_up(ord(character), self._distinct)
        fits: NDArray[np.float32] = self._known[character][self._places]
        return fits
