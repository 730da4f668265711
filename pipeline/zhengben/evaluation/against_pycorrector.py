"""pycorrector's own Corrector, with the same language model, on the same documents."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final

from zhengben.cleaner import Cleaner
from zhengben.config import STAGES, Config
from zhengben.evaluation.gold import Gold
from zhengben.evaluation.plan import Report
from zhengben.evaluation.rates import ratio
from zhengben.evaluation.scoring import score
from zhengben.evaluation.tally import tally

CHARACTERS: Final = 6000
"""Documents are taken until this many code points are reached: pycorrector reads about two hundred a second."""


def measure_pycorrector(golds: Sequence[Gold]) -> Report:
    """Score pycorrector alone, all other stages off, on the first documents."""
    config = Config(spelling="pycorrector", disabled=frozenset(STAGES) - {"spelling"})
    cleaner = Cleaner(config)
    start = time.perf_counter()
    scores = [score(gold, cleaner.clean(gold.text)) for gold in _first(golds)]
    seconds = time.perf_counter() - start
    total = tally(scores)
    return {**total.figures(), "characters_per_second": ratio(total.characters, seconds, 0.0)}


def _first(golds: Sequence[Gold]) -> list[Gold]:
    chosen: list[Gold] = []
    characters = 0
    for gold in golds:
        if chosen and characters + len(gold.text) > CHARACTERS:
            break
        chosen.append(gold)
        characters += len(gold.text)
    return chosen
