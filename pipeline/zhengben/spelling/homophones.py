"""Words written for others of the same sound: no pair of characters is rare, only the words around tell them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from zhengben import resources
from zhengben.errors import ModelError
from zhengben.lm.scorer import LanguageModel

HOMOPHONES: Final = resources.DATA / "homophones.txt"
"""Two words a line, each common, which are mistaken for each other and not interchangeable."""

LEAST_GAIN: Final = 2.0
"""log10 by which the other word must fit better. Of words exchanged in sound text, about three in four pass, of
1,000,000 characters of sound text some ten places."""

MOST_GAIN: Final = 8.0
"""More tells nothing more."""

_REACH: Final = 4
_ODDS_AT_LEAST_GAIN: Final = 1.75
_ODDS_OF_GAIN: Final = 0.8


@dataclass(frozen=True, slots=True)
class Mistaken:
    """A word at code points `start`..`start + 2` that should probably read `replacement`.

    `log_odds` are natural, in text with `zhengben.spelling.judgement.REFERENCE_RATE` slips.
    """

    start: int
    replacement: str
    log_odds: float


class Homophones:
    """Finds words that stand for their homophones. Holds tables only and may be shared between threads."""

    def __init__(self, model: LanguageModel) -> None:
        from ahocorasick_rs import AhoCorasick

        self._model = model
        self._others = _read_pairs()
        self._words = list(self._others)
        self._automaton = AhoCorasick(self._words)

    def find(self, text: str) -> Iterator[Mistaken]:
        """The words of `text` that a homophone fits much better, in order."""
        for number, start, end in self._automaton.find_matches_as_indexes(text):
            left = text[max(0, start - _REACH) : start].rpartition("\n")[2]
            right = text[end : end + _REACH].partition("\n")[0]
            word = self._words[number]
            standing = self._model.score(left + word + right)
            gain, other = max(
                (self._model.score(left + other + right) - standing, other) for other in self._others[word]
            )
            if gain >= LEAST_GAIN:
                surplus = min(gain, MOST_GAIN) - LEAST_GAIN
                yield Mistaken(start, other, _ODDS_AT_LEAST_GAIN + _ODDS_OF_GAIN * surplus)


def _read_pairs() -> dict[str, list[str]]:
    others: dict[str, list[str]] = defaultdict(list)
    try:
        for line in HOMOPHONES.read_text("utf-8").splitlines():
            one, other = line.split("\t")
            others[one].append(other)
            others[other].append(one)
    except (OSError, ValueError) as error:
        raise ModelError(f"{HOMOPHONES}: the list of words is missing or damaged; reinstall zhengben") from error
    return dict(others)
