"""A damaged form of the document before the court: the evidence for each of its originals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhengben.restore.evidence import PairCase, PairEvidence, weigh

if TYPE_CHECKING:
    from zhengben.restore.calibration import Calibration
    from zhengben.restore.likelihood import LogOdds
    from zhengben.restore.sites import Suspect

_EXPLAINED_ELSEWHERE: Final = 1.0


@dataclass(frozen=True, slots=True)
class Trial:
    """A suspect before the court: the evidence for each of its originals.

    ``relayed`` is the evidence if the original's own count says nothing, the word being an output of the
    engines that ``outputs`` names for it.
    """

    suspect: Suspect
    evidence: Mapping[str, PairEvidence]
    relayed: Mapping[str, PairEvidence]
    outputs: Mapping[str, frozenset[str]]

    @property
    def engines(self) -> frozenset[str]:
        """The engines that make a difference to the evidence."""
        relays = [right for right, found in self.relayed.items() if found.log_ratio > self.evidence[right].log_ratio]
        return self.suspect.engines.union(*map(self.outputs.__getitem__, relays))

    def evidence_for(self, right: str, engines: Iterable[str]) -> PairEvidence:
        """The evidence for one original, the given engines being at work."""
        own = self.evidence[right]
        relayed = self.relayed.get(right)
        if relayed is not None and relayed.log_ratio > own.log_ratio and self.outputs[right].intersection(engines):
            return PairEvidence(min(relayed.log_ratio, _EXPLAINED_ELSEWHERE), relayed.site_probabilities)
        return own


def put_on_trial(
    suspects: Sequence[Suspect],
    odds: Mapping[str, LogOdds],
    calibration: Calibration,
    beside: Iterable[Suspect] = (),
) -> list[Trial]:
    """Weigh the evidence of every suspect. Those ``beside`` stand in the document, too, but not before the court."""
    outputs = {suspect.wrong: suspect.engines for suspect in (*beside, *suspects)}
    cases: list[PairCase] = []
    for suspect in suspects:
        for right, log_odds in odds[suspect.wrong].items():
            pair, count = calibration.pair(suspect.wrong, right), suspect.original_counts[right]
            cases.append(PairCase(pair, log_odds, count))
            if count and right in outputs:
                cases.append(PairCase(pair, log_odds, None))
    evidence = iter(weigh(cases))
    return [_trial(suspect, evidence, outputs) for suspect in suspects]


def _trial(suspect: Suspect, evidence: Iterator[PairEvidence], outputs: Mapping[str, frozenset[str]]) -> Trial:
    own: dict[str, PairEvidence] = {}
    relayed: dict[str, PairEvidence] = {}
    for right in suspect.claims:
        own[right] = next(evidence)
        if suspect.original_counts[right] and right in outputs:
            relayed[right] = next(evidence)
    return Trial(suspect, own, relayed, outputs)
