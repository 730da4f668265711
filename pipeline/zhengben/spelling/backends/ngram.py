"""Our own way: counts of neighbours point at a place, the language model judges it, the document weighs it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from zhengben.model import Span
from zhengben.spelling.candidates import Search
from zhengben.spelling.confidence import probabilities
from zhengben.spelling.confusion import ConfusionSets, Likeness
from zhengben.spelling.figures import Figures
from zhengben.spelling.guards import ALL_BUT_CERTAIN, is_abbreviation, why_doubtful
from zhengben.spelling.homophones import Homophones, Mistaken
from zhengben.spelling.judgement import Judge, Suspicion
from zhengben.spelling.neighbours import Neighbours
from zhengben.spelling.slips import Slip

if TYPE_CHECKING:
    from zhengben.toolbox import Toolbox

LEAST_CONFIDENCE: Final = 0.01
"""Slips below are not worth passing on."""

DOUBT: Final = 3.0
"""Natural log odds by which a slip is likelier where a recognition of characters was not sure. Set by hand, on
own-written pages recognised from scans of a third of the usual sharpness: 22 characters are put right and one sound
one is spoilt, where without it one is put right; with 4.0 it is 29 and 12. On legible scans, of which a fifth of what
is doubtful was wrong, none of these edits anything."""

_RULES: Final = {
    Likeness.SOUND_AND_SHAPE: "spelling/sound-and-shape",
    Likeness.SAME_TONE: "spelling/sound",
    Likeness.SAME_SOUND: "spelling/sound",
    Likeness.SHAPE: "spelling/shape",
    Likeness.STROKES: "spelling/shape",
}


class NgramBackend:
    """Judges confusable characters by the shipped language model."""

    def __init__(self, search: Search, judge: Judge, homophones: Homophones) -> None:
        self._search = search
        self._judge = judge
        self._homophones = homophones

    @classmethod
    def open(cls, toolbox: Toolbox) -> NgramBackend:
        """Load model, counts and figures. Raises `DependencyError` when KenLM is missing, or `ModelError`."""
        figures, model, bigrams = Figures.load(), toolbox.language_model, toolbox.bigrams
        search = Search(bigrams, ConfusionSets.load(), figures.promise)
        return cls(search, Judge(model, figures.judgement), Homophones(model, bigrams))

    def find(self, text: str, doubtful: Iterable[Span] = ()) -> list[Slip]:
        unsure = {place for start, end in doubtful for place in range(start, end)}
        neighbours = self._search.read(text)
        suspicions = list(_strongest(self._suspicions(text, neighbours, unsure)))
        mistaken = list(_clear_of(self._homophones.find(text, neighbours), suspicions))
        odds = [*(suspicion.log_odds for suspicion in suspicions), *(word.log_odds for word in mistaken)]
        sure = probabilities(odds, len(text))
        slips = [_slip(text, *found) for found in zip(suspicions, sure[: len(suspicions)], strict=True)]
        slips += [_word_slip(text, *found) for found in zip(mistaken, sure[len(suspicions) :], strict=True)]
        return sorted((slip for slip in slips if slip.confidence >= LEAST_CONFIDENCE), key=lambda slip: slip.start)

    def _suspicions(self, text: str, neighbours: Neighbours, unsure: Collection[int]) -> Iterator[Suspicion]:
        for group in self._search.find(neighbours, unsure):
            if not is_abbreviation(text, group[0].position):
                suspicion = self._judge.judge(text, group)
                if suspicion is not None:
                    is_unsure = group[0].position in unsure
                    yield replace(suspicion, log_odds=suspicion.log_odds + DOUBT) if is_unsure else suspicion


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


def _clear_of(mistaken: Iterable[Mistaken], suspicions: Iterable[Suspicion]) -> Iterator[Mistaken]:
    """The words in which no single character is suspicious."""
    taken = {suspicion.candidate.position for suspicion in suspicions}
    return (word for word in mistaken if taken.isdisjoint((word.start, word.start + 1)))


def _word_slip(text: str, word: Mistaken, probability: float) -> Slip:
    """The one character in which the two words differ, or both."""
    standing = text[word.start : word.start + 2]
    first = int(standing[0] == word.replacement[0])
    last = 2 - int(standing[1] == word.replacement[1])
    return Slip(
        word.start + first,
        word.start + last,
        word.replacement[first:last],
        probability,
        "spelling/homophone",
        why_doubtful(text, word.start + first, word.replacement[first], ALL_BUT_CERTAIN),
    )


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
