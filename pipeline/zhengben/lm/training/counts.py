"""Exact counts of sound text: the rule tables' forms by genre and document, and pairs of neighbouring characters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final

from zhengben.lm.form_counts import ALL, PROSE, PROSE_GENRES, FormCount, FormCounts
from zhengben.lm.training.prepare import Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST_DOCUMENT: Final = 5000
"""Code points after which a longer document counts as another: about the length that the product meets."""

SHORTEST_FITTED: Final = 1000
"""Han characters that a document needs to take part in the fit of dispersions: in short ones absence says nothing,
and a fit that they dominate calls absence from a whole speech five times too likely."""

FEWEST_HOLDING: Final = 10
"""Documents that must hold a form before a dispersion of its own is fitted; else the wider pool's is used."""

TYPICAL_DISPERSION: Final = 5.0
"""For forms too rare to fit anywhere: the median of the fitted ones in running prose."""


@dataclass(slots=True)
class Tally:
    """What one genre holds: its size in Han characters, the lengths of its documents, and the forms' occurrences."""

    han: int = 0
    lengths: list[int] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    containing: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """For each form, the lengths of the documents that hold it."""


def han_characters(text: str) -> int:
    """How many code points of `text` are CJK ideographs of the basic block or extension A."""
    return sum("\u3400" <= char <= "\u9fff" for char in text)


def documents(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """Join the paragraphs of each document, as (source, text), parting what exceeds the longest document."""
    for (source, _), group in groupby(rows, key=lambda row: (row.source, row.document)):
        texts: list[str] = []
        length = 0
        for row in group:
            texts.append(row.text)
            length += len(row.text)
            if length >= LONGEST_DOCUMENT:
                yield source, "\n".join(texts)
                texts, length = [], 0
        if texts:
            yield source, "\n".join(texts)


def count_forms(rows: Iterable[Row], forms: Sequence[str], genres: dict[str, str]) -> dict[str, Tally]:
    """Count every form, overlaps between forms included, by genre. `genres` names the genre of each source."""
    from ahocorasick_rs import AhoCorasick

    automaton = AhoCorasick(forms)
    tallies: dict[str, Tally] = defaultdict(Tally)
    for source, text in documents(rows):
        tally = tallies[genres[source]]
        length = han_characters(text)
        tally.han += length
        tally.lengths.append(length)
        found = automaton.find_matches_as_indexes(text, overlapping=True)
        for index, _start, _end in found:
            tally.counts[forms[index]] += 1
        for index in {match[0] for match in found}:
            tally.containing[forms[index]].append(length)
    return dict(tallies)


def fitted_counts(tallies: dict[str, Tally], forms: Sequence[str]) -> FormCounts:
    """The tallies as the product reads them, with a dispersion fitted for each form and each pool of genres."""
    genres = sorted(tallies)
    pools = {ALL: genres, PROSE: [genre for genre in genres if genre in PROSE_GENRES]}
    pools |= {genre: [genre] for genre in genres}
    entries = {}
    for form in sorted(set(forms)):
        fits = {pool: dispersion(form, [tallies[genre] for genre in members]) for pool, members in pools.items()}
        overall = fits[ALL] or TYPICAL_DISPERSION
        by_genre = {genre: tallies[genre].counts.get(form, 0) for genre in genres}
        holding = sum(len(tallies[genre].containing.get(form, ())) for genre in genres)
        entries[form] = FormCount(by_genre, holding, {pool: fit or overall for pool, fit in fits.items()})
    han = {genre: tallies[genre].han for genre in genres}
    return FormCounts(entries, han, sum(len(tally.lengths) for tally in tallies.values()))


def dispersion(form: str, tallies: Sequence[Tally]) -> float | None:
    """The overdispersion of a negative binomial that expects as many long documents without `form` as there are.

    A document of n Han characters lacks the form with probability (1 + d*m) ** (-1/d), m = rate * n; d is found by
    bisection between 0.001 and 1000. None where too few documents hold the form to tell.
    """
    import numpy as np

    han = sum(tally.han for tally in tallies)
    rate = sum(tally.counts.get(form, 0) for tally in tallies) / max(1, han)
    lengths = np.array([n for tally in tallies for n in tally.lengths if n >= SHORTEST_FITTED], dtype=float)
    holding = sum(n >= SHORTEST_FITTED for tally in tallies for n in tally.containing.get(form, ()))
    return _solve(rate * lengths, len(lengths) - holding) if holding >= FEWEST_HOLDING else None


def _solve(means: NDArray[np.float64], absent: int) -> float:
    import numpy as np

    low, high = 1e-3, 1e3
    for _ in range(30):
        middle = (low * high) ** 0.5
        if float(np.exp(-np.log1p(middle * means) / middle).sum()) < absent:
            low = middle
        else:
            high = middle
    return low


def count_pairs(texts: Iterable[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Count pairs of neighbouring characters of the basic plane in normalised texts.

    Returns the keys (left << 16 | right), ascending, and their counts. Pairs do not reach across lines or texts.
    """
    import numpy as np

    keys, counts = np.zeros(0, np.uint32), np.zeros(0, np.int64)
    for block in _blocks(texts):
        codes = np.frombuffer(block.encode("utf-32-le"), np.uint32)
        left, right = codes[:-1], codes[1:]
        inside = (left < 0x10000) & (right < 0x10000) & (left != 10) & (right != 10)
        fresh = np.unique((left << 16 | right)[inside], return_counts=True)
        keys, places = np.unique(np.concatenate([keys, fresh[0]]), return_inverse=True)
        counts = np.bincount(places, np.concatenate([counts, fresh[1]])).astype(np.int64)
    return keys, counts


def _blocks(texts: Iterable[str], size: int = 4_000_000) -> Iterator[str]:
    block: list[str] = []
    length = 0
    for text in texts:
        block.append(text)
        length += len(text) + 1
        if length >= size:
            yield "\n".join(block)
            block, length = [], 0
    if block:
        yield "\n".join(block)
