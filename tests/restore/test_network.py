"""The network compares words by what stands around them; every figure of the small one here can be checked by hand."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.cases import codes_of, small_network
from zhengben.errors import ModelError
from zhengben.restore.calibration import NETWORK, Calibration
from zhengben.restore.neighbourhoods import Neighbourhoods
from zhengben.restore.network import NOTHING, PAIR_BITS, WINDOW, Alphabet, Network, describe

PINNED_PAIRS = [1446, 15807]
"""The hash of 高 after 提, and of 水 before 平, in the alphabet 提高水平."""


def log_odds(network: Network, text: str, wrong: str, right: str, site: str) -> float:
    start = text.index(site)
    read = network.read(Neighbourhoods(text), np.array([start]), np.array([start + len(site)]))
    vectors, figures = network.comparisons([(wrong, right)])
    return float(read[0] @ vectors[0] + figures[0])


def described(text: str, site: str) -> tuple[list[int], list[int]]:
    start = np.array([text.index(site)])
    characters, pairs = describe(Alphabet(codes_of("提高水平")), Neighbourhoods(text), start, start + len(site))
    return characters[0].tolist(), pairs[0].tolist()


def test_characters_are_numbered_in_their_order_and_strange_ones_are_nothing() -> None:
    alphabet = Alphabet(codes_of("水平高"))
    assert alphabet.numbers(codes_of("平水高")).tolist() == [1, 2, 3]
    assert alphabet.numbers(codes_of("低𠮷")).tolist() == [NOTHING, NOTHING]


def test_the_hash_of_pairs_is_what_the_shipped_network_was_made_with() -> None:
    characters, pairs = described("提高能力水平", "能力")
    assert characters == [4, 2, *[NOTHING] * (WINDOW - 2), 3, 1, *[NOTHING] * (WINDOW - 2)]
    assert [pairs[0], pairs[WINDOW]] == PINNED_PAIRS
    assert not any(pairs[1:WINDOW]) and not any(pairs[WINDOW + 1 :])


@given(st.text(alphabet="提高水平低\n，", min_size=1, max_size=40), st.data())
def test_numbers_stay_within_the_tables(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    place = np.array([start])
    characters, pairs = describe(Alphabet(codes_of("提高水平")), Neighbourhoods(text), place, place + 1)
    assert characters.shape == pairs.shape == (1, 2 * WINDOW)
    assert 0 <= int(characters.min()) <= int(characters.max()) <= 4
    assert 0 <= int(pairs.min()) <= int(pairs.max()) <= 1 << PAIR_BITS


def test_what_lies_outside_the_window_does_not_matter() -> None:
    middle = f"{'左' * WINDOW}能力{'右' * WINDOW}"
    assert described(f"提高{middle}水平", "能力") == described(middle, "能力")


def test_the_neighbour_decides_between_the_words() -> None:
    network = small_network({"高": 2.0, "水": -1.0}, {"能力": 1.0, "力量": -0.5})
    assert log_odds(network, "提高能力", "力量", "能力", "能力") == pytest.approx(2.0 * 1.5)
    assert log_odds(network, "能力水平", "力量", "能力", "能力") == 0.0
    assert log_odds(network, "其能力者", "力量", "能力", "能力") == 0.0


def test_the_odds_of_swapped_words_are_swapped() -> None:
    network = small_network({"高": 2.0}, {"能力": 1.0, "力量": -0.5})
    there = log_odds(network, "提高能力", "力量", "能力", "能力")
    assert log_odds(network, "提高能力", "能力", "力量", "能力") == -there


def test_words_that_were_not_learnt_are_not_told_apart() -> None:
    network = small_network({"高": 2.0}, {"能力": 1.0})
    assert not network.knows("力量", "能力")
    assert log_odds(network, "提高能力", "力量", "能力", "能力") == 0.0


def test_sites_are_read_each_by_itself() -> None:
    network = small_network({"高": 2.0, "水": 1.0}, {"能力": 1.0})
    starts = np.array([1, 4])
    together = network.read(Neighbourhoods("高能力水能力"), starts, starts + 2)
    alone = [network.read(Neighbourhoods("高能力水能力"), starts[i : i + 1], starts[i : i + 1] + 2) for i in (0, 1)]
    assert together.tolist() == np.concatenate(alone).tolist()


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    network = small_network({"高": 2.0}, {"能力": 1.0, "力量": -0.5})
    network.save(tmp_path / NETWORK)
    loaded = Network.load(tmp_path / NETWORK)
    for field in fields(Network):
        assert getattr(loaded, field.name).tolist() == getattr(network, field.name).tolist()


def lacks_an_array(path: Path) -> None:
    np.savez(path, words=np.array(["能力"]))


def is_of_objects(path: Path) -> None:
    network = small_network({"高": 2.0}, {"能力": 1.0})
    replace(network, words=np.array(["能力"], dtype=object)).save(path)


def is_cut_short(path: Path) -> None:
    small_network({"高": 2.0}, {"能力": 1.0}).save(path)
    path.write_bytes(path.read_bytes()[:-100])


@pytest.mark.parametrize("harm", [lacks_an_array, is_of_objects, is_cut_short])
def test_a_file_that_is_no_network_is_one_line_of_error(tmp_path: Path, harm: object) -> None:
    harm(tmp_path / NETWORK)  # type: ignore[operator]
    with pytest.raises(ModelError, match="reinstall") as caught:
        Network.load(tmp_path / NETWORK)
    assert "\n" not in str(caught.value)


def test_the_shipped_network_knows_the_words_of_the_pairs_that_heed_it() -> None:
    calibration = Calibration.load()
    heeding = [key.split("\t") for key, pair in calibration.pairs.items() if pair.network_weight]
    assert len(heeding) > 300
    assert all(calibration.network.knows(wrong, right) for wrong, right in heeding)
