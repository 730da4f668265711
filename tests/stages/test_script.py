"""What `script` converts and what it leaves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from zhengben import Cleaner
from zhengben.config import STAGES, Config
from zhengben.model import Result, apply, invert

GOLDEN = Path(__file__).parents[1] / "golden" / "script.yaml"
CASES = YAML(typ="safe").load(GOLDEN.read_text(encoding="utf-8"))
ONLY_SCRIPT = frozenset(STAGES) - {"script"}
MIXED = st.text(alphabet="我们說話乾後著業務(wùyè)，。《》 \n", max_size=60)


def converted(text: str, script: Any = "keep") -> Result:
    return Cleaner(Config(disabled=ONLY_SCRIPT, script=script)).clean(text)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_golden(case: dict[str, str]) -> None:
    assert converted(case["from"], case.get("script", "keep")).text == case.get("to", case["from"])


def test_a_traditional_document_gets_a_notice() -> None:
    assert [notice.kind for notice in converted("請各單位認真執行這項規定。").notices] == ["traditional-script"]
    assert converted("請各單位認真執行這項規定。", "s").notices == ()


def test_every_differing_run_is_an_edit_of_its_own() -> None:
    edits = converted("加強財務(wù)管理和業(yè)務(wù)流程", "s").edits
    assert [(edit.original, edit.replacement) for edit in edits] == [
        ("強財務(wù)", "强财务"),
        ("業(yè)務(wù)", "业务"),
    ]


def test_a_title_is_only_suggested() -> None:
    result = converted(next(case["from"] for case in CASES if case["name"] == "title"))
    assert [(edit.original, edit.status) for edit in result.edits] == [("說", "suggested")]


def test_a_repeated_rare_character_may_be_a_name() -> None:
    text = "张舖是个小村，村里人不多。" * 3
    assert converted(text).applied == ()


@given(MIXED)
def test_edits_lead_to_the_text_and_back(text: str) -> None:
    result = converted(text, "s")
    assert apply(text, result.edits) == result.text
    assert apply(result.text, invert(result.edits)) == text


@given(st.text(alphabet="我们的破坏土地后里干乾著於瞭徵萧，。(zhòng)", max_size=60))
def test_text_without_traditional_characters_never_changes(text: str) -> None:
    assert converted(text, "s").edits == ()
