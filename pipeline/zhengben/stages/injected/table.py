"""The table of injected material: patterns with their examples, and the words of site language."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from zhengben.errors import RuleError
from zhengben.resources import DATA

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TABLE = DATA / "boilerplate.toml"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One kind of injected text. ``keys`` are literals of which every match holds one."""

    id: str
    keys: tuple[str, ...]
    regex: re.Pattern[str]
    reason: str
    fires: tuple[str, ...]
    silent: tuple[str, ...]
    confidence: float = 0.97
    strong: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """All patterns, by how they are looked for, and the automaton over their keys and strong words."""

    lines: tuple[Pattern, ...]
    inline: tuple[Pattern, ...]
    anchors: tuple[Pattern, ...]
    headers: frozenset[str]
    strong: tuple[str, ...]
    cues: tuple[str, ...]
    literals: tuple[str, ...] = field(init=False)
    automaton: AhoCorasick = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        keys = (key for pattern in (*self.lines, *self.inline, *self.anchors) for key in pattern.keys)
        literals = tuple(dict.fromkeys((*keys, *self.strong)))
        automaton = AhoCorasick(literals, MatchKind.Standard, implementation=Implementation.DFA)
        object.__setattr__(self, "literals", literals)
        object.__setattr__(self, "automaton", automaton)

    def find(self, text: str) -> list[tuple[str, int, int]]:
        """Every key and strong word in ``text`` with its span, in one pass."""
        hits = self.automaton.find_matches_as_indexes(text, overlapping=True)
        return [(self.literals[index], start, end) for index, start, end in hits]


@lru_cache(maxsize=1)
def load_table(path: Path = TABLE) -> Table:
    """Read the table. Raises `RuleError` when it cannot be read or a pattern is broken."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        patterns = {kind: tuple(map(_pattern, raw[kind])) for kind in ("lines", "inline", "anchors")}
        headers, strong, cues = frozenset(raw["headers"]), tuple(raw["strong"]), tuple(raw["cues"])
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, re.error) as error:
        raise RuleError(f"{path.name}: the table of injected lines does not load: {error}; reinstall it") from error
    return Table(**patterns, headers=headers, strong=strong, cues=cues)


def _pattern(raw: dict[str, Any]) -> Pattern:
    return Pattern(
        id=raw["id"],
        keys=tuple(raw["keys"]),
        regex=re.compile(raw["pattern"]),
        reason=raw["reason"],
        fires=tuple(raw["fires"]),
        silent=tuple(raw["silent"]),
        confidence=raw.get("confidence", 0.97),
        strong=raw.get("strong", 0),
    )
