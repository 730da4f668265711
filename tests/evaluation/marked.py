"""Marked texts and what a cleaner made of them, for the tests of scores."""

from __future__ import annotations

from zhengben.evaluation.gold_format import parse_gold
from zhengben.evaluation.scoring import score
from zhengben.model import Edit, Result, apply


def edits_on(text, changes, status="applied"):
    """Edits from (original, replacement) pairs, each at its next occurrence."""
    found, cursor = [], 0
    for original, replacement in changes:
        cursor = text.index(original, cursor)
        edit = Edit(cursor, cursor + len(original), original, replacement, "restore", "B/x", status=status)
        cursor += len(original)
        found.append(edit)
    return found


def scored(marked, changes, suggestions=()):
    gold = parse_gold(marked)
    edits = edits_on(gold.text, changes)
    offered = edits_on(gold.text, suggestions, "suggested")
    return score(gold, Result(gold.text, apply(gold.text, edits), (*edits, *offered)))
