from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben import resources
from zhengben.errors import ModelError
from zhengben.lm.scorer import UNKNOWN_LOG10, LanguageModel

MODEL = LanguageModel.load(resources.MODEL)
MIXED = st.text("提高服务能力，,。“〞a7 \n𠮷龘\ud800\x00", max_size=40)


@pytest.mark.parametrize(
    ("sound", "damaged"),
    [
        ("提高服务能力", "提高效劳力量"),
        ("必须坚持这一原则", "必须坚持这一原那么"),
        ("学习有关的知识", "学习有关的学问"),
        ("认真开展调查研究", "认真开展调查争辩"),
        ("要及时掌握情况", "要准时把握状况"),
        ("打下了坚实的基础", "打下了坚实的根底"),
        ("确保安全生产", "确保平安生产"),
        ("凝聚起强大的力量", "凝聚起强大的能力"),
    ],
)
def test_sound_phrases_are_more_probable_than_damaged_ones(sound: str, damaged: str) -> None:
    assert MODEL.score(sound) > MODEL.score(damaged) + 1.0


@settings(max_examples=200, deadline=None)
@given(MIXED)
def test_whole_text_scores_what_its_characters_score_one_by_one(text: str) -> None:
    state, total = MODEL.begin(), 0.0
    for char in text:
        state, value = MODEL.advance(state, char)
        total += value
    assert isclose(MODEL.score(text), total, abs_tol=1e-3)
    assert isclose(sum(MODEL.log10_by_char(text)), total, abs_tol=1e-9)
    final, run_total = MODEL.run(MODEL.begin(), text)
    assert isclose(run_total, total, abs_tol=1e-9)
    assert final == state


@settings(deadline=None)
@given(MIXED, MIXED)
def test_running_on_from_a_state_never_alters_it(first: str, second: str) -> None:
    state, _ = MODEL.run(MODEL.begin(), first)
    once = MODEL.run(state, second)[1]
    assert MODEL.run(state, second)[1] == once
    assert MODEL.run(MODEL.begin(), second)[1] == MODEL.run(MODEL.begin(), second)[1]


@settings(max_examples=200, deadline=None)
@given(MIXED, st.text("提高服务能力 \n龘", min_size=1, max_size=3), st.lists(MIXED, max_size=3), MIXED)
def test_words_are_compared_as_whole_texts_are(left: str, word: str, others: list[str], right: str) -> None:
    (reference, *totals) = (MODEL.run(MODEL.begin(), left + each + right)[1] for each in (word, *others))
    ratios = MODEL.ratios(word, others, left, right)
    assert ratios == pytest.approx([total - reference for total in totals], abs=1e-9)


def test_a_long_line_is_summed_without_loss() -> None:
    sentence = "全面提高服务能力，"
    piece = MODEL.run(MODEL.run(MODEL.begin(), sentence)[0], sentence)[1]
    assert isclose(MODEL.score(sentence * 5000), MODEL.score(sentence) + 4999 * piece, rel_tol=1e-6)


def test_half_width_punctuation_scores_like_full_width() -> None:
    assert MODEL.score("一是提高能力,二是改进服务;") == MODEL.score("一是提高能力，二是改进服务；")


@pytest.mark.parametrize("char", ["𠮷", "\x00", "\ud800", "\u1680", "\U0010ffff"])
def test_an_unknown_character_costs_the_floor_wherever_it_stands(char: str) -> None:
    assert not MODEL.knows(char)
    for context in ("", "提高服务", "\n"):
        state, value = MODEL.advance(MODEL.run(MODEL.begin(), context)[0], char)
        assert value == UNKNOWN_LOG10
        assert state == MODEL.begin()


def test_the_floor_lies_below_every_known_character() -> None:
    assert all(MODEL.advance(MODEL.begin(), char)[1] > UNKNOWN_LOG10 for char in MODEL.vocabulary)


def test_the_vocabulary_holds_what_the_model_knows() -> None:
    vocabulary = MODEL.vocabulary
    assert len(vocabulary) > 6000
    assert all(map(MODEL.knows, vocabulary))
    assert {"的", "，", "0", "a"} <= vocabulary
    assert "<" not in {word[:1] for word in vocabulary if len(word) > 1}


def test_a_line_break_begins_a_sentence() -> None:
    state, _ = MODEL.advance(MODEL.run(MODEL.begin(), "提高能力")[0], "\n")
    assert state == MODEL.begin(sentence_start=True)
    assert state != MODEL.begin()


def test_threads_share_a_model() -> None:
    texts = [f"提高服务能力，{char}" for char in "改进工作方法坚持原则" * 20]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(MODEL.score, texts)) == [MODEL.score(text) for text in texts]


def test_a_missing_model_is_named_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "none.klm"
    with pytest.raises(ModelError) as caught:
        LanguageModel.load(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


DAMAGES = {
    "empty": lambda whole: b"",
    "not a model": lambda whole: b"\\data\\\nngram 1=3\n" * 50,
    "only the header": lambda whole: whole[:1000],
    "cut in half": lambda whole: whole[: len(whole) // 2],
    "garbage as counts": lambda whole: whole[:108] + b"\xff" * 40 + whole[148:100_000],
    "zeros behind the header": lambda whole: whole[:148] + bytes(len(whole) - 148),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_model_of_the_users_own_is_refused_in_one_line(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "own.klm"
    path.write_bytes(DAMAGES[damage](resources.MODEL.read_bytes()))
    with pytest.raises(ModelError) as caught:
        LanguageModel.load(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_one_altered_byte_of_the_shipped_model_is_noticed(tmp_path: Path) -> None:
    content = bytearray(resources.MODEL.read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / resources.MODEL.name).write_bytes(content)
    sidecar = resources.DATA / "checksums.json"
    (tmp_path / sidecar.name).write_bytes(sidecar.read_bytes())
    with pytest.raises(ModelError, match="damaged or incomplete"):
        LanguageModel.load(tmp_path / resources.MODEL.name)
