"""Absence strengthens, presence weakens, and what says nothing counts for nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.cases import EVEN
from zhengben.restore.calibration import PairModel
from zhengben.restore.evidence import PairCase, PairEvidence, weigh

PSEUDOCOUNTS = st.floats(0.4, 30.0)
ODDS = st.lists(st.integers(-16, 16).map(lambda quarters: quarters / 4), min_size=1, max_size=12)


def pair(original: float, damaged: float) -> PairModel:
    return PairModel(0.0, 1.0, 0.0, 1.0, 0.0, 0.0, original, damaged)


def evidence(odds: list[float], originals: int | None, model: PairModel = EVEN) -> PairEvidence:
    return weigh([PairCase(model, np.array(odds), originals)])[0]


@given(ODDS, st.integers(0, 20), PSEUDOCOUNTS, PSEUDOCOUNTS)
def test_every_original_that_is_left_weakens(odds: list[float], originals: int, a: float, b: float) -> None:
    model = pair(a, b)
    assert evidence(odds, originals + 1, model).log_ratio < evidence(odds, originals, model).log_ratio


@given(st.integers(1, 15), PSEUDOCOUNTS, PSEUDOCOUNTS)
def test_the_absence_of_an_expected_original_strengthens_with_every_damaged_word(
    sites: int, a: float, b: float
) -> None:
    model = pair(a, b)
    longer, shorter = (evidence([0.0] * count, 0, model).log_ratio for count in (sites + 1, sites))
    assert longer > shorter > 0.0


@given(st.integers(1, 15), PSEUDOCOUNTS)
def test_absence_tells_more_the_more_usual_the_original_is(sites: int, b: float) -> None:
    usual, rare = (evidence([0.0] * sites, 0, pair(a, b)).log_ratio for a in (8.0, 0.4))
    assert usual > rare


@given(ODDS, st.integers(0, 5), st.data())
def test_a_site_that_speaks_louder_for_the_original_strengthens(
    odds: list[float], originals: int, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(odds) - 1))
    louder = [value + (0.5 if number == place else 0.0) for number, value in enumerate(odds)]
    assert evidence(louder, originals).log_ratio > evidence(odds, originals).log_ratio


@pytest.mark.parametrize("sites", [1, 3, 30])
def test_sites_without_opinion_and_a_count_that_says_nothing_leave_the_question_open(sites: int) -> None:
    assert evidence([0.0] * sites, None).log_ratio == pytest.approx(0.0, abs=1e-9)


@given(st.floats(0.0, 4.0), PSEUDOCOUNTS, PSEUDOCOUNTS)
def test_a_short_text_is_never_more_certain_than_a_longer_one_of_the_same_kind(odds: float, a: float, b: float) -> None:
    ratios = [evidence([odds] * sites, 0, pair(a, b)).log_ratio for sites in (1, 2, 4, 8, 16, 32)]
    assert ratios == sorted(ratios)


@given(ODDS, st.integers(0, 5), PSEUDOCOUNTS, PSEUDOCOUNTS)
def test_site_probabilities_are_ordered_as_their_odds(odds: list[float], originals: int, a: float, b: float) -> None:
    found = np.array(evidence(odds, originals, pair(a, b)).site_probabilities)
    assert ((found > 0.0) & (found < 1.0)).all()
    assert [x for _, x in sorted(zip(odds, found, strict=True))] == sorted(found)


@given(st.lists(st.tuples(ODDS, st.none() | st.integers(0, 5)), min_size=1, max_size=5))
def test_cases_are_weighed_each_by_itself(cases: list[tuple[list[float], int | None]]) -> None:
    together = weigh([PairCase(EVEN, np.array(odds), count) for odds, count in cases])
    for found, (odds, count) in zip(together, cases, strict=True):
        alone = evidence(odds, count)
        assert math.isclose(found.log_ratio, alone.log_ratio, abs_tol=1e-9)
        assert np.allclose(found.site_probabilities, alone.site_probabilities)


def test_a_word_repeated_without_end_stays_finite() -> None:
    found = evidence([4.0] * 5000, 0)
    assert math.isfinite(found.log_ratio)
    assert len(found.site_probabilities) == 5000


def test_no_case_no_evidence() -> None:
    assert weigh([]) == []
