"""Which characters count as confusable, and how alike they are."""

from __future__ import annotations

import sys

import pytest

from zhengben.errors import DependencyError
from zhengben.spelling import confusion
from zhengben.spelling.confusion import ConfusionSets, Likeness
from zhengben.spelling.look_alikes import look_alikes, read_strokes

SOUNDS = ["#comment\t\t", "形\t型邢\t幸", "式\t势\t十", "己\t\t"]
SHAPES = ["己\t已", "式\t试"]
STROKES = ["白\t自百"]


def likeness(sets: ConfusionSets, left: str, right: str) -> Likeness:
    place = sets.offsets[ord(left)] + sets.of_character(left).index(right)
    return Likeness(int(sets.likeness[place]))


@pytest.fixture(scope="module")
def small() -> ConfusionSets:
    return ConfusionSets(SOUNDS, SHAPES, STROKES)


def test_pairs_hold_in_both_directions(small: ConfusionSets) -> None:
    assert small.of_character("形") == "型幸邢"
    assert small.of_character("幸") == "形"
    assert small.of_character("自") == "白"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("形", "型", Likeness.SAME_TONE),
        ("形", "幸", Likeness.SAME_SOUND),
        ("己", "已", Likeness.SHAPE),
        ("百", "白", Likeness.STROKES),
    ],
)
def test_likeness(small: ConfusionSets, left: str, right: str, expected: Likeness) -> None:
    assert likeness(small, left, right) is expected


def test_a_pair_alike_in_sound_and_shape_says_so() -> None:
    sets = ConfusionSets(["仪\t议\t"], ["仪\t议"])
    assert likeness(sets, "仪", "议") is Likeness.SOUND_AND_SHAPE


def test_no_character_is_confused_with_itself_or_with_a_letter() -> None:
    sets = ConfusionSets(["一\t一a\t二"], ["三\tb\t三"])
    assert sets.of_character("一") == "二"
    assert sets.of_character("三") == ""
    assert sets.of_character("𠀀") == ""


def test_the_installed_lists_are_read_without_importing_the_package() -> None:
    sets = ConfusionSets.load()
    assert "势" in sets.of_character("式")
    assert "日" in sets.of_character("曰")
    assert "pycorrector" not in sys.modules


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confusion, "find_spec", lambda name: None)
    with pytest.raises(DependencyError, match="pip install pycorrector"):
        ConfusionSets.load()


def test_look_alikes_are_one_stroke_apart_or_share_the_right_hand_side() -> None:
    strokes = read_strokes(["#note\tx", "白\tpszhh", "自\tpszhhh", "详\tnznphhhs", "佯\tpsnphhhs", "口\tszh"])
    assert look_alikes(strokes) == {"白": "自", "自": "白", "详": "佯", "佯": "详"}
