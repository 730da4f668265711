"""Where damaged forms stand in a document, and which engines could have put them there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhengben.model import Span
from zhengben.restore.entries import Claim, Entry, entries_of

if TYPE_CHECKING:
    from zhengben.rulebook import Rulebook
    from zhengben.rulebook.screening import Screening

MOST_ORIGINALS: Final = 1
"""Occurrences of an original up to which its pair may speak for an engine in the first look."""

SAMPLE: Final = 2
"""Places of a form that the first look judges."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A damaged form that occurs in the document: its places and what it may have been.

    ``original_counts`` says, for each possible original, how often it still occurs; ``barred`` for each place
    which rules, by their identifiers, must not fire there.
    """

    entry: Entry
    spans: tuple[Span, ...]
    original_counts: Mapping[str, int]
    barred: tuple[frozenset[str], ...]

    @property
    def wrong(self) -> str:
        return self.entry.wrong

    @property
    def claims(self) -> Mapping[str, tuple[Claim, ...]]:
        return self.entry.claims

    @property
    def engines(self) -> frozenset[str]:
        return self.entry.engines

    def first_allowed(self, claims: Sequence[Claim], number: int) -> Claim | None:
        """The first claim whose rule may fire at the place of this number."""
        barred = self.barred[number]
        return next((claim for claim in claims if claim.rule.id not in barred), None) if barred else claims[0]


class Lexicon:
    """The damaged forms of all engine tables, by the number of the form."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self.entries: Mapping[int, Entry] = {entry.form: entry for entry in entries_of(rulebook)}

    def suspects(self, text: str, screening: Screening, engines: Set[str] | None = None) -> list[Suspect]:
        """The damaged forms in the text that one of the engines, by default any, writes: guarded places left out, in
        order of first place."""
        places = _places(screening, self.entries)
        if engines is not None:
            places = {form: spans for form, spans in places.items() if self.entries[form].engines & engines}
        return self._suspects(text, places, screening.counts)

    def doubtful(self, text: str, screening: Screening, engines: frozenset[str]) -> list[Suspect]:
        """Those that one of the engines writes, and of which some original is almost absent, with a few places each:
        the others speak for no engine."""
        counts = screening.counts
        present = (self.entries[form] for form in counts if form in self.entries)
        watched = {
            entry.form: entry
            for entry in present
            if not entry.engines.isdisjoint(engines) and min(entry.original_counts(counts).values()) <= MOST_ORIGINALS
        }
        places = _places(screening, watched)
        sampled = {form: spans[:: max(1, len(spans) // SAMPLE)][:SAMPLE] for form, spans in places.items()}
        return self._suspects(text, sampled, screening.counts)

    def _suspects(self, text: str, places: Mapping[int, Sequence[Span]], counts: Mapping[int, int]) -> list[Suspect]:
        found = (self._suspect(text, self.entries[form], spans, counts) for form, spans in places.items())
        return [suspect for suspect in found if suspect is not None]

    def _suspect(self, text: str, entry: Entry, places: Sequence[Span], counts: Mapping[int, int]) -> Suspect | None:
        """The form with the places that no original holds and some rule allows."""
        spans = [span for span in places if not (entry.holders and _is_held(text, span, entry))]
        barred = [self._barred(text, span, entry) for span in spans]
        if not entry.is_free:
            spans = [span for span, rules in zip(spans, barred, strict=True) if len(rules) < len(entry.guarded)]
            barred = [rules for rules in barred if len(rules) < len(entry.guarded)]
        return Suspect(entry, tuple(spans), entry.original_counts(counts), tuple(barred)) if spans else None

    def _barred(self, text: str, span: Span, entry: Entry) -> frozenset[str]:
        """The guarded rules, by identifier, that must not fire at a place."""
        if not entry.guarded:
            return frozenset()
        allow = self._rulebook.guards_allow
        return frozenset(rule.id for rule in entry.guarded if not allow(rule, text, *span))


def _places(screening: Screening, watched: Mapping[int, Entry]) -> dict[int, list[Span]]:
    """Where the watched forms stand, by form."""
    places: dict[int, list[Span]] = {}
    for form, start, end in screening.matches:
        if form in watched:
            places.setdefault(form, []).append(Span(start, end))
    return places


def _is_held(text: str, span: Span, entry: Entry) -> bool:
    """Whether the place is part of an original that holds the form."""
    return any(
        span.start >= right.index(entry.wrong) and text.startswith(right, span.start - right.index(entry.wrong))
        for right in entry.holders
    )
