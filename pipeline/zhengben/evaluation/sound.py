"""What a cleaner does to sound text: every edit there is a fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from zhengben.evaluation.rates import per_100k, poisson_upper_bound
from zhengben.evaluation.tally import DECIDING_STAGES
from zhengben.model import Edit, Result

_SENTENCE_ENDS = "。！？；\n"


@dataclass(slots=True)
class SoundTally:
    """Edits made and suggested in sound text, by stage."""

    documents: int = 0
    characters: int = 0
    applied: Counter[str] = field(default_factory=Counter)
    suggested: Counter[str] = field(default_factory=Counter)
    called_damaged: int = 0
    examples: list[tuple[str, Edit]] = field(default_factory=list)

    @property
    def deciding(self) -> int:
        """Applied edits of the stages that decide between words."""
        return sum(count for stage, count in self.applied.items() if stage in DECIDING_STAGES)

    def figures(self) -> dict[str, object]:
        """All that is reported, by name; rates are per 100,000 characters, bounds one-sided at 95 %."""
        return {
            "documents": self.documents,
            "characters": self.characters,
            "deciding_edits": self.deciding,
            "deciding_rate": per_100k(self.deciding, self.characters),
            "deciding_bound": per_100k(poisson_upper_bound(self.deciding), self.characters),
            "suggestion_rate": per_100k(sum(self.suggested.values()), self.characters),
            "applied": dict(sorted(self.applied.items())),
            "suggested": dict(sorted(self.suggested.items())),
            "applied_rates": {s: per_100k(n, self.characters) for s, n in sorted(self.applied.items())},
            "suggested_rates": {s: per_100k(n, self.characters) for s, n in sorted(self.suggested.items())},
            "called_damaged": self.called_damaged,
        }


def tally_sound(
    texts: Iterable[str], clean: Callable[[str], Result], threshold: float = 0.5, context: int = 14
) -> SoundTally:
    """Clean sound texts and count what happens; an engine at or above ``threshold`` calls a text damaged.

    ``context`` code points are kept on both sides of each edit, as examples to learn from.
    """
    total = SoundTally()
    for text in texts:
        result = clean(text)
        total.documents += 1
        total.characters += len(text)
        total.called_damaged += any(verdict.probability >= threshold for verdict in result.engines)
        for edit in result.edits:
            (total.applied if edit.is_applied else total.suggested)[edit.stage] += 1
            total.examples.append((shown(text, edit, context), edit))
    return total


def shown(text: str, edit: Edit, context: int = 14) -> str:
    """An edit in its surroundings, on one line."""
    before, after = text[max(0, edit.start - context) : edit.start], text[edit.end : edit.end + context]
    return f"{before}【{edit.original}→{edit.replacement}】{after}".replace("\n", "⏎")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text with their marks, in order; nothing is lost but empty ones."""
    start = 0
    for position, char in enumerate(text):
        if char in _SENTENCE_ENDS:
            if text[start : position + 1].strip():
                yield text[start : position + 1]
            start = position + 1
    if text[start:].strip():
        yield text[start:]
