from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben.errors import ModelError
from zhengben.lm.bigrams import Bigrams, dump
from zhengben.lm.training.counts import count_pairs

SHIPPED = Bigrams.load()


def table(texts: list[str], path: Path) -> Bigrams:
    dump(*count_pairs(texts), path)
    return Bigrams.load(path)


def test_counts_are_those_of_the_text(tmp_path: Path) -> None:
    texts = ["提高能力，提高服务", "提高", "高能"]
    expected = Counter(pair for text in texts for pair in pairwise(text))
    counts = table(texts, tmp_path / "pairs.bin")
    for left in "提高能力服务，龘":
        for right in "提高能力服务，龘":
            assert counts.count(left, right) == expected[left, right]


def test_pairs_of_rare_characters_are_found_too(tmp_path: Path) -> None:
    plenty = "".join(chr(0x4E00 + i) * 3 for i in range(3000))
    counts = table([plenty, "\u9fa0\u9fa1\u9fa0\u9fa1", "一\u9fa0"], tmp_path / "pairs.bin")
    assert counts.count("\u9fa0", "\u9fa1") == 2
    assert counts.count("一", "\u9fa0") == 1
    assert counts.count("\u9fa1", "一") == 0
    assert counts.rare_positions("\u9fa0\u9fa1一", at_most=1) == [1]


@settings(deadline=None)
@given(st.text("提高服务能力效劳龘𠮷，a1 \n\ud800", max_size=60), st.integers(0, 15))
def test_rare_positions_are_the_rare_pairs_of_han(text: str, at_most: int) -> None:
    han = [("一" <= char <= "\u9fff") for char in text]
    expected = [
        place
        for place, (left, right) in enumerate(pairwise(text))
        if han[place] and han[place + 1] and SHIPPED.count(left, right) <= at_most
    ]
    assert SHIPPED.rare_positions(text, at_most=at_most) == expected


def test_slips_are_rare_and_phrases_are_not() -> None:
    assert SHIPPED.rare_positions("认真学习领会会议精神") == []
    assert SHIPPED.rare_positions("认真雪习领会会议精神") == [1, 2]


def test_a_long_text_is_searched_in_blocks_without_a_seam() -> None:
    text = "提高" * (1 << 19) + "雪习" + "提高" * 10
    seam = 1 << 20
    assert SHIPPED.rare_positions(text) == [seam - 1, seam]


@pytest.mark.parametrize("content", [b"", b"garbage", b"ZBPAIRS1" + b"\xff" * 30])
def test_a_damaged_table_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "pairs.bin"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="table of character pairs is damaged"):
        Bigrams.load(path)
