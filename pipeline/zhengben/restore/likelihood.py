"""What the neighbourhood of a site says: natural-log odds of original against damaged word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

import numpy as np

from zhengben.restore.neighbourhoods import Neighbourhoods
from zhengben.restore.wider import WiderContext

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhengben.lm.scorer import LanguageModel
    from zhengben.restore.calibration import Calibration, PairModel
    from zhengben.restore.hypothesis import Hypothesis
    from zhengben.restore.sites import Suspect

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Pair = tuple[str, str]

LOWEST: Final = -6.0
HIGHEST: Final = 4.0
"""No single site may speak louder than this (natural-log odds): figures beyond were never verified, and a word
that is repaired wrongly costs more than one that is missed."""

MOST_REMEMBERED: Final = 1 << 16
"""Neighbourhoods remembered from one hypothesis to the next: more would fill the memory with a long document."""

_BATCH: Final = 1 << 12
"""Sites whose neighbourhoods are read at a time."""

LogOdds = dict[str, "Floats"]
"""For each possible original, the log odds at every site of a suspect, at even prior odds."""


class Likelihood:
    """Judges the sites of one document, by one hypothesis after another about its text.

    The language model is asked once about a neighbourhood that comes again, or that no hypothesis changes.
    """

    def __init__(self, model: LanguageModel, calibration: Calibration) -> None:
        self._model = model
        self.calibration = calibration
        self._reach = model.order - 1
        self._remembered: dict[tuple[str, str, str], list[float]] = {}

    def screening_log_odds(self, suspects: Sequence[Suspect], hypothesis: Hypothesis) -> dict[str, LogOdds]:
        """The odds by the language model alone: cheap, for deciding whether to look closer."""
        if not suspects:
            return {}
        rows, models = _Rows.of(suspects), self._models(_pairs(suspects))
        bias, weight = np.array([(model.screening_bias, model.screening_weight) for model in models]).T[:, rows.pairs]
        ratios = self._ratios(suspects, _places(suspects, hypothesis), hypothesis.text)
        return rows.by_suspect(suspects, bias + weight * ratios)

    def log_odds(self, suspects: Sequence[Suspect], hypothesis: Hypothesis) -> dict[str, LogOdds]:
        """The odds at all sites of all suspects, by the language model and the wider context."""
        if not suspects:
            return {}
        rows, pairs = _Rows.of(suspects), _pairs(suspects)
        models, places = self._models(pairs), _places(suspects, hypothesis)
        bias, weight = np.array([(model.bias, model.model_weight) for model in models]).T[:, rows.pairs]
        odds = bias + weight * self._ratios(suspects, places, hypothesis.text)
        if any(model.context_weight or model.network_weight for model in models):
            odds += self._wider(WiderContext(self.calibration, pairs), hypothesis.text, places, rows)
        return rows.by_suspect(suspects, odds)

    def _models(self, pairs: Sequence[Pair]) -> list[PairModel]:
        return [self.calibration.pair(*pair) for pair in pairs]

    def _wider(self, context: WiderContext, text: str, places: Integers, rows: _Rows) -> Floats:
        neighbourhoods, found = Neighbourhoods(text), np.empty(len(rows.sites))
        for sites, here in rows.batches(_BATCH):
            asked = rows.sites[here] - sites.start, rows.pairs[here]
            found[here] = context.log_odds(neighbourhoods, places[sites], *asked)
        return found

    def _ratios(self, suspects: Sequence[Suspect], places: Integers, text: str) -> Floats:
        """log10 P(neighbourhood with the original) - log10 P(neighbourhood with the damaged word), row by row."""
        ratios: list[float] = []
        spans = iter(places.tolist())
        for suspect in suspects:
            wrong, rights = suspect.wrong, tuple(suspect.claims)
            for start, end in islice(spans, len(suspect.spans)):
                left, right = text[max(0, start - self._reach) : start], text[end : end + self._reach]
                ratios += self._ratios_between(wrong, rights, left, right)
        return np.array(ratios)

    def _ratios_between(self, wrong: str, rights: tuple[str, ...], left: str, right: str) -> list[float]:
        place = wrong, left, right
        found = self._remembered.get(place)
        if found is None:
            found = self._model.ratios(wrong, rights, left, right)
            if len(self._remembered) < MOST_REMEMBERED:
                self._remembered[place] = found
        return found


@dataclass(frozen=True, slots=True)
class _Rows:
    """A row for each possible original of each site of some suspects: site by site, its originals in their order.

    ``sites`` and ``pairs`` number the site and the pair of words that a row is about; ``originals`` says how many
    rows each site has.
    """

    sites: Integers
    pairs: Integers
    originals: Integers

    @classmethod
    def of(cls, suspects: Sequence[Suspect]) -> _Rows:
        originals: list[int] = []
        pairs: list[int] = []
        first = 0
        for suspect in suspects:
            after = first + len(suspect.claims)
            originals += [after - first] * len(suspect.spans)
            pairs += [*range(first, after)] * len(suspect.spans)
            first = after
        return cls(np.repeat(np.arange(len(originals)), originals), np.array(pairs), np.array(originals))

    def batches(self, size: int) -> Iterator[tuple[slice, slice]]:
        """All sites in their order, up to ``size`` at a time, and the rows that belong to them."""
        first = np.append(0, np.cumsum(self.originals))
        for begin in range(0, len(self.originals), size):
            end = min(begin + size, len(self.originals))
            yield slice(begin, end), slice(first[begin], first[end])

    def by_suspect(self, suspects: Sequence[Suspect], odds: Floats) -> dict[str, LogOdds]:
        """The odds of all rows, held within their limits."""
        limited, found, cursor = self._limited(odds), {}, 0
        for suspect in suspects:
            shape = len(suspect.spans), len(suspect.claims)
            rows = limited[cursor : cursor + shape[0] * shape[1]]
            cursor += len(rows)
            found[suspect.wrong] = dict(zip(suspect.claims, rows.reshape(shape).T, strict=True))
        return found

    def _limited(self, odds: Floats) -> Floats:
        """The odds with the best original of each site held to `HIGHEST`, the others as far behind it as they are."""
        best = np.maximum.reduceat(odds, np.cumsum(self.originals) - self.originals)
        excess = np.repeat(np.maximum(best - HIGHEST, 0.0), self.originals)
        limited: Floats = np.clip(odds - excess, LOWEST, HIGHEST)
        return limited


def _pairs(suspects: Sequence[Suspect]) -> list[Pair]:
    """Every damaged word with each of its possible originals."""
    return [(suspect.wrong, right) for suspect in suspects for right in suspect.claims]


def _places(suspects: Sequence[Suspect], hypothesis: Hypothesis) -> Integers:
    """Where the sites stand by the hypothesis: start and end, a row a site."""
    return hypothesis.spans(np.array([span for suspect in suspects for span in suspect.spans]))
