from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings

from reports.samples import META, results, sample
from zhengben.errors import UsageError
from zhengben.model import Result
from zhengben.reports import KINDS, extension, render


@pytest.mark.parametrize("kind", KINDS)
def test_every_report_is_the_same_twice(kind: str) -> None:
    assert render(kind, sample(), META) == render(kind, sample(), META)


@settings(max_examples=25)
@pytest.mark.parametrize("kind", KINDS)
@given(result=results())
def test_no_text_breaks_a_report(kind: str, result: Result) -> None:
    assert isinstance(render(kind, result, META), bytes)


def test_an_unknown_report_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="unknown report pdf: choose from html, json"):
        render("pdf", sample(), META)


def test_endings_are_distinct() -> None:
    assert len({extension(kind) for kind in KINDS}) == len(KINDS)


def test_the_registry_imports_nothing_heavy() -> None:
    heavy = ("jinja2", "rich", "openpyxl", "jsonschema")
    code = f"import sys, zhengben.reports; print([name for name in {heavy} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
