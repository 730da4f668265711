"""Pairs hidden from the tables, and how many of them mining finds again in damaged documents."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Final

from zhengben.config import Config
from zhengben.damage import Tables, read_pairs, tables_of
from zhengben.evaluation.documents import SoundDocument
from zhengben.evaluation.gold import Gold
from zhengben.evaluation.plan import Plan, Report
from zhengben.evaluation.synthetic import COMBINATIONS, damaged_documents
from zhengben.evaluation.tally import WordPair
from zhengben.rulebook import Rulebook
from zhengben.workshop.prospecting import prospect_texts

HIDDEN: Final = 20
"""Pairs that one draw hides from the tables."""

FEWEST_OCCURRENCES: Final = 10
"""How often a pair must occur in the documents of a draw to be hidden."""

PROPOSALS: Final = 30
"""Proposals that a reviewer looks at."""


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw: the hidden pairs (damaged, original), with the rank of those proposed, counted from one."""

    seed: str
    candidates: int
    ranks: dict[WordPair, int | None]
    seconds: float

    @property
    def found(self) -> int:
        """How many of the hidden pairs are among the first proposals."""
        return sum(rank is not None and rank <= PROPOSALS for rank in self.ranks.values())

    def figures(self) -> Report:
        pairs = {f"{wrong}→{right}": rank for (wrong, right), rank in self.ranks.items()}
        known = {"seed": self.seed, "candidates": self.candidates, "hidden": len(self.ranks)}
        return {**known, "found": self.found, "seconds": self.seconds, "ranks": pairs}


def measure_mining(documents: Sequence[SoundDocument], plan: Plan, say: Callable[[str], None]) -> Report:
    """Draw documents and pairs as often as the plan's scale says; the median of what is found, and each draw."""
    rulebook = Rulebook.load()
    tables = read_pairs(plan.pairs) if plan.pairs else tables_of(rulebook)
    draws = []
    for number in range(plan.scale.draws):
        say(f"mining, draw {number + 1} of {plan.scale.draws}")
        draws.append(_draw(documents, plan, tables, f"mining {plan.seed} {number}"))
    return {
        "documents": plan.scale.mined,
        "proposals": PROPOSALS,
        "median": median(draw.found for draw in draws),
        "draws": [draw.figures() for draw in draws],
    }


def _draw(documents: Sequence[SoundDocument], plan: Plan, tables: Tables, seed: str) -> Draw:
    golds = list(_damaged(documents, tables, plan.scale.mined, seed))
    of_tables = {(pair.damaged, pair.original) for engine in tables for pair in tables[engine]}
    made = _occurrences(golds)
    frequent = sorted(pair for pair in of_tables if made[pair] >= FEWEST_OCCURRENCES)
    hidden = random.Random(f"hidden {seed}").sample(frequent, min(HIDDEN, len(frequent)))
    settings = _settings_without(hidden, plan.output / "mining.toml")
    begin = time.perf_counter()
    proposals = prospect_texts([gold.text for gold in golds], Config(rules=(settings,)))
    seconds = time.perf_counter() - begin
    ranks = {(proposal.wrong, proposal.right): rank for rank, proposal in enumerate(proposals, 1)}
    return Draw(seed, len(frequent), {pair: ranks.get(pair) for pair in hidden}, seconds)


def _damaged(documents: Sequence[SoundDocument], tables: Tables, count: int, seed: str) -> Iterable[Gold]:
    """``count`` documents, as many of each combination of engines as of every other."""
    combinations = [engines for engines in COMBINATIONS if set(engines) <= set(tables)]
    share = -(-count // len(combinations))
    sets = [damaged_documents(documents, engines, tables, share, seed) for engines in combinations]
    return islice((gold for row in zip(*sets, strict=False) for gold in row), count)


def _occurrences(golds: Iterable[Gold]) -> Counter[WordPair]:
    """How often each pair (damaged, original) was made, passes over one place counted one by one."""
    edits = (mark.edit for gold in golds for mark in gold.marks if mark.edit is not None)
    parts = (part for edit in edits for part in (edit.via or (edit,)))
    return Counter((part.original, part.replacement) for part in parts if part.original and part.replacement)


def _settings_without(hidden: Iterable[WordPair], path: Path) -> Path:
    """Settings that disable every rule, of any engine, which says what a hidden pair says."""
    pairs = set(hidden)
    rules = Rulebook.load().rules
    names = [rule.id for rule in rules if any((rule.wrong, right) in pairs for right in rule.rights)]
    path.write_text(f"[rules]\ndisable = {json.dumps(names, ensure_ascii=False)}\n", encoding="utf-8")
    return path
