"""Zhengben (正本): repairs damaged Chinese documents and shows every edit with its reason."""

from __future__ import annotations

from zhengben.cleaner import Cleaner, clean
from zhengben.config import Config
from zhengben.model import Document, Edit, EngineVerdict, Notice, Result

__version__ = "0.1.0"
__all__ = ["Cleaner", "Config", "Document", "Edit", "EngineVerdict", "Notice", "Result", "clean"]
