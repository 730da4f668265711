"""What patterns alone can say against a rule: examples, order, chains, contradictions, shadows."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from zhengben.rulebook.findings import Finding, Level
from zhengben.rulebook.rule import Rule, Table
from zhengben.rulebook.rulebook import Rulebook

SHORTEST_EXAMPLE: Final = 8
"""Characters an example must have: fewer do not make a sentence."""

NEAR_COPY: Final = 0.6
"""Share of common character pairs (Jaccard) from which on two examples are copies of each other."""

_NOT_TEXT: Final = re.compile(r"[^\w]+")

SoundCount = Callable[[str], int | None]
"""How often a form occurs in sound text, or None where that is not known."""


def lint(tables: Sequence[Table], rulebook: Rulebook, sound_count: SoundCount) -> Iterator[Finding]:
    """Everything there is to say about ``tables``, which are part of ``rulebook``."""
    for table in tables:
        yield from _order(table)
    rules = [rule for table in tables if not table.identify for rule in table.rules if not rule.is_protection]
    for rule in rules:
        yield from _examples(rule, sound_count)
        yield from _certainty(rule, sound_count)
        yield from _repeated_entries(rule)
        yield from _shadow(rule, rulebook)
    yield from near_copies(rules)
    yield from _chains(rules, rulebook)
    yield from _contradictions(rules, rulebook)


def near_copies(rules: Iterable[Rule]) -> Iterator[Finding]:
    """Examples that repeat each other once the rule's own words are taken out: they test the same thing twice."""
    seen: list[tuple[Rule, str, frozenset[str]]] = []
    holders: defaultdict[str, list[int]] = defaultdict(list)
    examples = [(rule, example) for rule in rules for example in (*rule.fires, *rule.silent)]
    for rule, example in examples:
        pairs = _character_pairs(rule, example)
        common = Counter(number for pair in pairs for number in holders[pair])
        for number, shared in common.most_common(1):
            other, text, its_pairs = seen[number]
            if shared >= NEAR_COPY * (len(pairs) + len(its_pairs) - shared):
                yield Finding("error", rule.where, f"“{example}” is a near-copy of “{text}” ({other.id})")
        for pair in pairs:
            holders[pair].append(len(seen))
        seen.append((rule, example, pairs))


def _character_pairs(rule: Rule, example: str) -> frozenset[str]:
    text = _NOT_TEXT.sub("", example.replace(rule.wrong, "■"))
    return frozenset(text[place : place + 2] for place in range(len(text) - 1))


def _order(table: Table) -> Iterator[Finding]:
    for former, latter in zip(table.rules, table.rules[1:], strict=False):
        if former.wrong > latter.wrong:
            yield Finding("error", latter.where, f"belongs before {former.wrong}; run `zhengben rules fmt`")
            return


def _examples(rule: Rule, sound_count: SoundCount) -> Iterator[Finding]:
    if not rule.fires:
        yield Finding("error", rule.where, "has no `fires` example")
    if not rule.silent and sound_count(rule.wrong):
        count = sound_count(rule.wrong)
        yield Finding("error", rule.where, f"has no `silent` example, but its form occurs {count} times in sound text")
    for example in (*rule.fires, *rule.silent):
        if len(example) < SHORTEST_EXAMPLE:
            yield Finding("error", rule.where, f"“{example}” is shorter than {SHORTEST_EXAMPLE} characters")
        if rule.wrong not in re.sub(r"\s", "", example):
            yield Finding("error", rule.where, f"“{example}” does not hold the form")


def _certainty(rule: Rule, sound_count: SoundCount) -> Iterator[Finding]:
    count = sound_count(rule.wrong) if rule.apply == "certain" else 0
    if count and not rule.is_guarded:
        yield Finding("error", rule.where, f"is certain without a guard, but occurs {count} times in sound text")
    elif count:
        yield Finding("note", rule.where, f"occurs {count} times in sound text before its guards")


def _repeated_entries(rule: Rule) -> Iterator[Finding]:
    for key in ("not_after", "not_before", "after", "before", "fires", "silent"):
        twice = [entry for entry, count in Counter(getattr(rule, key)).items() if count > 1]
        if twice:
            yield Finding("warning", rule.where, f"{key}: {'、'.join(twice)} stands twice")


def _shadow(rule: Rule, rulebook: Rulebook) -> Iterator[Finding]:
    """Whether certain rules always come first, so that the rule never sees its form."""
    for other in _certain_inside(rule.wrong, rulebook):
        same_form = other.wrong == rule.wrong and other.apply == rule.apply
        if other.id == rule.id or other.is_guarded or (rule.apply == "certain" and not same_form):
            continue
        repaired = rule.wrong.replace(other.wrong, other.right)
        if same_form and rulebook.rules.index(other) > rulebook.rules.index(rule):
            continue
        level: Level = "note" if repaired == rule.right else "error"
        agrees = "and agrees" if level == "note" else f"and makes it {repaired}"
        yield Finding(level, rule.where, f"is shadowed: {other.id} is certain and comes first, {agrees}")


def _certain_inside(form: str, rulebook: Rulebook) -> Iterator[Rule]:
    for number, _, _ in rulebook.screen(form).matches:
        yield from (rule for rule in rulebook.rules_for(number) if rule.apply == "certain")


def _chains(rules: Iterable[Rule], rulebook: Rulebook) -> Iterator[Finding]:
    """Rules whose output holds the form of another rule of their engine."""
    for rule in rules:
        for following in _links(rule, rulebook):
            loop = any(link.id == rule.id for link in _links(following, rulebook))
            kind = "loop" if loop else "chain"
            if rule.apply == "certain" and following.apply == "certain":
                yield Finding("error", rule.where, f"{kind} of certain rules: its output is taken up by {following.id}")
            elif rule.right == following.wrong:
                yield Finding("note", rule.where, f"{kind}: {rule.wrong} → {rule.right} → {following.right}")


def _links(rule: Rule, rulebook: Rulebook) -> list[Rule]:
    links = []
    for number, start, end in rulebook.screen(rule.right).matches:
        for other in rulebook.rules_for(number):
            if (
                other.engine == rule.engine
                and other.id != rule.id
                and rulebook.guards_allow(other, rule.right, start, end)
            ):
                links.append(other)
    return links


def _contradictions(rules: Iterable[Rule], rulebook: Rulebook) -> Iterator[Finding]:
    """Engines that make one form of different words, or swap two words: facts, and listed."""
    for rule in rules:
        form = rulebook.form_id(rule.wrong)
        for other in rulebook.rules_for(form) if form is not None else ():
            if other.id > rule.id and other.right not in rule.rights:
                yield Finding("note", rule.where, f"{rule.engine} says {rule.right}, {other.id} says {other.right}")
        back = rulebook.form_id(rule.right) if rule.right else None
        for other in rulebook.rules_for(back) if back is not None else ():
            if other.engine > rule.engine and rule.wrong in other.rights:
                yield Finding("note", rule.where, f"{other.id} goes the opposite way")
