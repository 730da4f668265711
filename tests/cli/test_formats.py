from __future__ import annotations

import json

import pytest

from zhengben import formats
from zhengben.cli import main
from zhengben.formats import REGISTRY, Entry

HTML = "zhengben.formats.html:Html"


def _listed(capsys, *entries: Entry, monkeypatch) -> list[dict[str, object]]:
    monkeypatch.setattr(formats, "REGISTRY", entries)
    assert main(["formats", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_an_extra_that_is_missing_is_named(capsys, monkeypatch):
    entry = Entry("x", (".x",), HTML, extra="lots", requires=("json", "no_such_module"))
    (listed,) = _listed(capsys, entry, monkeypatch=monkeypatch)
    assert (listed["is_ready"], listed["writes"]) == (False, [])
    assert listed["needs"] == "no_such_module: pip install 'zhengben[lots]'"


def test_a_program_that_is_missing_is_named(capsys, monkeypatch):
    monkeypatch.setattr("zhengben.formats.legacy.find_office", lambda: "")
    entry = Entry("x", (".x",), HTML, program="Office", find_program="zhengben.formats.legacy:find_office")
    (listed,) = _listed(capsys, entry, monkeypatch=monkeypatch)
    assert (listed["is_ready"], listed["needs"]) == (False, "Office on this machine")


def test_what_needs_nothing_is_ready(capsys, monkeypatch):
    (listed,) = _listed(capsys, Entry("x", (".x", ".y"), HTML), monkeypatch=monkeypatch)
    assert listed == {"format": "x", "reads": [".x", ".y"], "writes": [".x", ".y"], "is_ready": True, "needs": ""}


def test_what_is_written_beside_a_document_is_listed_last(capsys, monkeypatch):
    pdf = next(entry for entry in REGISTRY if entry.name == "pdf")
    (listed,) = _listed(capsys, pdf, monkeypatch=monkeypatch)
    assert listed["writes"] == [".txt", ".md", ".docx", ".annotated.pdf"]


def test_no_two_formats_share_a_suffix():
    suffixes = [suffix for entry in REGISTRY for suffix in entry.suffixes]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize("finder", ["", "zhengben.formats.legacy:find_office"])
def test_a_program_is_missing_only_where_it_is_not_found(monkeypatch, finder):
    monkeypatch.setattr("zhengben.formats.legacy.find_office", lambda: "")
    entry = Entry("x", (".x",), HTML, program="Office" if finder else "", find_program=finder)
    assert entry.missing_program == ("Office" if finder else "")
    monkeypatch.setattr("zhengben.formats.legacy.find_office", lambda: "/usr/bin/office")
    assert entry.missing_program == ""
