"""Sets of spans, as cleaner, stages and rulebook read them."""

from __future__ import annotations

from edit_sets import TEXTS, edit_sets, spans
from hypothesis import given
from hypothesis import strategies as st

from zhengben.model import PositionMap, Span
from zhengben.spans import Spans

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 30), st.integers(0, 6))


def marked(found: Spans) -> set[int]:
    return {offset for start, end in found for offset in range(start, end)}


@given(st.lists(SPANS))
def test_a_set_covers_what_its_spans_cover_whatever_their_order(given_spans: list[Span]) -> None:
    found = Spans(given_spans)
    covered = {offset for start, end in given_spans for offset in range(start, end)}
    assert marked(found) == covered
    assert list(found) == list(Spans(reversed(given_spans)))
    for offset in range(40):
        assert found.overlaps(offset, offset + 1) == (offset in covered)


@given(TEXTS, st.data())
def test_moving_a_set_moves_each_of_its_spans(text: str, data: st.DataObject) -> None:
    positions = PositionMap(data.draw(edit_sets(text)))
    before = Spans(data.draw(st.lists(spans(text))))
    assert list(before.moved(positions)) == list(Spans(positions.to_output(*span) for span in before))
