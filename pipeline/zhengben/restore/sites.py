"""Where damaged forms stand in a document, and which engines could have put them there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhengben.model import Span

if TYPE_CHECKING:
    from zhengben.rulebook import Rule, Rulebook
    from zhengben.rulebook.screening import Screening

REWRITING: Final = "rewriting"
"""The engines that rewrite whole texts (I, I2, J, K), taken as one class: identified, never undone."""

NO_ENGINES: Final = frozenset({"common", "O", "D", "P", "C", "BT"})
"""Tables of slips and of marks that tell nothing about a substitution engine."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An engine that turns ``right`` into the suspect's form, and the rule that says so."""

    engine: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Suspect:
    """A damaged form that occurs in the document: its places and what it may have been.

    ``claims`` lists, for each possible original, who could have replaced it. ``original_counts`` says
    how often each original still occurs.
    """

    wrong: str
    spans: tuple[Span, ...]
    claims: Mapping[str, tuple[Claim, ...]]
    original_counts: Mapping[str, int]

    @property
    def engines(self) -> frozenset[str]:
        return frozenset(claim.engine for claims in self.claims.values() for claim in claims)


def engine_of(rule: Rule, *, identifies: bool = False) -> str:
    """The engine class of a rule."""
    return REWRITING if identifies else rule.engine


def find_suspects(rulebook: Rulebook, text: str, screening: Screening) -> list[Suspect]:
    """All damaged forms of engine tables in the text, guarded places left out, in order of first place."""
    spans_by_form: dict[int, list[Span]] = {}
    for form, start, end in screening.matches:
        spans_by_form.setdefault(form, []).append(Span(start, end))
    suspects = []
    for form, spans in spans_by_form.items():
        claims = _claims(rulebook, form)
        if not claims:
            continue
        wrong = rulebook.forms[form]
        kept = tuple(span for span in spans if _may_be_damaged(rulebook, text, span, wrong, claims))
        if kept:
            suspects.append(Suspect(wrong, kept, claims, _original_counts(rulebook, screening, wrong, claims)))
    return suspects


def _claims(rulebook: Rulebook, form: int) -> dict[str, tuple[Claim, ...]]:
    claims: dict[str, list[Claim]] = {}
    for engine, rule in _engine_rules(rulebook, form):
        for right in rule.rights:
            if right:
                claims.setdefault(right, []).append(Claim(engine, rule))
    return {right: tuple(found) for right, found in claims.items()}


def _engine_rules(rulebook: Rulebook, form: int) -> Iterator[tuple[str, Rule]]:
    for rule in rulebook.rules_for(form):
        if rule.engine not in NO_ENGINES and rule.apply != "suggest":
            yield rule.engine, rule
    for rule in rulebook.identify_rules_for(form):
        yield REWRITING, rule


def _may_be_damaged(
    rulebook: Rulebook, text: str, span: Span, wrong: str, claims: Mapping[str, tuple[Claim, ...]]
) -> bool:
    """Whether some rule allows the place, and it is not part of an original that holds the form (内容 holds 容)."""
    if any(wrong in right and _stands_inside(text, span, wrong, right) for right in claims):
        return False
    rules = {claim.rule.id: claim.rule for found in claims.values() for claim in found}
    return any(rulebook.guards_allow(rule, text, *span) for rule in rules.values())


def _stands_inside(text: str, span: Span, wrong: str, right: str) -> bool:
    start = span.start - right.index(wrong)
    return start >= 0 and text.startswith(right, start)


def _original_counts(
    rulebook: Rulebook, screening: Screening, wrong: str, claims: Mapping[str, tuple[Claim, ...]]
) -> dict[str, int]:
    """How often each original occurs, not counting those that are part of the damaged form itself."""
    counts = {}
    for right in claims:
        form = rulebook.form_id(right)
        count = screening.counts[form] if form is not None else 0
        if right in wrong:
            own = rulebook.form_id(wrong)
            count = max(0, count - (screening.counts[own] if own is not None else 0))
        counts[right] = count
    return counts
