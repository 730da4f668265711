"""Spans that no stage may touch."""

from __future__ import annotations

from zhengben.model import Span


def protected_spans(text: str) -> list[Span]:
    return []
