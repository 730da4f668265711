"""Which marks in a text count as cues of a missing word."""

from __future__ import annotations

import pytest

from zhengben.gaps.cues import find_cues


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("讨论了经费 、人员", [(5, 6, "gaps/blank-before-punctuation")]),
        ("讨论了经费,  。", [(6, 8, "gaps/blank-before-punctuation")]),
        ("甲方： ，乙方", []),
        ("讨论了经费，、人员", [(6, 6, "gaps/doubled-punctuation")]),
        ("“经费”，、人员", []),
        ("办事要有性，不能", [(4, 4, "gaps/orphan-suffix")]),
        ("办事要有性格", []),
        ("目标不是，而是", [(4, 4, "gaps/dangling-verb")]),
        ("不是，而是", []),
        ("到底是不是，请", []),
        ("这里有一个 不平凡的人", [(5, 6, "gaps/dangling-verb")]),
        ("各位领导 各位来宾", []),
        ("", []),
    ],
)
def test_cues(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert [(cue.start, cue.end, cue.rule) for cue in find_cues(text)] == expected


def test_what_a_text_is_full_of_is_no_cue() -> None:
    assert find_cues("讨论了经费 、人员 。")
    assert not find_cues("讨论了经费 、人员 。" * 50)
