"""Where a replacement is left to a person."""

from __future__ import annotations

import pytest

from zhengben.spelling.guards import is_abbreviation, why_doubtful


@pytest.mark.parametrize(
    ("text", "char", "expected"),
    [
        ("中哥两国领导人", "哥", True),
        ("企业家代表团赴泰访问", "泰", True),
        ("两位哥哥都来了", "哥", False),
        ("建没为中心", "没", False),
    ],
)
def test_states(text: str, char: str, expected: bool) -> None:
    assert is_abbreviation(text, text.index(char)) is expected


@pytest.mark.parametrize(
    ("text", "wrong", "right", "reason"),
    [
        ("他把这件事做为头等大事", "做", "作", "写法"),
        ("第三条道路", "三", "二", "数目"),
        ("记者王传渤报道", "渤", "播", "人名"),
        ("位于斯塔尼诺夫州", "诺", "若", "译名"),
        ("依照《关于诺干问题的解释》", "诺", "若", "书名"),
        ("古人云：“不积跬步，无以致千里”", "致", "至", "引文"),
        ("他称之为“融会观通”", "观", "贯", "引号"),
        ("坚持以经济建没为中心", "没", "设", ""),
    ],
)
def test_doubts(text: str, wrong: str, right: str, reason: str) -> None:
    found = why_doubtful(text, text.index(wrong), right, 0.9)
    assert reason in found
    assert bool(reason) == bool(found)


def test_variants_are_no_doubt_where_all_but_certain() -> None:
    text = "加强生产工做的领导"
    assert why_doubtful(text, text.index("做"), "作", 0.9)
    assert not why_doubtful(text, text.index("做"), "作", 0.99)


@pytest.mark.parametrize("text", ["没", "没a", "王没"])
def test_the_ends_of_a_text_are_no_obstacle(text: str) -> None:
    assert isinstance(why_doubtful(text, text.index("没"), "设", 0.9), str)
