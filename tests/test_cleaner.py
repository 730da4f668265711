from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from edit_sets import TEXTS, edit_sets, spans
from hypothesis import given
from hypothesis import strategies as st

from zhengben import Cleaner, Config, clean
from zhengben.model import Edit, Notice, Result, apply, invert, validate
from zhengben.stages.base import Context, StageOutput

CLEANER = Cleaner()


class Scripted:
    """A stage that makes the edits it was given, if they fit, and remembers what it was told."""

    def __init__(self, name: str, choose) -> None:
        self.name = name
        self.choose = choose
        self.contexts: list[Context] = []

    def run(self, text: str, context: Context) -> StageOutput:
        self.contexts.append(context)
        return self.choose(text)


def replacing(wrong: str, right: str, status: str = "applied", name: str = "rules"):
    def choose(text: str) -> StageOutput:
        start = text.find(wrong)
        if start < 0:
            return StageOutput()
        return StageOutput((Edit(start, start + len(wrong), wrong, right, name, f"X/{wrong}", "X", 0.9, status),))

    return Scripted(name, choose)


def cleaner_of(*stages) -> Cleaner:
    cleaner = Cleaner()
    cleaner._stages = stages
    return cleaner


@given(st.data())
def test_the_laws_hold_whatever_the_stages_do(data):
    def anything(text: str) -> StageOutput:
        edits = data.draw(edit_sets(text, "x")) + data.draw(edit_sets(text, "x", status="suggested"))
        notices = (Notice(*data.draw(spans(text)), "kind", "reason"),)
        return StageOutput(tuple(sorted(edits, key=lambda edit: (edit.start, edit.end))), notices)

    text = data.draw(TEXTS)
    protect = [data.draw(spans(text))]
    result = cleaner_of(*(Scripted(name, anything) for name in "abc")).clean(text, protect=protect)

    validate(text, result.edits)
    assert apply(text, result.edits) == result.text
    assert apply(result.text, invert(result.edits)) == text
    assert all(0 <= notice.start <= notice.end <= len(text) for notice in result.notices)
    for start, end in protect:
        assert not any(edit.start < end and start < edit.end for edit in result.edits if start < end)


DAMAGE = st.sampled_from(["原那么", "效劳", "〞", " ", "\u200b", "\r\n", "提高", "，", "財務(wù)", "a", "1"])


@given(st.lists(DAMAGE | st.text(max_size=5), max_size=12).map("".join))
def test_the_laws_hold_for_the_real_stages(text):
    result = CLEANER.clean(text)
    validate(text, result.edits)
    assert apply(text, result.edits) == result.text
    assert apply(result.text, invert(result.edits)) == text


def test_a_stage_sees_the_text_as_the_one_before_left_it():
    result = cleaner_of(replacing("甲", "乙"), replacing("乙", "丙", name="restore")).clean("一甲")
    assert result.text == "一丙"
    (edit,) = result.edits
    assert (edit.start, edit.original, edit.replacement, edit.stage) == (1, "甲", "丙", "restore")
    assert [part.stage for part in edit.via] == ["rules", "restore"]


def test_a_protected_span_stays_and_later_stages_know_where_it_went():
    last = replacing("无", "有")
    result = cleaner_of(replacing("甲", "乙乙乙"), replacing("丙", "丁"), last).clean("甲丙丙", protect=[(1, 2)])
    assert result.text == "乙乙乙丙丙"
    assert list(last.contexts[0].protected) == [(3, 4)]


def test_stages_know_which_characters_are_doubtful_wherever_these_went():
    last = replacing("无", "有")
    result = cleaner_of(replacing("甲", "乙乙乙"), last).clean("甲丙丁", doubtful=[(1, 2)])
    assert result.text == "乙乙乙丙丁"
    assert list(last.contexts[0].doubtful) == [(3, 4)]


def test_an_insertion_beside_a_protected_span_is_made_and_one_inside_is_not():
    def insert(position: int):
        return Scripted("rules", lambda text: StageOutput((Edit(position, position, "", "x", "rules", "X/x"),)))

    assert cleaner_of(insert(1)).clean("甲乙丙", protect=[(1, 3)]).text == "甲x乙丙"
    assert cleaner_of(insert(2)).clean("甲乙丙", protect=[(1, 3)]).text == "甲乙丙"


def test_what_one_stage_has_settled_the_next_one_is_told():
    last = replacing("无", "有")
    cleaner_of(replacing("甲", "乙乙"), last).clean("一甲二")
    assert list(last.contexts[0].settled) == [(1, 3)]


def test_a_suggestion_on_changed_text_covers_the_original_of_what_was_changed():
    stages = replacing("甲", "乙乙"), replacing("乙二", "丙二", "suggested", "restore")
    result = cleaner_of(*stages).clean("一甲二")
    (suggestion,) = result.suggested
    assert (suggestion.start, suggestion.original, suggestion.replacement) == (1, "甲二", "乙丙二")


def test_of_two_suggestions_on_one_place_the_more_confident_one_is_kept():
    def suggest(end: int, confidence: float):
        edit = Edit(0, end, "甲乙"[:end], "丙", "x", "X/x", "", confidence, "suggested")
        return Scripted("x", lambda text: StageOutput((edit,)))

    result = cleaner_of(suggest(1, 0.5), suggest(2, 0.6)).clean("甲乙")
    assert [edit.confidence for edit in result.edits] == [0.6]


def test_a_text_without_anything_wrong_is_returned_as_it_is():
    text = "会议在上午九点开始。\r\n请大家准时到会。"
    assert clean(text) == Result(text, text, engines=clean(text).engines)


def test_a_disabled_stage_does_not_run():
    config = Config(disabled=frozenset({"rules", "restore", "spelling"}))
    assert clean("办事要讲原那么。", config=config).text == "办事要讲原那么。"
    assert clean("办事要讲原那么。").text == "办事要讲原则。"


def test_one_cleaner_serves_several_threads():
    cleaner = Cleaner()
    texts = [f"第{number}次会议讲了原那么。" for number in range(16)]
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(cleaner.clean, texts))
    assert [result.text for result in results] == [text.replace("原那么", "原则") for text in texts]


@pytest.mark.parametrize("text", ["甲\ud800乙", "\udfff"])
def test_lone_surrogates_are_refused(text):
    with pytest.raises(ValueError, match="lone surrogate at offset"):
        clean(text)


@pytest.mark.parametrize("kind", ["protect", "doubtful"])
@pytest.mark.parametrize("span", [(-1, 1), (0, 3), (2, 1)])
def test_spans_outside_the_text_are_refused(span, kind):
    with pytest.raises(ValueError, match="lies outside the text"):
        CLEANER.clean("甲乙", **{kind: [span]})
