"""Whether a document deserves a closer look, by counts alone: sound text must cost next to nothing.

Where an original is missing, its absence is weighed as if the places of the damaged form said nothing: one
over the chance that a sound document with so many of both words has no original among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import exp, log
from typing import TYPE_CHECKING, Final

from zhengben.restore.identification import ACTIVE, ENGINE_PRIOR, LOUDEST_PAIR, REWRITING_PRIOR
from zhengben.restore.sites import REWRITING

if TYPE_CHECKING:
    from zhengben.restore.calibration import Calibration
    from zhengben.restore.sites import Entry, Lexicon

WORTH_A_LOOK: Final = 5.2
"""Natural-log likelihood ratio, by counts, below which a document is left alone: two thirds of sound documents
stay below, and one in a hundred of damaged ones, those with few sites."""

MOST_OCCURRENCES: Final = 30
_LOUDEST_RATIO: Final = exp(LOUDEST_PAIR)
_HANDICAP: Final = {REWRITING: log(REWRITING_PRIOR / ENGINE_PRIOR)}


class Suspicion:
    """Judges counts of forms. Built once for a set of tables."""

    def __init__(self, lexicon: Lexicon, calibration: Calibration) -> None:
        self._watched = {form: _Watched(entry, calibration) for form, entry in lexicon.entries.items()}

    def engines(self, counts: Mapping[int, int]) -> frozenset[str]:
        """The engines that the counts do not clear."""
        return frozenset(engine for engine, value in self.log_ratios(counts).items() if value >= WORTH_A_LOOK)

    def log_ratios(self, counts: Mapping[int, int]) -> dict[str, float]:
        """For each engine of which forms occur, the natural-log likelihood ratio over "no engine"."""
        totals: dict[str, float] = {}
        for form, count in counts.items():
            watched = self._watched.get(form)
            if watched is not None:
                value = watched.log_ratio(count, counts)
                for engine in watched.engines:
                    totals[engine] = totals.get(engine, _HANDICAP.get(engine, 0.0)) + value
        return totals


class _Watched:
    """A damaged form with what is known of its originals: the number of each and its Beta prior."""

    __slots__ = ("_originals", "engines")

    def __init__(self, entry: Entry, calibration: Calibration) -> None:
        self.engines = entry.engines
        self._originals: list[tuple[int | None, tuple[float, float]]] = []
        for right, form in entry.right_forms.items():
            pair = calibration.pair(entry.wrong, right)
            if right not in entry.wrong:
                self._originals.append((form, (pair.original_pseudocount, pair.damaged_pseudocount)))

    def log_ratio(self, damaged: int, counts: Mapping[int, int]) -> float:
        """Natural log of "an engine put this form here" over "it did not": one of the originals was replaced."""
        if not self._originals:
            return 0.0
        absent = tuple(prior for form, prior in self._originals if form is None or not counts.get(form))
        return _log_ratio(absent, len(self._originals), min(damaged, MOST_OCCURRENCES))


@cache
def _log_ratio(absent: tuple[tuple[float, float], ...], originals: int, damaged: int) -> float:
    ratio = sum(min(_absence_ratio(a, b, damaged), _LOUDEST_RATIO) for a, b in absent)
    return log(1.0 - ACTIVE + ACTIVE * ratio / originals)


def _absence_ratio(a: float, b: float, damaged: int) -> float:
    """One over the probability that none of ``damaged`` words is an original, their share being Beta(a, b)."""
    chance = 1.0
    for number in range(damaged):
        chance *= (b + number) / (a + b + number)
    return 1.0 / max(chance, 1e-9)
