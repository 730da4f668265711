"""Whether a document deserves a closer look, by counts alone: sound text must cost next to nothing.

Where an original is missing, its absence is weighed as if the places of the damaged form said nothing: one
over the chance that a sound document with so many of both words has no original among them. Originals that are left
speak against every engine that should have replaced them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from math import exp, log
from typing import TYPE_CHECKING, Final

import numpy as np

from zhengben.restore.entries import REWRITING
from zhengben.restore.shares import LOG_PRIOR, POINTS
from zhengben.restore.stories import ENGINE_PRIOR, LOUDEST_PAIR, PRIORS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhengben.restore.calibration import Calibration, PairModel
    from zhengben.restore.sites import Lexicon
    from zhengben.restore.survivors import Roll

WORTH_A_LOOK: Final = 1.5
"""Natural-log likelihood ratio, by counts, below which a document is left alone: four in five of sound documents of
2,000 characters stay below, and one in two hundred of damaged ones, with few sites; of damaged ones
of 500 characters one in a hundred."""

WORTH_A_LOOK_BESIDE: Final = 1.0
"""The same for an engine beside another that was found at work."""

MOST_OCCURRENCES: Final = 30
_LOUDEST_RATIO: Final = exp(LOUDEST_PAIR)
_LOG_IDLE: Final = np.log(1.0 - POINTS)
_HANDICAP: Final = {REWRITING: log(PRIORS[REWRITING] / ENGINE_PRIOR)}


class Suspicion:
    """Judges counts of forms. Built once for a set of tables, held as arrays: a row a damaged form or a pair."""

    def __init__(self, lexicon: Lexicon, roll: Roll, calibration: Calibration) -> None:
        entries = tuple(lexicon.entries.values())
        self._engines = sorted({engine for entry in entries for engine in entry.engines})
        self._handicaps = np.array([_HANDICAP.get(engine, 0.0) for engine in self._engines])
        self._forms = np.array([entry.form for entry in entries], np.intp)
        writes = [engine in entry.engines for entry in entries for engine in self._engines]
        self._writes = np.array(writes, np.float64).reshape(len(entries), len(self._engines))
        pairs = [
            (number, -1 if form is None else form, calibration.pair(entry.wrong, right))
            for number, entry in enumerate(entries)
            for right, form in entry.right_forms.items()
            if right not in entry.wrong
        ]
        self._owners = np.array([number for number, _, _ in pairs], np.intp)
        self._originals = np.array([form for _, form, _ in pairs], np.intp)
        self._damaged = self._forms[self._owners]
        self._highest = max((*self._forms.tolist(), *self._originals.tolist()), default=0)
        self._absences = _absence_ratios([pair for _, _, pair in pairs])
        self._choices = np.bincount(self._owners, minlength=len(entries))
        own = [place for place in roll.places if place[2].engine not in place[2].writers]
        self._survivor_forms = np.array([place[:2] for place in own], np.intp).reshape(-1, 2).T
        self._survivor_engines = np.array([self._engines.index(survivor.engine) for _, _, survivor in own], np.intp)
        self._survivor_usage = np.array([survivor.usage for _, _, survivor in own])

    def engines(self, counts: Mapping[int, int]) -> frozenset[str]:
        """The engines that are worth a look by the counts. What one of them may have written speaks for no other."""
        return self._above(WORTH_A_LOOK, counts)

    def engines_beside(self, counts: Mapping[int, int]) -> frozenset[str]:
        """Those that may have been at work, too, where some engine was."""
        return self._above(WORTH_A_LOOK_BESIDE, counts)

    def _above(self, needed: float, counts: Mapping[int, int]) -> frozenset[str]:
        return frozenset(engine for engine, _ in takewhile(lambda found: found[1] >= needed, self._apart(counts)))

    def _apart(self, counts: Mapping[int, int]) -> Iterator[tuple[str, float]]:
        """The engines, strongest first, each with the natural-log likelihood ratio over "no engine" of the forms that
        no stronger one writes."""
        tally = self._tally(counts)
        forms, unexplained = self._form_log_ratios(tally)
        writes = self._writes[forms]
        against = np.outer(_LOG_IDLE, self._survivors(tally)) + LOG_PRIOR[:, None] + self._handicaps
        for _ in self._engines:
            log_ratios = np.logaddexp.reduce(unexplained @ writes + against, axis=0)
            strongest = int(log_ratios.argmax())
            yield self._engines[strongest], float(log_ratios[strongest])
            unexplained = unexplained * (1.0 - writes[:, strongest])

    def _tally(self, counts: Mapping[int, int]) -> NDArray[np.intp]:
        """The counts by number of the form; the last, of number -1, is that of an original which no form is: 0."""
        tally = np.zeros(max(self._highest, *counts, 0) + 2, np.intp)
        tally[np.fromiter(counts.keys(), np.intp, len(counts))] = np.fromiter(counts.values(), np.intp, len(counts))
        return tally

    def _form_log_ratios(self, tally: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """The forms that occur, and for each share of a table (rows) the natural log of "an engine put this form here"
        over "it did not": one of the originals was replaced."""
        damaged = tally[self._damaged]
        absent = np.flatnonzero((damaged > 0) & (tally[self._originals] == 0))
        weights = self._absences[absent, np.minimum(damaged[absent], MOST_OCCURRENCES)]
        forms = np.flatnonzero((tally[self._forms] > 0) & (self._choices > 0))
        ratios = np.bincount(self._owners[absent], weights, len(self._forms))[forms] / self._choices[forms]
        return forms, np.log(1.0 + np.outer(POINTS, ratios - 1.0))

    def _survivors(self, tally: NDArray[np.intp]) -> NDArray[np.float64]:
        """How many ordinary pairs of each engine's table have left their original alone."""
        left = np.flatnonzero((tally[self._survivor_forms[0]] > 0) & (tally[self._survivor_forms[1]] == 0))
        usage = self._survivor_usage[left]
        return np.bincount(self._survivor_engines[left], usage, len(self._engines)).astype(np.float64)


def _absence_ratios(pairs: Sequence[PairModel]) -> NDArray[np.float64]:
    """For every pair (rows) and number of damaged words (columns), one over the probability that none of them is an
    original, their share being Beta(a, b)."""
    a = np.array([pair.original_pseudocount for pair in pairs])[:, None]
    b = np.array([pair.damaged_pseudocount for pair in pairs])[:, None]
    number = np.arange(MOST_OCCURRENCES)
    chances = np.cumprod((b + number) / (a + b + number), axis=1)
    ratios = np.minimum(1.0 / np.maximum(chances, 1e-9), _LOUDEST_RATIO)
    return np.concatenate((np.ones((len(pairs), 1)), ratios), axis=1)
