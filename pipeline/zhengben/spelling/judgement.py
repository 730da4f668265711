"""How probable it is that a character is a slip for a candidate, by the language model and by counts.

The weights are fitted by `zhengben.spelling.training`, on sound text as it is and with characters exchanged for
confusable ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from zhengben.lm.scorer import LanguageModel
from zhengben.spelling.candidates import Candidate
from zhengben.spelling.confusion import Likeness
from zhengben.spelling.figures import Judgement

REFERENCE_RATE: Final = 8.1e-4
"""Slips per character in the text that log odds speak of. A unit and no estimate of anything: the fit converts its
intercept from the rate in its own text to this one, `confidence` from this one to a document's."""

LEAST_GAIN: Final = 2.0
"""log10 by which the model must find a candidate likelier than what stands there."""

_WINDOW: Final = 4
_BREAKS: Final = "\r\n\u2028\u2029\x85"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A candidate that the model finds likelier than what stands there.

    `log_odds` (natural) that it is what was meant, in text with `REFERENCE_RATE` slips; `gain` is the log10 ratio
    of the window with it to the window without.
    """

    candidate: Candidate
    gain: float
    log_odds: float


class Judge:
    """Asks the language model about candidates. Holds tables only and may be shared between threads."""

    def __init__(self, model: LanguageModel, weights: Judgement) -> None:
        self._model = model
        self._weights = weights

    def judge(self, text: str, group: Sequence[Candidate]) -> Suspicion | None:
        """The most probable candidate of one place, or None where the model prefers what stands there."""
        best = None
        for candidate, gain, plausibility in self.gains(text, group):
            if gain <= LEAST_GAIN:
                continue
            weighted = zip(self._weights.weights, features(candidate, gain, plausibility), strict=True)
            odds = self._weights.intercept + sum(weight * value for weight, value in weighted)
            if best is None or odds > best.log_odds:
                best = Suspicion(candidate, gain, odds)
        return best

    def gains(self, text: str, group: Sequence[Candidate]) -> Iterator[tuple[Candidate, float, float]]:
        """Each candidate of one place, the log10 by which the model finds it likelier than what stands there, and the
        mean log10 probability of a character of the window with it."""
        place = group[0].position
        left, right = _window(text, place)
        length = len(left) + 1 + len(right)
        standing = self._model.score(left + text[place] + right)
        for candidate in group:
            score = self._model.score(left + candidate.replacement + right)
            yield candidate, score - standing, score / length


def features(candidate: Candidate, gain: float, plausibility: float) -> tuple[float, ...]:
    """What is weighed, in the order of `Judgement.weights`."""
    return (
        gain,
        max(gain - 5.0, 0.0),
        plausibility,
        candidate.gain,
        candidate.weakest_pair,
        candidate.weakest_before,
        candidate.standing_total,
        candidate.total,
        float(candidate.recurrences > 1),
        *(float(candidate.likeness == likeness) for likeness in Likeness if likeness is not Likeness.SAME_TONE),
    )


def _window(text: str, place: int) -> tuple[str, str]:
    """What stands before and after within reach of the model, on the same line."""
    left, right = text[max(0, place - _WINDOW) : place], text[place + 1 : place + 1 + _WINDOW]
    for mark in _BREAKS:
        left, right = left.rpartition(mark)[2], right.partition(mark)[0]
    return left, right
