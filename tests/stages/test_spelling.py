"""What `spelling` repairs, what it leaves, and its laws."""

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
from zhengben.model import Edit, Result, Span
from zhengben.stages.base import Context, Dossier, Spans
from zhengben.stages.spelling import Spelling
from zhengben.toolbox import Toolbox

GOLDEN = Path(__file__).parents[1] / "golden" / "spelling.yaml"
CASES = YAML(typ="safe").load(GOLDEN.read_text(encoding="utf-8"))
ONLY_SPELLING = frozenset(STAGES) - {"spelling"}
SLIP = "各支部要惯彻落实会议精神，把工作做细。"
CLEANER = Cleaner(Config(disabled=ONLY_SPELLING))
TOOLBOX = Toolbox(Config())
HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from("惯彻落实表章大会工做建没己经之曰，。 \n\t\r\x00\u3000《》“”·㐀𠀀1aA"),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=60,
)


def pairs(edits: tuple[Edit, ...]) -> list[list[str]]:
    return [[edit.original, edit.replacement] for edit in edits]


def run(text: str, **context: Any) -> tuple[Edit, ...]:
    return Spelling().run(text, Context(Config(), TOOLBOX, **context)).edits


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_golden(case: dict[str, Any]) -> None:
    result: Result = CLEANER.clean(case["text"])
    assert pairs(result.applied) == case.get("applied", [])
    assert pairs(result.suggested) == case.get("suggested", [])


@given(HOSTILE)
@settings(max_examples=150)
def test_any_text_keeps_its_length_and_its_laws(text: str) -> None:
    assert len(CLEANER.clean(text).text) == len(text)


@given(st.text(alphabet="各支部要惯彻落实会议精神", max_size=40), st.data())
@settings(max_examples=60)
def test_protected_and_settled_spans_are_never_edited(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    closed = Spans([Span(start, data.draw(st.integers(start, len(text))))])
    for spans in ({"protected": closed}, {"settled": closed}):
        assert not any(closed.overlaps(edit.start, edit.end) for edit in run(text, **spans))


def test_a_neighbour_of_what_is_settled_is_left() -> None:
    place = SLIP.index("彻")
    assert run(SLIP)
    assert not run(SLIP, settled=Spans([Span(place, place + 1)]))


MISREAD = [
    ("干部要首先带头遵守纪津。", "津", "律"),
    ("他们己经到了学校。", "己", "已"),
    ("学校的人门都来了。", "门", "们"),
]


@pytest.mark.parametrize(("text", "wrong", "right"), MISREAD)
def test_what_a_recognition_was_not_sure_of_is_doubted_though_its_neighbours_are_usual(text, wrong, right) -> None:
    place = text.index(wrong)
    assert not run(text)
    assert pairs(run(text, doubtful=Spans([Span(place, place + 1)]))) == [[wrong, right]]


@pytest.mark.parametrize(
    "text", ["会议在上午九点开始，请大家准时到会。", "两只黄鹂在柳树上叫。", "张玮和李珺负责记账，王喆负责采购。"]
)
def test_what_reads_well_stays_however_doubtful_its_recognition(text) -> None:
    assert not run(text, doubtful=Spans([Span(0, len(text))]))


def test_nothing_is_applied_where_an_engine_was_at_work() -> None:
    (edit,) = run(SLIP, dossier=Dossier(engines=("A",)))
    assert edit.status == "suggested"
    assert "换词" in edit.reason


def test_thresholds_of_the_user_decide() -> None:
    (edit,) = run(SLIP)
    strict = Config(min_confidence=min(1.0, edit.confidence + 0.01), disabled=ONLY_SPELLING)
    assert pairs(Cleaner(strict).clean(SLIP).suggested) == [["惯", "贯"]]
    assert not Cleaner(Config(suggest_confidence=1.0, min_confidence=1.0, disabled=ONLY_SPELLING)).clean(SLIP).edits


def test_a_reason_shows_both_readings() -> None:
    (edit,) = run(SLIP)
    assert "部要惯彻落" in edit.reason or "要惯彻落" in edit.reason
    assert "贯彻" in edit.reason


def test_a_missing_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        Cleaner(Config(disabled=ONLY_SPELLING, model=tmp_path / "none.klm")).clean(SLIP)


def test_text_without_chinese_needs_no_model(tmp_path: Path) -> None:
    assert not Cleaner(Config(disabled=ONLY_SPELLING, model=tmp_path / "none.klm")).clean("plain text").edits
