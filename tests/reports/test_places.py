from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.reports.places import Places


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("", 0, (1, 1, 1, None)),
        ("甲乙", 1, (1, 2, 1, None)),
        ("甲\r\n乙", 3, (2, 1, 2, None)),
        ("甲\r乙", 2, (2, 1, 2, None)),
        ("甲\n\n　\n乙", 6, (4, 2, 2, None)),
        ("甲\n\n乙", 2, (2, 1, 1, None)),
        ("😀甲", 1, (1, 2, 1, None)),
    ],
)
def test_a_place_counts_lines_columns_and_paragraphs_from_one(
    text: str, offset: int, place: tuple[int, int, int, None]
) -> None:
    assert Places(text).at(offset) == place


def test_pages_are_found_where_the_document_has_them() -> None:
    places = Places("甲乙丙丁", (0, 2, 3))
    assert [places.at(offset).page for offset in range(5)] == [1, 1, 2, 3, 3]


@pytest.mark.parametrize(
    ("text", "start", "end", "around"),
    [
        ("前文。这里有错字。后文。", 5, 7, ("这里", "字。")),
        ("一行\n错\n三行", 3, 4, ("", "")),
        ("字" * 100, 50, 52, ("字" * 40, "字" * 40)),
        ("错", 0, 1, ("", "")),
    ],
)
def test_the_sentence_around_an_edit_ends_at_its_marks(
    text: str, start: int, end: int, around: tuple[str, str]
) -> None:
    assert Places(text).around(start, end) == around


@given(st.text("甲。\r\n "), st.data())
def test_line_and_column_lead_back_to_the_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    places = Places(text)
    place = places.at(offset)
    assert places.line_starts[place.line - 1] + place.column - 1 == offset
