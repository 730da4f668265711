"""How often rules fire, after their guards, on sound text: what `certain` is refused for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from zhengben.errors import InputError
from zhengben.rulebook.findings import Finding
from zhengben.rulebook.rule import Rule
from zhengben.rulebook.rulebook import Rulebook

_BESIDE: Final = 8
_PLACES_KEPT: Final = 3


@dataclass(slots=True)
class Firings:
    """For each rule id, how often it fired and the first few places, as readable excerpts."""

    characters: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[str]] = field(default_factory=dict)

    def add(self, rule: Rule, excerpt: str) -> None:
        self.counts[rule.id] += 1
        kept = self.places.setdefault(rule.id, [])
        if len(kept) < _PLACES_KEPT:
            kept.append(excerpt)


def count_firings(rulebook: Rulebook, texts: Iterable[tuple[str, str]], only: Iterable[Rule] | None = None) -> Firings:
    """Screen named texts and count where each rule's guards let it fire."""
    wanted = None if only is None else {rule.id for rule in only}
    firings = Firings()
    for name, text in texts:
        firings.characters += len(text)
        for form, start, end in rulebook.screen(text).matches:
            for rule in rulebook.rules_for(form):
                if (wanted is None or rule.id in wanted) and rulebook.guards_allow(rule, text, start, end):
                    firings.add(rule, _excerpt(name, text, start, end))
    return firings


def refuse_certain(rules: Iterable[Rule], firings: Firings) -> Iterator[Finding]:
    """An error for every certain rule that fires on sound text."""
    for rule in rules:
        count = firings.counts[rule.id]
        if count and rule.apply == "certain":
            shown = "; ".join(firings.places[rule.id])
            yield Finding("error", rule.where, f"is certain but fires {count} times on sound text: {shown}")


def read_texts(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """The UTF-8 text files among ``paths``, folders taken whole. Raises `InputError`."""
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: there is no such file or folder")
        for file in sorted(path.rglob("*.txt")) if path.is_dir() else [path]:
            try:
                yield str(file), file.read_text(encoding="utf-8-sig")
            except UnicodeDecodeError:
                raise InputError(f"{file}: is not UTF-8 text; convert it first") from None
            except OSError as error:
                raise InputError(f"{file}: cannot be read: {error.strerror}") from None


def _excerpt(name: str, text: str, start: int, end: int) -> str:
    around = f"{text[max(0, start - _BESIDE) : start]}【{text[start:end]}】{text[end : end + _BESIDE]}"
    line = text.count("\n", 0, start) + 1
    return f"{Path(name).name}:{line} {' '.join(around.split())}"
