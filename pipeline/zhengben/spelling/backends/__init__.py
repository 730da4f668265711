"""The ways of finding slips, one a file: our own (`ngram`) and pycorrector's Corrector (`pycorrector`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhengben.config import Config
    from zhengben.spelling.slips import Backend
    from zhengben.toolbox import Toolbox


def open_backend(config: Config, toolbox: Toolbox) -> Backend:
    """The backend that the configuration names. Raises `DependencyError` when it needs a package that is missing."""
    if config.spelling == "pycorrector":
        from zhengben.spelling.backends.pycorrector import PycorrectorBackend

        return PycorrectorBackend.open(config)
    from zhengben.spelling.backends.ngram import NgramBackend

    return NgramBackend.open(toolbox)
