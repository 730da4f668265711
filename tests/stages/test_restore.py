"""What the stage repairs in a damaged document, and what it leaves alone."""

from __future__ import annotations

import pytest
from restore.documents import ENGINE_B, REWRITTEN, SOUND, damaged

from zhengben import Cleaner
from zhengben.config import STAGES, Config
from zhengben.model import Result

DAMAGED = damaged(SOUND, ENGINE_B)
ONLY_RESTORE = frozenset(STAGES) - {"rules", "restore"}
CLEANER = Cleaner(Config(disabled=ONLY_RESTORE))


def restored(text: str, protect: tuple[tuple[int, int], ...] = (), **config: object) -> Result:
    cleaner = Cleaner(Config(disabled=ONLY_RESTORE, **config)) if config else CLEANER  # type: ignore[arg-type]
    return cleaner.clean(text, protect=protect)


def probability(result: Result, engine: str) -> float:
    return max((verdict.probability for verdict in result.engines if verdict.engine == engine), default=0.0)


def words(result: Result) -> set[tuple[str, str]]:
    return {(edit.original, edit.replacement) for edit in result.applied}


def test_a_damaged_document_is_repaired() -> None:
    result = restored(DAMAGED)
    repairs = [(edit.original, edit.replacement) for edit in result.applied]
    sites = sum(SOUND.count(original) for original in ENGINE_B)
    right = [repair for repair in repairs if ENGINE_B.get(repair[1]) == repair[0]]
    assert len(right) >= 0.8 * sites
    assert len(repairs) == len(right)
    assert probability(result, "B") > 0.9
    assert all(verdict.engine == "B" or verdict.probability < 0.5 for verdict in result.engines)


def test_every_edit_says_why_in_chinese() -> None:
    for edit in restored(DAMAGED).edits:
        assert edit.stage == "restore"
        assert edit.rule == f"B/{edit.original}"
        assert edit.original in edit.reason and edit.replacement in edit.reason
        assert 0.0 < edit.confidence < 1.0


def test_a_sound_document_is_left_alone() -> None:
    result = restored(SOUND)
    assert result.edits == ()
    assert result.notices == ()
    assert all(verdict.probability < 0.5 for verdict in result.engines)


def test_a_rewritten_document_gets_a_notice_and_nothing_is_changed() -> None:
    result = restored(REWRITTEN)
    assert [notice.kind for notice in result.notices] == ["rewritten"]
    assert result.text == REWRITTEN
    assert "rewriting" not in {edit.engine for edit in result.edits}


@pytest.mark.parametrize(
    "text", ["", "学问。", "他的学问很大，力量也很大。", "能力" * 200, "学问" * 200, "No Chinese at all.", "\n\n \n"]
)
def test_too_little_evidence_changes_nothing(text: str) -> None:
    assert restored(text).edits == ()


def test_an_original_that_is_present_blocks_its_own_pair_and_no_other() -> None:
    present = (
        DAMAGED
        + "\n这些知识点属于基础知识，知识面要宽，知识要新，知识竞赛和知识讲座照常进行，学生爱知识，知识改变命运。\n"
    )
    applied = words(restored(present))
    assert ("学问", "知识") not in applied
    assert {("力量", "能力"), ("把握", "掌握"), ("阅历", "经验")} <= applied


def test_protected_words_stay_and_the_others_do_not() -> None:
    start = DAMAGED.index("学习力量") + 2
    result = restored(DAMAGED, protect=((start, start + 2),))
    assert not any(edit.start < start + 2 and start < edit.end for edit in result.edits)
    assert ("力量", "能力") in words(result)
    assert "学习力量" in result.text


@pytest.mark.parametrize("gap", ["\n", "\r\n", " "])
def test_a_word_broken_by_a_line_end_or_a_blank_is_repaired_and_keeps_it(gap: str) -> None:
    broken = DAMAGED.replace("提高学生的学习力量", f"提高学生的学习力{gap}量")
    assert f"提高学生的学习能{gap}力" in restored(broken).text


def test_an_engine_that_is_taken_for_granted_is_reported_even_where_nothing_speaks_for_it() -> None:
    result = restored(SOUND, engines=("B",))
    assert probability(result, "B") >= 0.8


def test_who_asks_for_more_certainty_gets_fewer_edits() -> None:
    usual, strict = restored(DAMAGED), restored(DAMAGED, min_confidence=0.99)
    assert len(strict.applied) < len(usual.applied)
    assert {edit.start for edit in strict.applied} <= {edit.start for edit in usual.applied}
    assert all(edit.confidence >= 0.99 for edit in strict.applied)


def test_the_same_text_gives_the_same_result() -> None:
    assert restored(DAMAGED) == Cleaner(Config(disabled=ONLY_RESTORE)).clean(DAMAGED)
