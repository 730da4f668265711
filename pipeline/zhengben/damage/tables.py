"""Which word becomes which, by engine: the rule tables read from right to wrong."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from zhengben.damage.substitution import Substitution
from zhengben.errors import InputError, RuleError
from zhengben.model import apply

if TYPE_CHECKING:
    from zhengben.rulebook import Rulebook

_HAN: Final = re.compile(r"[\u4e00-\u9fff]+\Z")

SHARED_TABLE: Final = "common"
"""Fixed slips of the pen that no engine makes; they are not part of any engine's table."""


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """One entry of an engine's table: ``original`` is what a sound text says, ``damaged`` what is written instead."""

    engine: str
    original: str
    damaged: str

    @property
    def rule(self) -> str:
        """The identifier of the rule that undoes this pair."""
        return f"{self.engine}/{self.damaged}"


Tables: TypeAlias = Mapping[str, tuple[Pair, ...]]
"""The pairs of each engine, sorted."""


def tables_of(rulebook: Rulebook) -> Tables:
    """The tables that the repairing rules of a rulebook undo, without the entries that follow from others.

    A rule that asks for a context is no entry of a blind table.
    """
    pairs = (
        Pair(rule.engine, original, rule.wrong)
        for rule in rulebook.rules
        if rule.engine != SHARED_TABLE and not rule.after and not rule.before
        for original in rule.rights
    )
    return _grouped(pairs)


def _is_substitution(pair: Pair) -> bool:
    """Whether a word becomes another: 容 for 内容 is a deletion, 〞 for ” a matter of symbols."""
    han = bool(_HAN.match(pair.original)) and bool(_HAN.match(pair.damaged))
    shortened = len(pair.damaged) == 1 < len(pair.original)
    return han and pair.original != pair.damaged and not shortened


def read_pairs(path: Path) -> Tables:
    """Read a table of ``engine``, ``damaged`` and ``original``, separated by tabs.

    Raises `InputError` when the file cannot be read, `RuleError` for a line without three fields.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot read the table of pairs: {error}") from error
    pairs = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) < 3 or not all(fields[:3]):
            raise RuleError(f"{path}:{number}: expected engine, damaged and original, separated by tabs")
        pairs.add(Pair(fields[0], fields[2], fields[1]))
    return _grouped(pairs)


def withhold(tables: Tables, share: float, seed: int | str) -> frozenset[str]:
    """Draw ``share`` (0..1) of each engine's rules, to be hidden when the damage is undone; their identifiers."""
    withheld: set[str] = set()
    for engine in sorted(tables):
        rules = sorted({pair.rule for pair in tables[engine]})
        withheld.update(random.Random(f"withhold {seed} {engine}").sample(rules, round(len(rules) * share)))
    return frozenset(withheld)


def _grouped(pairs: Iterable[Pair]) -> Tables:
    engines: dict[str, list[Pair]] = {}
    for pair in sorted(filter(_is_substitution, set(pairs))):
        engines.setdefault(pair.engine, []).append(pair)
    return {engine: _independent(entries) for engine, entries in engines.items()}


def _independent(pairs: list[Pair]) -> tuple[Pair, ...]:
    """Leave out pairs that follow from others in one pass or two.

    原则→原那么 is the work of 则→那么, and 一定→确定 that of 一定→肯定 and 肯定→确定.
    """
    links = {(pair.original, pair.damaged) for pair in pairs}
    steps: dict[str, set[str]] = {}
    for original, damaged in links:
        steps.setdefault(original, set()).add(damaged)
    kept: list[Pair] = []
    for pair in sorted(pairs, key=lambda pair: (len(pair.original), pair)):
        shorter = {p.original: p.damaged for p in kept if len(p.original) < len(pair.original)}
        two_steps = any((middle, pair.damaged) in links for middle in steps[pair.original] - {pair.damaged})
        if not two_steps and pair.damaged not in _one_or_two_passes(pair.original, shorter):
            kept.append(pair)
    return tuple(sorted(kept))


def _one_or_two_passes(word: str, targets: Mapping[str, str]) -> tuple[str, str]:
    relevant = Substitution({source: target for source, target in targets.items() if len(source) <= len(word)})
    once = apply(word, relevant.edits(word, "", "damage"))
    return once, apply(once, relevant.edits(once, "", "damage"))
