from __future__ import annotations

from math import isclose
from pathlib import Path

import pytest

from zhengben.errors import ModelError
from zhengben.lm.form_counts import ALL, PROSE, FormCount, FormCounts

SHIPPED = FormCounts.load()
SMALL = FormCounts(
    {
        "能力": FormCount({"gov": 9, "law": 1}, 4, {ALL: 1.0, PROSE: 0.5, "gov": 0.5, "law": 2.0}),
        "根底": FormCount({"gov": 0, "law": 0}, 0, {ALL: 5.0, PROSE: 5.0, "gov": 5.0, "law": 5.0}),
    },
    {"gov": 1000, "law": 9000},
    12,
)


def test_counts_by_genre_and_pool() -> None:
    assert (SMALL.count("能力"), SMALL.count("能力", "law"), SMALL.count("能力", PROSE)) == (10, 1, 9)
    assert SMALL.rate("能力") == 10.5 / 10_000
    assert SMALL.rate("能力", PROSE) == 9.5 / 1000
    assert SMALL.dispersion("能力", "law") == 2.0


def test_a_form_that_never_occurs_keeps_a_rate() -> None:
    assert SMALL.count("根底") == 0
    assert SMALL.rate("根底") > 0


def test_a_form_that_was_not_counted_is_no_form_that_never_occurs() -> None:
    assert "争辩" not in SMALL
    assert SMALL.get("争辩") is None
    with pytest.raises(KeyError):
        SMALL.count("争辩")


def test_absence_tells_more_in_a_longer_document() -> None:
    short, long = (SMALL.absence_log10("能力", han) for han in (100, 10_000))
    assert long < short < 0
    assert isclose(SMALL.absence_log10("能力", 1000, "gov"), -2 * 0.759667, abs_tol=1e-4)


def test_saving_and_loading_gives_the_same_counts(tmp_path: Path) -> None:
    SMALL.save(tmp_path / "counts.tsv.gz")
    loaded = FormCounts.load(tmp_path / "counts.tsv.gz")
    assert loaded.get("能力") == SMALL.get("能力")
    assert (loaded.han_by_genre, loaded.han, loaded.documents) == ({"gov": 1000, "law": 9000}, 10_000, 12)


def test_the_shipped_counts_know_damaged_forms_as_rare() -> None:
    assert SHIPPED.han > 20_000_000
    for wrong, right in (("效劳", "服务"), ("根底", "基础"), ("争辩", "研究")):
        assert SHIPPED.count(wrong) * 100 < SHIPPED.count(right)
    assert SHIPPED.count("力量") > 1000


@pytest.mark.parametrize("content", [b"", b"not gzip", b"\x1f\x8b\x08\x00cut"])
def test_damaged_counts_are_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "counts.tsv.gz"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="counts of forms are damaged"):
        FormCounts.load(path)
