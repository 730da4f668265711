"""The evidence in plain Chinese, as a reviewer reads it."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from zhengben.model import EngineVerdict
from zhengben.restore.entries import REWRITING

if TYPE_CHECKING:
    from zhengben.lm.form_counts import FormCounts
    from zhengben.restore.court import Findings
    from zhengben.restore.decision import Verdict
    from zhengben.restore.trial import Trial

MOST_EVIDENCE: Final = 12
WORTH_REPORTING: Final = 0.05
_TELLING: Final = 0.5
"""Natural-log likelihood ratio from which a pair is named as evidence."""

REWRITING_TITLE: Final = "整篇改写（新闻、网站优化、小说改写工具），无法逐词还原"


class Wording:
    """Phrases the findings about one document of ``han`` Chinese characters."""

    def __init__(self, counts: FormCounts, titles: Mapping[str, str], han: int) -> None:
        self._counts = counts
        self._titles = titles
        self._han = han
        self._reasons: dict[tuple[str, str, str], str] = {}

    def engines(self, findings: Findings) -> tuple[EngineVerdict, ...]:
        """A verdict for every engine worth reporting, the most probable first."""
        probabilities = findings.identification.probabilities
        named = [engine for engine, value in probabilities.items() if value >= WORTH_REPORTING]
        # Rounded, so that engines which are both certain stand in the same order in every run.
        ranked = sorted(named, key=lambda engine: (-round(probabilities[engine], 6), engine))
        return tuple(self._engine(engine, findings) for engine in ranked)

    def reason(self, verdict: Verdict, trial: Trial) -> str:
        """Why a site is taken for damaged: in the same words for all that one engine made of the same word."""
        swap = verdict.claim.engine, verdict.right, verdict.wrong
        if swap not in self._reasons:
            self._reasons[swap] = self._reason(*swap, self.pair(trial, verdict.right))
        return self._reasons[swap]

    def _reason(self, engine: str, right: str, wrong: str, counts: str) -> str:
        return f"{engine}类工具把“{right}”换成“{wrong}”；全文{counts}，且上下文支持“{right}”"

    def pair(self, trial: Trial, right: str) -> str:
        """The counts of a pair: “能力” 0 次（按篇幅应有约 6 次），“力量” 12 次."""
        found, damaged = trial.suspect.original_counts[right], len(trial.suspect.spans)
        return f"“{right}” {found} 次{self._expectation(right)}，“{trial.suspect.wrong}” {damaged} 次"

    def _expectation(self, right: str) -> str:
        if right not in self._counts:
            return ""
        expected = self._counts.rate(right) * self._han
        return f"（按篇幅应有约 {expected:.0f} 次）" if expected >= 1 else ""

    def _engine(self, engine: str, findings: Findings) -> EngineVerdict:
        telling: list[tuple[float, str, str, Trial]] = []
        for trial in findings.trials.values():
            for right, usage in trial.suspect.entry.usage.items():
                ratio = trial.evidence[right].log_ratio
                if ratio >= _TELLING and engine in usage:
                    telling.append((ratio, trial.suspect.wrong, right, trial))
        telling.sort(key=itemgetter(0, 1, 2), reverse=True)
        del telling[MOST_EVIDENCE:]
        title = REWRITING_TITLE if engine == REWRITING else self._titles.get(engine, "")
        probability = findings.identification.probabilities[engine]
        evidence = tuple(self.pair(trial, right) for _, _, right, trial in telling)
        pairs = tuple((wrong, round(ratio, 2)) for ratio, wrong, _, _ in telling)
        return EngineVerdict(engine, title, probability, evidence, pairs)
