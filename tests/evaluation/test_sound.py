from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.evaluation.sound import sentences, shown, tally_sound
from zhengben.model import Edit, EngineVerdict, Result


def clean(text):
    """Takes every 甲 for an applied edit of restore, every 乙 for a suggestion of gaps, and 丙 for a damaged text."""
    stages = {"甲": ("restore", "applied"), "乙": ("gaps", "suggested"), "丁": ("normalize", "applied")}
    edits = tuple(
        Edit(place, place + 1, char, "", stages[char][0], "x", status=stages[char][1])
        for place, char in enumerate(text)
        if char in stages
    )
    engines = (EngineVerdict("B", "b", 0.9), EngineVerdict("A", "a", 0.1)) if "丙" in text else ()
    return Result(text, text, edits, (), engines)


def test_edits_in_sound_text_are_counted_by_stage():
    total = tally_sound(["甲" + "字" * 49, "乙丙丁" + "字" * 47], clean)
    figures = total.figures()

    assert (figures["documents"], figures["characters"], figures["deciding_edits"]) == (2, 100, 1)
    assert figures["applied"] == {"normalize": 1, "restore": 1}
    assert figures["suggested"] == {"gaps": 1}
    assert figures["deciding_rate"] == pytest.approx(1000.0)
    assert figures["deciding_bound"] == pytest.approx(4743.9, rel=1e-4)
    assert figures["suggestion_rate"] == pytest.approx(1000.0)
    assert figures["called_damaged"] == 1


def test_an_edit_is_shown_in_its_surroundings_on_one_line():
    assert shown("前文\n甲后文", Edit(3, 4, "甲", "乙", "rules", "x"), 2) == "文⏎【甲→乙】后文"


@given(st.text(alphabet="字。！\n ", max_size=40))
def test_sentences_lose_nothing_but_blanks(text):
    parts = list(sentences(text))

    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(part.strip() for part in parts)


def test_a_text_parts_at_its_sentence_marks():
    assert list(sentences("一。二！\n三\n\n四")) == ["一。", "二！", "三\n", "四"]
