"""Which characters count as confusable, and how alike they are."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from zhengben.errors import ModelError
from zhengben.spelling.confusion import ConfusionSets


def test_the_shipped_sets_are_read_without_the_package_they_come_from() -> None:
    sets = ConfusionSets.load()
    assert "势" in sets.of_character("式")
    assert "日" in sets.of_character("曰")
    assert sets.of_character("𠀀") == ""
    assert "pycorrector" not in sys.modules


@pytest.mark.parametrize("content", [None, b"", b"not an archive"])
def test_missing_or_damaged_sets_are_an_error(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "sets.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"sets\.npz"):
        ConfusionSets.load(path)
