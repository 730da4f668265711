from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from zhengben.damage import Pair
from zhengben.evaluation.documents import SoundDocument
from zhengben.evaluation.synthetic import cut, damaged_documents, evenly

TABLES = {"A": (Pair("A", "服务", "效劳"),), "B": (Pair("B", "能力", "力量"),)}
DOCUMENTS = [
    SoundDocument(f"{genre}-{n}", genre, "提高服务能力。\n" * 300) for genre in ("law", "news") for n in range(5)
]


def test_damaged_documents_are_as_long_as_is_asked_for():
    (gold,) = damaged_documents(DOCUMENTS, ("A",), TABLES, 1, seed=1, characters=(1000, 1000))
    assert 990 < len(gold.text) <= 1010


def test_documents_are_drawn_evenly_over_their_genres():
    drawn = evenly(DOCUMENTS, 6, random.Random(1))

    assert sorted(document.genre for document in drawn) == ["law"] * 3 + ["news"] * 3
    assert len(evenly(DOCUMENTS, 99, random.Random(1))) == len(DOCUMENTS)


def test_damaged_documents_know_their_truth_and_repeat_by_seed():
    golds = list(damaged_documents(DOCUMENTS, ("A", "B"), TABLES, 4, seed=1))

    assert golds == list(damaged_documents(DOCUMENTS, ("A", "B"), TABLES, 4, seed=1))
    assert {frozenset(gold.engines) for gold in golds} == {frozenset("AB")}
    assert all("提高服务能力".startswith(gold.original.replace("\n", "")[:6]) for gold in golds)
    assert any(mark.damaged == "效劳" for gold in golds for mark in gold.marks)


@given(st.text(alphabet="字\n", max_size=40), st.integers(1, 20))
def test_a_text_is_cut_at_a_paragraph(text, length):
    beginning = cut(text, length)

    assert text.startswith(beginning)
    assert beginning == text or text[len(beginning)] == "\n"
    assert len(beginning) <= length or "\n" not in beginning
