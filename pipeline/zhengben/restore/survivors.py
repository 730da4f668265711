"""Originals that are left in a document although an engine's table holds them: they speak against the engine.

An engine replaces all it knows, so a table of which little was in use was hardly at work at all. In sound text a long
table always finds some words whose originals are missing by chance, but then most of its other originals still stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from zhengben.restore.entries import Entry


class Survivor(NamedTuple):
    """An original that stands in a document without its damaged form, as one engine's table knows the pair.

    ``usage`` as in `Entry`; ``writers`` are the engines that may themselves have put the word there.
    """

    engine: str
    usage: float
    writers: frozenset[str]


Survivors = Mapping[Survivor, int]
"""How many survivors of each kind a document holds."""


class Roll:
    """All originals that could survive. Built once for a set of tables."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.places = list(_possible(list(entries)))

    def survivors(self, counts: Mapping[int, int]) -> Survivors:
        """Those of a document with such counts of forms."""
        return Counter(
            survivor for original, damaged, survivor in self.places if original in counts and damaged not in counts
        )


def _possible(entries: list[Entry]) -> Iterator[tuple[int, int, Survivor]]:
    """Number of the original and of the damaged form of every pair, an engine at a time.

    A word that holds another original of the same engine is no witness of its own: what becomes of 则 becomes of 原则.
    """
    writers = {entry.wrong: entry.engines for entry in entries}
    originals: dict[str, set[str]] = {}
    for entry in entries:
        for right, usage in entry.usage.items():
            for engine in usage:
                originals.setdefault(engine, set()).add(right)
    for entry in entries:
        for right, usage in entry.usage.items():
            form = entry.right_forms[right]
            if form is None or right in entry.wrong:
                continue
            for engine, value in usage.items():
                if not any(other in right for other in originals[engine] if other != right):
                    yield form, entry.form, Survivor(engine, value, writers.get(right, frozenset()))
