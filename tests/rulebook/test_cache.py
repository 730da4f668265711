"""The cache is faster, and never anything else."""

from __future__ import annotations

import json

import pytest

from zhengben.rulebook import cache
from zhengben.rulebook.loading import load_table

RULE = (
    "{wrong: 原那么, right: [原则, 准则], apply: certain, not_after: [还, 高], fires: [坚持原那么], seen: 2, note: 注}"
)


def test_a_cached_table_equals_the_parsed_one(table, monkeypatch):
    path = table(RULE, "{wrong: 效劳, right: 服务}")
    parsed = load_table(path)
    monkeypatch.setattr("zhengben.rulebook.loading.parse", None)
    assert load_table(path) == parsed


def test_a_changed_table_is_noticed(table):
    load_table(table(RULE))
    assert load_table(table("{wrong: 根底, right: 基础}")).rules[0].wrong == "根底"


def test_a_cache_of_another_format_is_not_read(table, monkeypatch):
    path = table(RULE)
    load_table(path)
    monkeypatch.setattr(cache, "FORMAT", cache.FORMAT + 1)
    assert cache.fetch(str(path), path.read_bytes()) is None


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"format": 1}', "null", "\udcff"])
def test_a_damaged_cache_is_done_without(table, private_cache, damage):
    path = table(RULE)
    parsed = load_table(path)
    (stored,) = (private_cache / "rules").iterdir()
    stored.write_bytes(damage.encode("utf-8", "surrogateescape"))
    assert load_table(path) == parsed


def test_rows_of_the_wrong_shape_are_done_without(table, private_cache):
    path = table(RULE)
    parsed = load_table(path)
    (stored,) = (private_cache / "rules").iterdir()
    content = json.loads(stored.read_text(encoding="utf-8"))
    stored.write_text(json.dumps(content | {"rules": [["a"]]}), encoding="utf-8")
    assert load_table(path) == parsed


def test_a_folder_that_cannot_be_written_is_done_without(table, private_cache):
    (private_cache / "rules").write_text("a file where the folder should be", encoding="utf-8")
    assert load_table(table(RULE)).rules[0].wrong == "原那么"


def test_a_table_that_does_not_load_is_not_cached(table, private_cache):
    with pytest.raises(Exception, match="should fire"):
        load_table(table("{wrong: 原那么, right: 原则, apply: certain, fires: [坚持原则]}"))
    assert not (private_cache / "rules").exists()
