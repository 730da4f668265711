"""pycorrector's own Corrector with our model: slow, and it proposes much that is wrong, so everything is a suggestion
by default."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from threading import Lock
from typing import Any, Final

from zhengben import resources
from zhengben.config import Config
from zhengben.errors import ModelError
from zhengben.model import Span
from zhengben.spelling.backends.torchless import corrector_class
from zhengben.spelling.slips import Slip

CONFIDENCE: Final = 0.5
"""It gives no probabilities: offered above the usual threshold of suggestions, applied only where a user lowers
the other one to this."""

LONGEST_CLAUSE: Final = 60
"""Code points that it is given at a time; its work grows with the square of a clause."""

_CLAUSE: Final = re.compile(rf"[\u4e00-\u9fff]{{2,{LONGEST_CLAUSE}}}")


class PycorrectorBackend:
    """Asks pycorrector clause by clause; its answers are aligned inside the clause, for its offsets are unreliable."""

    def __init__(self, corrector: Any) -> None:
        self._corrector = corrector
        self._lock = Lock()

    @classmethod
    def open(cls, config: Config) -> PycorrectorBackend:
        """Build the Corrector, which takes some seconds and 400 MB at the first text.

        Raises `DependencyError` when pycorrector is missing, `ModelError` when the language model is: it would go
        and download another.
        """
        model = config.model or resources.MODEL
        if not model.is_file():
            raise ModelError(f"{model}: the language model is missing")
        return cls(corrector_class()(language_model_path=str(model)))

    def find(self, text: str, doubtful: Iterable[Span] = ()) -> list[Slip]:
        slips: list[Slip] = []
        for clause in _CLAUSE.finditer(text):
            slips += _aligned(clause.start(), clause.group(), self._correct(clause.group()))
        return slips

    def _correct(self, clause: str) -> str:
        with self._lock, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return str(self._corrector.correct(clause)["target"])


def _aligned(offset: int, clause: str, answer: str) -> Iterator[Slip]:
    """The differences between a clause and its correction, as replacements at `offset` onwards."""
    if answer == clause:
        return
    matcher = SequenceMatcher(None, clause, answer, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind != "equal":
            replacement = answer[other_start:other_end]
            yield Slip(offset + start, offset + end, replacement, CONFIDENCE, "spelling/pycorrector")
