"""Mining finds the pair that was swapped, in a small world whose sound text is known."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")

from workshop.small_world import SOUND, WORDS, SmallModel
from zhengben.workshop import mining
from zhengben.workshop.corpus import Corpus, SoundRates
from zhengben.workshop.mining import Proposal, mine
from zhengben.workshop.prospecting import evidence, table_for_review


@pytest.fixture
def corpus():
    texts = [
        "".join(SOUND[turn % 6 :] + SOUND[: turn % 6]).replace("服务", "效劳") if turn % 2 else "".join(SOUND)
        for turn in range(12)
    ]
    model = SmallModel()
    return Corpus(texts, SoundRates(model, model.total), WORDS)


def test_the_swapped_pair_is_the_first_proposal(corpus):
    first = mine(corpus, corpus.rates.bigrams)[0]
    assert (first.wrong, first.right) == ("效劳", "服务")
    assert first.documents >= mining.FEWEST_DOCUMENTS


def test_nothing_speaks_against_words_that_are_all_there(corpus):
    assert {proposal.right for proposal in mine(corpus, corpus.rates.bigrams)} == {"服务"}


def test_known_pairs_are_left_out(corpus):
    proposals = mine(corpus, corpus.rates.bigrams, frozenset({("效劳", "服务")}))
    assert ("效劳", "服务") not in {(proposal.wrong, proposal.right) for proposal in proposals}


def test_the_same_words_around_a_form_are_one_witness(corpus):
    repeated = Corpus(["窗口效劳。\n" * 50] * 3, corpus.rates, WORDS)
    assert len(repeated.sites("效劳")) == 1


def test_a_string_that_never_stands_alone_is_read_with_its_neighbour():
    rates = SoundRates(SmallModel(), 1_000_000)
    rates.totals[:] = 30.0
    damaged = Corpus(["".join(f"{char}问习题" for char in "甲乙丙丁戊己庚辛")] * 3, rates, WORDS)
    assert damaged.forms() == ["问习题"]


def test_a_character_that_is_rare_elsewhere_is_a_form_by_itself():
    damaged = Corpus(
        ["".join(f"{char}旳" for char in "甲乙丙丁戊己庚辛")] * 3, SoundRates(SmallModel(), 1_000_000), WORDS
    )
    assert damaged.forms() == ["旳"]


def test_sound_documents_yield_nothing(corpus):
    sound = Corpus(["".join(SOUND)] * 12, corpus.rates, WORDS)
    assert mine(sound, corpus.rates.bigrams) == []


def test_proposals_become_a_table_for_review(corpus):
    proposals = mine(corpus, corpus.rates.bigrams)
    table = table_for_review(proposals)
    rule = next(rule for rule in table.rules if rule.wrong == "效劳")
    assert (rule.id, rule.right, rule.apply, rule.seen) == ("mined/效劳", "服务", "context", proposals[0].documents)
    assert rule.note == evidence(proposals[0])


def test_two_originals_of_a_form_make_one_rule():
    found = [Proposal("进展", "进行", 9.0, 8, 4, 2.0, 6.0), Proposal("进展", "发展", 4.0, 5, 3, 1.5, 4.0)]
    (rule,) = table_for_review(found).rules
    assert rule.rights == ("进行", "发展")
    assert rule.seen == 4
    assert rule.note == f"{evidence(found[0])}。{evidence(found[1])}"


def test_a_form_is_proposed_once_and_not_again_with_its_neighbour(corpus):
    forms = [proposal.wrong for proposal in mine(corpus, corpus.rates.bigrams)]
    assert [form for form in forms if "效劳" in form] == ["效劳"]
