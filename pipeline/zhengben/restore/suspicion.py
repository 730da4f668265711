"""Whether a document deserves a closer look, by counts alone: sound text must cost next to nothing.

Where an original is missing, its absence is weighed as if the places of the damaged form said nothing: one
over the chance that a sound document with so many of both words has no original among them. Authors of unusual
habits (`evidence.UNUSUAL`) are not allowed for: the same share of damaged documents would pass beside more sound ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from math import exp, log
from typing import TYPE_CHECKING, Final

import numpy as np

from zhengben.restore.identification import ACTIVE, ENGINE_PRIOR, LOUDEST_PAIR, PRIORS
from zhengben.restore.sites import REWRITING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhengben.restore.calibration import Calibration, PairModel
    from zhengben.restore.sites import Lexicon

WORTH_A_LOOK: Final = 5.2
WORTH_A_LOOK_OF_MANY: Final = 6.5
"""Natural-log likelihood ratio, by counts, below which a document is left alone: the second where there are `MANY`
words to count, of which a few speak up by chance. Half of sound news and three quarters of other sound documents of
2,000 characters stay below, and one in three hundred of damaged ones; of damaged ones of 400 to 900 characters one in a
hundred, with few sites."""

WORTH_A_LOOK_BESIDE: Final = 1.5
"""The same for an engine beside another that was found at work. At 3 one in two hundred of the repairs of engines G
and M is lost in damaged documents, at 1.5 hardly any."""

MANY: Final = 300
"""Occurrences of forms, damaged or original: 2,000 to 4,000 characters of prose."""

MOST_OCCURRENCES: Final = 30
_LOUDEST_RATIO: Final = exp(LOUDEST_PAIR)
_HANDICAP: Final = {REWRITING: log(PRIORS[REWRITING] / ENGINE_PRIOR)}


class Suspicion:
    """Judges counts of forms. Built once for a set of tables, held as arrays: a row a damaged form or a pair."""

    def __init__(self, lexicon: Lexicon, calibration: Calibration) -> None:
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

    def engines(self, counts: Mapping[int, int]) -> frozenset[str]:
        """The engines that are worth a look by the counts. What one of them may have written speaks for no other."""
        needed = WORTH_A_LOOK if sum(counts.values()) < MANY else WORTH_A_LOOK_OF_MANY
        return self._above(needed, counts)

    def engines_beside(self, counts: Mapping[int, int]) -> frozenset[str]:
        """Those that may have been at work, too, where some engine was."""
        return self._above(WORTH_A_LOOK_BESIDE, counts)

    def _above(self, needed: float, counts: Mapping[int, int]) -> frozenset[str]:
        return frozenset(engine for engine, _ in takewhile(lambda found: found[1] >= needed, self._apart(counts)))

    def _apart(self, counts: Mapping[int, int]) -> Iterator[tuple[str, float]]:
        """The engines, strongest first, each with the natural-log likelihood ratio over "no engine" of the forms that
        no stronger one writes."""
        unexplained = self._form_log_ratios(self._tally(counts))
        for _ in self._engines:
            log_ratios = unexplained @ self._writes + self._handicaps
            strongest = int(log_ratios.argmax())
            yield self._engines[strongest], float(log_ratios[strongest])
            unexplained = unexplained * (1.0 - self._writes[:, strongest])

    def _tally(self, counts: Mapping[int, int]) -> NDArray[np.intp]:
        """The counts by number of the form; the last, of number -1, is that of an original which no form is: 0."""
        tally = np.zeros(max(self._highest, *counts, 0) + 2, np.intp)
        tally[np.fromiter(counts.keys(), np.intp, len(counts))] = np.fromiter(counts.values(), np.intp, len(counts))
        return tally

    def _form_log_ratios(self, tally: NDArray[np.intp]) -> NDArray[np.float64]:
        """Natural log of "an engine put this form here" over "it did not", 0 for a form that does not occur: one of
        the originals was replaced."""
        damaged = tally[self._damaged]
        absent = np.flatnonzero((damaged > 0) & (tally[self._originals] == 0))
        weights = self._absences[absent, np.minimum(damaged[absent], MOST_OCCURRENCES)]
        ratios = np.bincount(self._owners[absent], weights, len(self._forms)) / np.maximum(self._choices, 1)
        is_weighed = (tally[self._forms] > 0) & (self._choices > 0)
        log_ratios: NDArray[np.float64] = np.log(1.0 - ACTIVE + ACTIVE * ratios) * is_weighed
        return log_ratios


def _absence_ratios(pairs: Sequence[PairModel]) -> NDArray[np.float64]:
    """For every pair (rows) and number of damaged words (columns), one over the probability that none of them is an
    original, their share being Beta(a, b)."""
    a = np.array([pair.original_pseudocount for pair in pairs])[:, None]
    b = np.array([pair.damaged_pseudocount for pair in pairs])[:, None]
    number = np.arange(MOST_OCCURRENCES)
    chances = np.cumprod((b + number) / (a + b + number), axis=1)
    ratios = np.minimum(1.0 / np.maximum(chances, 1e-9), _LOUDEST_RATIO)
    return np.concatenate((np.ones((len(pairs), 1)), ratios), axis=1)
