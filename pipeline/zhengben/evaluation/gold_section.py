"""Documents whose errors people marked."""

from __future__ import annotations

from collections.abc import Sequence

from zhengben.cleaner import Cleaner
from zhengben.evaluation.findings import Finding, faults
from zhengben.evaluation.gold import Duty, Gold
from zhengben.evaluation.identification import Identification
from zhengben.evaluation.plan import Report
from zhengben.evaluation.rates import ratio
from zhengben.evaluation.scoring import Score, score
from zhengben.evaluation.tally import tally


def measure_gold(section: str, golds: Sequence[Gold], cleaner: Cleaner, findings: list[Finding]) -> Report:
    """Clean and score each document: figures of all together, by document and by genre, and the engines named."""
    identification = Identification()
    scores: list[Score] = []
    for gold in golds:
        result = cleaner.clean(gold.text)
        scores.append(score(gold, result))
        if gold.engines is not None:
            identification.add(gold.engines, result.engines)
    findings += faults(section, scores)
    return {
        "total": {**tally(scores).figures(), **removals(scores)},
        "documents": {scored.gold.name: tally([scored]).figures() for scored in scores},
        "genres": {
            genre: tally(scored for scored in scores if scored.gold.genre == genre).figures()
            for genre in sorted({gold.genre for gold in golds} - {""})
        },
        "identification": identification.figures(),
    }


def removals(scores: Sequence[Score]) -> Report:
    """How many of the lines and words that must go are gone."""
    places = [place for scored in scores for place in scored.having(Duty.MUST) if place.mark.is_removal]
    gone = sum(place.repaired for place in places)
    return {"removals": len(places), "removed": gone, "removal_recall": ratio(gone, len(places))}
