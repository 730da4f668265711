"""How much of an engine's table a document has met."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.cases import context_rule, rulebook, trials
from zhengben.restore.entries import USUAL_SHARE
from zhengben.restore.evidence import PairEvidence
from zhengben.restore.shares import LOG_PRIOR, POINTS, active_probability, idle, log_survival, shares_in_use
from zhengben.restore.survivors import Survivor

WORDS = ("效劳", "根底", "开展", "根本", "标准")
RULES = rulebook(*(context_rule("A", wrong, f"{wrong[0]}甲") for wrong in WORDS))
ORDINARY = Survivor("A", 1.0, frozenset())
shares = st.floats(0.0, 1.0)


def test_the_prior_is_a_distribution_around_the_usual_share() -> None:
    assert np.exp(LOG_PRIOR).sum() == pytest.approx(1.0)
    assert float(np.exp(LOG_PRIOR) @ POINTS) == pytest.approx(USUAL_SHARE, abs=0.02)


def test_a_pair_that_more_engines_use_is_less_often_idle() -> None:
    assert (idle((1.0, 0.5)) < idle((1.0,))).all()
    assert (idle((1.0,)) < idle((0.5,))).all()


def test_survivors_speak_against_large_shares_most() -> None:
    few, many = (log_survival({ORDINARY: count}, frozenset("A")) for count in (1, 5))
    assert (np.diff(few) < 0.0).all()
    assert many == pytest.approx(5.0 * few)


@pytest.mark.parametrize(
    ("survivor", "story"),
    [(ORDINARY, "B"), (Survivor("A", 1.0, frozenset("A")), "A"), (Survivor("A", 1.0, frozenset("B")), "AB")],
    ids=["of an engine outside the story", "written by the engine itself", "written by another engine of the story"],
)
def test_what_is_no_original_that_was_left_says_nothing(survivor: Survivor, story: str) -> None:
    assert log_survival({survivor: 3}, frozenset(story)) == pytest.approx(0.0)


def test_the_share_grows_with_pairs_in_use_and_falls_with_survivors() -> None:
    found = trials("，".join(WORDS), RULES, 3.0)
    estimates = [shares_in_use(found, {ORDINARY: left}, frozenset("A"))["A"] for left in (0, 5, 50)]
    assert 1.0 > estimates[0] > USUAL_SHARE > estimates[1] > estimates[2] > 0.0


def test_without_any_pair_the_share_is_the_usual_one() -> None:
    assert shares_in_use([], {}, frozenset("A")) == {"A": pytest.approx(USUAL_SHARE)}


@given(shares, shares, st.floats(-20.0, 20.0))
def test_a_pair_is_more_probably_in_use_where_more_of_its_table_is(one: float, other: float, log_ratio: float) -> None:
    evidence = PairEvidence(log_ratio, ())
    less, more = (active_probability({"A": 1.0}, {"A": share}, evidence) for share in sorted((one, other)))
    assert 0.0 <= less <= more <= 1.0


def test_a_pair_of_no_engine_at_work_is_not_in_use() -> None:
    assert active_probability({"B": 1.0}, {"A": 0.9}, PairEvidence(5.0, ())) == 0.0
