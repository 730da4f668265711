"""Which words may have stood in a gap, and how much better the text is with one than without."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING, Final

from zhengben import resources
from zhengben.code_points import code_points
from zhengben.errors import ModelError
from zhengben.lm.bigrams import Bigrams
from zhengben.lm.normalization import normalize
from zhengben.lm.scorer import LanguageModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORDS: Final = resources.DATA / "gap_words.txt"
"""Content words of two characters of jieba's dictionary (MIT) that training holds a hundred times or more."""

MOST_WORDS: Final = 5
"""Words that a suggestion names."""

_SHORTLIST: Final = 24
"""Words that the counts of pairs leave to the language model."""

LEAST_SURPRISE: Final = -1.2
"""log10 probability above which a text goes on as expected."""

_LEFT: Final = 4
_RIGHT: Final = 4


@dataclass(frozen=True, slots=True)
class Filling:
    """The words that fit best, and the log10 ratio of the text with any word in the gap to the text without."""

    words: tuple[str, ...]
    gain: float


class Filler:
    """Tries the words that go with both neighbours. Holds tables only and may be shared between threads."""

    def __init__(self, model: LanguageModel, bigrams: Bigrams) -> None:
        import numpy as np

        self._model = model
        self._bigrams = bigrams
        self._words = _read_words()
        first = code_points("".join(word[0] for word in self._words))
        last = code_points("".join(word[1] for word in self._words))
        totals = bigrams.log2_totals()
        self._firsts, self._first_of = np.unique(bigrams.numbers(first), return_inverse=True)
        self._lasts, self._last_of = np.unique(bigrams.numbers(last), return_inverse=True)
        self._weights = bigrams.log2_counts(first, last) - totals[first] - totals[last]

    def expects(self, text: str, start: int, end: int) -> bool:
        """Whether what follows the gap is nothing unusual after what stands before it."""
        left, right = _around(text, start, end)
        if not left or not right:
            return True
        state, _ = self._model.run(self._model.begin(), left)
        return self._model.advance(state, right[0])[1] > LEAST_SURPRISE

    def fill(self, text: str, start: int, end: int) -> Filling:
        """Try words in the gap `start`..`end`, whose blank, if there is one, goes."""
        left, right = _around(text, start, end)
        if not left or not right:
            return Filling((), -99.0)
        state, _ = self._model.run(self._model.begin(), left)
        _, without = self._model.run(state, right)
        words = self._shortlist(left, right)
        scored = sorted(((self._model.run(state, word + right)[1] - without, word) for word in words), reverse=True)
        if not scored:
            return Filling((), -99.0)
        gain = log10(sum(10.0 ** min(value, 50.0) for value, _ in scored) or 1e-99)
        return Filling(tuple(word for _, word in scored[:MOST_WORDS]), gain)

    def _shortlist(self, left: str, right: str) -> list[str]:
        import numpy as np

        before, after = self._bigrams.numbers(code_points(normalize(left[-1] + right[0])))
        follow = self._beside(np.full_like(self._firsts, before), self._firsts)
        precede = self._beside(self._lasts, np.full_like(self._lasts, after))
        fit = follow[self._first_of] + precede[self._last_of] + self._weights
        best = np.argpartition(-fit, _SHORTLIST)[:_SHORTLIST]
        return [self._words[k] for k in best[np.isfinite(fit[best])].tolist()]

    def _beside(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float32]:
        """log2(1 + count) of these neighbours, minus infinity where they never met."""
        import numpy as np

        steps = self._bigrams.steps(left, right)
        return np.where(steps > 0, self._bigrams.log2(steps), np.float32(-np.inf))


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    left, right = text[max(0, start - _LEFT) : start], text[end : end + _RIGHT]
    return left.rpartition("\n")[2], right.partition("\n")[0]


def _read_words() -> list[str]:
    try:
        return [word for word in WORDS.read_text("utf-8").split() if len(word) == 2]
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"{WORDS}: the list of words is missing or damaged; reinstall zhengben") from error
