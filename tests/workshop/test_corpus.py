"""The corpus shows the places of a form in a bounded number of documents."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")

from workshop.small_world import WORDS, SmallModel
from zhengben.workshop import corpus
from zhengben.workshop.corpus import Corpus, SoundRates

LEFT = "甲乙丙丁戊己庚辛壬癸"


def documents(*counts):
    texts = ["".join(f"{LEFT[place]}{number}效劳。" for place in range(count)) for number, count in enumerate(counts)]
    model = SmallModel()
    return Corpus(texts, SoundRates(model, model.total), WORDS)


def test_a_few_places_of_each_document_are_shown():
    shown = [site.document for site in documents(9, 1, 0, 2).sites("效劳")]
    assert shown == [0] * corpus.DOCUMENT_SITES + [1] + [3] * 2


def test_of_many_documents_those_with_the_most_places_are_shown(monkeypatch):
    monkeypatch.setattr(corpus, "MOST_DOCUMENTS", 2)
    texts = documents(1, 3, 2)
    texts.han[:] = 100.0
    assert {site.document for site in texts.sites("效劳")} == {1, 2}
