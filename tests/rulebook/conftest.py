"""Tables written for one test, and a cache folder that nobody else uses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from zhengben.rulebook import Rulebook


@pytest.fixture(autouse=True)
def private_cache(tmp_path_factory, monkeypatch) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: folder)
    return folder


@pytest.fixture
def table(tmp_path) -> Callable[..., Path]:
    """Write a table of the given rules (YAML flow mappings or lines) and return its path."""

    def write(*rules: str, engine: str = "T", name: str = "", head: str = "") -> Path:
        path = tmp_path / (name or f"{engine}.yaml")
        lines = [f"engine: {engine}", "title: 试验用表", *([head] if head else []), "rules:"]
        path.write_text("\n".join([*lines, *(f"  - {rule}" for rule in rules)]) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def book(table, tmp_path) -> Callable[..., Rulebook]:
    """A rulebook of the given rules alone, without the shipped tables."""
    empty = tmp_path / "no-shipped-tables"
    empty.mkdir()

    def build(*rules: str, **settings: str) -> Rulebook:
        return Rulebook.load([table(*rules, **settings)], directory=empty)

    return build
