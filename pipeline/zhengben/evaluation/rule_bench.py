"""What ten thousand rules cost: loaded from the cache, and looked for in sound text."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

from zhengben import resources
from zhengben.rulebook import Rule, Rulebook, Table, cache
from zhengben.rulebook.formatting import write_yaml
from zhengben.rulebook.loading import load_table

RULES: Final = 10_000
_ENGINE: Final = "bench"
_ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class RuleCost:
    """Seconds to load a table from its cache, and to screen ``characters`` of text; the best of a few rounds."""

    rules: int
    loading: float
    characters: int
    screening: float


def measure_rules(texts: Sequence[str]) -> RuleCost:
    """The shipped rules, and made-up ones to make ten thousand, as one table."""
    table = _table()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{_ENGINE}.yaml"
        path.write_bytes(write_yaml(table))
        load_table(path)
        loading = _best(lambda: load_table(path))
        cache.forget(str(path))
    book = Rulebook([table])
    book.screen(texts[0])
    screening = _best(lambda: [book.screen(text) for text in texts])
    return RuleCost(len(table.rules), loading, sum(map(len, texts)), screening)


def _table() -> Table:
    """Examples are left out of the shipped rules: they cost where a changed table is checked, once."""
    shipped = {rule.wrong: rule for rule in Rulebook.load().rules}
    kept = [replace(rule, engine=_ENGINE, fires=(), silent=()) for rule in shipped.values()]
    words = (resources.DATA / "two_character_words.txt").read_text(encoding="utf-8").split()
    made_up = (left + right for left, right in zip(words * 3, [*words[7:], *words[11:], *words[13:]], strict=False))
    forms = (form for form in dict.fromkeys(made_up) if form not in shipped)
    kept += [Rule(_ENGINE, form, (form[2:] + form[:2],)) for form in islice(forms, RULES - len(kept))]
    return Table(_ENGINE, "made up", tuple(kept))


def _best(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(_ROUNDS):
        begin = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begin)
    return best
