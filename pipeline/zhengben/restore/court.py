"""The whole procedure on one text: look whether it is damaged, then identify and decide in growing certainty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from zhengben.lm.normalization import normalize
from zhengben.restore.decision import Verdict, decide, disjoint
from zhengben.restore.hypothesis import Choice, Hypothesis
from zhengben.restore.identification import Identification, identify
from zhengben.restore.likelihood import Likelihood, LogOdds
from zhengben.restore.sites import Suspect
from zhengben.restore.survivors import Survivors
from zhengben.restore.trial import Trial, put_on_trial

POSSIBLE: Final = 0.02
"""Engine probability, by the language model alone, from which an engine's sites are looked at closely."""

LEAST_SUPPORT: Final = 1.5
"""Natural-log odds in favour of originals, the best place of each form added up, below which no engine is thought of:
six in ten of the sound documents whose places are sampled stay below, and one in a thousand of damaged ones."""

WORTH_A_LOOK: Final = 0.25
"""Engine probability, by a sample of sites, below which a document is left alone."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found out about a text. ``trials`` are by damaged form."""

    identification: Identification
    trials: Mapping[str, Trial]
    verdicts: Sequence[Verdict]


def looks_damaged(
    text: str,
    doubtful: Sequence[Suspect],
    survivors: Survivors,
    likelihood: Likelihood,
    settled: Sequence[Choice] = (),
) -> bool:
    """Whether a sample of places, by the language model alone, makes some engine probable enough to look closer."""
    odds = likelihood.screening_log_odds(doubtful, Hypothesis(text, settled))
    if sum(max(0.0, *(float(found.max()) for found in each.values())) for each in odds.values()) < LEAST_SUPPORT:
        return False
    identification = identify(put_on_trial(doubtful, odds, likelihood.calibration), survivors)
    return max(identification.probabilities.values(), default=0.0) >= WORTH_A_LOOK


def investigate(
    text: str,
    suspects: Sequence[Suspect],
    survivors: Survivors,
    likelihood: Likelihood,
    *,
    settled: Sequence[Choice] = (),
    forced: Iterable[str] = (),
    hints: Mapping[str, float] | None = None,
) -> Findings:
    """Find the engines behind ``text`` and what each site was. ``settled`` are repairs already certain.

    The first pass asks the language model alone. The second judges the sites of the engines that are left by all
    there is, in the neighbourhood that the first has repaired.
    """
    body, forced = normalize(text), tuple(forced)
    trials: dict[str, Trial] = {}

    def judge(concerned: Sequence[Suspect], odds: Mapping[str, LogOdds]) -> Findings:
        for trial in put_on_trial(concerned, odds, likelihood.calibration, suspects):
            trials[trial.suspect.wrong] = trial
        identification = identify(trials.values(), survivors, forced=forced, hints=hints)
        return Findings(identification, trials, decide(trials.values(), identification))

    first = judge(suspects, likelihood.screening_log_odds(suspects, Hypothesis(body, settled)))
    possible = {engine for engine, found in first.identification.probabilities.items() if found >= POSSIBLE}
    concerned = [suspect for suspect in suspects if suspect.engines & possible]
    repaired = Hypothesis(body, _merged(settled, first.verdicts))
    return judge(concerned, likelihood.log_odds(concerned, repaired))


def _merged(fixed: Sequence[Choice], verdicts: Sequence[Verdict]) -> list[Choice]:
    """The settled repairs and the probable ones, sorted and disjoint."""
    probable = disjoint([verdict for verdict in verdicts if verdict.probability > 0.5])
    choices = [Choice(*verdict.span, verdict.right) for verdict in probable]
    settled = frozenset(fixed)
    taken = sorted([*fixed, *choices], key=lambda choice: (choice.start, choice.end))
    merged: list[Choice] = []
    for choice in taken:
        if merged and choice.start < merged[-1].end:
            if choice in settled:
                merged[-1] = choice
            continue
        merged.append(choice)
    return merged
