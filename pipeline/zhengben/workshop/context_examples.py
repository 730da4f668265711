"""Runs the examples of context rules, the engine taken as active: patterns alone cannot decide them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from zhengben.cleaner import Cleaner
from zhengben.config import ENGINES, Config
from zhengben.model import Edit, Result
from zhengben.rulebook import Rule
from zhengben.rulebook.findings import Finding

_DECIDING_STAGES = frozenset({"rules", "restore"})


def check_context_examples(rules: Iterable[Rule], config: Config) -> Iterator[Finding]:
    """An error for each context rule whose ``fires`` are not applied or whose ``silent`` get as far as a suggestion.

    Where a form has several originals, a suggestion will do for ``fires``: in one sentence alone they share the
    probability (如果 and 若), and only a document tells them apart.
    """
    by_engine = sorted((rule for rule in rules if rule.apply == "context"), key=attrgetter("engine"))
    for engine, group in groupby(by_engine, key=attrgetter("engine")):
        if engine not in ENGINES:
            count = sum(1 for _ in group)
            yield Finding("note", engine, f"examples of {count} context rules not run: no such engine can be assumed")
            continue
        cleaner = Cleaner(replace(config, engines=(engine,)))
        for rule in group:
            yield from _check(rule, cleaner)


def _check(rule: Rule, cleaner: Cleaner) -> Iterator[Finding]:
    for example in rule.fires:
        edits = _edits_at_form(rule, cleaner.clean(example))
        if not any(edit.is_applied or len(rule.rights) > 1 for edit in edits):
            reached = max((edit.confidence for edit in edits), default=None)
            so_far = "not even suggested" if reached is None else f"only {reached:.2f}"
            yield Finding("error", rule.where, f"should be applied in “{example}”: {so_far}")
    for example in rule.silent:
        for edit in _edits_at_form(rule, cleaner.clean(example)):
            done = f"becomes {edit.replacement} ({edit.rule}, {edit.status}, {edit.confidence:.2f})"
            yield Finding("error", rule.where, f"should be silent in “{example}”: {done}")


def _edits_at_form(rule: Rule, result: Result) -> list[Edit]:
    """The edits of rules that overlap an occurrence of the rule's form."""
    places = []
    start = result.source.find(rule.wrong)
    while start >= 0:
        places.append((start, start + len(rule.wrong)))
        start = result.source.find(rule.wrong, start + 1)
    return [
        edit
        for edit in result.edits
        if edit.stage in _DECIDING_STAGES and any(edit.start < end and start < edit.end for start, end in places)
    ]
