"""One pass finds what a search for each form would."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from zhengben.rulebook import screening
from zhengben.rulebook.breaks import keep_breaks, remove_breaks
from zhengben.rulebook.screening import Screen

FORMS = ("效劳", "劳务", "务", "原那么", "那么", "服务", "基础")
DAMAGED = 5
TEXTS = st.text(alphabet="效劳务原那么服基础a，\n \r　", max_size=60)


def naive(text, forms, skip=()):
    """One search per form: across one break after every character, overlapping."""
    found = set()
    for number, form in enumerate(forms):
        gap = r"(?:\r\n|[\n\r \t\xa0])?"
        for match in re.finditer(f"(?=({gap.join(form)}))", text):
            start, end = match.span(1)
            if not any(start < stop and begin < end for begin, stop in skip):
                found.add((number, start, end))
    return found


@given(TEXTS)
def test_screening_equals_a_search_for_every_form(text):
    found = Screen(FORMS, DAMAGED).run(text)
    expected = naive(text, FORMS)
    assert set(found.matches) == {match for match in expected if match[0] < DAMAGED}
    assert found.counts == Counter(form for form, _, _ in expected)


@given(TEXTS)
def test_matches_are_sorted_and_distinct(text):
    matches = Screen(FORMS, DAMAGED).run(text).matches
    assert list(matches) == sorted(set(matches), key=lambda match: (match[1], match[2], match[0]))


@given(TEXTS, st.integers(1, 7))
def test_chunks_do_not_show(text, size):
    whole = Screen(FORMS, DAMAGED).run(text)
    usual, screening.CHUNK = screening.CHUNK, size
    try:
        assert Screen(FORMS, DAMAGED).run(text) == whole
    finally:
        screening.CHUNK = usual


@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 8)), max_size=4))
def test_nothing_is_found_in_skipped_spans(text, spans):
    skip = [(start, start + length) for start, length in spans if length]
    found = Screen(FORMS, DAMAGED).run(text, skip)
    assert found.counts == Counter(form for form, _, _ in naive(text, FORMS, skip))


def test_shields_keep_rules_off_their_words():
    found = Screen(FORMS, DAMAGED, shields=("无效劳动",)).run("无效劳动，效劳")
    assert found.matches == ((0, 5, 7),)


def test_no_rules_find_nothing():
    assert Screen((), 0).run("为民效劳").matches == ()


@given(TEXTS, TEXTS.map(remove_breaks).filter(bool))
def test_a_repair_keeps_every_break(original, replacement):
    kept = keep_breaks(original, replacement)
    breaks = re.compile(r"\r\n|[\n\r \t\xa0]")
    lost = len(original) - len(remove_breaks(original))
    assert len(kept) == len(replacement) + lost
    assert breaks.sub("", kept) == breaks.sub("", replacement)


def test_a_break_stays_where_it_was_as_far_as_the_replacement_reaches():
    assert keep_breaks("效\n劳", "服务") == "服\n务"
    assert keep_breaks("原那\r\n么", "原则") == "原\r\n则"
    assert keep_breaks("效 劳", "") == " "
