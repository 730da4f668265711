"""Certain rules, applied; suggest rules, offered; and the evidence, counted before both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from zhengben.model import Edit, Notice
from zhengben.rulebook import Rule, Rulebook
from zhengben.rulebook.screening import Match
from zhengben.stages.base import Context, StageOutput

CERTAIN_CONFIDENCE: Final = 0.98
"""Probability that an edit of a certain rule is right. Not fitted: its guards leave no sound use in 61 M characters,
and of the firings that remain in the corpora all but a few are real slips."""

SUGGEST_CONFIDENCE: Final = 0.5

_ORIGINS: Final = {
    "common": "是“{right}”之误",
    "O": "是扫描识别把“{original}”误认成“{damaged}”",
    "P": "是“{right}”的符号受损",
    "D": "缺字，应作“{right}”",
    "C": "是网站改写“{right}”所致",
    "BT": "是来回翻译留下的误译，应作“{right}”",
    "TW": "是台湾用语，大陆作“{right}”",
}
"""How a form came about, for tables that are not the word list of a replacing tool."""

_REPLACED: Final = "是{engine}类工具把“{original}”替换成“{damaged}”的痕迹"


class Rules:
    """Applies the rules that need no context beyond their guards. Leaves the screening in the dossier."""

    name = "rules"

    def run(self, text: str, context: Context) -> StageOutput:
        rulebook = context.toolbox.rulebook
        screening = rulebook.screen(text, skip=context.protected)
        context.dossier.screened, context.dossier.screening = text, screening
        candidates = list(_candidates(text, screening.matches, rulebook))
        applied = _leftmost_longest(found for found in candidates if found.rule.apply == "certain")
        offered = _leftmost_longest(found for found in candidates if found.rule.apply == "suggest")
        edits = [found.edit(text, rulebook, context) for found in applied]
        edits += [found.edit(text, rulebook, context) for found in _clear_of(offered, applied)]
        context.dossier.certain = tuple(edit for edit in edits if edit.is_applied)
        shown = (edit for edit in edits if edit.is_applied or edit.confidence >= context.config.suggest_confidence)
        return StageOutput(tuple(sorted(shown, key=lambda edit: (edit.start, edit.end))), _slow_notices(rulebook))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place where the guards of a rule let it fire; ``rank`` orders the rules of one form."""

    start: int
    end: int
    rank: int
    rule: Rule

    def edit(self, text: str, rulebook: Rulebook, context: Context) -> Edit:
        original = text[self.start : self.end]
        certain = self.rule.apply == "certain"
        confidence = CERTAIN_CONFIDENCE if certain else SUGGEST_CONFIDENCE
        return Edit(
            self.start,
            self.end,
            original,
            rulebook.repair(original, self.rule.right),
            stage=Rules.name,
            rule=self.rule.id,
            engine=self.rule.engine,
            confidence=confidence,
            status="applied" if certain and confidence >= context.config.min_confidence else "suggested",
            reason=reason(self.rule),
            alternatives=tuple(rulebook.repair(original, right) for right in self.rule.rights[1:]),
        )


def reason(rule: Rule) -> str:
    """Why a rule fires, for the person who reviews its edit."""
    damaged, original = _difference(rule.wrong, rule.right)
    origin = "应删去" if rule.right == "" else _ORIGINS.get(rule.engine, _REPLACED)
    why = origin.format(engine=rule.engine, right=rule.right, damaged=damaged, original=original)
    if rule.apply == "suggest":
        return f"“{rule.wrong}”可能{why}，请核对"
    return f"“{rule.wrong}”在正常文本中几乎不出现，{why}" if origin is _REPLACED else f"“{rule.wrong}”{why}"


def _difference(wrong: str, right: str) -> tuple[str, str]:
    """What differs between two words once common ends are taken off, or both whole where one end is empty."""
    head = 0
    while head < min(len(wrong), len(right)) and wrong[head] == right[head]:
        head += 1
    tail = 0
    while tail < min(len(wrong), len(right)) - head and wrong[-1 - tail] == right[-1 - tail]:
        tail += 1
    damaged, original = wrong[head : len(wrong) - tail], right[head : len(right) - tail]
    return (damaged, original) if damaged and original else (wrong, right)


def _candidates(text: str, matches: tuple[Match, ...], rulebook: Rulebook) -> Iterator[_Candidate]:
    pattern_rules = rulebook.pattern_rules
    for form, start, end in matches:
        for rank, rule in enumerate(pattern_rules.get(form, ())):
            if rulebook.guards_allow(rule, text, start, end):
                yield _Candidate(start, end, rank, rule)


def _leftmost_longest(candidates: Iterator[_Candidate]) -> list[_Candidate]:
    """The candidates that win: the leftmost, of those the longest, of those the first in priority."""
    chosen: list[_Candidate] = []
    for found in sorted(candidates, key=lambda found: (found.start, -found.end, found.rank)):
        if not chosen or found.start >= chosen[-1].end:
            chosen.append(found)
    return chosen


def _clear_of(offered: list[_Candidate], applied: list[_Candidate]) -> Iterator[_Candidate]:
    """The offers that overlap nothing that is applied: both are sorted and disjoint."""
    last = 0
    for found in offered:
        while last < len(applied) and applied[last].end <= found.start:
            last += 1
        if last == len(applied) or applied[last].start >= found.end:
            yield found


def _slow_notices(rulebook: Rulebook) -> tuple[Notice, ...]:
    return tuple(
        Notice(0, 0, "slow-rule", f"规则 {rule.id} 的正则表达式超过时限，已停用（{rule.source}:{rule.line}）")
        for rule in rulebook.slow_rules
    )
