"""What is encoded piece by piece is what `json` makes of the whole."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.reports.encoding import PIECES_AT_ONCE, encoded

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet='能力"\\\n<a'),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(alphabet="甲乙"), inner),
)


def whole(values: object, indent: int) -> bytes:
    return (json.dumps(values, ensure_ascii=False, indent=indent) + "\n").encode()


@given(VALUES, st.sampled_from([1, 2]))
def test_the_pieces_make_the_whole(values: object, indent: int) -> None:
    assert encoded(values, indent) == whole(values, indent)


@pytest.mark.parametrize("number", [PIECES_AT_ONCE - 1, PIECES_AT_ONCE, 3 * PIECES_AT_ONCE])
def test_no_piece_is_lost_where_there_are_many(number: int) -> None:
    assert encoded(["力"] * number, 2) == whole(["力"] * number, 2)
