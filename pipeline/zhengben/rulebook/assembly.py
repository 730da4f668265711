"""How tables become one rulebook: overriding, disabling, protecting, refusing contradictions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zhengben.errors import RuleError
from zhengben.rulebook.rule import Rule, Table


class Assembly:
    """The rules that remain of shipped and user tables.

    A user's rule takes the place of the shipped one of the same id; one that maps its form to itself
    protects it. Raises `RuleError` for duplicates, contradictions and unknown names to disable.
    """

    def __init__(
        self,
        shipped: Sequence[Table],
        user: Sequence[Table],
        disable: Iterable[str],
        protect: Iterable[str],
    ) -> None:
        own = _unique(user)
        theirs = _unique(shipped)
        disabled = _disabled(disable, [*shipped, *user], {**theirs, **own})
        protections = {rule.wrong for rule in own.values() if rule.is_protection}
        self.protected_words = tuple(sorted(protections | {word for word in protect if word}))
        merged = {**own, **{name: rule for name, rule in theirs.items() if name not in own}}
        kept = [rule for name, rule in merged.items() if name not in disabled and not rule.is_protection]
        identify = {rule.id for table in (*shipped, *user) if table.identify for rule in table.rules}
        self.rules = tuple(rule for rule in kept if rule.id not in identify)
        self.identify_rules = tuple(rule for rule in kept if rule.id in identify)
        _refuse_contradictions(rule for rule in self.rules if rule.id in theirs and rule.id not in own)
        _refuse_contradictions(rule for rule in self.rules if rule.id in own)


def _unique(tables: Sequence[Table]) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for table in tables:
        for rule in table.rules:
            first = rules.setdefault(rule.id, rule)
            if first is not rule:
                raise RuleError(f"{rule.where}: contradicts or repeats {first.where}; keep one of them")
    return rules


def _disabled(names: Iterable[str], tables: Sequence[Table], rules: dict[str, Rule]) -> set[str]:
    disabled: set[str] = set()
    for name in names:
        engine = name[:-2] if name.endswith("/*") else name
        if name in rules:
            disabled.add(name)
        elif any(table.engine == engine for table in tables):
            disabled |= {rule.id for rule in rules.values() if rule.engine == engine}
        else:
            raise RuleError(f"cannot disable {name}: there is no such rule; `zhengben rules list` shows them")
    return disabled


def _refuse_contradictions(rules: Iterable[Rule]) -> None:
    """Two rules that are applied everywhere must agree what a form was before."""
    certain: dict[str, Rule] = {}
    for rule in rules:
        if rule.apply != "certain" or rule.after or rule.before:
            continue
        first = certain.setdefault(rule.wrong, rule)
        if first.rights != rule.rights:
            raise RuleError(
                f"{rule.where}: is certain to be {rule.right}, but {first.where} says {first.right}; "
                "make one of them `apply: context`"
            )
