"""Rule tables: loading, checking, and finding their forms in a text."""

from __future__ import annotations

from zhengben.rulebook.rule import Rule, Table
from zhengben.rulebook.rulebook import Rulebook

__all__ = ["Rule", "Rulebook", "Table"]
