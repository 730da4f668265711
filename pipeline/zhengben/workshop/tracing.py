"""Which rules were considered at a place, who won, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from zhengben.cleaner import Cleaner
from zhengben.config import Config
from zhengben.model import Edit, Result
from zhengben.rulebook import Rule, Rulebook
from zhengben.toolbox import Toolbox

_WINDOW: Final = 24
_BOUNDARY: Final = re.compile("[。！？；\n]")


@dataclass(frozen=True, slots=True)
class Consideration:
    """One rule at one place: whether its guards allow it, what the language model says, what became of it.

    ``gain`` is log10 P(repaired) - log10 P(as it stands) of the sentence around, None without a model.
    """

    rule: Rule
    start: int
    end: int
    allowed: bool
    gain: float | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that was considered in a text, and the cleaning it led to."""

    result: Result
    considerations: tuple[Consideration, ...]

    def at(self, offset: int) -> Trace:
        """What concerns one code point of the source."""
        here = tuple(found for found in self.considerations if found.start <= offset < found.end)
        edits = tuple(edit for edit in self.result.edits if edit.start <= offset < max(edit.end, edit.start + 1))
        return Trace(Result(self.result.source, self.result.text, edits, (), self.result.engines), here)


def trace(text: str, config: Config) -> Trace:
    """Clean ``text`` and tell what each rule had to say about it. Raises what `Cleaner` raises."""
    result = Cleaner(config).clean(text)
    toolbox = Toolbox(config)
    return Trace(result, tuple(_considered(text, result, toolbox)))


def _considered(text: str, result: Result, toolbox: Toolbox) -> Iterator[Consideration]:
    rulebook = toolbox.rulebook
    for form, start, end in rulebook.screen(text).matches:
        edits = [edit for edit in result.edits if edit.start < end and start < edit.end]
        for rule in rulebook.rules_for(form):
            allowed = rulebook.guards_allow(rule, text, start, end)
            gain = _gain(text, start, end, rule, toolbox)
            outcome = _outcome(rule, edits, rulebook, text[start:end]) if allowed else "kept silent by its guards"
            yield Consideration(rule, start, end, allowed, gain, outcome)


def _outcome(rule: Rule, edits: list[Edit], rulebook: Rulebook, original: str) -> str:
    for edit in edits:
        if any(part.rule == rule.id for part in (edit, *edit.via)):
            return f"{edit.status} with confidence {edit.confidence:.2f}"
    for edit in edits:
        agrees = any(edit.replacement == rulebook.repair(original, right) for right in rule.rights)
        return f"{'left to' if agrees else 'lost to'} {edit.rule} ({edit.status}, {edit.confidence:.2f})"
    return "not made: neither the document nor the context asks for it"


def _gain(text: str, start: int, end: int, rule: Rule, toolbox: Toolbox) -> float | None:
    before = _BOUNDARY.split(text[max(0, start - _WINDOW) : start])[-1]
    after = _BOUNDARY.split(text[end : end + _WINDOW])[0]
    score = toolbox.language_model.score
    return score(before + rule.right + after) - score(before + text[start:end] + after)
