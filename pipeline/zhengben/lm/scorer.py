"""Scores text by the shipped character n-gram model (KenLM, memory-mapped)."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, TypeAlias

from zhengben.errors import DependencyError, ModelError
from zhengben.lm.checksums import verify
from zhengben.lm.normalization import LINE_BREAK, normalize

State: TypeAlias = Any
"""What the model remembers of the characters before: a `kenlm.State`, hashable and never altered once handed out."""

UNKNOWN_LOG10: Final = -7.0
"""log10 probability of a character that the model has never seen: a floor of our own, below the rarest known one,
since `<unk>` of a Kneser-Ney model gets whatever mass discounting left over."""

_MAGIC: Final = b"mmap lm http://kheafield.com/code format version 5\n\0"
_ORDER_OFFSET: Final = 88
_COUNTS_OFFSET: Final = 108
_HEADER_LENGTH: Final = 116
_SENTENCE_END: Final = "</s>"
_FAST_LINE: Final = 2000
"""Longer lines are summed here, in double precision: KenLM adds up whole lines in single precision."""


class _Words(dict[str, str]):
    """From a character to its normalised form, or to "" when the model does not know it; filled as characters come."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self._model = model

    def __missing__(self, char: str) -> str:
        form = normalize(char)
        known = len(form) == 1 and not "\ud800" <= form <= "\udfff" and form in self._model
        word = self[char] = form if known else ""
        return word


class LanguageModel:
    """A character n-gram model. Text is normalised on the way in, so offsets and lengths are the caller's own.

    All figures are log10 probabilities. A line break ends a sentence and begins the next. Instances hold no
    changing state but a cache, and may be shared between threads.
    """

    def __init__(self, model: Any, path: Path) -> None:
        self._model = model
        self._path = path
        self._base_score = model.BaseScore
        self._words = _Words(model)
        self._new_state, self._null, self._start = _initial_states(model)
        self.order: int = model.order

    @classmethod
    def load(cls, path: Path | str) -> LanguageModel:
        """Map the model file into memory, after a check that it is one and is whole.

        Raises ModelError when the file is missing, truncated, altered or no KenLM file, DependencyError when the
        `kenlm` module is not installed.
        """
        path = Path(path)
        verify(path)
        _check_header(path)
        kenlm = _import_kenlm()
        try:
            return cls(kenlm.Model(str(path)), path)
        except (OSError, RuntimeError, ValueError, MemoryError) as error:
            raise ModelError(f"{path}: the language model is truncated or damaged; KenLM refuses it") from error

    def knows(self, char: str) -> bool:
        """Whether the model has seen this character (in its normalised form)."""
        return bool(self._words[char])

    @property
    def vocabulary(self) -> frozenset[str]:
        """All characters of the model, normalised; read from the file at each call."""
        return frozenset(word for word in _read_vocabulary(self._path) if len(word) == 1)

    def begin(self, *, sentence_start: bool = False) -> State:
        """The state before any text: nothing known of what precedes, or the beginning of a sentence."""
        return self._start if sentence_start else self._null

    def advance(self, state: State, char: str) -> tuple[State, float]:
        """The state after `char`, and the log10 probability of `char` in `state`."""
        word = self._words[char]
        if word:
            following = self._new_state()
            return following, self._base_score(state, word, following)
        return self._advance_rare(state, char)

    def run(self, state: State, text: str) -> tuple[State, float]:
        """Advance over all of `text`: the state after it and the log10 probability of it in `state`."""
        words, score, new_state = self._words, self._base_score, self._new_state
        total = 0.0
        for char in text:
            word = words[char]
            if word:
                following = new_state()
                total += score(state, word, following)
                state = following
            else:
                state, value = self._advance_rare(state, char)
                total += value
        return state, total

    def ratios(self, word: str, others: Iterable[str], left: str, right: str) -> list[float]:
        """log10 P(left other right) - log10 P(left word right) for each of ``others``, nothing known before ``left``.

        ``right`` is read until the model remembers the same of both: from there on they score alike.
        """
        score, new_state = self._base_score, self._new_state
        start, _ = self.run(self._null, left)
        end, value = self.run(start, word)
        ahead = self._until_forgotten(right)
        ratios = []
        for other in others:
            state, total = self.run(start, other)
            total, reference = total - value, end
            for each in ahead:
                if state == reference:
                    break
                following, beside = new_state(), new_state()
                total += score(state, each, following) - score(reference, each, beside)
                state, reference = following, beside
            ratios.append(total)
        return ratios

    def _until_forgotten(self, text: str) -> list[str]:
        """The words of a text up to a character behind which the model knows nothing of what precedes."""
        words = [self._words[char] for char in text]
        if "" not in words:
            return words
        place = words.index("")
        return [*words[:place], _SENTENCE_END] if normalize(text[place]) == LINE_BREAK else words[:place]

    def log10_by_char(self, text: str, state: State | None = None) -> list[float]:
        """The log10 probability of every character of `text`, in `state` (by default: nothing known before)."""
        current = self._null if state is None else state
        values = []
        for char in text:
            current, value = self.advance(current, char)
            values.append(value)
        return values

    def score(self, text: str) -> float:
        """The log10 probability of `text`, with no sentence marks at its ends; line breaks inside count as ends."""
        words = [*map(self._words.__getitem__, text)]
        if len(words) <= _FAST_LINE and all(words):
            return float(self._model.score(" ".join(words), False, False))
        lines = normalize(text).split(LINE_BREAK)
        last = len(lines) - 1
        return sum(self._score_line(line, i > 0, i < last) for i, line in enumerate(lines))

    def _score_line(self, line: str, bos: bool, eos: bool) -> float:
        words = [*map(self._words.__getitem__, line)]
        if len(words) <= _FAST_LINE and all(words):
            return float(self._model.score(" ".join(words), bos, eos))
        return self.run(self._start if bos else self._null, line + LINE_BREAK if eos else line)[1]

    def _advance_rare(self, state: State, char: str) -> tuple[State, float]:
        if normalize(char) == LINE_BREAK:
            return self._start, self._base_score(state, _SENTENCE_END, self._new_state())
        return self._null, UNKNOWN_LOG10


def _initial_states(model: Any) -> tuple[Any, State, State]:
    kenlm = _import_kenlm()
    null, start = kenlm.State(), kenlm.State()
    model.NullContextWrite(null)
    model.BeginSentenceWrite(start)
    return kenlm.State, null, start


def _import_kenlm() -> Any:
    try:
        import kenlm
    except ImportError as error:
        raise DependencyError("the kenlm module is missing: install it with 'pip install camel-kenlm'") from error
    return kenlm


def _check_header(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_LENGTH)
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {error.strerror or error}") from error
    if len(header) < _HEADER_LENGTH or not header.startswith(_MAGIC) or not 2 <= header[_ORDER_OFFSET] <= 6:
        raise ModelError(f"{path}: not a language model that KenLM's build_binary wrote, or an incomplete one")


def _read_vocabulary(path: Path) -> list[str]:
    """The words at the end of the file, each ended by NUL, `<unk>` first."""
    longest_word = 16
    with path.open("rb") as file:
        (count,) = struct.unpack_from("<Q", file.read(_HEADER_LENGTH), _COUNTS_OFFSET)
        file.seek(max(0, path.stat().st_size - count * longest_word))
        tail = file.read()
    words = tail[max(0, tail.rfind(b"<unk>\0")) :]
    return words.decode("utf-8", errors="replace").rstrip("\0").split("\0")
