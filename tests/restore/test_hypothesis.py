"""The text as believed so far, and the way to it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhengben.model import Edit, apply
from zhengben.restore.hypothesis import Choice, Hypothesis

TEXTS = st.text(alphabet="我们提高效劳力量，\n", min_size=1, max_size=30)


def reading(hypothesis: Hypothesis, *spans: tuple[int, int]) -> list[str]:
    """What stands now where these ranges of the text stood."""
    return [hypothesis.text[slice(*span)] for span in hypothesis.spans(np.array(spans)).tolist()]


@st.composite
def texts_with_choices(draw: st.DrawFn) -> tuple[str, list[Choice]]:
    text = draw(TEXTS)
    ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    words = st.text(alphabet="服务能力", max_size=4)
    return text, [Choice(start, end, draw(words)) for start, end in zip(ends[::2], ends[1::2], strict=False)]


@given(texts_with_choices())
def test_the_text_is_what_the_choices_make_of_it(case: tuple[str, list[Choice]]) -> None:
    text, choices = case
    edits = [Edit(c.start, c.end, text[c.start : c.end], c.replacement, "t", "t") for c in choices]
    assert Hypothesis(text, choices).text == apply(text, edits)


@given(texts_with_choices())
def test_every_choice_is_found_where_it_stands_now(case: tuple[str, list[Choice]]) -> None:
    text, choices = case
    for choice in choices:
        assert reading(Hypothesis(text, choices), (choice.start, choice.end)) == [choice.replacement]


@given(texts_with_choices(), st.data())
def test_what_no_choice_touches_reads_as_before(case: tuple[str, list[Choice]], data: st.DataObject) -> None:
    text, choices = case
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if all(choice.end <= start or end <= choice.start for choice in choices):
        assert reading(Hypothesis(text, choices), (start, end)) == [text[start:end]]


@given(TEXTS)
def test_without_choices_nothing_moves(text: str) -> None:
    hypothesis = Hypothesis(text)
    assert hypothesis.text == text
    assert reading(hypothesis, (0, len(text))) == [text]


def test_a_choice_that_a_span_cuts_is_taken_whole() -> None:
    hypothesis = Hypothesis("提高效劳力量", [Choice(2, 4, "服务")])
    expected = {(2, 4): "服务", (4, 6): "力量", (3, 5): "服务力", (0, 3): "提高服务"}
    assert reading(hypothesis, *expected) == list(expected.values())
