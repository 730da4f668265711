"""Where `gaps` suggests a word, where it is silent, and its laws."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from zhengben import Cleaner
from zhengben.config import STAGES, Config
from zhengben.errors import ModelError
from zhengben.model import Span
from zhengben.stages.base import Context, Spans
from zhengben.stages.gaps import Gaps
from zhengben.toolbox import Toolbox

GOLDEN = Path(__file__).parents[1] / "golden" / "gaps.yaml"
CASES = YAML(typ="safe").load(GOLDEN.read_text(encoding="utf-8"))
ONLY_GAPS = frozenset(STAGES) - {"gaps"}
CLEANER = Cleaner(Config(disabled=ONLY_GAPS))
TOOLBOX = Toolbox(Config())
GAPPED = "会议讨论了经费, 、人员等问题。"
HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from("我们要有性力做好不是这个,，、；。！ \n\t\r\x00\u3000㐀𠀀1a"),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=60,
)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_golden(case: dict[str, Any]) -> None:
    edits = CLEANER.clean(case["text"]).edits
    found = [(case["text"][: edit.start], edit.rule, edit.original) for edit in edits]
    gap = (case.get("at"), f"gaps/{case.get('rule')}", " " if case.get("blank") else "")
    assert found == ([gap] if "at" in case else [])


@given(HOSTILE)
@settings(max_examples=200)
def test_whatever_the_text_nothing_is_applied(text: str) -> None:
    result = CLEANER.clean(text)
    assert result.text == text
    assert all(edit.status == "suggested" for edit in result.edits)


@pytest.mark.parametrize("case", [case for case in CASES if "at" in case], ids=lambda case: case["name"])
def test_a_suggestion_names_up_to_five_words(case: dict[str, Any]) -> None:
    (edit,) = CLEANER.clean(case["text"]).edits
    words = (edit.replacement, *edit.alternatives)
    assert len(words) == len(set(words)) <= 5
    assert all(len(word) == 2 for word in words)
    assert all(word in edit.reason for word in words)


def test_a_gap_that_is_protected_or_settled_is_left() -> None:
    blank = GAPPED.index(" ")
    closed = Spans([Span(blank, blank + 1)])
    for spans in ({"protected": closed}, {"settled": closed}):
        assert not Gaps().run(GAPPED, Context(Config(), TOOLBOX, **spans)).edits


def test_a_missing_model_is_an_error_while_it_is_needed_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        Cleaner(Config(disabled=frozenset(STAGES) - {"gaps", "restore"}, model=tmp_path / "none.klm")).clean(GAPPED)


def test_a_missing_model_is_a_notice_with_restore_and_spelling_disabled(tmp_path: Path) -> None:
    config = Config(disabled=frozenset({"restore", "spelling"}), model=tmp_path / "none.klm")
    result = Cleaner(config).clean(GAPPED)
    assert "gaps-skipped" in [notice.kind for notice in result.notices]
