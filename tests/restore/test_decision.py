"""One verdict a site, disjoint where they are taken, and a confidence that keeps the order."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.cases import context_rule, rulebook, trials
from zhengben.model import Span
from zhengben.restore.calibration import ConfidenceModel
from zhengben.restore.decision import Verdict, calibrated, decide, disjoint
from zhengben.restore.entries import REWRITING, Claim
from zhengben.restore.identification import identify

CLAIM = Claim("A", context_rule("A", "效劳", "服务"))
PROBABILITIES = st.floats(0.0, 1.0)


def verdict(start: int, end: int, probability: float) -> Verdict:
    return Verdict(Span(start, end), "效劳", "服务", probability, CLAIM, 1.0)


@st.composite
def verdicts(draw: st.DrawFn) -> Verdict:
    start, length = draw(st.integers(0, 20)), draw(st.integers(1, 4))
    return verdict(start, start + length, draw(PROBABILITIES))


VERDICTS = st.lists(verdicts(), max_size=10)


@given(VERDICTS)
def test_the_verdicts_taken_are_disjoint_and_in_order(found: list[Verdict]) -> None:
    chosen = disjoint(found)
    assert all(earlier.span.end <= later.span.start for earlier, later in pairwise(chosen))
    assert all(one in found for one in chosen)


@given(VERDICTS)
def test_what_is_left_out_gave_way_to_something(found: list[Verdict]) -> None:
    assert bool(disjoint(found)) == bool(found)
    assert disjoint(disjoint(found)) == disjoint(found)


@pytest.mark.parametrize(
    ("found", "winner"),
    [
        ([verdict(0, 2, 0.9), verdict(1, 3, 0.6)], 0),
        ([verdict(0, 2, 0.7), verdict(1, 3, 0.9)], 1),
        ([verdict(0, 2, 0.9), verdict(0, 4, 0.8)], 1),
        ([verdict(0, 2, 0.6), verdict(0, 4, 0.4)], 0),
    ],
    ids=["the more probable", "the more probable, behind", "the longer, both probable", "only one probable"],
)
def test_of_two_that_overlap_one_is_taken(found: list[Verdict], winner: int) -> None:
    assert disjoint(found) == [found[winner]]


@given(PROBABILITIES, PROBABILITIES, st.floats(-2.0, 2.0), st.floats(0.2, 2.0))
def test_confidence_is_a_probability_and_keeps_the_order(a: float, b: float, bias: float, weight: float) -> None:
    model = ConfidenceModel(bias, weight)
    first, second = (calibrated(verdict(0, 2, value), model) for value in sorted((a, b)))
    assert 0.0 < first <= second < 1.0


@given(st.floats(0.001, 0.999))
def test_the_identity_leaves_a_probability_as_it_is(probability: float) -> None:
    assert calibrated(verdict(0, 2, probability), ConfidenceModel()) == pytest.approx(probability)


def test_confidence_by_hand() -> None:
    assert calibrated(verdict(0, 2, 0.9), ConfidenceModel(0.5, 2.0)) == pytest.approx(1 / (1 + math.exp(-0.5) / 81))


RULES = rulebook(
    context_rule("A", "效劳", "服务"),
    context_rule("A", "根底", "基础"),
    context_rule("A", "开展", "发展", "进行"),
    context_rule("E", "平安", "安全"),
    identify=[context_rule("I", "恬静", "安静")],
)
TEXT = "效劳，根底，开展，平安，恬静"


def test_only_engines_that_are_active_have_a_say() -> None:
    document = trials(TEXT, RULES, 0.0)
    found = decide(document, identify(document, forced=["A"]))
    assert [verdict.wrong for verdict in found] == ["效劳", "根底", "开展"]
    assert {verdict.claim.engine for verdict in found} == {"A"}


def test_nothing_is_decided_by_the_tables_of_rewriters() -> None:
    document = trials("恬静", RULES, 4.0)
    assert decide(document, identify(document, forced=[REWRITING])) == []


def test_the_other_originals_are_named_and_share_the_probability() -> None:
    document = trials(TEXT, RULES, 4.0)
    found = {verdict.wrong: verdict for verdict in decide(document, identify(document, forced=["A"]))}
    one_of_two = found["开展"]
    assert {one_of_two.right, *one_of_two.alternatives} == {"发展", "进行"}
    assert one_of_two.probability <= 0.5
    assert found["效劳"].probability > 0.5


def test_a_verdict_stands_where_the_form_stands() -> None:
    document = trials(TEXT, RULES, 2.0)
    for found in decide(document, identify(document, forced=["A", "E"])):
        assert TEXT[slice(*found.span)] == found.wrong
        assert 0.0 < found.probability < 1.0
