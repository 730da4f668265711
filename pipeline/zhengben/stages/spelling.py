"""Stage `spelling`: characters written for others of like sound or shape."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from zhengben.model import Edit, Status
from zhengben.stages.base import Context, StageOutput

if TYPE_CHECKING:
    from zhengben.spelling.slips import Slip

SURE: Final = 0.8
"""Probability below which no slip is applied, however low the user's threshold: unlike a swapped word, a slip has
no other place of the document to vouch for it."""

_WORD_REACH: Final = 2
"""Code points on either side that a reason shows around the character in question."""

_ASKED_FOR: Final = "spelling/pycorrector"
_HAN_PAIR: Final = re.compile("[\u4e00-\u9fff]{2}")
_KINDS: Final = {
    "spelling/sound": "音近误字",
    "spelling/homophone": "同音词混用",
    "spelling/shape": "形近误字",
    "spelling/sound-and-shape": "音形皆近的误字",
}


class Spelling:
    """Applies slips that are all but certain, and suggests the likely ones.

    In a document that a substitution engine has hit nothing is applied: words that `restore` left damaged look
    like slips.
    """

    name = "spelling"

    def run(self, text: str, context: Context) -> StageOutput:
        if not _HAN_PAIR.search(text):
            return StageOutput()
        backend = context.toolbox.spelling
        edits = []
        for slip in backend.find(text, context.doubtful):
            edit = _edit(text, slip, context)
            if edit is not None:
                edits.append(edit)
        return StageOutput(tuple(edits))


def _edit(text: str, slip: Slip, context: Context) -> Edit | None:
    confidence = round(slip.confidence, 4)
    if confidence < context.config.suggest_confidence or _is_closed(slip, context):
        return None
    doubt = slip.only_suggest or ("文档曾被换词工具处理" if context.dossier.engines else "")
    needed = max(context.config.min_confidence, 0.0 if slip.rule == _ASKED_FOR else SURE)
    status: Status = "applied" if confidence >= needed and not doubt else "suggested"
    return Edit(
        slip.start,
        slip.end,
        text[slip.start : slip.end],
        slip.replacement,
        stage=Spelling.name,
        rule=slip.rule,
        confidence=confidence,
        status=status,
        reason=_reason(text, slip, doubt),
    )


def _is_closed(slip: Slip, context: Context) -> bool:
    """Whether the slip stands in or beside what is protected or has been decided before."""
    start, end = slip.start, slip.end
    return context.protected.overlaps(start, end) or context.settled.overlaps(start - 1, end + 1)


def _reason(text: str, slip: Slip, doubt: str) -> str:
    before, after = _han_before(text, slip.start), _han_after(text, slip.end)
    standing = text[slip.start : slip.end]
    kind = _KINDS.get(slip.rule, "pycorrector 的建议")
    reason = f"“{before}{standing}{after}”疑为“{before}{slip.replacement}{after}”（{kind}）"
    return f"{reason}；{doubt}，请核对" if doubt else reason


def _han_before(text: str, end: int) -> str:
    start = end
    while start > max(0, end - _WORD_REACH) and _is_han(text[start - 1]):
        start -= 1
    return text[start:end]


def _han_after(text: str, start: int) -> str:
    end = start
    while end < min(len(text), start + _WORD_REACH) and _is_han(text[end]):
        end += 1
    return text[start:end]


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
