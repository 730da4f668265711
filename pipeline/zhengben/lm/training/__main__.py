"""`python -m zhengben.lm.training`: from the corpora to the files that are shipped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhengben import resources
from zhengben.lm.bigrams import dump
from zhengben.lm.checksums import SIDECAR, record
from zhengben.lm.normalization import normalize
from zhengben.lm.training.counts import count_forms, count_pairs, fitted_counts
from zhengben.lm.training.prepare import prepare, read_rows
from zhengben.lm.training.sources import Recipe, read_recipe
from zhengben.lm.training.split import is_calibration
from zhengben.lm.training.steps import parser_of, run_steps
from zhengben.lm.training.train import estimate, write_tokens

STEPS = ("prepare", "model", "calibration", "pairs", "forms", "checksums")


@dataclass(frozen=True, slots=True)
class Job:
    """Where everything is read from and written to."""

    recipe: Recipe
    corpora: Path
    build: Path
    programs: Path
    output: Path

    def prepare(self) -> None:
        """Split the corpora."""
        prepare(self.recipe, self.corpora, self.build)

    def model(self) -> None:
        """Train the shipped model on all that is not held out."""
        self._estimate(self._texts(), self.output / resources.MODEL.name)

    def calibration(self) -> None:
        """Train the model that confidence is calibrated with: it has not seen the calibration fold. Not shipped."""
        shares = self.recipe.shares
        unseen = (text for text in self._texts() if not is_calibration(text, shares))
        self._estimate(unseen, self.build / "calibration.klm")

    def pairs(self) -> None:
        """Count neighbouring characters."""
        dump(*count_pairs(map(normalize, self._texts())), self.output / "bigrams.bin")

    def forms(self) -> None:
        """Count the forms of the rule tables as they now are."""
        from zhengben.rulebook import Rulebook

        forms = Rulebook.load().forms
        genres = {source.name: source.genre for source in self.recipe.sources}
        tallies = count_forms(read_rows(self.build / "train.tsv"), forms, genres)
        fitted_counts(tallies, forms).save(self.output / "form_counts.tsv.gz")

    def checksums(self) -> None:
        """Record what the shipped files must be."""
        names = (resources.MODEL.name, "bigrams.bin", "form_counts.tsv.gz")
        record([self.output / name for name in names], self.output / SIDECAR)

    def _texts(self) -> Iterator[str]:
        return (row.text for row in read_rows(self.build / "train.tsv"))

    def _estimate(self, texts: Iterator[str], model: Path) -> None:
        tokens = self.build / "tokens.txt"
        write_tokens(texts, tokens)
        finished = self.build / model.name
        estimate(tokens, finished, self.programs)
        tokens.unlink()
        if finished != model:
            finished.replace(model)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the named steps, by default all, in their order."""
    parser = parser_of("zhengben.lm.training", __doc__, STEPS)
    parser.add_argument("--corpora", type=Path, required=True, help="folder of the texts that sources.toml names")
    parser.add_argument("--programs", type=Path, default=Path("build/kenlm/bin"), help="folder of lmplz")
    return run_steps(
        parser, STEPS, lambda o: Job(read_recipe(o.sources), o.corpora, o.build, o.programs, o.output), arguments
    )


if __name__ == "__main__":
    raise SystemExit(main())
