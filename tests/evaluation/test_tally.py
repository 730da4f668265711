from __future__ import annotations

import pytest

from evaluation.marked import scored
from zhengben.evaluation.tally import has_han, tally

ONE = (
    "{学问|知识}与{力量|能力}，{依据|根据}增加",
    [("学问", "知识"), ("依据", "根据"), ("增加", "增强")],
    [("力量", "能力")],
)


def test_figures_add_up_over_documents():
    figures = tally([scored(*ONE), scored("“好{〞|”}", [("〞", "”")])]).figures()

    assert figures["documents"] == 2
    assert (figures["sites"], figures["repaired"]) == (4, 3)
    assert (figures["right"], figures["allowed"], figures["wrong"]) == (3, 0, 1)
    assert figures["precision"] == pytest.approx(3 / 4)
    assert figures["recall"] == pytest.approx(3 / 4)
    assert figures["precision_with_suggestions"] == pytest.approx(4 / 5)
    assert figures["recall_with_suggestions"] == 1.0
    assert figures["candidates"] == 5


def test_excluded_pairs_count_neither_as_sites_nor_as_edits():
    total = tally([scored(*ONE)], excluding={("依据", "根据")})

    assert (total.sites, total.repaired, sum(total.applied.values())) == (2, 1, 2)


def test_an_edit_that_swaps_an_excluded_pair_in_sound_text_does_not_count():
    total = tally([scored("依据与力量", [("依据", "根据"), ("力量", "能力")])], excluding={("依据", "根据")})

    assert sum(total.applied.values()) == 1


def test_symbols_can_be_left_out():
    total = tally([scored("“好{〞|”}{力量|能力}", [("〞", "”"), ("力量", "能力")])], counts=has_han)

    assert (total.sites, total.repaired, sum(total.applied.values())) == (1, 1, 1)


def test_gaps_are_counted_by_place_and_by_word():
    figures = tally([scored("不是{+|电脑}，", [])]).figures()

    assert (figures["gaps"], figures["gaps_suggested"], figures["gap_words_found"]) == (1, 0, 0)


def test_nothing_to_repair_and_nothing_done_is_perfect():
    figures = tally([scored("好", [])]).figures()

    assert (figures["precision"], figures["recall"]) == (1.0, 1.0)
