from __future__ import annotations

import pytest

from zhengben.errors import InputError
from zhengben.evaluation.materials import Materials, SentencePair, gold_files
from zhengben.evaluation.neutral import read_neutral_pairs
from zhengben.evaluation.sentence_sets import strict_figures


def test_parts_that_are_missing_are_passed_over(tmp_path):
    materials = Materials(tmp_path)

    assert materials.corpora is None
    assert (materials.gold(), list(materials.sentence_sets()), materials.hard_negatives()) == ((), [], ())


def test_all_parts_are_found(tmp_path):
    bench, seed = tmp_path / "bench", tmp_path / "seed"
    bench.mkdir()
    seed.mkdir()
    (bench / "law.jsonl").write_text('{"source": "甲", "target": "乙"}\n\n', encoding="utf-8")
    (bench / "hard_negatives_x.tsv").write_text('source\tform\ttext\nx\t"稳\t这"是\n', encoding="utf-8")
    (seed / "gold-dev.txt").write_text("{甲|乙}", encoding="utf-8")
    materials = Materials(tmp_path)

    assert dict(materials.sentence_sets()) == {"law": (SentencePair("甲", "乙"),)}
    assert materials.hard_negatives() == ('这"是',)
    assert [gold.original for gold in materials.gold()] == ["乙"]


@pytest.mark.parametrize("line", ["{", '{"source": "甲"}', "[]"])
def test_a_broken_sentence_set_is_refused_by_line(tmp_path, line):
    (tmp_path / "bench").mkdir()
    (tmp_path / "bench" / "x.jsonl").write_text(line, encoding="utf-8")

    with pytest.raises(InputError, match=r"x\.jsonl:1: expected"):
        list(Materials(tmp_path).sentence_sets())


def test_gold_files_are_found_in_folders_by_their_name(tmp_path):
    for name in ("b.gold.txt", "a.gold.txt", "c.txt"):
        (tmp_path / name).touch()

    assert gold_files((tmp_path, tmp_path / "c.txt")) == tuple(
        tmp_path / name for name in ("a.gold.txt", "b.gold.txt", "c.txt")
    )
    with pytest.raises(InputError, match="no such file or folder of gold documents"):
        gold_files((tmp_path / "none",))


def test_neutral_pairs_hold_in_both_directions(tmp_path):
    path = tmp_path / "neutral.tsv"
    path.write_text("# remark\n\n推动\t推进\n", encoding="utf-8")
    assert read_neutral_pairs(path) == {("推动", "推进"), ("推进", "推动")}

    path.write_text("推动\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"neutral\.tsv:1: expected two words"):
        read_neutral_pairs(path)
    with pytest.raises(InputError, match="cannot read the neutral pairs"):
        read_neutral_pairs(tmp_path / "none.tsv")


def test_a_sentence_counts_only_when_all_of_it_is_right():
    pairs = [
        SentencePair(*pair)
        for pair in [("错一", "对一"), ("错二", "对二"), ("错三", "对三"), ("好", "好"), ("妙", "妙")]
    ]
    answers = {"错一": "对一", "错二": "乱二", "妙": "坏"}

    assert strict_figures(pairs, lambda text: answers.get(text, text)) == {
        "sentences": 5,
        "faulty": 3,
        "precision": pytest.approx(1 / 3),
        "recall": pytest.approx(1 / 3),
        "f1": pytest.approx(1 / 3),
        "false_positive_rate": 0.5,
    }
