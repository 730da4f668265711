"""Documents of one table that agree outweigh as many that have nothing in common."""

from __future__ import annotations

import pytest

np = pytest.importorskip("numpy")

from zhengben.workshop.agreement import Groups  # noqa: E402

DOCUMENTS = np.arange(12)
SPEAKING = 1.0
SILENT = -2.0


def evidence(*speaking):
    return np.array([[SPEAKING if number in speaking else SILENT] for number in DOCUMENTS])


@pytest.fixture
def groups():
    return Groups.of([frozenset({0, 1, 2, 3}), frozenset({4, 5, 6, 7})], len(DOCUMENTS))


def test_documents_of_a_group_say_more_than_scattered_ones(groups):
    together, scattered = (groups.agreement(evidence(*who), DOCUMENTS)[0] for who in ((0, 1, 2), (0, 4, 8)))
    assert together > scattered


def test_a_pair_may_be_in_the_tables_of_two_groups(groups):
    one, two = (groups.agreement(evidence(*who), DOCUMENTS)[0] for who in ((0, 1, 2), (0, 1, 2, 4, 5, 6)))
    assert two > one


def test_groups_are_no_condition(groups):
    alone = Groups.of([], len(DOCUMENTS)).agreement(evidence(*range(12)), DOCUMENTS)[0]
    assert alone > 0
    assert groups.agreement(evidence(*range(12)), DOCUMENTS)[0] >= alone


def test_documents_that_lack_the_form_are_left_out(groups):
    some = np.array([1, 2, 8])
    assert groups.agreement(np.array([[SPEAKING], [SPEAKING], [SILENT]]), some)[0] > 0
