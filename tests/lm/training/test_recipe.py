"""The recipe on a corpus of a few lines: everything but KenLM's own estimation."""

from __future__ import annotations

import hashlib
import lzma
from pathlib import Path

import pytest

from zhengben.errors import ModelError
from zhengben.lm.form_counts import ALL, PROSE
from zhengben.lm.training.__main__ import main
from zhengben.lm.training.counts import count_forms, documents, fitted_counts, han_characters
from zhengben.lm.training.prepare import Row, bundled, prepare, read_rows, with_documents
from zhengben.lm.training.sources import Shares, Source, read_paragraphs, read_recipe
from zhengben.lm.training.split import fraction, is_calibration, is_held_out, is_sampled
from zhengben.lm.training.train import estimate, write_tokens

SHARES = Shares(0.05, "held-out", 0.2, "calibration", "sample")
PARAGRAPHS = [f"第{number}条工作要求是提高服务能力，做好基础工作。" for number in range(2000)]


def corpus(folder: Path, weight: float = 1.0, paragraphs: list[str] = PARAGRAPHS) -> Path:
    """Write a source of `paragraphs` and another of weight 0; return the list that names them."""
    entries = []
    for name, lines, share in (("gov_test", paragraphs, weight), ("news_unseen", ["只用来测量的句子。"], 0.0)):
        content = lzma.compress("\n".join([*lines, ""]).encode())
        (folder / f"{name}.txt.xz").write_bytes(content)
        checksum = hashlib.sha256(content).hexdigest()
        entries.append(
            f'[[source]]\nname = "{name}"\nfile = "{name}.txt.xz"\ngenre = "gov"\ndocuments = "line"\n'
            f'weight = {share}\nsize = {len(content)}\nsha256 = "{checksum}"\n'
        )
    shares = '[held_out]\nshare = 0.05\nsalt = "held-out"\n[calibration]\nshare = 0.2\nsalt = "calibration"\n'
    path = folder / "sources.toml"
    path.write_text(f'{shares}[sampling]\nsalt = "sample"\n' + "\n".join(entries), encoding="utf-8")
    return path


def texts(path: Path) -> list[str]:
    return [row.text for row in read_rows(path)]


def test_a_paragraphs_fate_depends_on_its_beginning_alone() -> None:
    first = "为了规范有关工作，根据有关规定，制定本办法。"
    assert fraction(first, "held-out") == fraction(first[:20] + "别的结尾", "held-out")
    assert fraction(first, "held-out") != fraction(first, "calibration")
    assert 0 <= fraction("", "held-out") < 1


@pytest.mark.parametrize(
    ("drawn", "share"),
    [
        (lambda text: is_held_out(text, SHARES), 0.05),
        (lambda text: is_calibration(text, SHARES), 0.2),
        (lambda text: is_sampled(text, 0.3333, SHARES), 0.3333),
    ],
)
def test_shares_are_what_was_asked_for(drawn: object, share: float) -> None:
    assert callable(drawn)
    assert abs(sum(map(drawn, PARAGRAPHS)) / len(PARAGRAPHS) - share) < 0.03


def test_the_folds_part_the_corpus(tmp_path: Path) -> None:
    recipe = read_recipe(corpus(tmp_path))
    prepare(recipe, tmp_path, tmp_path / "build")
    train, calibration, held_out, unseen = (
        texts(tmp_path / "build" / f"{fold}.tsv") for fold in ("train", "calibration", "heldout", "unseen")
    )
    assert sorted(train + held_out) == sorted(PARAGRAPHS)
    assert held_out == [text for text in PARAGRAPHS if is_held_out(text, SHARES)]
    assert calibration == [text for text in train if is_calibration(text, SHARES)]
    assert unseen == ["只用来测量的句子。"]


def test_a_paragraph_met_before_is_left_out(tmp_path: Path) -> None:
    prepare(read_recipe(corpus(tmp_path, paragraphs=["同一句话。"] * 5)), tmp_path, tmp_path / "build")
    assert len(texts(tmp_path / "build" / "train.tsv") + texts(tmp_path / "build" / "heldout.tsv")) == 1


def test_a_source_of_low_weight_is_sampled_but_held_out_in_full_share(tmp_path: Path) -> None:
    prepare(read_recipe(corpus(tmp_path, weight=0.25)), tmp_path, tmp_path / "build")
    train, held_out = (texts(tmp_path / "build" / f"{fold}.tsv") for fold in ("train", "heldout"))
    assert held_out == [text for text in PARAGRAPHS if is_held_out(text, SHARES)]
    assert abs(len(train) / len(PARAGRAPHS) - 0.25 * 0.95) < 0.03


def test_a_missing_or_altered_source_is_named(tmp_path: Path) -> None:
    source = read_recipe(corpus(tmp_path)).sources[0]
    (tmp_path / source.file).write_bytes(b"other")
    with pytest.raises(ModelError, match=r"gov_test\.txt\.xz: the file is not the one"):
        list(read_paragraphs(source, tmp_path))
    (tmp_path / source.file).unlink()
    with pytest.raises(ModelError, match=r"gov_test\.txt\.xz: cannot read"):
        list(read_paragraphs(source, tmp_path))


@pytest.mark.parametrize("content", ["", "[[source]]\nname = 3", "not toml"])
def test_a_malformed_list_of_sources_is_one_line(content: str, tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="malformed"):
        read_recipe(path)


def test_a_document_begins_at_a_title_once_the_last_has_grown() -> None:
    source = Source("s", "s.txt.xz", "gov", "heading", 1.0, 0, "")
    body = "这一段正文说明有关情况。" * 40
    lines = ["某市工作报告", body, "一、基本情况", body, "另一篇讲话", body, "（二）小标题", body]
    assert [row.document for row in with_documents(lines, source)] == ["s-00000"] * 4 + ["s-00001"] * 4
    lines = ["第一行", "第二行"]
    by_line = Source("s", "s.txt.xz", "gov", "line", 1.0, 0, "")
    assert [row.document for row in with_documents(lines, by_line)] == ["s-00000", "s-00001"]


def test_held_out_paragraphs_make_documents_of_two_thousand_characters() -> None:
    rows = list(bundled(Row("s", "x", "字" * 700) for _ in range(7)))
    assert [row.document for row in rows] == ["s-h00000"] * 3 + ["s-h00001"] * 3 + ["s-h00002"]


def test_a_long_document_is_counted_as_several() -> None:
    rows = [Row("s", "d1", "字" * 3000) for _ in range(3)] + [Row("s", "d2", "字")]
    assert [len(text) for _, text in documents(rows)] == [6001, 3000, 1]


def test_forms_are_counted_with_overlaps_by_genre() -> None:
    rows = [Row("a", "1", "原那么那么大"), Row("a", "2", "能力"), Row("b", "3", "能力能力2021")]
    tallies = count_forms(rows, ["那么", "原那么", "能力", "没有"], {"a": "gov", "b": "law"})
    counts = fitted_counts(tallies, ["那么", "原那么", "能力", "没有"])
    assert [counts.count(form) for form in ("那么", "原那么", "能力", "没有")] == [2, 1, 3, 0]
    assert (counts.count("能力", "law"), counts.count("能力", PROSE)) == (2, 1)
    assert counts.han_by_genre == {"gov": 8, "law": 4}
    entry = counts.get("能力")
    assert entry is not None
    assert entry.documents == 2


def test_dispersion_grows_where_a_form_keeps_to_few_documents() -> None:
    """Both forms are equally frequent: one in every document, the other ten times in every tenth."""
    filler = "字" * 1490
    rows = [Row("a", str(i), filler + "均匀" + ("成堆" * 10 if i % 10 == 0 else "")) for i in range(200)]
    counts = fitted_counts(count_forms(rows, ["均匀", "成堆"], {"a": "gov"}), ["均匀", "成堆"])
    assert counts.count("均匀") == counts.count("成堆")
    assert counts.dispersion("均匀") < 0.01
    assert counts.dispersion("成堆") > 5
    assert abs(10 ** counts.absence_log10("成堆", 1500, ALL) - 0.9) < 0.02


def test_han_characters_are_ideographs_only() -> None:
    assert han_characters("第1章，说明abc。") == 4


def test_tokens_are_normalised_characters(tmp_path: Path) -> None:
    write_tokens(["第12条,好。", "服务 〞"], tmp_path / "tokens.txt")
    assert (tmp_path / "tokens.txt").read_text(encoding="utf-8") == "第 0 0 条 ， 好 。\n服 务 ▁ ”\n"


def test_missing_programs_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="lmplz: cannot be run"):
        estimate(tmp_path / "tokens.txt", tmp_path / "m.klm", tmp_path)


def test_the_command_runs_single_steps_and_reports_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources = corpus(tmp_path)
    options = ["--sources", str(sources), "--corpora", str(tmp_path), "--build", str(tmp_path / "build")]
    assert main(["prepare", "pairs", *options, "--output", str(tmp_path)]) == 0
    assert (tmp_path / "bigrams.bin").is_file()
    assert main(["model", *options, "--programs", str(tmp_path), "--output", str(tmp_path)]) == 2
    assert "error: " in capsys.readouterr().err
    assert main(["prepare", "--corpora", str(tmp_path), "--sources", str(tmp_path / "none.toml")]) == 2
    with pytest.raises(SystemExit):
        main(["nonsense", *options])
