from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.damage import Pair, damage
from zhengben.damage.damager import draw
from zhengben.damage.wrapping import wrapped
from zhengben.errors import UsageError
from zhengben.model import apply, invert

TABLES = {
    "A": (Pair("A", "则", "那么"), Pair("A", "供给", "供应"), Pair("A", "服务", "效劳")),
    "B": (
        Pair("B", "提供", "供给"),
        Pair("B", "一定", "肯定"),
        Pair("B", "肯定", "确定"),
        Pair("B", "协助", "帮助"),
        Pair("B", "帮助", "关心"),
        Pair("B", "热烈", "热闹"),
        Pair("B", "热烈", "强烈"),
    ),
}
ALL = (1.0, 1.0)
texts = st.text(alphabet="则那么提供给应服务效劳一定肯确协帮助关心热烈闹强电话”\n ", max_size=60)
orders = st.lists(st.sampled_from(sorted(TABLES)), min_size=1, max_size=3)


@given(texts, orders, st.integers(), st.integers(0, 2), st.integers(0, 5), st.integers(0, 5))
def test_the_gold_edits_lead_back_to_the_source(text, engines, seed, deletions, wrap, wrap_after):
    damaged = damage(text, engines, tables=TABLES, seed=seed, deletions=deletions, wrap=wrap, wrap_after=wrap_after)

    assert damaged.source.replace("\n", "") == text.replace("\n", "")
    assert apply(damaged.text, damaged.gold) == damaged.source
    assert apply(damaged.source, invert(damaged.gold)) == damaged.text


@given(texts, orders, st.integers())
def test_the_same_seed_gives_the_same_damage(text, engines, seed):
    assert damage(text, engines, tables=TABLES, seed=seed) == damage(text, engines, tables=TABLES, seed=seed)


def test_different_seeds_draw_different_pairs():
    drawn = {damage("则", ["A", "B"], tables=TABLES, seed=seed).active for seed in range(20)}

    assert len(drawn) > 1


@pytest.mark.parametrize(
    ("text", "engines", "expected"),
    [
        ("原则", ["A"], "原那么"),
        ("一定肯定", ["B"], "肯定确定"),
        ("协助帮助", ["B"], "帮助关心"),
        ("一定", ["B", "B"], "确定"),
        ("提供给", ["A", "B"], "供给应"),
        ("提供给", ["B", "A"], "供应给"),
        ("服\n务服务", ["A"], "服\n务效劳"),
    ],
)
def test_an_engine_replaces_blindly_and_never_its_own_output(text, engines, expected):
    assert damage(text, engines, tables=TABLES, share=ALL).text == expected


def test_two_passes_over_one_place_make_one_edit():
    damaged = damage("请提供给他", ["A", "B"], tables=TABLES, share=ALL)

    assert [(edit.original, edit.replacement) for edit in damaged.gold] == [("供给应", "提供给")]
    assert [part.engine for part in damaged.gold[0].via] == ["A", "B"]


@given(st.integers())
def test_an_original_has_one_target_in_a_document(seed):
    damaged = damage("热烈热烈热烈", ["B"], tables=TABLES, seed=seed, share=ALL)

    assert damaged.text in ("热闹" * 3, "强烈" * 3)


def test_engine_a_breaks_closing_quotes_in_most_documents():
    texts = [damage("“好”", ["A"], tables=TABLES, seed=seed).text for seed in range(100)]

    assert set(texts) == {"“好”", "“好〞"}
    assert texts.count("“好〞") > 50
    assert {damage("“好”", ["B"], tables=TABLES, seed=seed).text for seed in range(20)} == {"“好”"}


def test_a_deleted_word_is_an_insertion_in_the_gold():
    damaged = damage("请打电话来。", ["B"], tables=TABLES, deletions=1)

    assert damaged.text == "请打来。"
    assert [(edit.start, edit.original, edit.replacement) for edit in damaged.gold] == [(2, "", "电话")]


def test_no_word_is_deleted_beside_a_replaced_one():
    assert damage("电话服务", ["A"], tables=TABLES, share=ALL, deletions=1).text == "电话效劳"


def test_wrapping_breaks_words_before_the_damage():
    damaged = damage("我们的服务", ["A"], tables=TABLES, share=ALL, wrap=4)

    assert damaged.source == damaged.text == "我们的服\n务"


def test_wrapping_after_the_damage_breaks_damaged_words():
    damaged = damage("我们的服务好", ["A"], tables=TABLES, share=ALL, wrap_after=4)

    assert (damaged.text, damaged.source) == ("我们的效\n劳好", "我们的服\n务好")
    assert [(edit.original, edit.replacement) for edit in damaged.gold] == [("效\n劳", "服\n务")]


@given(st.text(alphabet="字\n", max_size=40), st.integers(1, 9))
def test_wrapping_only_adds_line_breaks(text, columns):
    lines = wrapped(text, columns)

    assert lines.replace("\n", "") == text.replace("\n", "")
    assert all(len(line) <= columns for line in lines.split("\n"))


@given(st.floats(0, 1), st.integers())
def test_a_share_of_the_pairs_is_drawn(share, seed):
    import random

    pairs = [Pair("X", f"{number}", "错") for number in range(50)]
    assert len(draw(pairs, (share, share), random.Random(seed))) == round(50 * share)


def test_an_engine_without_a_table_is_refused():
    with pytest.raises(UsageError, match="no table for engine Z: choose from A, B"):
        damage("文", ["Z"], tables=TABLES)
