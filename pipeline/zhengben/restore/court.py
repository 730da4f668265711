"""The whole procedure on one text: screen cheaply, then identify and decide in growing certainty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhengben.lm.normalization import normalize
from zhengben.restore.decision import Verdict, decide, disjoint
from zhengben.restore.hypothesis import Choice, Hypothesis
from zhengben.restore.identification import Identification, Trial, identify, put_on_trial
from zhengben.restore.likelihood import Likelihood
from zhengben.restore.sites import Suspect

if TYPE_CHECKING:
    from zhengben.lm.scorer import LanguageModel
    from zhengben.restore.calibration import Calibration

PASSES: Final = 2
"""Each pass judges the sites in the neighbourhood that the one before has repaired."""

SCREENED_SITES: Final = 4
WORTH_A_LOOK: Final = 0.02
"""Engine probability, by a sample of sites, below which a document is left alone."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found out about a text."""

    identification: Identification
    trials: Sequence[Trial] = ()
    verdicts: Sequence[Verdict] = ()


def investigate(
    text: str,
    suspects: Sequence[Suspect],
    model: LanguageModel,
    calibration: Calibration,
    *,
    settled: Iterable[Choice] = (),
    forced: Iterable[str] = (),
    hints: Mapping[str, float] | None = None,
) -> Findings:
    """Find the engines behind ``text`` and what each site was. ``settled`` are repairs already certain."""
    body, fixed, forced = normalize(text), list(settled), tuple(forced)
    trials = _screen(Hypothesis(body, fixed), suspects, model, calibration)
    identification = identify(trials, forced=forced, hints=hints)
    if not forced and max(identification.probabilities.values(), default=0.0) < WORTH_A_LOOK:
        return Findings(identification, trials)
    choices = fixed
    verdicts: list[Verdict] = []
    for _ in range(PASSES):
        likelihood = Likelihood(model, calibration, Hypothesis(body, choices))
        trials = put_on_trial(suspects, likelihood.log_odds(suspects), calibration)
        identification = identify(trials, forced=forced, hints=hints)
        verdicts = decide(trials, identification)
        choices = _merged(fixed, verdicts)
    return Findings(identification, trials, verdicts)


def _screen(
    hypothesis: Hypothesis, suspects: Sequence[Suspect], model: LanguageModel, calibration: Calibration
) -> list[Trial]:
    """Trials by the language model and a sample of sites; suspects whose originals are all there are let go."""
    likelihood = Likelihood(model, calibration, hypothesis)
    doubtful = [suspect for suspect in suspects if _is_doubtful(suspect)]
    odds = {suspect.wrong: likelihood.screening_log_odds(suspect, _sample(suspect)) for suspect in doubtful}
    return put_on_trial(doubtful, odds, calibration)


def _is_doubtful(suspect: Suspect) -> bool:
    return min(suspect.original_counts.values()) <= 1


def _sample(suspect: Suspect) -> Sequence[tuple[int, int]]:
    step = max(1, len(suspect.spans) // SCREENED_SITES)
    return suspect.spans[::step][:SCREENED_SITES]


def _merged(fixed: Sequence[Choice], verdicts: Sequence[Verdict]) -> list[Choice]:
    """The settled repairs and the probable ones, sorted and disjoint."""
    probable = disjoint([verdict for verdict in verdicts if verdict.probability > 0.5])
    choices = [Choice(*verdict.span, verdict.right) for verdict in probable]
    taken = sorted([*fixed, *choices], key=lambda choice: (choice.start, choice.end))
    merged: list[Choice] = []
    for choice in taken:
        if merged and choice.start < merged[-1].end:
            if choice in fixed:
                merged[-1] = choice
            continue
        merged.append(choice)
    return merged
