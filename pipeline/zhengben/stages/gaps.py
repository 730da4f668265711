"""Stage `gaps`: where a word is missing, and which it may have been. Only ever suggested."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, Final

from zhengben.errors import ModelError
from zhengben.model import Edit, Notice
from zhengben.stages.base import Context, StageOutput

if TYPE_CHECKING:
    from zhengben.gaps.cues import Cue
    from zhengben.gaps.filling import Filling

_THRESHOLDS: Final = {
    "gaps/blank-before-punctuation": 0.8,
    "gaps/doubled-punctuation": 0.8,
    "gaps/dangling-verb": 0.7,
    "gaps/orphan-suffix": 0.5,
}
"""log10 by which the text with a word must be likelier than without, for each cue: in 3 M characters of sound text
(news, law, scholarship) 1.2 gaps in 100,000 are seen at these."""

_BLANK_BONUS: Final = 1.2
"""What a blank in the gap tells beyond the words around it, as log10."""

_RARITY_SHARE: Final = 0.5
"""How much of a word's reluctance to end a clause the language model does not know already."""

MOST_CONFIDENT: Final = 0.9

_REASONS: Final = {
    "gaps/blank-before-punctuation": "标点前留有空格，此处可能缺词",
    "gaps/doubled-punctuation": "两个标点相连，中间可能缺词",
    "gaps/dangling-verb": "“{before}”后面通常要接别的词，此处可能缺词",
    "gaps/orphan-suffix": "“{before}”与“{after}”之间可能缺词",
}


class Gaps:
    """Suggests up to five words for each gap; the replacement is the first of them."""

    name = "gaps"

    def run(self, text: str, context: Context) -> StageOutput:
        from zhengben.gaps.cues import find_cues

        cues = [cue for cue in find_cues(text) if not _is_closed(cue, context)]
        if not cues:
            return StageOutput()
        try:
            filler = context.toolbox.filler
        except ModelError:
            if not context.config.disabled.issuperset(("restore", "spelling")):
                raise
            return StageOutput((), (_missing_notice(),))
        gaping = (cue for cue in cues if not filler.expects(text, cue.start, cue.end))
        edits = (_edit(text, cue, filler.fill(text, cue.start, cue.end)) for cue in gaping)
        threshold = context.config.suggest_confidence
        return StageOutput(tuple(edit for edit in edits if edit is not None and edit.confidence >= threshold))


def _is_closed(cue: Cue, context: Context) -> bool:
    spans = (context.protected, context.settled)
    return any(closed.overlaps(cue.start, cue.end) for closed in spans)


def _edit(text: str, cue: Cue, filling: Filling) -> Edit | None:
    surplus = filling.gain - _RARITY_SHARE * cue.rarity - _THRESHOLDS[cue.rule]
    surplus += _BLANK_BONUS if cue.end > cue.start else 0.0
    if surplus < 0 or not filling.words:
        return None
    return Edit(
        cue.start,
        cue.end,
        text[cue.start : cue.end],
        filling.words[0],
        stage=Gaps.name,
        rule=cue.rule,
        confidence=round(min(MOST_CONFIDENT, 1.0 / (1.0 + exp(-surplus))), 4),
        status="suggested",
        reason=_reason(text, cue, filling),
        alternatives=filling.words[1:],
    )


def _reason(text: str, cue: Cue, filling: Filling) -> str:
    before, after = text[max(0, cue.start - 2) : cue.start], text[cue.end : cue.end + 1]
    why = _REASONS[cue.rule].format(before=before, after=after)
    return f"{why}，如：{'、'.join(filling.words)}"


def _missing_notice() -> Notice:
    return Notice(0, 0, "gaps-skipped", "语言模型不可用，跳过缺词检查")
