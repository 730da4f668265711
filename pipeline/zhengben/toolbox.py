"""Loads what several stages share - model, rules, counts - once, and only when first asked for."""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING, TypeVar

from zhengben import resources
from zhengben.config import Config

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhengben.gaps.filling import Filler
    from zhengben.lm.bigrams import Bigrams
    from zhengben.lm.form_counts import FormCounts
    from zhengben.lm.scorer import LanguageModel
    from zhengben.restore.calibration import Calibration
    from zhengben.restore.sites import Lexicon
    from zhengben.restore.survivors import Roll
    from zhengben.restore.suspicion import Suspicion
    from zhengben.rulebook import Rulebook
    from zhengben.spelling.slips import Backend

T = TypeVar("T")


class Toolbox:
    """The shared, read-only equipment of a `Cleaner`; safe to use from several threads."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._lock = RLock()
        self._loaded: dict[str, object] = {}

    @property
    def language_model(self) -> LanguageModel:
        """The memory-mapped character model. Raises `ModelError` when it is missing or damaged."""
        from zhengben.lm.scorer import LanguageModel

        return self._once("model", lambda: LanguageModel.load(self._config.model or resources.MODEL))

    @property
    def rulebook(self) -> Rulebook:
        """The shipped tables and the user's. Raises `RuleError` when one does not load."""
        from zhengben.rulebook import Rulebook

        return self._once("rulebook", lambda: Rulebook.load(self._config.rules))

    @property
    def form_counts(self) -> FormCounts:
        """How often every form of the rules occurs in sound text."""
        from zhengben.lm.form_counts import FormCounts

        return self._once("counts", FormCounts.load)

    @property
    def calibration(self) -> Calibration:
        """What is known beforehand about each pair of words."""
        from zhengben.restore.calibration import Calibration

        return self._once("calibration", Calibration.load)

    @property
    def bigrams(self) -> Bigrams:
        """How often two characters stand side by side in sound text."""
        from zhengben.lm.bigrams import Bigrams

        return self._once("bigrams", Bigrams.load)

    @property
    def spelling(self) -> Backend:
        """What finds slips of single characters. Raises `DependencyError` when its package is missing."""
        from zhengben.spelling.backends import open_backend

        return self._once("spelling", lambda: open_backend(self._config, self))

    @property
    def lexicon(self) -> Lexicon:
        """The damaged forms that engines write, with the rules that undo them."""
        from zhengben.restore.sites import Lexicon

        return self._once("lexicon", lambda: Lexicon(self.rulebook))

    @property
    def roll(self) -> Roll:
        """The originals that engines replace, to see which of them are left in a document."""
        from zhengben.restore.survivors import Roll

        return self._once("roll", lambda: Roll(self.lexicon.entries.values()))

    @property
    def suspicion(self) -> Suspicion:
        """The first look at a document, by counts."""
        from zhengben.restore.suspicion import Suspicion

        return self._once("suspicion", lambda: Suspicion(self.lexicon, self.roll, self.calibration))

    @property
    def filler(self) -> Filler:
        """What proposes words for gaps. Raises `ModelError` when model or lists are missing."""
        from zhengben.gaps.filling import Filler

        return self._once("filler", lambda: Filler(self.language_model, self.bigrams))

    def _once(self, name: str, load: Callable[[], T]) -> T:
        with self._lock:
            if name not in self._loaded:
                self._loaded[name] = load()
            return self._loaded[name]  # type: ignore[return-value]
