"""Printed pages: how they are set, what the accuracy means, and what is said where it can't be measured."""

from __future__ import annotations

import pytest
from formats.fonts import chinese_font, needs_recognition
from hypothesis import given
from hypothesis import strategies as st

from zhengben.cleaner import Cleaner
from zhengben.config import STAGES, Config
from zhengben.evaluation import ocr_section
from zhengben.evaluation.gold import Gold, Mark
from zhengben.evaluation.ocr_section import distance, measure_recognition
from zhengben.evaluation.pages import A4, Font, print_pages, scanned
from zhengben.evaluation.plan import QUICK

IDLE = Cleaner(Config(disabled=frozenset(STAGES)))
TEXT = "食堂的菜价不再上涨。\n早餐添了豆浆和馒头。"
GOLD = Gold(TEXT.replace("早餐", "早饭"), (Mark(11, 13, "早饭", ("早餐",)),))


@pytest.mark.parametrize(
    ("one", "other", "cost"),
    [
        ("", "", 0),
        ("早餐", "早餐", 0),
        ("早餐", "", 2),
        ("", "早", 1),
        ("早餐添了", "早饭添", 2),
        ("豆浆", "浆豆", 2),
        ("甲乙丙", "乙丙", 1),
    ],
)
def test_distance_counts_characters_put_in_taken_out_or_changed(one, other, cost):
    assert distance(one, other) == cost


@given(st.text("甲乙丙", max_size=8), st.text("甲乙丙", max_size=8))
def test_distance_is_the_same_both_ways_and_zero_only_for_the_same(one, other):
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)


def test_without_a_font_the_reason_is_reported(monkeypatch):
    monkeypatch.setattr(ocr_section, "find_font", lambda: None)
    assert "fonts-noto-cjk" in measure_recognition([GOLD], IDLE, QUICK)["skipped"]


def test_without_the_extra_the_reason_is_reported(monkeypatch):
    from zhengben.formats import ocr

    monkeypatch.setattr(ocr_section, "find_font", lambda: Font("nowhere"))
    monkeypatch.setattr(ocr, "find_spec", lambda name: None)
    assert "pip install 'zhengben[ocr]'" in measure_recognition([GOLD], IDLE, QUICK)["skipped"]


@needs_recognition
def test_pages_are_a4_and_as_many_as_the_text_needs():
    path, face = chinese_font()
    pages = list(print_pages("\n".join([TEXT] * 40), Font(path, face)))
    assert [page.size for page in pages] == [A4, A4, A4]
    assert scanned(pages[0], 1).tobytes() == scanned(pages[0], 1).tobytes()
    assert scanned(pages[0], 1).tobytes() != scanned(pages[0], 2).tobytes()


@needs_recognition
def test_accuracy_is_measured_against_the_sound_text():
    report = measure_recognition([GOLD], IDLE, QUICK)
    assert report["sound, printed"]["accuracy_before"] == 1.0
    assert report["damaged, scanned"]["wrong_before"] == report["sound, scanned"]["wrong_before"] + 1
    assert report["damaged, scanned"]["characters"] == len(TEXT) - 1
