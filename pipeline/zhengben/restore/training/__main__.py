"""`python -m zhengben.restore.training`: from the prepared corpora to what is shipped about pairs of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np

from zhengben.gaps.filling import WORDS
from zhengben.lm.scorer import LanguageModel
from zhengben.lm.training.counts import documents
from zhengben.lm.training.prepare import read_rows
from zhengben.lm.training.sources import Recipe, read_recipe
from zhengben.lm.training.split import is_calibration
from zhengben.lm.training.steps import parser_of, run_steps, ship
from zhengben.restore.calibration import CONTEXTS, NETWORK, PAIRS, Calibration, ConfidenceModel, PairModel
from zhengben.restore.network import Network
from zhengben.restore.sites import Lexicon
from zhengben.restore.training.collecting import Sample, Samples, collect, usable
from zhengben.restore.training.contexts import learn, table
from zhengben.restore.training.lesson import prepare
from zhengben.restore.training.odds import Wider, observe, read_pairs
from zhengben.restore.training.pairs import WordPair, forms_of, word_pairs
from zhengben.restore.training.shares import count_uses, log10_frequency_ratio, pseudocounts
from zhengben.rulebook import Rulebook

STEPS: Final = ("contexts", "network", "pairs", "confidence")

LEARNT: Final = "learnt.tsv"
"""The pairs whose neighbourhoods were learnt, in the build folder: the table alone does not tell."""

LEARNT_SAMPLES: Final = 9000
"""Occurrences of a word that its contexts are learnt from. From 2,500 to 6,000 the mean area under the curve rose by
.009, from 6,000 to 9,000 by .0015."""

OBSERVED_SAMPLES: Final = 1000
"""Occurrences of a word that its odds are fitted to."""

SPARE: Final = 1.5
"""How many times as many are collected, since some cannot be sites of a pair."""

UNKNOWN_SHARES: Final = (0.4, 0.6)
"""The pseudocounts of a pair that nobody has counted: either word may be the usual one."""


@dataclass(frozen=True)
class Job:
    """Where everything is read from and written to."""

    recipe: Recipe
    build: Path
    output: Path

    @cached_property
    def rulebook(self) -> Rulebook:
        return Rulebook.load()

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon(self.rulebook)

    @cached_property
    def word_pairs(self) -> list[WordPair]:
        return word_pairs(self.lexicon)

    def contexts(self) -> None:
        """Learn the wider neighbourhoods from the text that the calibration model was trained on."""
        samples = self._samples(LEARNT_SAMPLES, of_calibration=False)
        learnt = []
        for pair in self.word_pairs:
            weights = learn(*self._both(samples, pair, LEARNT_SAMPLES))
            if weights is not None:
                learnt.append((pair.wrong, pair.right, weights))
        ship(self.output / CONTEXTS, lambda path: path.write_bytes(table(learnt).tobytes()))
        names = sorted(f"{wrong}\t{right}\n" for wrong, right, _ in learnt)
        (self.build / LEARNT).write_text("".join(names), encoding="utf-8")

    def network(self) -> None:
        """Teach the network to tell words apart, by the same text."""
        from zhengben.restore.training import network

        paragraphs = self._paragraphs(of_calibration=False)
        vocabulary = WORDS.read_text(encoding="utf-8").split()
        learnt = network.learn(prepare(paragraphs, self.word_pairs, vocabulary))
        ship(self.output / NETWORK, learnt.save)

    def pairs(self) -> None:
        """Fit how to read model and neighbourhood, on text that neither has seen; count both words by document."""
        wider = Wider(np.fromfile(self.output / CONTEXTS, dtype=np.int8), Network.load(self.output / NETWORK))
        samples = self._samples(OBSERVED_SAMPLES, of_calibration=True)
        model = LanguageModel.load(self.build / "calibration.klm")
        learnt = set((self.build / LEARNT).read_text(encoding="utf-8").splitlines())
        texts = (text for _, text in documents(read_rows(self.build / "train.tsv")))
        uses = count_uses(texts, self.word_pairs, self.rulebook, self.lexicon)
        observed = [
            observe(
                pair,
                *self._both(samples, pair, OBSERVED_SAMPLES),
                model,
                wider,
                log10_frequency_ratio(used),
                has_contexts=pair.key in learnt,
            )
            for pair, used in zip(self.word_pairs, uses, strict=True)
        ]
        readings, screening = read_pairs(observed)
        models = {
            pair.key: PairModel(*[*reading.coefficients, *pseudocounts(used)])
            for pair, reading, used in zip(self.word_pairs, readings, uses, strict=True)
        }
        defaults = PairModel(*[*screening, *screening, 0.0, 0.0, *UNKNOWN_SHARES])
        calibration = Calibration(models, defaults, ConfidenceModel(), self.output)
        ship(self.output / PAIRS, calibration.save)

    def confidence(self) -> None:
        """Fit how far the probabilities that follow from all this are to be trusted."""
        from zhengben.restore.training.confidence import fit_confidence

        found = Calibration.load(self.output)
        genres = {source.name: source.genre for source in self.recipe.sources}
        confidence = fit_confidence(self.build, genres, found)
        ship(self.output / PAIRS, Calibration(found.pairs, found.defaults, confidence, found.directory).save)

    def _both(self, samples: Samples, pair: WordPair, most: int) -> tuple[list[Sample], list[Sample]]:
        """Up to ``most`` usable occurrences of the damaged word and of the original."""
        damaged, original = (usable(samples[word], pair, word, self.rulebook) for word in (pair.wrong, pair.right))
        return damaged[:most], original[:most]

    def _samples(self, most: int, *, of_calibration: bool) -> Samples:
        texts = self._paragraphs(of_calibration=of_calibration)
        return collect(texts, forms_of(self.word_pairs), round(most * SPARE))

    def _paragraphs(self, *, of_calibration: bool) -> Iterator[str]:
        rows = read_rows(self.build / "train.tsv")
        return (row.text for row in rows if is_calibration(row.text, self.recipe.shares) == of_calibration)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the named steps, by default all, in their order."""
    parser = parser_of("zhengben.restore.training", __doc__, STEPS)
    return run_steps(parser, STEPS, lambda o: Job(read_recipe(o.sources), o.build, o.output), arguments)


if __name__ == "__main__":
    raise SystemExit(main())
