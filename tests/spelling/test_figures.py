"""The fitted figures and their file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from zhengben.errors import ModelError
from zhengben.spelling.confusion import Likeness
from zhengben.spelling.figures import Figures

SHIPPED = Figures.load()


def test_there_is_a_weight_for_every_likeness() -> None:
    assert len(SHIPPED.promise.likeness) == len(Likeness)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    figures = replace(SHIPPED, promise=replace(SHIPPED.promise, least=1.25))
    figures.save(tmp_path / "figures.json")
    assert Figures.load(tmp_path / "figures.json") == figures


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"promise": {}, "judgement": {}}'])
def test_damaged_figures_are_an_error(content: str, tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"figures\.json"):
        Figures.load(path)
