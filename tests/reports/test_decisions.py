from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.samples import META, SOURCE, edit_at, results, sample
from zhengben.errors import InputError
from zhengben.model import Edit, Result, apply, validate
from zhengben.reports.decisions import draft, load, replay


def decisions_file(result: Result, *accepted: int, **changes: Any) -> bytes:
    """A decisions file in which the edits of these numbers are accepted and all others rejected."""
    values = draft(result, META)
    for entry in values["decisions"]:
        entry.update(decision="accept" if entry["id"] in accepted else "reject", reviewed=True)
    return json.dumps(values | changes).encode()


def replayed(result: Result, *accepted: int) -> str:
    return replay(result.source, load(decisions_file(result, *accepted), "d.json")).text


def test_a_draft_that_nobody_touched_gives_the_cleaned_text() -> None:
    content = json.dumps(draft(sample(), META)).encode()
    assert replay(SOURCE, load(content, "d.json"), META.source_sha256).text == sample().text


@given(results())
def test_accepting_what_was_applied_gives_the_cleaned_text(result: Result) -> None:
    applied = [number for number, edit in enumerate(result.edits, 1) if edit.is_applied]
    assert replayed(result, *applied) == result.text


@given(results())
def test_rejecting_everything_gives_the_original(result: Result) -> None:
    assert replayed(result) == result.source


@given(results(disjoint=True), st.data())
def test_any_subset_does_what_its_edits_do(result: Result, data: st.DataObject) -> None:
    numbers = data.draw(st.sets(st.sampled_from(range(1, len(result.edits) + 1)))) if result.edits else set()
    chosen = [
        Edit(edit.start, edit.end, edit.original, edit.replacement, "", "")
        for number, edit in enumerate(result.edits, 1)
        if number in numbers
    ]
    replay_result = replay(result.source, load(decisions_file(result, *numbers), "d.json"))
    assert replay_result.text == apply(result.source, chosen)
    validate(result.source, replay_result.edits)


def test_an_alternative_that_the_reviewer_chose_is_written() -> None:
    values = draft(sample(), META)
    values["decisions"][4] |= {"replacement": "基本", "decision": "accept", "reviewed": True}
    assert "基本工作" in replay(SOURCE, load(json.dumps(values).encode(), "d.json")).text


def test_a_changed_text_is_refused() -> None:
    with pytest.raises(InputError, match="original text is not the one that was reviewed"):
        replay(SOURCE + "。", load(decisions_file(sample()), "d.json"))


def test_a_changed_file_is_refused() -> None:
    with pytest.raises(InputError, match="original file is not the one that was reviewed"):
        replay(SOURCE, load(decisions_file(sample()), "d.json"), "0" * 64)


def test_edits_that_overlap_are_refused_by_their_numbers() -> None:
    source = "原那么"
    edits = (edit_at(source, "原那么", "原则"), edit_at(source, "那么", "则", status="suggested"))
    result = Result(source, "原则", edits)
    with pytest.raises(InputError, match="decisions 1 and 2 overlap"):
        replayed(result, 1, 2)


def test_an_entry_that_does_not_fit_the_text_is_refused() -> None:
    values = draft(sample(), META)
    values["decisions"][1]["original"] = "别的"
    with pytest.raises(InputError, match="decision 2 does not fit the text at"):
        replay(SOURCE, load(json.dumps(values).encode(), "d.json"))


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "not a decisions file"),
        (b"\xff\xfe\x00", "not a decisions file"),
        (b"[]", "is not of type 'object'"),
        (b'{"format": "zhengben-decisions"}', "is a required property"),
        (decisions_file(sample(), schema_version="9.0"), "'1.0' was expected"),
        (decisions_file(sample(), decisions=[{"id": 0}]), "is a required property"),
        (b"[" * 100_000, "not a decisions file"),
    ],
)
def test_a_file_that_holds_no_decisions_is_refused_in_one_line(content: bytes, cause: str) -> None:
    with pytest.raises(InputError) as caught:
        load(content, "d.json")
    assert str(caught.value).startswith("d.json: ")
    assert cause in str(caught.value).replace('"', "'").replace("\\'", "'")
    assert "\n" not in str(caught.value)
