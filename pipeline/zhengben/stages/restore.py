"""Placeholder until the stage lands."""

from __future__ import annotations

from zhengben.stages.base import Context, StageOutput


class Restore:
    name = "restore"

    def run(self, text: str, context: Context) -> StageOutput:
        return StageOutput()
