from __future__ import annotations

import hashlib
import io
import json
import lzma
from pathlib import Path

import pytest
from rich.console import Console

from zhengben.evaluation.drawings import drawings
from zhengben.evaluation.materials import Materials
from zhengben.evaluation.measure import Evaluation
from zhengben.evaluation.plan import Plan, Scale
from zhengben.evaluation.printing import print_report

SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"
RECIPE = """
[held_out]
share = 1.0
salt = "h"
[calibration]
share = 0.2
salt = "c"
[sampling]
salt = "s"
[[source]]
name = "own"
file = "own.xz"
genre = "speech"
documents = "line"
weight = 1.0
size = {size}
sha256 = "{sha256}"
"""


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """An evaluation that was run on a few documents of every kind, and its report."""
    folder = tmp_path_factory.mktemp("materials")
    for name in ("corpora", "bench", "seed", "out"):
        (folder / name).mkdir()
    paragraphs = [
        f"{number}、{line}"
        for number, name in enumerate(("speech", "engineering", "sport") * 4)
        for line in (SAMPLES / f"sound-{name}.txt").read_text(encoding="utf-8").splitlines()
        if len(line) > 20
    ]
    data = lzma.compress("\n".join(paragraphs).encode())
    (folder / "corpora" / "own.xz").write_bytes(data)
    recipe = folder / "sources.toml"
    recipe.write_text(RECIPE.format(size=len(data), sha256=hashlib.sha256(data).hexdigest()), encoding="utf-8")
    (folder / "seed" / "gold-own.txt").write_text("---\nengines: B\n---\n提高{力量|能力}。", encoding="utf-8")
    (folder / "bench" / "own.jsonl").write_text('{"source": "今天开会。", "target": "今天开会。"}', encoding="utf-8")
    (folder / "bench" / "hard_negatives.tsv").write_text("text\n局部地区有雨。\n", encoding="utf-8")
    (folder / "pairs.tsv").write_text("A\t平安\t安全\nA\t开展\t发展\nB\t状况\t情况\nB\t发觉\t发现\n", encoding="utf-8")
    plan = Plan(
        gold=(), output=folder / "out", neutral=frozenset({("发觉", "发现")}), materials=Materials(folder),
        recipe=recipe, pairs=folder / "pairs.tsv", scale=Scale(2, 4000, 2000, 10, 1, 6),
    )  # fmt: skip
    evaluation = Evaluation(plan)
    return evaluation, evaluation.run()


@pytest.fixture(scope="module")
def report(measured):
    return measured[1]


def test_every_section_is_measured_and_plain(report):
    assert json.loads(json.dumps(report)) == report
    assert report["seed_gold"]["documents"]["gold-own.txt"]["sites"] == 1
    assert report["sentence_sets"]["own"]["sentences"] == 1
    assert report["hard_negatives"]["documents"] == 1
    assert set(report["sound"]) == {"documents", "sentences", "engines A and B forced"}


def test_only_combinations_whose_tables_are_known_are_damaged(report):
    engines = report["damaged"]["engines"]

    assert set(engines) == {"A", "B", "A+B"}
    assert all(figures["documents"] == 2 and figures["sites"] > 0 for figures in engines.values())
    assert report["damaged"]["total"]["sites"] == sum(figures["sites"] for figures in engines.values())


def test_neutral_pairs_are_left_out_beside(report):
    damaged = report["damaged"]

    assert damaged["total_without_neutral"]["sites"] < damaged["total"]["sites"]
    assert damaged["neutral_share"] == pytest.approx(
        1 - damaged["total_without_neutral"]["sites"] / damaged["total"]["sites"]
    )


def test_hiding_rules_hides_repairs(report):
    for figures in report["damaged"]["engines"].values():
        assert figures["a_fifth_withheld"]["sites"] == figures["sites"]
        assert figures["a_fifth_withheld"]["repaired"] <= figures["repaired"]


def test_hidden_pairs_are_mined(report):
    (draw,) = report["mining"]["draws"]

    assert draw["hidden"] == len(draw["ranks"]) == min(20, draw["candidates"])
    assert draw["found"] == report["mining"]["median"] <= draw["hidden"]


def test_the_report_prints_all_its_tables(report):
    console = Console(file=io.StringIO(), width=200)
    print_report(report, console)

    printed = console.file.getvalue()
    for title in (
        "Gold of the materials",
        "Damaged documents",
        "Engines named",
        "Mining",
        "Sound text",
        "Sentence sets",
    ):
        assert title in printed


def test_drawings_are_made_of_the_damaged_documents(measured):
    evaluation, _ = measured
    made = drawings(evaluation)

    assert set(made) == {"reliability.svg", "precision_recall.svg"}
    assert f"n = {len(evaluation.candidates):,}" in made["reliability.svg"]
    assert drawings(Evaluation(evaluation.plan)) == {}
