"""How far the decoder's probabilities are to be trusted: fitted on documents damaged by program.

The documents are bundled from the calibration fold, which neither the calibration model nor the classifiers have seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from zhengben.config import Config
from zhengben.damage import tables_of, withhold
from zhengben.evaluation.documents import MINIMUM_LENGTH, SoundDocument
from zhengben.evaluation.scoring import score
from zhengben.evaluation.synthetic import COMBINATIONS, damaged_documents
from zhengben.lm.training.prepare import bundled, read_rows
from zhengben.model import Result, apply, compose
from zhengben.restore.calibration import Calibration, ConfidenceModel
from zhengben.rulebook import Rulebook
from zhengben.stages.base import Context, Dossier
from zhengben.stages.restore import Restore
from zhengben.stages.rules import Rules
from zhengben.toolbox import Toolbox

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhengben.evaluation.gold import Gold

DOCUMENTS: Final = 60
"""Damaged documents of each combination of engines."""

WITHHELD_SHARE: Final = 0.2
"""Share of each engine's pairs that half of the documents are restored without: real tables hold pairs unknown here."""

WITHHELD_DRAWS: Final = (1, 2)
_TURNS: Final = (0, 1, 0, 2)
"""Which of the rulebooks, the whole one first, restores one document after another."""

LEAST: Final = 0.02
"""Probability below which a reading is no candidate."""

_SEED: Final = "confidence"
_EXTREME: Final = 5e-5
"""Half of the last digit to which confidences are rounded."""

Outcome = tuple[float, bool]
"""A probability, and whether it was right."""


class _Equipment(Toolbox):
    """The toolbox of a cleaning by figures that are on trial and by some of the rules."""

    def __init__(self, config: Config, calibration: Calibration, rulebook: Rulebook) -> None:
        super().__init__(config)
        self._on_trial = calibration
        self._some_rules = rulebook

    @property
    def calibration(self) -> Calibration:
        return self._on_trial

    @property
    def rulebook(self) -> Rulebook:
        return self._some_rules


def fit_confidence(build: Path, genres: Mapping[str, str], calibration: Calibration) -> ConfidenceModel:
    """Damage documents of the prepared corpora in ``build``, restore them by ``calibration`` and fit what came out.

    ``genres`` names the genre of each source. The confidence that ``calibration`` bears plays no part.
    """
    unfitted = Calibration(calibration.pairs, calibration.defaults, ConfidenceModel(), calibration.directory)
    config = Config(min_confidence=LEAST, suggest_confidence=LEAST, model=build / "calibration.klm")
    rulebook = Rulebook.load()
    tables = tables_of(rulebook)
    hidden = (frozenset[str](), *(withhold(tables, WITHHELD_SHARE, seed) for seed in WITHHELD_DRAWS))
    equipment = [_Equipment(config, unfitted, Rulebook(rulebook.tables, disable=rules)) for rules in hidden]
    documents = list(fitting_documents(build, genres))
    outcomes: list[Outcome] = []
    for engines in COMBINATIONS:
        golds = damaged_documents(documents, engines, tables, DOCUMENTS, _SEED)
        for gold, number in zip(golds, cycle(_TURNS)):
            outcomes += candidates(gold, equipment[number], config)
    return fit(outcomes)


def fitting_documents(build: Path, genres: Mapping[str, str]) -> Iterator[SoundDocument]:
    """Sound documents, bundled from the paragraphs of the calibration fold."""
    for source, rows in groupby(read_rows(build / "calibration.tsv"), key=lambda row: row.source):
        for name, paragraphs in groupby(bundled(rows), key=lambda row: row.document):
            text = "\n".join(row.text for row in paragraphs)
            if len(text) >= MINIMUM_LENGTH:
                yield SoundDocument(name, genres[source], text)


def candidates(gold: Gold, toolbox: Toolbox, config: Config) -> Iterator[Outcome]:
    """The probability of every reading that restore finds likely enough, and whether it gives back what stood there."""
    for scored in score(gold, _restored(gold.text, config, toolbox)).edits:
        if scored.edit.stage == Restore.name:
            yield scored.edit.confidence, scored.is_right


def fit(outcomes: Sequence[Outcome]) -> ConfidenceModel:
    """The logistic regression of the outcome on the logit of the probability, after Platt (1999)."""
    from scipy.optimize import minimize

    if not outcomes:
        return ConfidenceModel()
    probabilities, right = np.array(outcomes, dtype=float).T
    clipped = np.clip(probabilities, _EXTREME, 1.0 - _EXTREME)
    logits = np.log(clipped / (1.0 - clipped))
    signs = np.where(right > 0.5, -1.0, 1.0)

    def loss(coefficients: NDArray[np.float64]) -> float:
        return float(np.logaddexp(0.0, signs * (coefficients[0] + coefficients[1] * logits)).mean())

    bias, weight = minimize(loss, np.array([0.0, 1.0]), method="L-BFGS-B").x
    return ConfidenceModel(float(bias), float(weight))


def _restored(text: str, config: Config, toolbox: Toolbox) -> Result:
    context = Context(config, toolbox, dossier=Dossier(mispaired_quotes=text.count("〞")))
    certain = [edit for edit in Rules().run(text, context).edits if edit.is_applied]
    middle = apply(text, certain)
    restored = Restore().run(middle, context).edits
    return Result(text, apply(middle, restored), compose(certain, restored))
