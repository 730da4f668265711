"""How often the rule tables' forms, wrong and right, occur in sound text: the scale for absence and surplus."""

from __future__ import annotations

import gzip
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from zhengben import resources
from zhengben.errors import ModelError
from zhengben.lm.checksums import verify

_MARK = "zhengben form counts 1"


ALL: Final = "all"
PROSE: Final = "prose"
PROSE_GENRES: Final = frozenset({"essay", "gov", "news"})
"""What `prose` pools: the running prose that damaged documents mostly are. Statutes and abstracts repeat themselves
in other ways."""


@dataclass(frozen=True, slots=True)
class FormCount:
    """One form: occurrences by genre, documents that hold it, and its overdispersion by genre and pool of genres."""

    by_genre: Mapping[str, int]
    documents: int
    dispersions: Mapping[str, float]

    @property
    def total(self) -> int:
        """Occurrences in all genres."""
        return sum(self.by_genre.values())


class FormCounts:
    """Exact counts of the forms in the training text of the language model, held-out text not included."""

    def __init__(self, forms: Mapping[str, FormCount], han: Mapping[str, int], documents: int) -> None:
        self._forms = dict(forms)
        self.han_by_genre = dict(han)
        self.han = sum(han.values())
        self.documents = documents

    @classmethod
    def load(cls, path: Path | None = None) -> FormCounts:
        """Read the shipped counts, or those of `path`. Raises ModelError when they are missing or damaged."""
        path = path or resources.DATA / "form_counts.tsv.gz"
        verify(path)
        try:
            with gzip.open(path, "rt", encoding="utf-8") as file:
                return _parse(file.read())
        except (OSError, EOFError, ValueError, IndexError) as error:
            raise ModelError(f"{path}: the counts of forms are damaged; reinstall zhengben") from error

    @property
    def genres(self) -> tuple[str, ...]:
        """The genres that counts are broken down by."""
        return tuple(self.han_by_genre)

    def __contains__(self, form: object) -> bool:
        return form in self._forms

    def get(self, form: str) -> FormCount | None:
        """All that is known of a form, or None for one that was not counted."""
        return self._forms.get(form)

    def count(self, form: str, genre: str = ALL) -> int:
        """Occurrences of `form` in a genre, in `prose` (essays, government, news) or in `all`.

        Raises KeyError for a form that was not counted, which is not one that never occurs, and for an unknown genre.
        """
        by_genre = self._forms[form].by_genre
        return sum(by_genre[member] for member in self._members(genre))

    def rate(self, form: str, genre: str = ALL) -> float:
        """Expected occurrences per Han character, half an occurrence added so that no form is impossible."""
        return (self.count(form, genre) + 0.5) / sum(self.han_by_genre[member] for member in self._members(genre))

    def dispersion(self, form: str, genre: str = ALL) -> float:
        """Overdispersion d of a negative binomial over documents: variance = mean + d * mean ** 2.

        Fitted to the number of documents (of 1,000 Han characters and more) that lack the form, so that it answers
        how telling an absence is.
        """
        return self._forms[form].dispersions[genre]

    def absence_log10(self, form: str, han: int, genre: str = ALL) -> float:
        """log10 probability that a sound document of `han` Han characters does not hold `form`."""
        dispersion = self.dispersion(form, genre)
        return -math.log1p(dispersion * self.rate(form, genre) * han) / dispersion / math.log(10)

    def _members(self, genre: str) -> tuple[str, ...]:
        if genre == ALL:
            return self.genres
        return tuple(each for each in self.genres if each in PROSE_GENRES) if genre == PROSE else (genre,)

    def save(self, path: Path) -> None:
        """Write the counts in the form that `load` reads: gzipped TSV, the same bytes for the same counts."""
        pools = [ALL, PROSE, *self.genres]
        lines = [_MARK, "\t".join(["form", *self.genres, "documents", *pools])]
        lines.append("\t".join(["", *map(str, self.han_by_genre.values()), str(self.documents)]))
        for form, entry in sorted(self._forms.items()):
            fits = [f"{entry.dispersions[pool]:.3g}" for pool in pools]
            lines.append("\t".join([form, *map(str, entry.by_genre.values()), str(entry.documents), *fits]))
        path.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), compresslevel=9, mtime=0))


def _parse(content: str) -> FormCounts:
    mark, header, sizes, *rows = content.splitlines()
    if mark != _MARK:
        raise ValueError("unknown version")
    columns = header.split("\t")
    genres = columns[1 : columns.index("documents")]
    pools = columns[len(genres) + 2 :]
    _, *han, documents = sizes.split("\t")
    forms = dict(_parse_form(row, genres, pools) for row in rows)
    return FormCounts(forms, dict(zip(genres, map(int, han), strict=True)), int(documents))


def _parse_form(row: str, genres: list[str], pools: list[str]) -> tuple[str, FormCount]:
    form, *figures = row.split("\t")
    counts, documents, fits = figures[: len(genres)], figures[len(genres)], figures[len(genres) + 1 :]
    by_genre = dict(zip(genres, map(int, counts), strict=True))
    return form, FormCount(by_genre, int(documents), dict(zip(pools, map(float, fits), strict=True)))
