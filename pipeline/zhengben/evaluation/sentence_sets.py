"""Strict figures over sets of sentences with single slips, comparable with published ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from zhengben.evaluation.materials import SentencePair
from zhengben.evaluation.rates import f_beta, ratio


def strict_figures(pairs: Sequence[SentencePair], correct: Callable[[str], str]) -> dict[str, float | int]:
    """Sentence-level precision, recall and F1, where a sentence counts only if all of it is right.

    Every changed sentence counts in precision; ``false_positive_rate`` is the share of sound sentences changed.
    """
    right = changed = faulty = spoilt = 0
    for pair in pairs:
        answer = correct(pair.source)
        is_faulty = pair.source != pair.target
        faulty += is_faulty
        changed += answer != pair.source
        right += is_faulty and answer == pair.target
        spoilt += not is_faulty and answer != pair.source
    precision, recall = ratio(right, changed), ratio(right, faulty)
    return {
        "sentences": len(pairs),
        "faulty": faulty,
        "precision": precision,
        "recall": recall,
        "f1": f_beta(precision, recall, 1.0),
        "false_positive_rate": ratio(spoilt, len(pairs) - faulty, 0.0),
    }
