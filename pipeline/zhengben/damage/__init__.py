"""Damages sound text the way document-sharing sites do, and records what stood there."""

from __future__ import annotations

from zhengben.damage.damager import Damaged, damage
from zhengben.damage.tables import Pair, Tables, read_pairs, tables_of, withhold

__all__ = ["Damaged", "Pair", "Tables", "damage", "read_pairs", "tables_of", "withhold"]
