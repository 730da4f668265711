"""Our own way: counts of neighbours point at a place, the language model judges it, the document weighs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from zhengben.lm.scorer import LanguageModel
from zhengben.spelling.candidates import Search
from zhengben.spelling.confidence import probabilities
from zhengben.spelling.confusion import ConfusionSets, Likeness
from zhengben.spelling.guards import is_abbreviation, why_doubtful
from zhengben.spelling.judgement import Suspicion, judge
from zhengben.spelling.slips import Slip

if TYPE_CHECKING:
    from zhengben.toolbox import Toolbox

LEAST_CONFIDENCE: Final = 0.01
"""Slips below are not worth passing on."""

_RULES: Final = {
    Likeness.SOUND_AND_SHAPE: "spelling/sound-and-shape",
    Likeness.SAME_TONE: "spelling/sound",
    Likeness.SAME_SOUND: "spelling/sound",
    Likeness.SHAPE: "spelling/shape",
    Likeness.STROKES: "spelling/shape",
}


class NgramBackend:
    """Judges confusable characters by the shipped language model."""

    def __init__(self, model: LanguageModel, search: Search) -> None:
        self._model = model
        self._search = search

    @classmethod
    def open(cls, toolbox: Toolbox) -> NgramBackend:
        """Load model, counts and pycorrector's lists. Raises `DependencyError` or `ModelError`."""
        return cls(toolbox.language_model, Search(toolbox.bigrams, ConfusionSets.load()))

    def find(self, text: str) -> list[Slip]:
        suspicions = list(_strongest(self._suspicions(text)))
        sure = probabilities([suspicion.log_odds for suspicion in suspicions], len(text))
        return [
            _slip(text, suspicion, probability)
            for suspicion, probability in zip(suspicions, sure, strict=True)
            if probability >= LEAST_CONFIDENCE
        ]

    def _suspicions(self, text: str) -> Iterator[Suspicion]:
        for group in self._search.find(text):
            if not is_abbreviation(text, group[0].position):
                suspicion = judge(self._model, text, group)
                if suspicion is not None:
                    yield suspicion


def _strongest(suspicions: Iterable[Suspicion]) -> Iterator[Suspicion]:
    """Of neighbours, which explain the same rare pair, the more probable one."""
    last: Suspicion | None = None
    for suspicion in suspicions:
        if last is not None and suspicion.candidate.position - last.candidate.position > 1:
            yield last
            last = suspicion
        elif last is None or suspicion.log_odds > last.log_odds:
            last = suspicion
    if last is not None:
        yield last


def _slip(text: str, suspicion: Suspicion, probability: float) -> Slip:
    candidate = suspicion.candidate
    place = candidate.position
    return Slip(
        place,
        place + 1,
        candidate.replacement,
        probability,
        _RULES[candidate.likeness],
        why_doubtful(text, place, candidate.replacement, probability),
    )
