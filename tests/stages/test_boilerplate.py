"""What `boilerplate` removes and what it leaves; every pattern by its own examples."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from zhengben import Cleaner
from zhengben.config import STAGES, Config
from zhengben.errors import RuleError
from zhengben.model import Result, apply
from zhengben.stages.injected.table import Pattern, load_table

GOLDEN = Path(__file__).parents[1] / "golden" / "boilerplate.yaml"
CASES = YAML(typ="safe").load(GOLDEN.read_text(encoding="utf-8"))
ONLY_BOILERPLATE = frozenset(STAGES) - {"boilerplate"}
TABLE = load_table()
PATTERNS = [(kind, pattern) for kind in ("lines", "inline", "anchors") for pattern in getattr(TABLE, kind)]


def cleaned(text: str) -> Result:
    return Cleaner(Config(disabled=ONLY_BOILERPLATE)).clean(text)


def matches(kind: str, pattern: Pattern, example: str) -> bool:
    has_key = any(key in example for key in pattern.keys)
    found = pattern.regex.fullmatch(example) if kind == "lines" else pattern.regex.search(example)
    return has_key and found is not None


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_golden(case: dict[str, str]) -> None:
    assert cleaned(case["from"]).text == case.get("to", case["from"])


@pytest.mark.parametrize(("kind", "pattern"), PATTERNS, ids=[pattern.id for _, pattern in PATTERNS])
def test_patterns_hold_their_examples(kind: str, pattern: Pattern) -> None:
    assert [example for example in pattern.fires if not matches(kind, pattern, example)] == []
    assert [example for example in pattern.silent if matches(kind, pattern, example)] == []


def test_every_line_is_an_edit_of_its_own() -> None:
    result = cleaned(CASES[0]["from"])
    assert [edit.original.count("\n") for edit in result.applied] == [1] * 5
    assert all(edit.replacement == "" and edit.reason for edit in result.applied)


def test_title_words_at_a_bare_head_are_only_suggested() -> None:
    result = cleaned("植树\n活动\n总结\n春季植树活动总结\n大家都来了。\n")
    assert result.applied == ()
    assert [edit.original for edit in result.suggested] == ["植树\n", "活动\n", "总结\n"]


def test_an_editors_preface_is_only_suggested() -> None:
    result = cleaned("下面是小编为大家整理的总结范文，希望对大家有帮助。\n我们种了树。\n")
    assert result.applied == ()
    assert [edit.rule for edit in result.suggested] == ["boilerplate/editors-preface"]


def test_a_statement_in_the_middle_of_a_long_document_stays() -> None:
    body = "我们种了树。\n" * 40
    text = body + "本文档由用户上传，版权归上传者。\n" + body
    assert cleaned(text).edits == ()


@given(
    st.lists(st.sampled_from([*CASES[0]["from"].splitlines(), "", "下载", "植树", "! Q' g4 d. u\" u, J6"]), max_size=12)
)
def test_removals_only_shorten_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    result = cleaned(text)
    assert apply(text, result.edits) == result.text
    assert all(edit.replacement == "" for edit in result.edits)


def test_a_broken_table_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "boilerplate.toml"
    path.write_text("lines = [", encoding="utf-8")
    with pytest.raises(RuleError, match=r"boilerplate\.toml"):
        load_table.__wrapped__(path)
