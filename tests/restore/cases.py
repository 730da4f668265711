"""A small world of tables and figures, in which every number can be checked by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from zhengben.restore.calibration import Calibration, ConfidenceModel, PairModel
from zhengben.restore.sites import Lexicon, Suspect
from zhengben.restore.trial import Trial, put_on_trial
from zhengben.rulebook import Rule, Rulebook, Table

EVEN = PairModel(0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0)
"""A pair whose words are equally usual, and of which no document shows more than another."""


def rulebook(*rules: Rule, identify: Sequence[Rule] = ()) -> Rulebook:
    engines = sorted({rule.engine for rule in rules})
    tables = [Table(engine, "", tuple(rule for rule in rules if rule.engine == engine)) for engine in engines]
    rewriters = sorted({rule.engine for rule in identify})
    known = [Table(engine, "", tuple(r for r in identify if r.engine == engine), identify=True) for engine in rewriters]
    return Rulebook([*tables, *known])


def context_rule(engine: str, wrong: str, *rights: str, seen: int = 5, **guards: tuple[str, ...]) -> Rule:
    return Rule(engine, wrong, rights, "context", seen=seen, **guards)  # type: ignore[arg-type]


def calibration(pairs: Mapping[str, PairModel] | None = None, contexts: Path = Path("none")) -> Calibration:
    return Calibration(pairs or {}, EVEN, ConfidenceModel(), contexts)


def suspects(text: str, rules: Rulebook) -> list[Suspect]:
    return Lexicon(rules).suspects(text, rules.screen(text))


def trials(text: str, rules: Rulebook, log_odds: float | Mapping[str, float]) -> list[Trial]:
    """The trials of a text whose sites all speak with these natural-log odds for the original."""
    found = suspects(text, rules)
    odds = {}
    for suspect in found:
        value = log_odds if isinstance(log_odds, float) else log_odds[suspect.wrong]
        odds[suspect.wrong] = {right: np.full(len(suspect.spans), value) for right in suspect.claims}
    return put_on_trial(found, odds, calibration())
