"""Finds the shipped files, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
DATA = PACKAGE / "data"
MODEL = DATA / "char5.klm"


def rules_directory() -> Path:
    """The folder of the shipped rule tables: inside the wheel, or at the top of a checkout."""
    installed = PACKAGE / "rules"
    return installed if installed.is_dir() else PACKAGE.parents[1] / "rules"
