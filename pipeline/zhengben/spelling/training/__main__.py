"""`python -m zhengben.spelling.training`: from the prepared corpora to what is shipped about slips, words and gaps."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np

from zhengben.lm.bigrams import Bigrams, dump
from zhengben.lm.normalization import normalize
from zhengben.lm.scorer import LanguageModel
from zhengben.lm.training.counts import count_pairs
from zhengben.lm.training.prepare import read_rows
from zhengben.lm.training.sources import Recipe, read_recipe
from zhengben.lm.training.split import is_calibration
from zhengben.lm.training.steps import parser_of, run_steps, ship
from zhengben.spelling.candidates import Search
from zhengben.spelling.confusion import CONFUSION, ConfusionSets
from zhengben.spelling.figures import FIGURES, Judgement
from zhengben.spelling.judgement import Judge
from zhengben.spelling.training.confusing import installed_sets, package_lines
from zhengben.spelling.training.damaging import Damager
from zhengben.spelling.training.fitting import OPEN, fit, fitting_texts, observe
from zhengben.spelling.training.words import PairCounts, bound_words, gap_words, rare_words, read_dictionary

STEPS: Final = ("confusion", "words", "figures")

WITHOUT_FULL_STOPS: Final = frozenset(("court",))
"""Genres of text that lost its full stops: they say nothing of which pairs hold together."""

_SEED: Final = 1


@dataclass(frozen=True)
class Job:
    """Where everything is read from and written to."""

    recipe: Recipe
    build: Path
    output: Path

    def confusion(self) -> None:
        """Gather which characters are confused, from the lists of the installed pycorrector."""
        totals = Bigrams.load(self.output / "bigrams.bin").log2_totals()
        common = {chr(code) for code in np.flatnonzero(totals).tolist()}
        ship(self.output / CONFUSION, installed_sets(common).save)

    def words(self) -> None:
        """List words of two characters: for gaps, rare ones, and those that hold together."""
        dictionary = read_dictionary(package_lines("jieba", "dict.txt"))
        pairs = PairCounts(*count_pairs(map(normalize, self._texts())))
        self._ship_lines("gap_words.txt", gap_words(dictionary, pairs))
        self._ship_lines("rare_words.txt", rare_words(dictionary, pairs))
        prose = PairCounts(*count_pairs(self._prose()))
        self._ship_lines("two_character_words.txt", bound_words(self._prose(), prose))

    def figures(self) -> None:
        """Weigh counts and model on the calibration fold, by a model and by counts that have not seen it."""
        bigrams, confusion = self._unseeing_bigrams, ConfusionSets.load(self.output / CONFUSION)
        judge = Judge(LanguageModel.load(self.build / "calibration.klm"), Judgement(0.0, ()))
        damager = Damager(confusion, bigrams.log2_totals(), _SEED)
        texts = fitting_texts(self.build / "calibration.tsv")
        seen = observe(texts, Search(bigrams, confusion, OPEN), judge, damager)
        print(f"{seen.characters:,} characters, {seen.slips:,} slips, {len(seen.found):,} candidates", file=sys.stderr)
        ship(self.output / FIGURES, fit(seen).save)

    @cached_property
    def _unseeing_bigrams(self) -> Bigrams:
        """Counts of neighbouring characters of all training text but the calibration fold."""
        path = self.build / "calibration-bigrams.bin"
        unseen = (text for text in self._texts() if not is_calibration(text, self.recipe.shares))
        dump(*count_pairs(map(normalize, unseen)), path)
        return Bigrams.load(path)

    def _texts(self) -> Iterator[str]:
        return (row.text for row in read_rows(self.build / "train.tsv"))

    def _prose(self) -> Iterator[str]:
        skipped = {source.name for source in self.recipe.sources if source.genre in WITHOUT_FULL_STOPS}
        return (row.text for row in read_rows(self.build / "train.tsv") if row.source not in skipped)

    def _ship_lines(self, name: str, lines: Iterable[str]) -> None:
        ship(self.output / name, lambda path: path.write_text("\n".join(lines) + "\n", encoding="utf-8"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the named steps, by default all, in their order."""
    parser = parser_of("zhengben.spelling.training", __doc__, STEPS)
    return run_steps(parser, STEPS, lambda o: Job(read_recipe(o.sources), o.build, o.output), arguments)


if __name__ == "__main__":
    raise SystemExit(main())
