"""Stage `normalize`: symbols, blanks, widths and invisible characters, before anything is judged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from zhengben.config import Config
from zhengben.latin import latin_part
from zhengben.model import Edit, PositionMap, apply, compose
from zhengben.stages.base import Context, StageOutput
from zhengben.stages.grading import graded
from zhengben.stages.normalizing.blanks import BLANKS, stray_blanks
from zhengben.stages.normalizing.invisibles import INVISIBLE, invisible_characters
from zhengben.stages.normalizing.noise import doubled_punctuation, marks_behind_de
from zhengben.stages.normalizing.punctuation import half_width_punctuation
from zhengben.stages.normalizing.quotes import prime_quotes
from zhengben.stages.normalizing.signs import unrepairable_signs
from zhengben.stages.normalizing.width import FULL_WIDTH, full_width_runs, full_width_style

Finder = Callable[[str], Iterable[Edit]]

MAX_ROUNDS = 8
"""Rounds over the text. Every edit shortens it or replaces a sign of a kind that no other edit
makes, so rounds end by themselves; two are the rule, the bound keeps hostile text linear."""

_FINDERS: tuple[tuple[Finder, str], ...] = (
    (invisible_characters, INVISIBLE),
    (full_width_runs, FULL_WIDTH),
    (marks_behind_de, "'`."),
    (doubled_punctuation, ""),
    (prime_quotes, "〝〞"),
    (stray_blanks, BLANKS),
)
"""Each finder with the signs of which a text must hold one to interest it, or none where every text does."""

_OPTIONAL: tuple[tuple[Finder, str], ...] = ((half_width_punctuation, ",:;?!()"),)
_OTHER_SIGNS = re.compile(f"[{''.join(sign for _, signs in _FINDERS for sign in signs if sign > 'ÿ')}]")
"""The signs of finders that `latin_part` leaves out."""


class Normalize:
    """Repairs what needs no knowledge of words. Newlines and U+3000 stay."""

    name = "normalize"

    def run(self, text: str, context: Context) -> StageOutput:
        """Return the edits of all finders, repeated until they find nothing more to apply."""
        progress = _Progress(text, context)
        present = {*latin_part(text), *_OTHER_SIGNS.findall(text)}
        offered = _FINDERS + _OPTIONAL if context.config.punctuation else _FINDERS
        finders = [find for find, signs in offered if not signs or not present.isdisjoint(signs)]
        for _ in range(MAX_ROUNDS):
            if not progress.round(finders):
                break
        notices = list(unrepairable_signs(text))
        if not present.isdisjoint(FULL_WIDTH):
            notices += full_width_style(text)
        edits = sorted((*progress.edits, *progress.suggestions_on_source()), key=lambda edit: (edit.start, edit.end))
        context.dossier.mispaired_quotes = sum(edit.is_applied and edit.rule == "normalize/quote" for edit in edits)
        return StageOutput(tuple(edits), tuple(notices))


class _Progress:
    """The text so far, the edits that led there, and what the last round would only suggest."""

    def __init__(self, text: str, context: Context) -> None:
        self._source = text
        self._text = text
        self._config: Config = context.config
        self._protected_source = context.protected
        self._protected = context.protected
        self._suggestions: list[Edit] = []
        self.edits: tuple[Edit, ...] = ()

    def round(self, finders: Iterable[Finder]) -> bool:
        """Run every finder once, each on what the one before it left; say whether any applied."""
        applied_before = self._text
        self._suggestions = []
        for find in finders:
            found = [edit for edit in find(self._text) if not self._protected.overlaps(edit.start, edit.end)]
            edits = graded(found, self._config)
            self._suggestions += (edit for edit in edits if not edit.is_applied)
            self._take([edit for edit in edits if edit.is_applied])
        return self._text != applied_before

    def suggestions_on_source(self) -> list[Edit]:
        """The last round's suggestions, where they stand clear of the applied edits."""
        positions = PositionMap(self.edits)
        moved = (_moved(edit, *positions.to_source(edit.start, edit.end)) for edit in self._suggestions)
        return [edit for edit in moved if self._source[edit.start : edit.end] == edit.original]

    def _take(self, applied: list[Edit]) -> None:
        if applied:
            self._text = apply(self._text, applied)
            self.edits = compose(self.edits, applied)
            self._protected = self._protected_source.moved(PositionMap(self.edits))


def _moved(edit: Edit, start: int, end: int) -> Edit:
    return replace(edit, start=start, end=end)
