"""What the language model thinks of a form in its places, and of words that may have stood there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zhengben.lm.scorer import LanguageModel
    from zhengben.workshop.corpus import Site

WITHOUT_A_SAY: Final = 3
"""Places added to those that tell how a word compares with a form where the word was not replaced."""

USUAL_GAIN: Final = -1.5
"""log10 gain at these places; most words gain far less, but those that are chosen are the likeliest ones."""

LEAST_GAIN: Final = -2.0
"""Gain below which it makes no difference: the limit of evidence is met well before."""

REPLACED_GAIN: Final = (1.5, 0.8)
"""log10 gain of a word that was replaced, and how much more it is for each log10 by which the word is the more
frequent one."""

LEAST_DIFFERENCE: Final = 0.8
"""log10 by which a replaced word gains more than one that was not."""

GAIN_SPREAD: Final = 2.2
"""Standard deviation of gains, log10, over the places of a pair."""

LEAST_THRESHOLD: Final = 0.6
"""log10 gain that speaks for no pair."""

GAIN_LIMIT: Final = 1.2
"""log10 evidence that the gain at one place may take away or add."""

FITS: Final = (1.8, -0.5)
"""log10 by which a word is more probable in its own place than anywhere, and in a place of another word."""

FIT_SPREAD: Final = 1.2
"""Standard deviation of a word's fit, log10, over the places where it stands in sound text."""

FIT_LIMIT: Final = 1.0
"""log10 likelihood ratio that the fit at one place may add or take away."""

FIT_WEIGHT: Final = 0.5
"""Share of the evidence of fits that counts: the gain says much of the same."""

CHANCE: Final = 0.9
"""log10 by which the likeliest words of a place are less probable than all chosen together, where none belongs."""

PREFERENCE_LIMIT: Final = 1.5
"""log10 evidence that the preference for a word before all other chosen may add or take away at one place."""

PREFERENCE_WEIGHT: Final = 0.5
"""Share of that evidence which counts."""

RIVAL_WEIGHT: Final = 0.5
"""log10 evidence for each log10 by which a second original gains more at a place than the first."""

RIVAL_LEAD: Final = 0.2
"""log10 evidence that a second original must make up for at each place."""

CONTEXT: Final = 4
"""Code points on either side that a model of five-character strings looks at."""


@dataclass(frozen=True, slots=True)
class Readings:
    """log10 probabilities at the places of a form, as arrays.

    ``gains`` is P(word) over P(form) there, ``fits`` P(word) in its place beyond chance (both a row a word, a column
    a place), ``shares`` P(word) among all words and the form.
    """

    gains: NDArray[np.float64]
    fits: NDArray[np.float64]
    shares: NDArray[np.float64]


def read(
    model: LanguageModel, form: str, sites: Sequence[Site], words: Sequence[str], rates: NDArray[np.float64]
) -> Readings:
    """Let the model read the places with the form, and with each of ``words``, of these rates, in its stead."""
    import numpy as np

    own = np.empty(len(sites))
    readings = np.empty((len(words), len(sites)))
    begin = model.begin()
    for number, site in enumerate(sites):
        state, after = model.run(begin, site.before[-CONTEXT:])[0], site.after[:CONTEXT]
        apart = model.run(begin, after)[1]
        own[number] = model.run(state, form + after)[1] - apart
        readings[:, number] = [model.run(state, word + after)[1] - apart for word in words]
    highest = np.maximum(readings.max(axis=0), own)
    everything = np.power(10.0, readings - highest).sum(axis=0) + np.power(10.0, own - highest)
    return Readings(readings - own, readings - np.log10(rates)[:, None], readings - highest - np.log10(everything))


def place_evidence(
    readings: Readings, frequency: NDArray[np.float64], unreplaced: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """log10 evidence of each place (column) for each word (row) to have stood there.

    ``frequency`` is log10 of how much more frequent each word is than the form in sound text; ``unreplaced`` marks
    the places in documents that hold the word.
    """
    import numpy as np

    slopes, thresholds = _gain_scale(readings.gains, frequency, unreplaced)
    gains = np.clip((readings.gains - thresholds[:, None]) * slopes[:, None], -GAIN_LIMIT, GAIN_LIMIT)
    scale = (FITS[0] - FITS[1]) / FIT_SPREAD**2 / math.log(10)
    fits = np.clip((readings.fits - sum(FITS) / 2) * scale, -FIT_LIMIT, FIT_LIMIT)
    preferences = np.clip(readings.shares + CHANCE, -PREFERENCE_LIMIT, PREFERENCE_LIMIT)
    evidence: NDArray[np.float64] = gains + FIT_WEIGHT * fits + PREFERENCE_WEIGHT * preferences
    return evidence


def _gain_scale(
    gains: NDArray[np.float64], frequency: NDArray[np.float64], unreplaced: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Evidence per log10 of gain, and the gain that says nothing, of each word.

    Where documents hold the word themselves, its gain tells how near it comes to the form in meaning: of two
    synonyms, each gains as much in the other's places.
    """
    import numpy as np

    own = (gains * unreplaced).sum(axis=1) + WITHOUT_A_SAY * USUAL_GAIN
    usual = np.maximum(own / (unreplaced.sum(axis=1) + WITHOUT_A_SAY), LEAST_GAIN)
    replaced = np.maximum(REPLACED_GAIN[0] + REPLACED_GAIN[1] * frequency, usual + LEAST_DIFFERENCE)
    slopes = (replaced - usual) / GAIN_SPREAD**2 / math.log(10)
    return slopes, np.maximum((usual + replaced) / 2, LEAST_THRESHOLD)


def rivalled(evidence: NDArray[np.float64], readings: Readings, rival: int) -> NDArray[np.float64]:
    """The same evidence, as far as each word gains more at a place than the word numbered ``rival``."""
    import numpy as np

    better = RIVAL_WEIGHT * (readings.gains - readings.gains[rival]) - RIVAL_LEAD
    limited: NDArray[np.float64] = np.minimum(evidence, np.clip(better, -GAIN_LIMIT, GAIN_LIMIT))
    return limited
