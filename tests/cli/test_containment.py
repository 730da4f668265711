"""Documents whose parsers die or hang: one line each, and the other documents are cleaned."""

from __future__ import annotations

from dataclasses import replace

import pytest
from formats.word_files import paragraph, run, word_file

from zhengben import formats
from zhengben.cli import main

CONTAINED = {"docx", "pptx", "xlsx", "odt", "epub", "html", "pdf", "image", "old Word"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Word documents, and a reader of them that crashes and hangs where the shipped one is registered."""
    fragile = [
        replace(entry, target="formats.misbehaving:FragileWord") if entry.name == "docx" else entry
        for entry in formats.REGISTRY
    ]
    monkeypatch.setattr(formats, "REGISTRY", tuple(fragile))
    monkeypatch.chdir(tmp_path)
    for name in ("crash", "hang", "letter"):
        (tmp_path / f"{name}.docx").write_bytes(word_file(paragraph(run("办事要讲原那么。"))))
    return tmp_path


def test_whatever_parses_packages_and_markup_is_contained():
    assert {entry.name for entry in formats.REGISTRY if entry.is_contained} == CONTAINED


def test_a_crash_and_a_hang_cost_a_line_each_and_the_other_documents_are_cleaned(folder, capsys):
    names = ["crash.docx", "hang.docx", "letter.docx"]
    assert main(["clean", *names, "--time-limit", "5", "--report", "none"]) == 2
    errors = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[1] for line in errors] == names[:2]
    assert "crashes its parser" in errors[0]
    assert "more than 5 seconds" in errors[1]
    assert {path.name for path in folder.iterdir()} == {*names, "letter.clean.docx"}
