from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.evaluation.rates import (
    CurvePoint,
    brier_score,
    calibration_error,
    equal_mass_bins,
    f_beta,
    per_100k,
    poisson_upper_bound,
    precision_recall,
)

candidates = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60)


@pytest.mark.parametrize(
    ("count", "confidence", "bound"),
    [
        (0, 0.95, 2.9957),
        (1, 0.95, 4.7439),
        (3, 0.95, 7.7537),
        (10, 0.95, 16.9622),
        (0, 0.975, 3.6889),
        (100, 0.95, 118.08),
    ],
)
def test_the_poisson_bound_is_the_published_one(count, confidence, bound):
    assert poisson_upper_bound(count, confidence) == pytest.approx(bound, rel=1e-4)


def test_nothing_seen_in_180_000_characters_still_allows_one_and_two_thirds():
    assert per_100k(poisson_upper_bound(0), 180_000) == pytest.approx(1.664, abs=0.001)


@pytest.mark.parametrize(("count", "confidence"), [(-1, 0.95), (0, 0.0), (0, 1.0)])
def test_a_bound_without_meaning_is_refused(count, confidence):
    with pytest.raises(ValueError, match="no bound"):
        poisson_upper_bound(count, confidence)


@pytest.mark.parametrize(
    ("precision", "recall", "beta", "value"),
    [(0.5, 0.5, 0.5, 0.5), (1.0, 0.5, 0.5, 0.83333), (1.0, 0.5, 1.0, 0.66667), (0.0, 1.0, 0.5, 0.0)],
)
def test_f_beta_weighs_precision(precision, recall, beta, value):
    assert f_beta(precision, recall, beta) == pytest.approx(value, abs=1e-5)


def test_calibration_error_of_a_hand_case():
    sure = [(0.9, True)] * 8 + [(0.9, False)] * 2
    unsure = [(0.6, True)] * 6 + [(0.6, False)] * 4

    assert calibration_error(sure + unsure, bins=2) == pytest.approx(0.05)
    assert [(part.count, part.confidence, part.accuracy) for part in equal_mass_bins(sure + unsure, bins=2)] == [
        (10, pytest.approx(0.6), 0.6),
        (10, pytest.approx(0.9), 0.8),
    ]


def test_brier_score_of_a_hand_case():
    assert brier_score([(1.0, True), (0.5, False), (0.8, True)]) == pytest.approx((0 + 0.25 + 0.04) / 3)


def test_no_candidates_have_no_error():
    assert calibration_error([]) == brier_score([]) == 0.0
    assert equal_mass_bins([]) == ()


@given(candidates, st.integers(1, 20))
def test_bins_share_the_candidates_evenly(pairs, bins):
    parts = equal_mass_bins(pairs, bins)

    assert sum(part.count for part in parts) == len(pairs)
    assert not parts or max(part.count for part in parts) - min(part.count for part in parts) <= 1
    assert sum(part.count * part.accuracy for part in parts) == pytest.approx(sum(right for _, right in pairs))


@given(candidates)
def test_errors_stay_between_zero_and_one(pairs):
    assert 0.0 <= calibration_error(pairs) <= 1.0
    assert 0.0 <= brier_score(pairs) <= 1.0
    assert not math.isnan(calibration_error(pairs))


def test_the_curve_has_one_point_for_each_confidence():
    curve = precision_recall([(0.9, True, 1), (0.9, True, 2), (0.7, False, 1), (0.5, True, 1)], sites=5)

    assert curve == (CurvePoint(0.9, 1.0, 0.6), CurvePoint(0.7, 2 / 3, 0.6), CurvePoint(0.5, 0.75, 0.8))
