"""How a document's slips bear on one another."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.spelling.confidence import HIGHEST_RATE, USUAL_RATE, probabilities
from zhengben.spelling.judgement import REFERENCE_RATE

ODDS = st.lists(st.floats(-30, 30), min_size=1, max_size=30)


@given(ODDS, st.integers(1, 10**6))
def test_probabilities_are_probabilities_and_keep_the_order(odds: list[float], characters: int) -> None:
    found = probabilities(odds, characters)
    assert all(0 <= probability <= 1 for probability in found)
    ranked = [probability for _, probability in sorted(zip(odds, found, strict=True))]
    assert all(low <= high + 1e-9 for low, high in pairwise(ranked))


def test_nothing_suspicious_is_nothing_found() -> None:
    assert probabilities([], 100) == []


@given(st.floats(-5, 5), st.integers(1, 10**5))
def test_company_makes_a_slip_more_probable_and_length_less(odds: float, characters: int) -> None:
    (alone,) = probabilities([odds], characters)
    assert probabilities([odds, 20.0, 20.0, 20.0], characters)[0] > alone
    assert probabilities([odds], characters * 10)[0] < alone


def test_one_slip_does_not_argue_for_itself() -> None:
    (alone,) = probabilities([3.0], 1)
    rate = 1 / (1 / USUAL_RATE + 1)
    odds = 2.718281828459045**3 * rate / REFERENCE_RATE
    assert alone == pytest.approx(odds / (1 + odds))


def test_no_document_is_thought_worse_than_the_highest_rate() -> None:
    found = probabilities([0.0] + [40.0] * 500, 100)
    odds = HIGHEST_RATE / REFERENCE_RATE
    assert found[0] == pytest.approx(odds / (1 + odds))
