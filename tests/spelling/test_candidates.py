"""Where the search by counts looks, and what it proposes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben.lm.bigrams import Bigrams
from zhengben.spelling import candidates, neighbours
from zhengben.spelling.candidates import MOST_CANDIDATES, Candidate, Search
from zhengben.spelling.confusion import ConfusionSets
from zhengben.spelling.figures import Figures

SEARCH = Search(Bigrams.load(), ConfusionSets.load(), Figures.load().promise)
SLIPS = "坚持以经济建没为中心，要惯彻落实会议精神，发挥摸范作用。"


def found_in(text: str) -> Iterator[list[Candidate]]:
    return SEARCH.find(SEARCH.read(text))


def test_what_was_meant_is_proposed() -> None:
    found = {(candidate.position, candidate.replacement) for group in found_in(SLIPS) for candidate in group}
    assert {(SLIPS.index(wrong), right) for wrong, right in ("没设", "惯贯", "摸模")} <= found


def test_places_come_in_order_with_few_candidates_each() -> None:
    groups = list(found_in(SLIPS))
    places = [group[0].position for group in groups]
    assert places == sorted(set(places))
    assert all(len({candidate.position for candidate in group}) == 1 for group in groups)
    assert all(1 <= len(group) <= MOST_CANDIDATES for group in groups)


def test_the_better_candidate_of_a_place_comes_first() -> None:
    for group in found_in(SLIPS):
        gains = [candidate.gain for candidate in group]
        assert gains == sorted(gains, reverse=True)


def test_repetition_is_counted() -> None:
    once = next(iter(found_in("发挥摸范作用。")))
    assert once[0].recurrences == 1
    assert not list(found_in("摸范摸范摸范"))


@given(st.text(alphabet="建没惯彻摸范的工作，\n a㐀𠀀\ud7ff", max_size=40))
@settings(max_examples=100)
def test_short_texts_of_all_kinds_are_searched(text: str) -> None:
    for group in found_in(text):
        assert all(0 < candidate.position < len(text) - 1 for candidate in group)


def test_a_text_is_searched_alike_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join([SLIPS, "公司召开年度表章大会，奖励先进职工。", "全体干部要以身作侧，带头遵守纪律。"])
    whole = list(found_in(text))
    monkeypatch.setattr(candidates, "_BLOCK", 3)
    for module in (candidates, neighbours):
        monkeypatch.setattr(module, "_STRETCH", 7)
    assert list(found_in(text)) == whole
