"""How sound documents divide between the two words of a pair: the share of the original, from document to document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log10
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhengben.restore.sites import Lexicon
    from zhengben.restore.training.pairs import WordPair
    from zhengben.rulebook import Rulebook

TYPICAL_STRENGTH: Final = 3.0
"""The sum of both pseudocounts that a pair is drawn to (in logarithm, standard deviation 1)."""

LEAST_DAMAGED_SHARE: Final = 0.03
"""The damaged word's pseudocount is at least this part of the original's: what the corpora hardly ever say, a writer
of another genre may say at ease (争辩 on a sports page)."""

_BOUNDS: Final = (-9.0, 5.0)
"""Natural logarithms between which a pseudocount lies."""

Uses = list[tuple[int, int]]
"""For each document that holds one of a pair's words: how often the original, how often the damaged word."""


def count_uses(documents: Iterable[str], pairs: Sequence[WordPair], rulebook: Rulebook, lexicon: Lexicon) -> list[Uses]:
    """Count both words of every pair by document, as the product does: no guarded places, no words inside the other."""
    counter = _Counter(pairs, rulebook, lexicon)
    for text in documents:
        counter.add(text)
    return counter.uses


class _Counter:
    def __init__(self, pairs: Sequence[WordPair], rulebook: Rulebook, lexicon: Lexicon) -> None:
        self.uses: list[Uses] = [[] for _ in pairs]
        self._rulebook, self._lexicon = rulebook, lexicon
        self._entries = {entry.wrong: entry for entry in lexicon.entries.values()}
        self._pairs: dict[int, dict[int, WordPair]] = {}
        for number, pair in enumerate(pairs):
            for word in (pair.wrong, pair.right):
                self._pairs.setdefault(rulebook.forms.index(word), {})[number] = pair

    def add(self, text: str) -> None:
        screening = self._rulebook.screen(text)
        damaged = {suspect.wrong: len(suspect.spans) for suspect in self._lexicon.suspects(text, screening)}
        concerned: dict[int, WordPair] = {}
        for form in screening.counts:
            concerned |= self._pairs.get(form, {})
        for number, pair in concerned.items():
            originals = self._entries[pair.wrong].original_counts(screening.counts)[pair.right]
            use = originals, damaged.get(pair.wrong, 0)
            if any(use):
                self.uses[number].append(use)


def pseudocounts(uses: Uses) -> tuple[float, float]:
    """Beta(a, b) of the share of the original, fitted to the documents that hold either word, beta-binomially."""
    from scipy.optimize import minimize
    from scipy.special import betaln

    originals, damaged = np.array(uses, dtype=float).reshape(-1, 2).T
    share = (originals.sum() + 0.5) / (originals.sum() + damaged.sum() + 1.0)

    def loss(logarithms: NDArray[np.float64]) -> float:
        a, b = np.exp(logarithms)
        likelihood = (betaln(originals + a, damaged + b) - betaln(a, b)).sum()
        return float(np.log((a + b) / TYPICAL_STRENGTH) ** 2 / 2.0 - likelihood)

    start = np.log(TYPICAL_STRENGTH * np.array([share, 1.0 - share]))
    found = minimize(loss, start, method="L-BFGS-B", bounds=[_BOUNDS] * 2).x
    a, b = map(float, np.exp(found))
    return a, max(b, LEAST_DAMAGED_SHARE * a)


def log10_frequency_ratio(uses: Uses) -> float:
    """How many times as often, in powers of ten, the original is used as the damaged word."""
    originals = sum(original for original, _ in uses)
    damaged = sum(damaged for _, damaged in uses)
    return log10((originals + 0.5) / (damaged + 0.5))
