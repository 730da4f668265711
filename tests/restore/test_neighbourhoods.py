"""What stands around a site, by its distance, and never from another paragraph."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.restore.neighbourhoods import Neighbourhoods, in_reading_order

CASES = [
    ("between", "提高能力水平", (2, 4), "高提", "水平"),
    ("at both ends", "能力", (0, 2), "", ""),
    ("a paragraph ends", "前文\n高能力水\n后文", (4, 6), "高", "水"),
    ("more than is asked for", "坚持不断提高能力水平建设", (6, 8), "高提断", "水平建"),
    ("beyond the basic plane", "𠮷𠮶能力𠮷", (2, 4), "𠮶𠮷", "𠮷"),
]


def around(text: str, start: int, end: int, reach: int = 3) -> tuple[str, str]:
    sides = Neighbourhoods(text).sides(np.array([start]), np.array([end]), reach)
    left, right = ("".join(map(chr, side.characters[0][side.exists[0]].tolist())) for side in sides)
    return left, right


@pytest.mark.parametrize(("text", "span", "left", "right"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_the_nearest_come_first(text: str, span: tuple[int, int], left: str, right: str) -> None:
    assert around(text, *span) == (left, right)


@given(st.text(alphabet="我们说\n，", min_size=1, max_size=30).filter(str.strip), st.data())
def test_both_sides_are_those_of_the_paragraph(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1).filter(lambda place: text[place] != "\n"))
    end = data.draw(st.integers(start + 1, start + len(text[start:].partition("\n")[0])))
    left, right = text[:start].rpartition("\n")[2], text[end:].partition("\n")[0]
    assert around(text, start, end, 40) == (left[::-1], right)


def test_what_does_not_exist_is_zero() -> None:
    left, right = Neighbourhoods("能力水").sides(np.array([0]), np.array([2]), 2)
    assert left.characters.tolist() == [[0, 0]]
    assert right.characters.tolist() == [[ord("水"), 0]]


def test_neighbours_follow_each_other_as_in_the_text() -> None:
    left, right = Neighbourhoods("一二能力三四").sides(np.array([2]), np.array([4]), 2)
    pairs = [in_reading_order(side.characters, is_left=side is left) for side in (left, right)]
    assert [chr(first[0, 0]) + chr(second[0, 0]) for first, second in pairs] == ["一二", "三四"]
