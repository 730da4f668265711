"""What the comment or the note on an edit says, in the reviewer's language."""

from __future__ import annotations

import re

from zhengben.model import Edit

LONGEST_QUOTE = 60
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_VISIBLE = str.maketrans({"\n": "↵", "\t": "→", "\u3000": "□"})


def remark(edit: Edit, place: str) -> list[str]:
    """The paragraphs of a comment. ``place`` is where the edit stands, if the comment can't stand there."""
    where = f"【{place}】" if place else ""
    lines = [where + _change(edit)]
    if edit.reason:
        lines.append(f"理由：{edit.reason}")
    if edit.alternatives:
        lines.append(f"其他可能：{'、'.join(edit.alternatives)}")
    facts = [f"规则 {edit.rule}", f"引擎 {edit.engine}" if edit.engine else "", f"把握 {edit.confidence:.0%}"]
    lines.append(" · ".join(filter(None, facts)))
    return [_NOT_XML.sub("\ufffd", line) for line in lines]


def _change(edit: Edit) -> str:
    original, replacement = _quoted(edit.original), _quoted(edit.replacement)
    verbs = ("已补入", "已删去", "已改为") if edit.is_applied else ("建议补入", "建议删去", "建议改为")
    if not edit.original:
        return f"{verbs[0]}{replacement}"
    if not edit.replacement:
        return f"{verbs[1]}{original}"
    return f"{original}{verbs[2]}{replacement}"


def _quoted(text: str) -> str:
    shown = text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
    return f"“{shown.translate(_VISIBLE)}”"
