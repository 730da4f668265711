"""Features are hashed the same for ever: the shipped table of weights depends on it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhengben.restore.context_features import TABLE_BITS, WINDOW, features, pair_code, weight_indices
from zhengben.restore.neighbourhoods import Neighbourhoods

TEXT = "坚持以人民为中心的开展思想"
SITE = TEXT.index("开展")
PINNED_CODES = [222074, 143023, 176605, 77353, 150725, 12674]
PINNED_INDICES = [1176727, 7846973, 6315299, 5397154, 278615, 6904097]


def row(text: str, start: int, end: int) -> tuple[np.ndarray, np.ndarray]:
    codes, exist = features(Neighbourhoods(text), np.array([start], dtype=np.int64), np.array([end], dtype=np.int64))
    return codes[0], exist[0]


def test_the_hash_is_what_the_shipped_table_was_made_with() -> None:
    codes, exist = row(TEXT, SITE, SITE + 2)
    assert codes[exist][:6].tolist() == PINNED_CODES
    assert weight_indices(codes[exist][:6], pair_code("开展", "发展")).tolist() == PINNED_INDICES


@given(st.text(alphabet="我们说\n，", min_size=1, max_size=40), st.data())
def test_codes_and_indices_stay_in_bounds(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    codes, exist = row(text, start, start + 1)
    assert codes.shape == exist.shape
    assert int(codes.max()) < 1 << 18
    indices = weight_indices(codes, pair_code("开展", "发展"))
    assert 0 <= int(indices.min()) <= int(indices.max()) < 1 << TABLE_BITS


def test_a_neighbourhood_ends_with_its_paragraph() -> None:
    alone, exist = row("提高能力水平", 2, 4)
    between, also = row("前文前文\n提高能力水平\n后文后文", 7, 9)
    assert exist.tolist() == also.tolist()
    assert alone[exist].tolist() == between[also].tolist()


def test_what_lies_outside_the_window_does_not_matter() -> None:
    left, right = "左" * WINDOW, "右" * WINDOW
    near = row(f"甲{left}能力{right}乙", 1 + WINDOW, 3 + WINDOW)[0]
    far = row(f"丙{left}能力{right}丁", 1 + WINDOW, 3 + WINDOW)[0]
    assert near.tolist() == far.tolist()


def test_the_word_itself_does_not_matter() -> None:
    assert row("提高能力水平", 2, 4)[0].tolist() == row("提高力量水平", 2, 4)[0].tolist()


def test_both_sides_are_told_apart() -> None:
    assert row("提高能力水平", 2, 4)[0].tolist() != row("水平能力提高", 2, 4)[0].tolist()


def test_sites_are_hashed_each_by_itself() -> None:
    starts = np.array([0, 4], dtype=np.int64)
    together, _ = features(Neighbourhoods("效劳社会能力"), starts, starts + 2)
    assert together[0].tolist() == row("效劳社会能力", 0, 2)[0].tolist()
    assert together[1].tolist() == row("效劳社会能力", 4, 6)[0].tolist()
