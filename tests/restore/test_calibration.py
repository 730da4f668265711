"""Figures are read as they were written, and a file that is missing or damaged is one clear error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.cases import small_network
from zhengben.errors import ModelError
from zhengben.lm.checksums import SIDECAR, record
from zhengben.restore.calibration import CONTEXTS, NETWORK, PAIRS, Calibration, ConfidenceModel, PairModel
from zhengben.restore.context_features import TABLE_BITS

KNOWN = PairModel(0.5, 1.25, -0.25, 1.5, 0.75, 0.625, 2.0, 0.125)
DEFAULT = PairModel(-0.5, 1.0, -0.5, 1.0, 0.0, 0.0, 0.5, 0.5)
CONFIDENCE = ConfidenceModel(0.25, 0.75)
FIGURES = st.floats(-9.0, 9.0).map(lambda value: round(value, 4))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Calibration({"力量\t能力": KNOWN}, DEFAULT, CONFIDENCE, tmp_path).save(tmp_path / PAIRS)
    weights = np.zeros(1 << TABLE_BITS, dtype=np.int8)
    weights[5] = -7
    weights.tofile(tmp_path / CONTEXTS)
    small_network({"高": 2.0}, {"能力": 1.0, "力量": -0.5}).save(tmp_path / NETWORK)
    record([tmp_path / name for name in (PAIRS, CONTEXTS, NETWORK)], tmp_path / SIDECAR)
    return tmp_path


def test_what_was_saved_is_loaded(folder: Path) -> None:
    calibration = Calibration.load(folder)
    assert calibration.pair("力量", "能力") == KNOWN
    assert calibration.confidence == CONFIDENCE
    assert calibration.context_weights[5] == -7
    assert calibration.network.knows("力量", "能力")


def test_a_pair_that_nobody_fitted_gets_the_defaults(folder: Path) -> None:
    assert Calibration.load(folder).pair("能力", "力量") == DEFAULT


@given(st.lists(FIGURES, min_size=8, max_size=8))
def test_any_figures_survive_the_file(tmp_path_factory: pytest.TempPathFactory, figures: list[float]) -> None:
    folder = tmp_path_factory.mktemp("figures")
    saved = Calibration({"甲\t乙": PairModel(*figures)}, DEFAULT, CONFIDENCE, folder)
    saved.save(folder / PAIRS)
    first = (folder / PAIRS).read_bytes()
    loaded = Calibration.load(folder)
    assert loaded.pair("甲", "乙") == PairModel(*figures)
    loaded.save(folder / PAIRS)
    assert (folder / PAIRS).read_bytes() == first


def read_all(folder: Path) -> tuple[object, ...]:
    calibration = Calibration.load(folder)
    return calibration.context_weights, calibration.network


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def alter(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-2] ^= 1
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("name", [PAIRS, CONTEXTS, NETWORK])
@pytest.mark.parametrize("harm", [Path.unlink, truncate, alter])
def test_a_file_that_is_not_what_was_recorded_is_one_line_of_error(
    folder: Path, name: str, harm: Callable[[Path], None]
) -> None:
    harm(folder / name)
    with pytest.raises(ModelError, match=name) as caught:
        read_all(folder)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"pairs": {"a": [1]}, "defaults": [], "confidence": [0, 1]}'])
def test_malformed_figures_without_a_record_are_an_error_too(tmp_path: Path, content: str) -> None:
    (tmp_path / PAIRS).write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="malformed"):
        Calibration.load(tmp_path)


def test_a_table_of_weights_that_is_too_short_is_an_error_without_a_record(folder: Path) -> None:
    (folder / SIDECAR).unlink()
    truncate(folder / CONTEXTS)
    with pytest.raises(ModelError, match=CONTEXTS):
        Calibration.load(folder).context_weights  # noqa: B018


def test_weights_and_network_are_not_read_before_they_are_asked_for(folder: Path) -> None:
    (folder / CONTEXTS).unlink()
    (folder / NETWORK).unlink()
    assert Calibration.load(folder).pair("力量", "能力") == KNOWN


def test_the_shipped_figures_are_what_was_recorded() -> None:
    calibration = Calibration.load()
    assert len(calibration.pairs) > 500
    assert calibration.context_weights.shape == (1 << TABLE_BITS,)
