"""From a sound text to a damaged one, with the edits that lead back."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhengben.damage.substitution import Substitution
from zhengben.damage.tables import Pair, Tables
from zhengben.damage.wrapping import wrapped, wrapped_edits
from zhengben.errors import UsageError
from zhengben.model import Edit, PositionMap, apply, compose, invert

STAGE = "damage"
QUOTING_ENGINES = frozenset({"A"})
"""Engines that write 〞 for ” (seen in every document of engine A that holds quotations)."""

DELETED_WORDS = ("电话", "电脑", "准备", "计划", "材料", "提升", "效果")
"""Words that sites remove; the first four were seen, the others stand for lists that are not known."""


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged text and the way back.

    ``gold`` are edits on ``text`` that restore ``source``; several passes over one place make one edit, whose
    ``via`` names them. An edit with an empty original is a word that was deleted.
    """

    source: str
    text: str
    gold: tuple[Edit, ...]
    engines: tuple[str, ...]
    active: frozenset[Pair]


def damage(
    text: str,
    engines: Sequence[str] = ("B",),
    *,
    tables: Tables,
    seed: int | str = 0,
    share: tuple[float, float] = (0.5, 1.0),
    deletions: int = 0,
    wrap: int = 0,
    wrap_after: int = 0,
) -> Damaged:
    """Damage ``text`` by one or more engines in turn; an engine named twice works twice, with the same pairs.

    Of each engine's table a random share between the two bounds of ``share`` is active, with one target for each
    original. ``deletions`` words are removed wherever they stand. ``wrap`` breaks long lines every so many code points
    before the engines come, so that a word cut by a break survives; ``wrap_after`` does so after them, so that a
    damaged form is cut. The same seed gives the same damage. Raises `UsageError` for an engine without a table.
    """
    refuse_unknown(engines, tables)
    dice = random.Random(f"{STAGE} {seed}")
    active = {engine: draw(tables[engine], share, dice) for engine in dict.fromkeys(engines)}
    substitutions = {engine: _substitution(engine, pairs, dice) for engine, pairs in active.items()}
    source = damaged = wrapped(text, wrap) if wrap else text
    edits: tuple[Edit, ...] = ()
    for engine in engines:
        step = substitutions[engine].edits(damaged, engine, STAGE)
        edits, damaged = compose(edits, step), apply(damaged, step)
    removed = _deletions(damaged, edits, deletions, dice)
    gold, damaged = invert(compose(edits, removed)), apply(damaged, removed)
    if wrap_after:
        damaged, gold = wrapped_edits(damaged, gold, wrap_after)
        source = apply(damaged, gold)
    pairs = frozenset(pair for chosen in active.values() for pair in chosen)
    return Damaged(source, damaged, gold, tuple(dict.fromkeys(engines)), pairs)


def refuse_unknown(engines: Iterable[str], tables: Tables) -> None:
    """Raise `UsageError` for an engine without a table."""
    unknown = sorted(set(engines) - set(tables))
    if unknown:
        raise UsageError(f"no table for engine {', '.join(unknown)}: choose from {', '.join(sorted(tables))}")


def draw(pairs: Sequence[Pair], share: tuple[float, float], dice: random.Random) -> tuple[Pair, ...]:
    """A random share of ``pairs``, with one target for each original."""
    count = round(len(pairs) * dice.uniform(*share))
    chosen: dict[str, Pair] = {}
    for pair in dice.sample(sorted(pairs), count):
        chosen.setdefault(pair.original, pair)
    return tuple(sorted(chosen.values()))


def _substitution(engine: str, pairs: Sequence[Pair], dice: random.Random) -> Substitution:
    targets = {pair.original: pair.damaged for pair in pairs}
    if engine in QUOTING_ENGINES and dice.random() < 0.7:
        targets.setdefault("”", "〞")
    return Substitution(targets)


def _deletions(text: str, edits: Sequence[Edit], count: int, dice: random.Random) -> tuple[Edit, ...]:
    """Remove the words drawn, but not beside a replaced one: the way back would no longer be told apart."""
    present = [word for word in DELETED_WORDS if word in text]
    words = dice.sample(present, min(count, len(present)))
    touched = {
        position for span in PositionMap(edits).output_spans() for position in range(span.start - 1, span.end + 1)
    }
    found = Substitution(dict.fromkeys(words, "")).edits(text, "", STAGE)
    return tuple(edit for edit in found if touched.isdisjoint(range(edit.start, edit.end)))
