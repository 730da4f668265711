"""The documentation names nothing that isn't there, and its two languages say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zhengben.cli.check import check
from zhengben.cli.clean import clean
from zhengben.cli.evaluate import evaluate
from zhengben.config import STAGES

CHECKOUT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
PAGES = (*READMES, "CONTRIBUTING.md", "CHANGELOG.md")


def _text(name: str) -> str:
    return (CHECKOUT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_links_within_the_repository_lead_somewhere(name):
    links = [link for link in re.findall(r"\]\(([^)#]+)", _text(name)) if "://" not in link]
    assert [link for link in links if not (CHECKOUT / link).exists()] == []


@pytest.mark.parametrize("name", READMES)
def test_every_option_that_is_named_exists(name):
    parameters = [parameter for command in (clean, check, evaluate) for parameter in command.params]
    known = {option for parameter in parameters for option in (*parameter.opts, *parameter.secondary_opts)}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", _text(name)))
    assert named
    assert named <= known | {"--help"}


@pytest.mark.parametrize("name", READMES)
def test_every_stage_is_explained(name):
    assert set(re.findall(r"^\| (\w+) \|", _text(name), re.MULTILINE)) >= set(STAGES)


@pytest.mark.parametrize("name", READMES)
def test_every_make_target_that_is_named_exists(name):
    targets = set(re.findall(r"^([a-z]+):", _text("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", _text(name), re.MULTILINE)) <= targets


def test_both_languages_show_the_same_commands_and_options():
    commands, options = (
        [re.findall(pattern, _text(name)) for name in READMES]
        for pattern in (r"^(zhengben [^#\n]*?)\s*(?:#|$)", r"`(--[^`]+)`")
    )
    assert commands[0] == commands[1]
    assert options[0] == options[1]


def test_the_python_example_does_what_it_says():
    example = re.search(r"result = clean\(\"(.+)\"\)\nresult.text +# (.+)", _text("README.md"))
    assert example is not None
    from zhengben import clean as clean_text

    assert clean_text(example[1]).text == example[2]
