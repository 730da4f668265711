"""The network learns from sound text alone which word of a pair stands where."""

from __future__ import annotations

import numpy as np
import pytest

from restore.cases import codes_of, context_rule, rulebook
from zhengben.restore.neighbourhoods import Neighbourhoods
from zhengben.restore.sites import Lexicon
from zhengben.restore.training.lesson import FEWEST_CHARACTERS, Lesson, Occurrences, prepare
from zhengben.restore.training.pairs import word_pairs

RULES = rulebook(context_rule("A", "开展", "发展", "进行"), context_rule("B", "容", "内容"))
PAIRS = word_pairs(Lexicon(RULES))
PARAGRAPHS = [
    *["经济社会发展很快。"] * FEWEST_CHARACTERS,
    *["今天下午开展活动。"] * FEWEST_CHARACTERS,
    "内容丰富，从容不迫。",
]


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return prepare(PARAGRAPHS, PAIRS, ["经济", "发展"])


def places_of(lesson: Lesson, occurrences: Occurrences, word: str) -> list[int]:
    text = "\n" + "\n".join(PARAGRAPHS)
    chosen = occurrences.starts[occurrences.words == lesson.words.index(word)].tolist()
    assert all(text.startswith(word, start) for start in chosen)
    return chosen


def test_every_occurrence_is_found_where_it_stands(lesson: Lesson) -> None:
    assert len(places_of(lesson, lesson.told_apart, "发展")) == FEWEST_CHARACTERS
    assert len(places_of(lesson, lesson.filled_in, "经济")) == FEWEST_CHARACTERS
    assert set(lesson.told_apart.lengths.tolist()) == {1, 2}


def test_the_forms_of_pairs_have_the_first_numbers(lesson: Lesson) -> None:
    assert list(lesson.words[: len(lesson.forms)]) == list(lesson.forms)
    assert lesson.words[len(lesson.forms) :] == ["经济"]
    assert int(lesson.told_apart.words.max()) < len(lesson.forms)


def test_a_word_inside_the_one_that_it_is_exchanged_with_is_no_occurrence(lesson: Lesson) -> None:
    (place,) = places_of(lesson, lesson.told_apart, "容")
    assert ("\n" + "\n".join(PARAGRAPHS))[place - 1] == "从"


def test_words_are_confused_with_those_of_their_pairs(lesson: Lesson) -> None:
    confused = {
        form: set(np.array(lesson.forms)[row].tolist())
        for form, row in zip(lesson.forms, lesson.confusion, strict=True)
    }
    assert confused["开展"] == {"开展", "发展", "进行"}
    assert confused["进行"] == {"开展", "进行"}
    assert confused["容"] == {"容", "内容"}


def test_rare_characters_are_strange_to_the_network(lesson: Lesson) -> None:
    assert lesson.alphabet.numbers(codes_of("经富\n")).astype(bool).tolist() == [True, False, False]


def test_what_was_learnt_tells_the_words_apart_and_the_same_again(lesson: Lesson) -> None:
    pytest.importorskip("torch")
    from zhengben.restore.training.network import learn

    network = learn(lesson, steps=40)
    vectors, figures = network.comparisons([("开展", "发展")])
    around = Neighbourhoods("经济社会发展很快。\n今天下午发展活动。"), np.array([4, 14]), np.array([6, 16])
    original, damaged = network.read(*around) @ vectors[0] + figures[0]
    assert original > 1.0 and damaged < -1.0
    again = learn(lesson, steps=40)
    assert (again.word_vectors == network.word_vectors).all()


def test_words_that_were_never_met_are_not_shipped(lesson: Lesson) -> None:
    pytest.importorskip("torch")
    from zhengben.restore.training.network import learn

    network = learn(lesson, steps=1)
    assert network.words.tolist() == sorted({"发展", "开展", "容", "内容"})
