"""The Chinese names that a reader of a report sees for stages, states and kinds of notice."""

from __future__ import annotations

from types import MappingProxyType

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
