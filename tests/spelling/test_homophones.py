"""Common words that stand for their homophones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zhengben import resources
from zhengben.errors import ModelError
from zhengben.lm.bigrams import Bigrams
from zhengben.lm.scorer import LanguageModel
from zhengben.spelling import homophones
from zhengben.spelling.homophones import Homophones, Mistaken
from zhengben.spelling.neighbours import read

BIGRAMS = Bigrams.load()
FINDER = Homophones(LanguageModel.load(resources.MODEL), BIGRAMS)


def found_in(text: str) -> Iterator[Mistaken]:
    return FINDER.find(text, read(text, BIGRAMS))


@pytest.mark.parametrize(
    ("text", "start", "replacement"),
    [
        ("全县安全生产形式持续稳定", 6, "形势"),
        ("要关注孩子的心里健康", 6, "心理"),
        ("依法保障公民的合法权力", 9, "权利"),
    ],
)
def test_the_words_around_decide(text: str, start: int, replacement: str) -> None:
    found = [(word.start, word.replacement) for word in found_in(text)]
    assert found == [(start, replacement)]


@pytest.mark.parametrize(
    "text", ["活动采取多种形式开展", "他把这件事记在心里", "国家权力机关依法行使职权", "形势", "", "abc\n形式"]
)
def test_words_in_their_place_are_left(text: str) -> None:
    assert not list(found_in(text))


def test_what_stands_on_another_line_does_not_count() -> None:
    (alone,) = found_in("要关注孩子的心里健康")
    (between,) = found_in("心里\n要关注孩子的心里健康\n心里")
    assert between.log_odds == alone.log_odds


def test_each_word_has_a_line_of_its_own_kind() -> None:
    comment, *lines = homophones.HOMOPHONES.read_text("utf-8").splitlines()
    assert comment.startswith("# Chosen by hand")
    rows = [line.split("\t") for line in lines]
    assert len(rows) == len({frozenset(row) for row in rows})
    assert all(len(row) == 2 and len(row[0]) == len(row[1]) == 2 and row[0] != row[1] for row in rows)


def test_a_damaged_list_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(homophones, "HOMOPHONES", tmp_path / "none.txt")
    with pytest.raises(ModelError, match=r"none\.txt"):
        Homophones(LanguageModel.load(resources.MODEL), BIGRAMS)
