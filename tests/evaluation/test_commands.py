from __future__ import annotations

import json

import pytest

from zhengben.cli import main
from zhengben.evaluation.gold_format import read_gold

SOUND = "我们坚持“安全第一”的原则，认真研究工作计划，及时提供服务。\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHARED", raising=False)
    (tmp_path / "sound.txt").write_text(SOUND, encoding="utf-8")
    (tmp_path / "pairs.tsv").write_text("A\t平安\t安全\nA\t效劳\t服务\nB\t争辩\t研究\n", encoding="utf-8")
    return tmp_path


def test_damage_writes_a_damaged_text_and_its_gold(folder, capsys):
    arguments = ["sound.txt", "--engine", "A,B", "--pairs", "pairs.tsv", "--share", "1", "1", "-o", "out"]

    assert main(["damage", *arguments]) == 0
    gold = read_gold(folder / "out" / "sound.gold.txt")
    assert gold.text == (folder / "out" / "sound.damaged.txt").read_text(encoding="utf-8")
    assert gold.original == SOUND
    assert gold.engines == ("A", "B")
    assert {mark.damaged for mark in gold.marks} >= {"平安", "效劳", "争辩"}
    assert main(["damage", *arguments]) == 2
    assert "exists already" in capsys.readouterr().err


def test_eval_prints_figures_and_writes_them(folder, capsys):
    (folder / "speech.gold.txt").write_text("---\nengines:\n---\n" + SOUND, encoding="utf-8")

    assert main(["eval", "speech.gold.txt", "--json", "-o", "out"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report == json.loads((folder / "out" / "evaluation.json").read_text(encoding="utf-8"))
    assert report["gold"]["documents"]["speech"]["characters"] == len(SOUND)
    assert report["gold"]["documents"]["speech"]["wrong"] == 0
    assert (folder / "out" / "faults.tsv").is_file()


def test_eval_prints_tables(folder, capsys):
    (folder / "speech.gold.txt").write_text("---\ngenre: speech\n---\n" + SOUND, encoding="utf-8")

    assert main(["eval", "speech.gold.txt"]) == 0
    assert "Own gold" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["eval", "none"], "none: no such file or folder of gold documents"),
        (["eval", "pairs.tsv", "--against", "x"], "'x' is not 'pycorrector'"),
        (["damage", "none.txt"], "none.txt: no such file"),
        (["damage", "sound.txt", "--engine", "Q"], "Q is not one of"),
        (["damage", "sound.txt", "--engine", "E", "--pairs", "pairs.tsv"], "no table for engine E"),
        (["bench", "--sound", "none.txt"], "cannot read a text to measure on"),
        (["eval", "sound.txt", "--length", "1999"], "1999 is less than 2000"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(folder, capsys, arguments, problem):
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert problem in error
    assert error.count("\n") == 1
