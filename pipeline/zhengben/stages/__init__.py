"""The stages of the pipeline, one a file, in the order in which they run."""

from __future__ import annotations

from zhengben.config import Config
from zhengben.stages.base import Stage
from zhengben.stages.boilerplate import Boilerplate
from zhengben.stages.gaps import Gaps
from zhengben.stages.normalize import Normalize
from zhengben.stages.restore import Restore
from zhengben.stages.rules import Rules
from zhengben.stages.script import Script
from zhengben.stages.spelling import Spelling

ORDER: tuple[type[Stage], ...] = (Normalize, Boilerplate, Script, Rules, Restore, Spelling, Gaps)


def pipeline(config: Config) -> tuple[Stage, ...]:
    """The stages that ``config`` leaves enabled, in order."""
    return tuple(stage() for stage in ORDER if stage.name not in config.disabled)
