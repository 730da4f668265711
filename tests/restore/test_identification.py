"""Which engines: the fewest that explain the pairs, and no more certain than the evidence allows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.cases import context_rule, rulebook, trials
from zhengben.restore.entries import REWRITING
from zhengben.restore.identification import FORCED, identify
from zhengben.restore.survivors import Survivor

SHARED = "把握"
A_WORDS = ("效劳", "根底", "开展", "根本", "标准")
RULES = rulebook(
    *(context_rule("A", wrong, f"{wrong[0]}甲") for wrong in A_WORDS),
    context_rule("A", SHARED, "掌握"),
    context_rule("E", SHARED, "掌握"),
    *(context_rule("E", wrong, f"{wrong[0]}乙") for wrong in ("平安", "实力", "学问", "打算")),
    identify=[context_rule("I", wrong, f"{wrong[0]}丙") for wrong in ("恬静", "俊美", "寻觅", "叨教")],
)
A_DOCUMENT = "，".join(A_WORDS)
LOUD, SILENT, AGAINST = 3.0, 0.0, -3.0


def test_a_form_that_two_engines_write_speaks_for_the_one_that_the_rest_speaks_for() -> None:
    found = identify(trials(f"{A_DOCUMENT}，{SHARED}", RULES, LOUD))
    assert found.active == {"A"}
    assert found.probabilities["A"] > 0.99
    assert found.probabilities["E"] < 0.05


def test_two_engines_are_found_where_each_has_words_of_its_own() -> None:
    assert identify(trials(f"{A_DOCUMENT}，平安，实力，学问，打算", RULES, LOUD)).active == {"A", "E"}


def test_a_form_alone_that_two_engines_write_settles_neither() -> None:
    found = identify(trials(SHARED, RULES, LOUD))
    assert found.active == frozenset()
    assert found.probabilities["A"] == pytest.approx(found.probabilities["E"])


def test_a_text_without_any_damaged_form_names_no_engine() -> None:
    assert identify(trials("今天下雨。", RULES, LOUD)).probabilities == {}


@pytest.mark.parametrize("odds", [SILENT, AGAINST])
def test_one_word_that_says_little_names_no_engine(odds: float) -> None:
    assert identify(trials("效劳", RULES, odds)).active == frozenset()


def test_neighbourhoods_that_fit_the_words_as_they_are_name_no_engine() -> None:
    assert identify(trials(A_DOCUMENT, RULES, AGAINST)).active == frozenset()


@given(st.lists(st.sampled_from(A_WORDS), unique=True, min_size=1))
def test_fewer_pairs_are_never_more_certain(words: list[str]) -> None:
    fewer = identify(trials("，".join(words), RULES, LOUD)).probabilities["A"]
    assert fewer <= identify(trials(A_DOCUMENT, RULES, LOUD)).probabilities["A"] + 1e-9


def test_originals_that_are_left_speak_against_an_engine() -> None:
    found = trials("，".join(A_WORDS[:4]), RULES, LOUD)
    probabilities = [identify(found, {Survivor("A", 1.0, frozenset()): left}).probabilities["A"] for left in (0, 5, 50)]
    assert probabilities[0] > 0.99
    assert probabilities[0] > probabilities[1] > probabilities[2]
    assert probabilities[2] < 0.01


def test_originals_that_are_left_speak_against_no_other_engine() -> None:
    found = trials(A_DOCUMENT, RULES, LOUD)
    assert identify(found, {Survivor("E", 1.0, frozenset()): 50}).active == {"A"}


def test_an_original_that_is_present_speaks_against_its_own_pair_only() -> None:
    untouched = trials(A_DOCUMENT, RULES, 1.0)
    present = trials(f"{A_DOCUMENT}，{'效甲，' * 8}", RULES, 1.0)
    for before, after in zip(untouched, present, strict=True):
        wrong = before.suspect.wrong
        right = f"{wrong[0]}甲"
        if wrong == "效劳":
            assert after.evidence[right].log_ratio < before.evidence[right].log_ratio - 1.0
        else:
            assert after.evidence[right].log_ratio == pytest.approx(before.evidence[right].log_ratio)


def test_an_original_that_another_pair_may_have_written_does_not_count_against_its_own() -> None:
    relay = rulebook(
        context_rule("A", "帮助", "关心"),
        context_rule("A", "关心", "关怀"),
        *(context_rule("A", wrong, f"{wrong[0]}甲") for wrong in A_WORDS),
    )
    found = trials(f"帮助，帮助，帮助，关心，关心，{A_DOCUMENT}", relay, 2.0)
    trial = next(trial for trial in found if trial.suspect.wrong == "帮助")
    assert trial.evidence_for("关心", {"A"}).log_ratio > trial.evidence_for("关心", ()).log_ratio


def test_a_forced_engine_is_taken_as_likely_and_leaves_the_others_to_the_evidence() -> None:
    found = identify(trials("效劳", RULES, AGAINST), forced=["E"])
    assert found.active == {"E"}
    assert found.probabilities["E"] >= FORCED
    assert found.probabilities["A"] < 0.5


def test_a_forced_engine_that_the_document_shows_is_as_certain_as_if_it_were_found() -> None:
    document = trials("效劳，根底，原那么，比拟", RULES, 3.0)
    found, forced = identify(document).probabilities["A"], identify(document, forced=["A"]).probabilities["A"]
    assert forced == pytest.approx(max(found, FORCED), abs=1e-3)


def test_hints_raise_their_engine() -> None:
    document = trials("效劳，根底", RULES, 1.0)
    without, weak, strong = (
        identify(document, hints=hints).probabilities["A"] for hints in (None, {"A": 1.5}, {"A": 4.5})
    )
    assert without < weak < strong


def test_a_hint_without_any_word_is_not_enough() -> None:
    assert identify([], hints={"A": 4.5}).active == frozenset()


def test_rewriting_is_one_class_and_needs_more_proof() -> None:
    few = identify(trials("恬静，俊美", RULES, 2.0)).probabilities[REWRITING]
    engine = identify(trials("平安，实力", RULES, 2.0)).probabilities["E"]
    assert few < engine
    assert identify(trials("恬静，俊美，寻觅，叨教", RULES, 4.0)).active == {REWRITING}


def test_pairs_never_seen_on_a_page_say_less() -> None:
    seen, recalled = (
        rulebook(*(context_rule("A", wrong, f"{wrong[0]}甲", seen=count) for wrong in A_WORDS[:3])) for count in (5, 0)
    )
    text = "，".join(A_WORDS[:3])
    likely, less = (identify(trials(text, rules, 2.0)).probabilities["A"] for rules in (seen, recalled))
    assert less < likely


def test_the_share_of_a_table_in_use_is_learnt_from_the_document() -> None:
    originals = "".join(f"{wrong[0]}甲，" * 6 for wrong in A_WORDS[3:])
    whole = identify(trials(A_DOCUMENT, RULES, LOUD), forced=["A"]).shares["A"]
    part = identify(trials(f"{A_DOCUMENT}，{originals}", RULES, LOUD), forced=["A"]).shares["A"]
    assert 0.0 < part < whole < 1.0
