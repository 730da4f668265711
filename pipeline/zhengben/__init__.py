"""Zhengben (正本): repairs damaged Chinese documents and shows every edit with its reason."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhengben.cleaner import Cleaner, clean
    from zhengben.config import Config
    from zhengben.model import Document, Edit, EngineVerdict, Notice, Result

__version__ = "0.1.0"
__all__ = ["Cleaner", "Config", "Document", "Edit", "EngineVerdict", "Notice", "Result", "clean"]

# The stages are imported when they are first needed: `zhengben --help` needs none.
_HOMES = {
    "Cleaner": "cleaner",
    "clean": "cleaner",
    "Config": "config",
    "Document": "model",
    "Edit": "model",
    "EngineVerdict": "model",
    "Notice": "model",
    "Result": "model",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
