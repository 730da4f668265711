"""One blind pass over a raw text: what a substitution engine does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from zhengben.model import Edit


class Substitution:
    """A table of words and their replacements, applied everywhere, across word boundaries, in a single pass.

    Where several entries could begin, the leftmost wins, then the longest; an output is never replaced again.
    """

    def __init__(self, targets: Mapping[str, str]) -> None:
        self._sources = [source for source in sorted(targets) if targets[source] != source]
        self._targets = dict(targets)

    def edits(self, text: str, engine: str, stage: str) -> tuple[Edit, ...]:
        """The replacements that the pass makes in ``text``, sorted and disjoint."""
        if not self._sources:
            return ()
        return tuple(
            self._edit(start, self._sources[number], engine, stage)
            for number, start, _ in self._automaton.find_matches_as_indexes(text)
        )

    def _edit(self, start: int, source: str, engine: str, stage: str) -> Edit:
        target = self._targets[source]
        return Edit(start, start + len(source), source, target, stage, f"{engine}/{target}", engine)

    @cached_property
    def _automaton(self) -> Any:
        from ahocorasick_rs import AhoCorasick, MatchKind

        return AhoCorasick(self._sources, matchkind=MatchKind.LeftmostLongest)
