"""What counts say grows with what is missing, and with what is too much."""

from __future__ import annotations

import pytest

np = pytest.importorskip("numpy")

from zhengben.workshop import counts  # noqa: E402

ABSENCES = (
    ("absent where many are expected speaks for the pair", 0, 8.0, 0.5, 2.0),
    ("absent where hardly any is expected says nothing", 0, 0.01, -0.1, 0.1),
    ("present as often as expected speaks against the pair", 4, 4.0, counts.COUNTER_LIMIT, -2.0),
    ("one of many that are expected, which another repair may have written, says little", 1, 8.0, -0.5, 0.5),
)


@pytest.mark.parametrize(
    ("found", "expected", "least", "most"), [pytest.param(*case[1:], id=case[0]) for case in ABSENCES]
)
def test_absence_is_weighed_against_what_is_expected(found, expected, least, most):
    evidence = counts.absence(np.array([[float(found)]]), np.array([[expected]]))
    assert least <= evidence[0, 0] <= most


def test_a_form_that_is_too_frequent_may_stand_for_a_frequent_word():
    found, usual, more = np.array([3.0, 1.0]), np.array([0.1, 1.0]), np.array([[4.0, 0.1], [4.0, 0.1]])
    often, usual_count = counts.surplus(found, usual, more)
    assert often[0] == counts.SURPLUS_LIMIT
    assert often[0] > usual_count[0]
    assert abs(usual_count[1]) < 0.1


def test_a_topic_does_not_speak_for_a_pair_without_end():
    assert counts.surplus(np.array([500.0]), np.array([0.1]), np.array([[4.0]]))[0, 0] <= counts.SURPLUS_LIMIT
