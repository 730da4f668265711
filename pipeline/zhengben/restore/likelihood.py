"""What the neighbourhood of a site says: natural-log odds of original against damaged word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from zhengben.restore.context_features import WEIGHT_SCALE, features, weight_indices

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhengben.lm.scorer import LanguageModel
    from zhengben.model import Span
    from zhengben.restore.calibration import Calibration
    from zhengben.restore.hypothesis import Hypothesis
    from zhengben.restore.sites import Suspect

LOWEST: Final = -6.0
HIGHEST: Final = 4.0
"""No single site may speak louder than this (natural-log odds): figures beyond were never verified, and a word
that is repaired wrongly costs more than one that is missed."""

LogOdds = dict[str, "NDArray[np.float64]"]
"""For each possible original, the log odds at every site of a suspect, at even prior odds."""


class Likelihood:
    """Judges the sites of one normalised text, which may change by hypothesis."""

    def __init__(self, model: LanguageModel, calibration: Calibration, hypothesis: Hypothesis) -> None:
        self._model = model
        self._calibration = calibration
        self._hypothesis = hypothesis
        self._reach = model.order - 1

    def screening_log_odds(self, suspect: Suspect, spans: Sequence[Span]) -> LogOdds:
        """The odds at some sites by the language model alone: cheap, for deciding whether to look closer."""
        ratios = self._ratios(suspect, spans)
        odds: LogOdds = {}
        for right, found in ratios.items():
            pair = self._calibration.pair(suspect.wrong, right)
            odds[right] = pair.screening_bias + pair.screening_weight * found
        return _limited(odds)

    def log_odds(self, suspects: Iterable[Suspect]) -> dict[str, LogOdds]:
        """The odds at all sites of all suspects, by the language model and the wider context."""
        suspects = list(suspects)
        spans = [self._hypothesis.span(*span) for suspect in suspects for span in suspect.spans]
        if not spans:
            return {}
        starts, ends = np.array(spans, dtype=np.int64).T
        codes, exists = features(self._hypothesis.text, starts, ends)
        found: dict[str, LogOdds] = {}
        cursor = 0
        for suspect in suspects:
            rows = slice(cursor, cursor + len(suspect.spans))
            cursor = rows.stop
            found[suspect.wrong] = _limited(
                {
                    right: self._combined(suspect.wrong, right, ratio, codes[rows], exists[rows])
                    for right, ratio in self._ratios(suspect, suspect.spans).items()
                }
            )
        return found

    def _combined(
        self, wrong: str, right: str, ratio: NDArray[np.float64], codes: NDArray[np.uint64], exists: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        pair = self._calibration.pair(wrong, right)
        total = pair.bias + pair.model_weight * ratio
        if pair.context_weight:
            weights = self._calibration.context_weights[weight_indices(codes, wrong, right)]
            total = total + pair.context_weight * (weights * exists).sum(axis=1) / WEIGHT_SCALE
        return total

    def _ratios(self, suspect: Suspect, spans: Sequence[Span]) -> dict[str, NDArray[np.float64]]:
        """log10 P(neighbourhood with the original) - log10 P(neighbourhood with the damaged word)."""
        rights = list(suspect.claims)
        run, begin, reach, text = self._model.run, self._model.begin(), self._reach, self._hypothesis.text
        ratios: list[list[float]] = [[] for _ in rights]
        for span in spans:
            start, end = self._hypothesis.span(*span)
            state, _ = run(begin, text[max(0, start - reach) : start])
            after = text[end : end + reach]
            damaged = run(state, suspect.wrong + after)[1]
            for row, right in zip(ratios, rights, strict=True):
                row.append(run(state, right + after)[1] - damaged)
        return {right: np.array(row) for right, row in zip(rights, ratios, strict=True)}


def _limited(odds: LogOdds) -> LogOdds:
    """The odds with the best original of each site held to `HIGHEST`, the others as far behind it as they are."""
    excess = np.maximum(np.max(list(odds.values()), axis=0) - HIGHEST, 0.0)
    return {right: np.clip(found - excess, LOWEST, HIGHEST) for right, found in odds.items()}
