"""The recipe on a corpus of a few lines."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn")

from zhengben.errors import DependencyError
from zhengben.lm.training.counts import count_pairs
from zhengben.spelling.candidates import Candidate
from zhengben.spelling.confusion import ConfusionSets, Likeness
from zhengben.spelling.training import confusing
from zhengben.spelling.training.confusing import confusion_sets, installed_sets, package_lines
from zhengben.spelling.training.damaging import LEAST_SPACING, Damager
from zhengben.spelling.training.fitting import Sighting, Sightings, fit, fitting_texts
from zhengben.spelling.training.look_alikes import look_alikes, read_strokes, stroke_lines
from zhengben.spelling.training.words import (
    LEAST_BOUND,
    PairCounts,
    bound_words,
    gap_words,
    neighbour_entropies,
    rare_words,
    read_dictionary,
)

SETS = confusion_sets(["#comment\t\t", "形\t型邢\t幸", "式\t势\t十", "己\t\t"], ["己\t已", "式\t试"], ["白\t自百"])


def likeness(sets: ConfusionSets, left: str, right: str) -> Likeness:
    place = sets.offsets[ord(left)] + sets.of_character(left).index(right)
    return Likeness(int(sets.likeness[place]))


def test_pairs_hold_in_both_directions() -> None:
    assert [SETS.of_character(char) for char in "形幸自"] == ["型幸邢", "形", "白"]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("形", "型", Likeness.SAME_TONE),
        ("形", "幸", Likeness.SAME_SOUND),
        ("己", "已", Likeness.SHAPE),
        ("百", "白", Likeness.STROKES),
    ],
)
def test_likeness(left: str, right: str, expected: Likeness) -> None:
    assert likeness(SETS, left, right) is expected


def test_a_pair_alike_in_sound_and_shape_says_so() -> None:
    assert likeness(confusion_sets(["仪\t议\t"], ["仪\t议"]), "仪", "议") is Likeness.SOUND_AND_SHAPE


def test_no_character_is_confused_with_itself_or_with_a_letter() -> None:
    sets = confusion_sets(["一\t一a\t二"], ["三\tb\t三"])
    assert [sets.of_character(char) for char in "一三"] == ["二", ""]


def test_the_sets_are_saved_alike_each_time(tmp_path: Path) -> None:
    for name in ("one.npz", "other.npz"):
        SETS.save(tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "other.npz").read_bytes()
    assert ConfusionSets.load(tmp_path / "one.npz").of_character("形") == "型幸邢"


def test_the_shipped_sets_come_from_the_installed_lists() -> None:
    shipped, rare = ConfusionSets.load(), installed_sets(common=())
    assert rare.of_character("势") and set(rare.of_character("势")) <= set(shipped.of_character("势"))


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confusing, "find_spec", lambda name: None)
    with pytest.raises(DependencyError, match="pip install jieba"):
        package_lines("jieba", "dict.txt")


STROKES = ["#note\tx", "白\tpszhh", "自\tpszhhh", "详\tnznphhhs", "佯\tpsnphhhs", "口\tszh"]


def test_look_alikes_are_one_stroke_apart_or_share_the_right_hand_side() -> None:
    assert look_alikes(read_strokes(STROKES)) == {"白": "自", "自": "白", "详": "佯", "佯": "详"}


def test_of_look_alikes_one_is_well_known() -> None:
    assert list(stroke_lines(STROKES, "白")) == ["白\t自", "自\t白"]


DICTIONARY = read_dictionary(["会议 50 n", "登机 30 v", "张三 90 nr", "的话 40 u", "卡a 9 n", "共产党 9 n"])


def counted(*texts: str) -> PairCounts:
    return PairCounts(*count_pairs(texts))


def test_words_that_training_knows_may_fill_gaps_and_others_are_rare() -> None:
    pairs = counted(*["会议的话"] * 150, "登机")
    assert gap_words(DICTIONARY, pairs) == ["会议"]
    assert rare_words(DICTIONARY, pairs) == ["登机"]


def test_pairs_hold_together_where_their_neighbours_vary() -> None:
    neighbours = [chr(0x4E00 + number) for number in range(400)]
    texts = [f"{one}会议{other}" for one, other in zip(neighbours, reversed(neighbours), strict=True)]
    texts += ["甲乙丙丁"] * 4 * LEAST_BOUND
    assert bound_words(texts, counted(*texts)) == ["会议"]


def test_entropy_is_of_what_stands_on_either_side() -> None:
    keys = np.array([ord("会") << 16 | ord("议")], np.uint32)
    before, after = neighbour_entropies(["甲会议，", "乙会议", "会议a", "会议丙"], keys)
    assert before[0] == pytest.approx(1.5)
    assert after[0] == pytest.approx(0.8113, abs=1e-4)


def test_slips_are_drawn_by_seed_and_far_apart() -> None:
    totals = np.full(0x10000, 10.0, np.float32)
    text = "形式" * 3000
    damaged, meant = Damager(SETS, totals, seed=1).damage(text)
    assert (damaged, meant) == Damager(SETS, totals, seed=1).damage(text)
    assert damaged != Damager(SETS, totals, seed=2).damage(text)[0]
    places = sorted(meant)
    assert len(places) > 10 and all(b - a >= LEAST_SPACING for a, b in pairwise(places))
    assert all(damaged[place] in SETS.of_character(meant[place]) for place in places)
    assert {place for place in range(len(text)) if damaged[place] != text[place]} == set(places)


def test_what_nothing_is_confused_with_is_left() -> None:
    text = "卡𠀀a" * 500
    assert Damager(SETS, np.full(0x10000, 10.0, np.float32), seed=1).damage(text) == (text, {})


CANDIDATE = Candidate(5, "设", Likeness.SAME_TONE, 3.0, 8.0, 1.0, 16.0, 14.0, 1)


def test_what_tells_slips_from_sound_text_is_weighed_up() -> None:
    right = [Sighting(replace(CANDIDATE, gain=2.0 + n % 3), 4.0 + n % 2, -1.0, True) for n in range(60)]
    wrong = [Sighting(replace(CANDIDATE, gain=0.5 + n % 2), 2.5 + n % 2, -2.0, False) for n in range(600)]
    figures = fit(Sightings(right + wrong, characters=100_000, slips=100))
    assert figures.judgement.weights[0] > 0 and figures.promise.gain > 0
    assert 0 < figures.promise.least <= figures.promise.gain * 4.0
    rarer = fit(Sightings(right + wrong, characters=1_000_000, slips=100))
    assert rarer.judgement.intercept - figures.judgement.intercept == pytest.approx(2.302585, abs=2e-3)


def test_texts_are_bundled_by_source_in_an_order_drawn_by_seed(tmp_path: Path) -> None:
    path = tmp_path / "calibration.tsv"
    rows = [f"{source}\t{source}-1\t{'文' * 1500}{number}" for source in ("gov", "news") for number in range(4)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    texts = fitting_texts(path)
    assert sorted(len(text) for text in texts) == [3003] * 4
    assert texts == fitting_texts(path)
