"""Damaged forms as the engines' tables know them: what each may have been, and who may have put it there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zhengben.rulebook import Rule, Rulebook

REWRITING: Final = "rewriting"
"""The engines that rewrite whole texts (I, I2, J, K), taken as one class: identified, never undone."""

NO_ENGINES: Final = frozenset({"common", "O", "D", "P", "C", "BT"})
"""Tables of slips and of marks that tell nothing about a substitution engine."""

USUAL_SHARE: Final = 2.0 / 3.0
"""Share of an engine's table that a document meets, before looking: tables differ from page to page."""

RECALLED: Final = 0.6
"""How often pairs that nobody has seen on a page (``seen: 0``) are in use, beside an ordinary pair of their table."""

REWRITTEN: Final = 0.4
"""The same for the class of rewriting engines: their tables are many, and a document met one of them."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An engine that turns some original into a damaged form, and the rule that says so."""

    engine: str
    rule: Rule


Claims = dict[str, list[Claim]]
"""For each possible original of a form, who replaces it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A damaged form as the tables know it.

    ``claims`` lists, for each possible original, who replaces it, and ``usage`` tells for each of these engines how
    often it does so, beside an ordinary pair of its table; ``right_forms`` numbers the originals;
    ``holders`` are originals that hold the form (内容 holds 容); ``guarded`` are the rules with guards, and
    ``is_free`` says that some rule that repairs has none.
    """

    wrong: str
    form: int
    claims: Mapping[str, tuple[Claim, ...]]
    usage: Mapping[str, Mapping[str, float]]
    right_forms: Mapping[str, int | None]
    engines: frozenset[str]
    holders: tuple[str, ...]
    guarded: tuple[Rule, ...]
    is_free: bool

    def original_counts(self, counts: Mapping[int, int]) -> dict[str, int]:
        """How often each original occurs, not counting those that are part of the damaged form itself."""
        found = {}
        for right, form in self.right_forms.items():
            count = counts.get(form, 0) if form is not None else 0
            if count and right in self.wrong:
                count = max(0, count - counts.get(self.form, 0))
            found[right] = count
        return found


def entries_of(rulebook: Rulebook) -> list[Entry]:
    """The damaged forms of all engine tables, in the order of their numbers."""
    claims = {form: _claims(rulebook, form) for form in range(rulebook.damaged_forms)}
    targets = Counter(
        (engine, right)
        for found in claims.values()
        for right, who in found.items()
        for engine in {claim.engine for claim in who}
    )
    return [_entry(rulebook, form, found, targets) for form, found in claims.items() if found]


def _claims(rulebook: Rulebook, form: int) -> Claims:
    claims: Claims = {}
    for claim in _all_claims(rulebook, form):
        for right in filter(None, claim.rule.rights):
            claims.setdefault(right, []).append(claim)
    return claims


def _all_claims(rulebook: Rulebook, form: int) -> Iterator[Claim]:
    for rule in rulebook.rules_for(form):
        if rule.engine not in NO_ENGINES and rule.apply != "suggest":
            yield Claim(rule.engine, rule)
    for rule in rulebook.identify_rules_for(form):
        yield Claim(REWRITING, rule)


def _entry(rulebook: Rulebook, form: int, claims: Claims, targets: Mapping[tuple[str, str], int]) -> Entry:
    repairing = [claim for found in claims.values() for claim in found if claim.engine != REWRITING]
    rules = {claim.rule.id: claim.rule for claim in repairing}
    guarded = tuple(rule for rule in rules.values() if rule.is_guarded)
    wrong = rulebook.forms[form]
    return Entry(
        wrong,
        form,
        {right: tuple(found) for right, found in claims.items()},
        {right: _usage(right, found, targets) for right, found in claims.items()},
        {right: rulebook.form_id(right) for right in claims},
        frozenset(claim.engine for found in claims.values() for claim in found),
        tuple(right for right in claims if wrong in right),
        guarded,
        len(guarded) < len(rules) or not rules,
    )


def _usage(right: str, claims: list[Claim], targets: Mapping[tuple[str, str], int]) -> dict[str, float]:
    """By engine."""
    usage: dict[str, float] = {}
    for engine in {claim.engine: None for claim in claims}:
        seen = any(claim.rule.seen > 0 for claim in claims if claim.engine == engine)
        if engine == REWRITING:
            usage[engine] = REWRITTEN
        else:
            usage[engine] = (1.0 if seen else RECALLED) * _chance_among(targets[engine, right])
    return usage


def _chance_among(targets: int) -> float:
    """How often a pair is in use whose original has so many forms in the table, of which a document meets one at most,
    beside a pair that has no rival."""
    return (1.0 - (1.0 - USUAL_SHARE) ** targets) / (targets * USUAL_SHARE)
