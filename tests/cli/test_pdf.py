"""A PDF through the whole program: clean text, a report with pages, and a copy with the edits on it."""

from __future__ import annotations

import json

import pytest
from formats.pdf.printing import Printer

from zhengben.cli import main

DAMAGED = "办事要讲原那么，" * 5 + "不讲情面。"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    printer = Printer(footer="- {} -").paragraph("第一页说的是别的事。").page().paragraph(DAMAGED)
    (tmp_path / "rules.pdf").write_bytes(printer.finish())
    return tmp_path


def test_a_pdf_leaves_as_text_with_its_report_and_an_annotated_copy(folder):
    assert main(["clean", "rules.pdf", "--report", "json"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "rules.annotated.pdf",
        "rules.clean.txt",
        "rules.pdf",
        "rules.report.json",
    ]
    expected = f"第一页说的是别的事。\n{DAMAGED.replace('原那么', '原则')}\n"
    assert (folder / "rules.clean.txt").read_text(encoding="utf-8") == expected
    report = json.loads((folder / "rules.report.json").read_text(encoding="utf-8"))
    assert {edit["page"] for edit in report["edits"]} == {2}
    assert [notice["kind"] for notice in report["notices"]] == ["page-furniture"]


@pytest.mark.parametrize("kind", ["md", "docx"])
def test_another_format_is_written_where_it_is_asked_for(folder, kind):
    assert main(["clean", "rules.pdf", "--to", kind, "--report", "none"]) == 0
    assert (folder / f"rules.clean.{kind}").exists()


def test_an_annotated_copy_in_the_way_is_not_overwritten(folder, capsys):
    (folder / "rules.annotated.pdf").write_text("mine")
    assert main(["clean", "rules.pdf", "--report", "none"]) == 2
    assert "rules.annotated.pdf" in capsys.readouterr().err
    assert (folder / "rules.annotated.pdf").read_text() == "mine"
    assert not (folder / "rules.clean.txt").exists()


def test_a_copy_that_cannot_be_made_is_no_reason_to_withhold_the_text(folder, capsys, monkeypatch):
    from zhengben.errors import OutputError
    from zhengben.formats.contained import Contained

    def refuse(*_):
        raise OutputError("cannot be copied")

    monkeypatch.setattr(Contained, "companions", refuse)
    assert main(["clean", "rules.pdf", "--report", "none"]) == 0
    assert "going on without the annotated copy" in capsys.readouterr().err
    assert (folder / "rules.clean.txt").exists()
    assert not (folder / "rules.annotated.pdf").exists()


def test_where_memory_cannot_be_limited_the_user_is_told(folder, capsys, monkeypatch):
    from zhengben.formats import contained

    monkeypatch.setattr(contained, "MEMORY_CAN_BE_LIMITED", False)
    (folder / "letter.txt").write_text("办事要讲原那么。", encoding="utf-8")
    assert main(["clean", "letter.txt", "--report", "none"]) == 0
    assert "memory" not in capsys.readouterr().err
    assert main(["clean", "rules.pdf", "--report", "none"]) == 0
    assert "warning: this platform limits no memory" in capsys.readouterr().err


def test_cleaned_and_annotated_copies_in_a_folder_are_no_documents(folder, capsys):
    assert main(["clean", "rules.pdf", "--report", "none"]) == 0
    assert main(["clean", "-r", ".", "--report", "none", "--force"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["rules.annotated.pdf", "rules.clean.txt", "rules.pdf"]


def test_a_time_limit_ends_one_document_and_the_others_go_on(folder, capsys):
    (folder / "letter.txt").write_text("办事要讲原那么。", encoding="utf-8")
    assert main(["clean", "rules.pdf", "letter.txt", "--time-limit", "0.001", "--report", "none"]) == 2
    assert "rules.pdf: keeps its parser busy for more than 0.001 seconds" in capsys.readouterr().err
    assert (folder / "letter.clean.txt").exists()
