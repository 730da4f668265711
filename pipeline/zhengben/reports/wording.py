"""The Chinese names that a reader of a report sees for stages, states and kinds of notice."""

from __future__ import annotations

from types import MappingProxyType

from zhengben.model import Edit
from zhengben.reports.visible import visible, visible_sides

STAGES = MappingProxyType(
    {
        "normalize": "文字规整",
        "boilerplate": "站点插入",
        "script": "繁简转换",
        "rules": "固定规则",
        "restore": "替换还原",
        "spelling": "错别字",
        "gaps": "疑似缺词",
    }
)
STATUSES = MappingProxyType({"applied": "已改", "suggested": "建议"})
NO_ENGINE = "其他"


def stage_label(stage: str) -> str:
    """The Chinese name of a stage; an unknown one keeps its own."""
    return STAGES.get(stage, stage)


def engine_label(engine: str) -> str:
    """How an engine is spoken of; edits without one are `其他`."""
    return f"引擎 {engine}" if engine else NO_ENGINE


def message(edit: Edit) -> str:
    """An edit in one line, with its reason: what a reviewer of a pull request reads."""
    original, replacement = (_short(side) for side in visible_sides(edit))
    if not original:
        change = f"此处似缺“{replacement}”"
    elif not replacement:
        change = f"“{original}”应删去"
    else:
        change = f"“{original}”应为“{replacement}”"
    doubt = "" if edit.is_applied else "（建议）"
    return f"{change}{doubt}：{visible(edit.reason)}" if edit.reason else change + doubt


def _short(text: str, longest: int = 60) -> str:
    flat = text.replace("\n", "")
    return flat if len(flat) <= longest else flat[:longest] + "…"
