"""Where sound text comes from: own-written samples in a checkout, and the shipped counts of forms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from zhengben import resources
from zhengben.errors import ModelError


def sample_paths() -> list[Path]:
    """The sound samples; an installed package has none."""
    return sorted((resources.PACKAGE.parents[1] / "corpora" / "samples").glob("sound*.txt"))


def sound_count() -> Callable[[str], int | None]:
    """How often a form occurs in the text the language model was trained on; None for forms never counted."""
    from zhengben.lm.form_counts import FormCounts

    try:
        counts = FormCounts.load()
    except ModelError:
        return lambda form: None
    return lambda form: counts.count(form) if form in counts else None
