"""Limits that a user sets: on the command line, or in zhengben.toml, or not at all."""

from __future__ import annotations

import pytest

from zhengben.cli.limits import limits_of
from zhengben.errors import UsageError
from zhengben.formats.base import MEBIBYTE, Limits


@pytest.fixture
def settings(tmp_path):
    def write(text):
        path = tmp_path / "zhengben.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_without_options_and_settings_the_defaults_hold():
    assert limits_of(None, None, None) == Limits()


def test_the_section_sets_what_it_names_in_its_units(settings):
    path = settings("[limits]\nmax_size_mib = 2\nmax_pages = 7\nmax_seconds = 1.5\nmax_memory_mib = 512\n")
    expected = Limits(max_bytes=2 * MEBIBYTE, max_pages=7, max_seconds=1.5, max_memory_bytes=512 * MEBIBYTE)
    assert limits_of(path, None, None) == expected


def test_options_go_before_the_section(settings):
    path = settings("[limits]\nmax_size_mib = 2\nmax_seconds = 9\n")
    assert limits_of(path, 0.5, 3) == Limits(max_bytes=MEBIBYTE // 2, max_seconds=3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("limits = 3", r"must be a section \[limits\]"),
        ("[limits]\nmax_sise_mib = 3", "knows no key max_sise_mib: choose from max_size_mib"),
        ("[limits]\nmax_pages = 0", "max_pages must be a number above 0"),
        ('[limits]\nmax_pages = "3"', "max_pages must be a number above 0"),
        ("[limits]\nmax_pages = true", "max_pages must be a number above 0"),
    ],
)
def test_a_section_that_is_wrong_is_refused(settings, text, message):
    with pytest.raises(UsageError, match=message):
        limits_of(settings(text), None, None)
