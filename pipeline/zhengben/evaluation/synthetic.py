"""The recipe of damaged documents: sound ones, damaged by one engine or two in turn."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from zhengben.damage import Tables, damage
from zhengben.evaluation.documents import SoundDocument
from zhengben.evaluation.gold import Gold, from_edits

COMBINATIONS: Final[tuple[tuple[str, ...], ...]] = (
    ("A",), ("B",), ("A", "B"), ("E",), ("G",), ("H",), ("M",), ("N",), ("S",),
)  # fmt: skip
"""The engines of each set of documents; where two work, either comes first."""

SECOND_PASS: Final = {"B": 0.15}
"""How often an engine works twice, in place of once."""

DELETION: Final = 0.2
"""How often words are deleted, three at most."""

WRAPPING: Final = 0.05
"""How often lines are broken inside words: before the damage, and as often after it."""

COLUMNS: Final = (28, 45)
"""Length of a broken line, in code points."""

CHARACTERS: Final = (2000, 6000)
"""Length of a document, in code points, least and most: longer ones are cut at a paragraph."""


def combination_name(engines: Sequence[str]) -> str:
    return "+".join(sorted(engines))


def damaged_documents(
    documents: Sequence[SoundDocument],
    engines: tuple[str, ...],
    tables: Tables,
    count: int,
    seed: int | str,
    characters: tuple[int, int] = CHARACTERS,
) -> Iterator[Gold]:
    """Damage ``count`` documents, drawn evenly over their genres; the same seed gives the same ones."""
    dice = random.Random(f"documents {seed} {combination_name(engines)}")
    for document in evenly(documents, count, dice):
        order = list(engines)
        dice.shuffle(order)
        passes = [engine for name in order for engine in [name] * (1 + (dice.random() < SECOND_PASS.get(name, 0.0)))]
        wrap, wrap_after = (dice.randint(*COLUMNS) if dice.random() < WRAPPING else 0 for _ in range(2))
        damaged = damage(
            cut(document.text, dice.randint(*characters)),
            passes,
            tables=tables,
            seed=f"{seed} {document.name}",
            deletions=dice.randint(1, 3) if dice.random() < DELETION else 0,
            wrap=wrap,
            wrap_after=0 if wrap else wrap_after,
        )
        yield from_edits(damaged.text, damaged.gold, engines=damaged.engines, genre=document.genre, name=document.name)


def evenly(documents: Iterable[SoundDocument], count: int, dice: random.Random) -> list[SoundDocument]:
    """Draw ``count`` documents, one genre after another in turn, as long as each has any left."""
    by_genre: dict[str, list[SoundDocument]] = {}
    for document in documents:
        by_genre.setdefault(document.genre, []).append(document)
    for genre in sorted(by_genre):
        dice.shuffle(by_genre[genre])
    drawn: list[SoundDocument] = []
    while len(drawn) < count and any(by_genre.values()):
        drawn += [pile.pop() for genre, pile in sorted(by_genre.items()) if pile]
    return drawn[:count]


def cut(text: str, length: int) -> str:
    """The beginning of a text, at most ``length`` code points or one paragraph, whichever is longer."""
    if len(text) <= length:
        return text
    end = text.rfind("\n", 0, length)
    return text[:end] if end > 0 else text[: text.find("\n")] if "\n" in text else text
