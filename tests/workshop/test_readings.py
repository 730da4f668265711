"""Places speak for a word as far as it gains more there than where it was not replaced."""

from __future__ import annotations

import pytest

np = pytest.importorskip("numpy")

from zhengben.workshop.readings import Readings, place_evidence, rivalled  # noqa: E402


def readings(*gains):
    values = np.array(gains, dtype=float)
    return Readings(values, np.full(values.shape, 2.0), np.full(values.shape, -1.0))


def evidence(gains, unreplaced, frequency=0.0):
    return place_evidence(readings(gains), np.array([frequency]), np.array([unreplaced], dtype=bool))[0]


def test_the_greater_gain_is_the_greater_evidence():
    low, high = evidence([-2.0, 3.0], [False, False])
    assert low < 0 < high


def test_a_synonym_that_gains_everywhere_says_less():
    stranger = evidence([2.0, *[-5.0] * 8], [False, *[True] * 8])[0]
    synonym = evidence([2.0, *[1.5] * 8], [False, *[True] * 8])[0]
    assert synonym < stranger


def test_a_more_frequent_word_must_gain_more():
    assert evidence([1.0], [False], frequency=2.5)[0] < evidence([1.0], [False])[0]


def test_a_second_original_speaks_only_where_it_gains_more_than_the_first():
    read = readings([4.0, 1.0], [1.0, 4.0])
    everywhere = np.ones((2, 2))
    where_worse, where_better = rivalled(everywhere, read, 0)[1]
    assert where_worse < 0 < where_better
