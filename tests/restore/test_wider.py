"""Weights and network are added up as each pair heeds them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from restore.cases import EVEN, calibration, small_network
from zhengben.restore.calibration import CONTEXTS, NETWORK, Calibration, PairModel
from zhengben.restore.context_features import TABLE_BITS, features, pair_code, weight_indices
from zhengben.restore.neighbourhoods import Neighbourhoods
from zhengben.restore.wider import WiderContext

TEXT = "提高能力，能力水平"
PLACES = np.array([[2, 4], [5, 7]])
PAIR = "力量", "能力"
OTHER = "才能", "能力"


def heeding(context_weight: float, network_weight: float) -> PairModel:
    return PairModel(0.0, 1.0, 0.0, 1.0, context_weight, network_weight, 1.0, 1.0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Natural-log odds of one for every feature of the first site, by the first pair; 高 speaks for 能力."""
    folder = tmp_path_factory.mktemp("wider")
    table = np.zeros(1 << TABLE_BITS, dtype=np.int8)
    codes, exist = features(Neighbourhoods(TEXT), *PLACES[:1].T)
    table[weight_indices(codes[exist], pair_code(*PAIR))] = 32
    table.tofile(folder / CONTEXTS)
    small_network({"高": 2.0}, {"能力": 1.0, "力量": -0.5}).save(folder / NETWORK)
    return folder


def said(folder: Path, model: PairModel, site: int, pair: int) -> float:
    figures: Calibration = calibration({"\t".join(PAIR): model, "\t".join(OTHER): EVEN}, folder)
    context = WiderContext(figures, [PAIR, OTHER])
    return float(context.log_odds(Neighbourhoods(TEXT), PLACES, np.array([site]), np.array([pair]))[0])


def test_the_weights_of_a_site_are_added_up(folder: Path) -> None:
    _, exist = features(Neighbourhoods(TEXT), *PLACES[:1].T)
    assert said(folder, heeding(0.5, 0.0), 0, 0) == pytest.approx(0.5 * exist.sum())


def test_the_network_compares_both_words(folder: Path) -> None:
    assert said(folder, heeding(0.0, 0.5), 0, 0) == pytest.approx(0.5 * 2.0 * 1.5)
    assert said(folder, heeding(0.0, 0.5), 1, 0) == 0.0


def test_a_pair_that_heeds_neither_hears_nothing(folder: Path) -> None:
    assert said(folder, heeding(0.5, 0.5), 0, 1) == 0.0


def test_sites_and_pairs_are_asked_about_in_any_order(folder: Path) -> None:
    context = WiderContext(calibration({"\t".join(PAIR): heeding(0.5, 0.5)}, folder), [PAIR, OTHER])
    sites, pairs = np.array([1, 0, 0]), np.array([0, 1, 0])
    together = context.log_odds(Neighbourhoods(TEXT), PLACES, sites, pairs).tolist()
    assert together == [said(folder, heeding(0.5, 0.5), *asked) for asked in zip(sites, pairs, strict=True)]
