"""A comparison shows what a change of tables changes, and only that."""

from __future__ import annotations

import pytest

from zhengben.config import Config
from zhengben.errors import InputError, RuleError
from zhengben.workshop.comparison import compare

CONFIG = Config(disabled=frozenset({"restore", "spelling", "gaps"}))
HEAD = "engine: T\ntitle: 试验用表\nrules:\n"


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("后勤部门做好保樟工作，保怔供应。", encoding="utf-8")
    (folder / "b.txt").write_text("这里没有什么可改的。", encoding="utf-8")
    return folder


def table(folder, name, *rules):
    path = folder / name
    path.write_text(HEAD + "".join(f"  - {{wrong: {wrong}, right: {right}, apply: {apply}}}\n" for wrong, right, apply in rules), encoding="utf-8")  # fmt: skip # noqa: E501
    return path


def test_edits_that_go_come_and_change_are_told_apart(tmp_path, corpus):
    old = table(tmp_path, "old.yaml", ("保樟", "保障", "certain"), ("做好", "作好", "suggest"))
    new = table(tmp_path, "new.yaml", ("保怔", "保证", "certain"), ("做好", "作好", "certain"))
    found = compare(old, new, corpus, CONFIG)
    assert [(each.change, each.edit.rule) for each in found.differences] == [
        ("other", "T/做好"),
        ("gone", "T/保樟"),
        ("new", "T/保怔"),
    ]
    assert (found.documents, found.refused) == (2, ())


def test_the_same_tables_make_no_difference(tmp_path, corpus):
    same = table(tmp_path, "same.yaml", ("保樟", "保障", "certain"))
    assert compare(same, same, corpus, CONFIG).differences == ()


def test_folders_of_tables_are_compared_whole(tmp_path, corpus):
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    table(tmp_path / "old", "t.yaml", ("保樟", "保障", "certain"))
    table(tmp_path / "new", "t.yaml", ("保怔", "保证", "certain"))
    found = compare(tmp_path / "old", tmp_path / "new", corpus, CONFIG)
    assert [each.change for each in found.differences] == ["gone", "new"]


def test_what_is_not_there_is_refused(tmp_path, corpus):
    same = table(tmp_path, "same.yaml", ("保樟", "保障", "certain"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError):
        compare(same, same, tmp_path / "nowhere", CONFIG)
    with pytest.raises(RuleError, match="holds no tables"):
        compare(tmp_path / "empty", same, corpus, CONFIG)
