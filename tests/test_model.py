from __future__ import annotations

from dataclasses import replace

import pytest
from edit_sets import TEXTS, edit_sets, spans
from hypothesis import given
from hypothesis import strategies as st

from zhengben.model import Edit, PositionMap, apply, compose, invert, validate


def _edit(start: int, original: str, replacement: str, stage: str = "x", **more) -> Edit:
    return Edit(start, start + len(original), original, replacement, stage, f"{stage}/r", **more)


@given(st.data())
def test_inverting_gives_the_original_back(data):
    text = data.draw(TEXTS)
    edits = data.draw(edit_sets(text))
    cleaned = apply(text, edits)
    validate(cleaned, invert(edits))
    assert apply(cleaned, invert(edits)) == text


@given(st.data())
def test_composing_does_what_both_edit_sets_do(data):
    text = data.draw(TEXTS)
    first = data.draw(edit_sets(text, "first"))
    between = apply(text, first)
    second = data.draw(edit_sets(between, "second"))
    both = compose(first, second)
    validate(text, both)
    assert apply(text, both) == apply(between, second)


@given(st.data())
def test_composing_many_edit_sets_does_what_all_of_them_do(data):
    text = source = data.draw(TEXTS)
    edits: tuple[Edit, ...] = ()
    for stage in "abcd":
        step = data.draw(edit_sets(text, stage))
        text, edits = apply(text, step), compose(edits, step)
    validate(source, edits)
    assert apply(source, edits) == text
    assert apply(text, invert(edits)) == source


@given(st.data())
def test_any_subset_of_the_edits_can_be_made(data):
    text = data.draw(TEXTS)
    first = data.draw(edit_sets(text, "first"))
    edits = compose(first, data.draw(edit_sets(apply(text, first), "second")))
    accepted = [edit for edit in edits if data.draw(st.booleans())]
    validate(text, accepted)
    some = apply(text, accepted)
    rejected = [edit for edit in edits if edit not in accepted]
    assert len(apply(text, edits)) - len(some) == sum(len(e.replacement) - len(e.original) for e in rejected)


@given(st.data())
def test_a_merged_edit_names_the_last_stage_the_lowest_confidence_and_its_parts(data):
    text = data.draw(TEXTS)
    first = data.draw(edit_sets(text, "first"))
    second = data.draw(edit_sets(apply(text, first), "second"))
    for edit in compose(first, second):
        if edit.via:
            assert edit.stage == edit.via[-1].stage
            assert edit.confidence == min(part.confidence for part in edit.via)
            assert len(edit.via) > 1
            assert all(not part.via for part in edit.via)


@given(st.data())
def test_nothing_composed_with_edits_is_the_edits(data):
    text = data.draw(TEXTS)
    edits = data.draw(edit_sets(text))
    assert compose((), edits) == edits
    assert compose(edits, ()) == edits


@given(st.data())
def test_a_mapped_span_covers_the_same_characters_outside_edits(data):
    text = data.draw(TEXTS)
    edits = data.draw(edit_sets(text))
    cleaned = apply(text, edits)
    start, end = data.draw(spans(text))
    moved = PositionMap(edits).to_output(start, end)
    assert 0 <= moved.start <= moved.end <= len(cleaned)
    if not any(edit.start <= end and start <= edit.end for edit in edits):
        assert cleaned[slice(*moved)] == text[start:end]


@given(st.data())
def test_a_mapped_span_maps_back_onto_everything_in_it_that_no_edit_touches(data):
    text = data.draw(TEXTS)
    edits = data.draw(edit_sets(text))
    positions = PositionMap(edits)
    start, end = data.draw(spans(text))
    back = positions.to_source(*positions.to_output(start, end))
    untouched = set(range(start, end)).difference(*(range(edit.start, edit.end) for edit in edits))
    assert untouched <= set(range(*back))


@given(st.data())
def test_replacements_stand_where_the_map_says(data):
    text = data.draw(TEXTS)
    edits = data.draw(edit_sets(text))
    cleaned = apply(text, edits)
    assert [cleaned[slice(*span)] for span in PositionMap(edits).output_spans()] == [e.replacement for e in edits]


@given(st.data())
def test_suggestions_change_nothing(data):
    text = data.draw(TEXTS)
    suggestions = data.draw(edit_sets(text, status="suggested"))
    assert apply(text, suggestions) == text
    assert invert(suggestions) == ()
    assert compose(suggestions, ()) == ()


def test_edits_that_undo_each_other_leave_nothing():
    assert compose([_edit(0, "甲", "乙")], [_edit(0, "乙", "甲")]) == ()


def test_edits_of_two_stages_on_one_place_become_one():
    (merged,) = compose(
        [_edit(1, "乙", "丙丁", "a", confidence=0.9, reason="一")], [_edit(2, "丁戊", "己", "b", reason="二")]
    )
    assert (merged.start, merged.end, merged.original, merged.replacement) == (1, 3, "乙戊", "丙己")
    assert (merged.stage, merged.confidence, merged.reason) == ("b", 0.9, "一；二")


@pytest.mark.parametrize(
    "edits",
    [
        [_edit(0, "甲乙", "丙"), _edit(1, "乙", "丁")],
        [_edit(0, "乙", "丙")],
        [_edit(3, "丁", "丙")],
    ],
    ids=["overlapping", "misplaced", "beyond the end"],
)
def test_edits_that_do_not_fit_are_refused(edits):
    with pytest.raises(ValueError, match="does not fit"):
        apply("甲乙丙", edits)


@pytest.mark.parametrize(
    "edits",
    [
        [_edit(0, "甲乙", "丙"), _edit(1, "乙", "丁")],
        [_edit(0, "甲", "丙"), _edit(1, "", "丁")],
        [_edit(1, "", "丙"), _edit(1, "", "丁")],
        [_edit(1, "乙", "乙")],
        [_edit(1, "丁", "乙")],
        [_edit(2, "丙", "丁"), _edit(0, "甲", "乙")],
        [replace(_edit(0, "甲乙", "丙"), status="suggested"), replace(_edit(1, "乙", "丁"), status="suggested")],
    ],
    ids=["overlap", "touching insertion", "two insertions", "empty", "misplaced", "unsorted", "suggestions"],
)
def test_edit_sets_that_break_a_law_are_refused(edits):
    with pytest.raises(ValueError, match="edit at"):
        validate("甲乙丙", edits)


def test_a_suggestion_may_overlap_an_applied_edit():
    validate("甲乙丙", [_edit(0, "甲", "丁"), replace(_edit(0, "甲乙", "戊"), status="suggested")])
