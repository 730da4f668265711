"""The sentences a rule carries as its own tests, run by patterns alone."""

from __future__ import annotations

from zhengben.errors import RuleError
from zhengben.rulebook.breaks import keep_breaks, remove_breaks
from zhengben.rulebook.guards import REACH, Guards, compile_guards, is_regex
from zhengben.rulebook.rule import Rule


def check_examples(rule: Rule) -> None:
    """Raise `RuleError` unless a certain or suggest rule fires exactly where its examples say.

    The examples of context rules need the language model and are left to `zhengben rules check`.
    """
    _check_reach(rule)
    if rule.apply == "context" or rule.is_protection:
        return
    if rule.wrong in rule.rights:
        raise RuleError(f"{rule.where}: right repeats wrong beside other words; drop one")
    guards = compile_guards(rule)
    for text in rule.fires:
        places = fires_at(rule, guards, text)
        if not places:
            raise RuleError(f"{rule.where}: should fire in “{text}” but does not")
        if rule.apply == "certain" and fires_at(rule, guards, _repaired(rule, text, places)):
            raise RuleError(f"{rule.where}: fires again on its own output of “{text}”; add a guard")
    for text in rule.silent:
        if fires_at(rule, guards, text):
            raise RuleError(f"{rule.where}: should be silent in “{text}” but fires")


def fires_at(rule: Rule, guards: Guards | None, text: str) -> list[tuple[int, int]]:
    """Where ``rule`` would fire in ``text``, by patterns alone; overlapping places come leftmost first.

    Words broken across a line are looked for only if they are not found otherwise.
    """
    for seen in dict.fromkeys((text, remove_breaks(text))):
        places = [place for place in _occurrences(rule.wrong, seen) if guards is None or guards.allow(seen, *place)]
        if places:
            return places
    return []


def _occurrences(form: str, text: str) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    start = text.find(form)
    while start >= 0:
        places.append((start, start + len(form)))
        start = text.find(form, start + 1)
    return places


def _repaired(rule: Rule, text: str, places: list[tuple[int, int]]) -> str:
    seen = text if rule.wrong in text else remove_breaks(text)
    pieces, cursor = [], 0
    for start, end in places:
        if start >= cursor:
            pieces += [seen[cursor:start], keep_breaks(seen[start:end], rule.right)]
            cursor = end
    return "".join((*pieces, seen[cursor:]))


def _check_reach(rule: Rule) -> None:
    for key in ("not_after", "not_before", "after", "before"):
        for entry in getattr(rule, key):
            if not is_regex(entry) and len(entry) > REACH:
                raise RuleError(f"{rule.where}: {key}: “{entry}” is longer than the {REACH} characters a guard sees")
