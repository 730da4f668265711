"""Turns an edit's confidence into its status, by the user's thresholds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from zhengben.config import Config
from zhengben.model import Edit


def graded(edits: Iterable[Edit], config: Config) -> list[Edit]:
    """Apply what is sure enough, suggest what is likely, and drop the rest."""
    kept: list[Edit] = []
    for edit in edits:
        if edit.confidence >= config.min_confidence:
            kept.append(edit)
        elif edit.confidence >= config.suggest_confidence:
            kept.append(replace(edit, status="suggested"))
    return kept
