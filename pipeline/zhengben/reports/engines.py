"""The verdict on what damaged a document, in plain Chinese and as JSON."""

from __future__ import annotations

import re
from typing import Any, Final

from zhengben.model import Result

LIKELY: Final = 0.75
"""Probability from which an engine is named as found."""

TOO_SHORT: Final = 200
"""Chinese characters below which the absence of a word says nothing either way."""

_HAN: Final = re.compile("[\u4e00-\u9fff]")


def headline(result: Result) -> str:
    """The verdict in one line."""
    found = [verdict for verdict in result.engines if verdict.probability >= LIKELY]
    if found:
        names = "、".join(f"{verdict.engine} 类（{verdict.probability:.0%}）" for verdict in found)
        return f"受损：{names}"
    if len(_HAN.findall(result.source)) < TOO_SHORT:
        return "文本太短，无法判断"
    return "未见替换工具的痕迹"


def lines(result: Result) -> list[str]:
    """The verdict and its evidence, a line each."""
    shown = [headline(result)]
    for verdict in result.engines:
        doubt = "" if verdict.probability >= LIKELY else "，证据不足"
        shown.append(f"  {verdict.engine} {verdict.title}：{verdict.probability:.0%}{doubt}")
        shown += [f"    {evidence}" for evidence in verdict.evidence]
    shown += [f"  注意：{notice.reason}" for notice in result.notices if notice.kind == "rewritten"]
    return shown


def as_json(name: str, result: Result) -> dict[str, Any]:
    """The verdict for programs; ``pairs`` are natural-log likelihood ratios by damaged form."""
    return {
        "name": name,
        "verdict": headline(result),
        "engines": [
            {
                "engine": verdict.engine,
                "title": verdict.title,
                "probability": round(verdict.probability, 4),
                "evidence": list(verdict.evidence),
                "pairs": dict(verdict.pairs),
            }
            for verdict in result.engines
        ],
    }
