"""From log odds at a reference rate of slips to the probability in this document."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import Final

from zhengben.spelling.judgement import REFERENCE_RATE

USUAL_RATE: Final = 5e-5
"""Slips per character to be expected in a document before it is read: set by hand. News and laws have about 2 in a
million that are found, unedited texts one in some hundred: this lies between. At this rate about 2 edits are applied in
1 M characters of sound text that the model has not seen, most of them slips that its editors overlooked (截止7月底)."""

HIGHEST_RATE: Final = 3e-3
"""No document is thought worse than this, so that a text of another kind (verse, dialect) cannot argue itself up."""

_ROUNDS: Final = 8


def probabilities(log_odds: Sequence[float], characters: int) -> list[float]:
    """The probability of each suspicion, given all the others of a document of so many characters.

    ``log_odds`` are natural and hold where `REFERENCE_RATE` of the characters are slips. The document's own rate is
    estimated with them (empirical Bayes), each suspicion's by the others alone.
    """
    found = [_probability(odds, USUAL_RATE) for odds in log_odds]
    for _ in range(_ROUNDS):
        total = sum(found)
        found = [_probability(odds, _rate(total - own, characters)) for odds, own in zip(log_odds, found, strict=True)]
    return found


def _rate(slips: float, characters: int) -> float:
    return min(HIGHEST_RATE, (1.0 + slips) / (1.0 / USUAL_RATE + characters))


def _probability(log_odds: float, rate: float) -> float:
    exponent = log_odds + log(rate / REFERENCE_RATE)
    return 1.0 / (1.0 + exp(-max(-50.0, min(50.0, exponent))))
