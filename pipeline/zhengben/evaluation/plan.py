"""What an evaluation measures on, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from zhengben.evaluation.materials import Materials
from zhengben.evaluation.tally import WordPair

Report: TypeAlias = dict[str, Any]
"""Figures by name, plain values only."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Damaged documents of each combination of engines; code points of sound text, as documents and in each of the
    other ways; sentences of each set; draws of pairs to be mined, and damaged documents of each draw;
    documents that are printed and recognised."""

    documents: int
    sound: int
    sound_again: int
    sentences: int
    draws: int
    mined: int
    printed: int = 0


FULL: Final = Scale(
    documents=60, sound=3_000_000, sound_again=1_000_000, sentences=1_500, draws=5, mined=100, printed=4
)
QUICK: Final = Scale(documents=8, sound=300_000, sound_again=100_000, sentences=100, draws=1, mined=40, printed=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure on; all but the gold files may be left out.

    ``pairs`` is a table of pairs to damage documents by, in place of the shipped rules. ``recipe`` is the file that
    names the sources of the corpora and the share of each that no model was trained on. ``length`` is that of
    sound documents and of those damaged to be repaired (not to be mined), in code points; by default they differ.
    """

    gold: tuple[Path, ...]
    output: Path
    neutral: frozenset[WordPair] = frozenset()
    materials: Materials | None = None
    recipe: Path | None = None
    pairs: Path | None = None
    against_pycorrector: bool = False
    scale: Scale = FULL
    seed: int = 1
    length: int | None = None
