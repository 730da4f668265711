"""Sound documents damaged by program: what comes back, with all rules and with a fifth of them hidden."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from zhengben.cleaner import Cleaner
from zhengben.config import Config
from zhengben.damage import Tables, read_pairs, tables_of, withhold
from zhengben.evaluation.documents import SoundDocument
from zhengben.evaluation.findings import Finding, faults
from zhengben.evaluation.gold import Gold
from zhengben.evaluation.identification import MINIMUM_LENGTH, MINIMUM_SITES, Identification
from zhengben.evaluation.plan import Plan, Report
from zhengben.evaluation.rates import ratio
from zhengben.evaluation.scoring import Score, score
from zhengben.evaluation.synthetic import CHARACTERS, COMBINATIONS, combination_name, damaged_documents
from zhengben.evaluation.tally import Tally, WordPair, has_han, tally
from zhengben.model import Result
from zhengben.rulebook import Rulebook

TRIVIAL_PAIRS: Final[frozenset[WordPair]] = frozenset({("旳", "的")})
"""Repaired by a look at the character; thousands of them would hide everything else."""

WITHHELD_SHARE: Final = 0.2


@dataclass(slots=True)
class DamagedSection:
    """Measures the sets of documents one after another; ``words`` adds up the places where words were at stake."""

    plan: Plan
    cleaner: Cleaner
    say: Callable[[str], None] = lambda _: None
    findings: list[Finding] = field(default_factory=list)
    words: Tally = field(default_factory=Tally)
    identification: Identification = field(default_factory=Identification)
    edits: int = 0
    second_edits: int = 0
    seconds: float = 0.0

    def measure(self, documents: Sequence[SoundDocument]) -> Report:
        """Figures by combination of engines, over all, and of naming the engines."""
        rulebook = Rulebook.load()
        tables = read_pairs(self.plan.pairs) if self.plan.pairs else tables_of(rulebook)
        fewer_rules = self._cleaner_without(withhold(tables, WITHHELD_SHARE, self.plan.seed), rulebook)
        scores: list[Score] = []
        sets: Report = {}
        for engines in COMBINATIONS:
            if set(engines) <= set(tables):
                name = combination_name(engines)
                self.say(f"documents damaged by {name}")
                sets[name], these = self._measure_set(documents, engines, tables, fewer_rules)
                scores += these
        self.words = _words(scores)
        return {"engines": sets, **self._overall(scores)}

    def _overall(self, scores: Sequence[Score]) -> Report:
        neutral = self.plan.neutral
        return {
            "total": self.words.figures(),
            "total_without_neutral": _words(scores, neutral).figures(),
            "neutral_share": 1.0 - ratio(_words(scores, neutral).sites, self.words.sites),
            "genres": {
                genre: _words(scored for scored in scores if scored.gold.genre == genre).figures()
                for genre in sorted({scored.gold.genre for scored in scores})
            },
            "identification": self.identification.figures(),
            "second_cleaning": ratio(self.second_edits, self.edits, 0.0),
            "characters_per_second": ratio(self.words.characters, self.seconds),
        }

    def _measure_set(
        self, documents: Sequence[SoundDocument], engines: tuple[str, ...], tables: Tables, fewer_rules: Cleaner
    ) -> tuple[Report, list[Score]]:
        plan = self.plan
        characters = (plan.length, plan.length) if plan.length else CHARACTERS
        golds = list(damaged_documents(documents, engines, tables, plan.scale.documents, plan.seed, characters))
        results = self._timed(golds)
        scores = [score(gold, result) for gold, result in zip(golds, results, strict=True)]
        identification = Identification()
        for gold, result in zip(golds, results, strict=True):
            self._identify(gold, result, identification)
            self._clean_again(result)
        name = combination_name(engines)
        self.findings += faults(name, scores)
        withheld = [score(gold, fewer_rules.clean(gold.text)) for gold in golds]
        report = {
            **_words(scores).figures(),
            "without_neutral": _words(scores, self.plan.neutral).figures(),
            "a_fifth_withheld": _words(withheld).figures(),
            "all_edits": tally(scores).figures(),
            "identification": identification.figures(),
        }
        return report, scores

    def _timed(self, golds: Iterable[Gold]) -> list[Result]:
        start = time.perf_counter()
        results = [self.cleaner.clean(gold.text) for gold in golds]
        self.seconds += time.perf_counter() - start
        return results

    def _identify(self, gold: Gold, result: Result, identification: Identification) -> None:
        if len(gold.text) >= MINIMUM_LENGTH and len(gold.marks) >= MINIMUM_SITES:
            for each in (identification, self.identification):
                each.add(gold.engines or (), result.engines)

    def _clean_again(self, result: Result) -> None:
        self.edits += len(result.applied)
        self.second_edits += len(self.cleaner.clean(result.text).applied)

    def _cleaner_without(self, rules: Iterable[str], rulebook: Rulebook) -> Cleaner:
        known = sorted(name for name in rules if rulebook.rule(name) is not None)
        settings = self.plan.output / "withheld.toml"
        settings.write_text(f"[rules]\ndisable = {_toml_strings(known)}\n", encoding="utf-8")
        return Cleaner(Config(rules=(settings,)))


def _words(scores: Iterable[Score], excluding: frozenset[WordPair] = frozenset()) -> Tally:
    return tally(scores, excluding=TRIVIAL_PAIRS | excluding, counts=has_han)


def _toml_strings(words: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"
