"""What `normalize` repairs, what it leaves, and its laws."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from zhengben import Cleaner
from zhengben.config import STAGES, Config
from zhengben.model import Result, apply, invert

GOLDEN = Path(__file__).parents[1] / "golden" / "normalize.yaml"
CASES = YAML(typ="safe").load(GOLDEN.read_text(encoding="utf-8"))
ONLY_NORMALIZE = frozenset(STAGES) - {"normalize"}
HOSTILE = st.text(
    alphabet="学生的共产党李明一二０１1ＡA 　\t\n\r\u200b\u200d\x00\ufeff“”〝〞'`.,，。(：！？[〔〕号*-", max_size=80
)


def normalized(text: str, *, punctuation: bool = False) -> Result:
    return Cleaner(Config(disabled=ONLY_NORMALIZE, punctuation=punctuation)).clean(text)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_golden(case: dict[str, Any]) -> None:
    result = normalized(case["from"], punctuation=case.get("punctuation", False))
    assert result.text == case.get("to", case["from"])


@given(HOSTILE)
@settings(max_examples=400)
def test_normalizing_twice_is_normalizing_once(text: str) -> None:
    once = normalized(text).text
    assert normalized(once).text == once


@given(HOSTILE)
def test_edits_lead_to_the_text_and_back(text: str) -> None:
    result = normalized(text, punctuation=True)
    assert apply(text, result.edits) == result.text
    assert apply(result.text, invert(result.edits)) == text


@given(HOSTILE)
def test_no_line_break_is_lost(text: str) -> None:
    result = normalized(text)
    assert result.text.count("\r") == text.count("\r")
    assert result.text.count("\n") == text.count("\n") + text.count("\x0b") + text.count("\x0c")


@pytest.mark.parametrize(
    ("text", "kind", "span"),
    [
        ("在中国***的领导下", "masked-word", "***"),
        ("学习党的xx大精神", "masked-word", "党的xx大"),
        ("20xx年工作总结", "masked-word", "20xx年"),
        ("2020-2020学年第一学期", "rewritten-year", "2020-2020学年"),
        ("有一\ufffd字丢了", "lost-character", "\ufffd"),
        ("这是鐨勫伐浣滄槸涓撻棬鍒嗘瀽鐨勩€", "misread-encoding", "鐨勫伐浣滄槸涓撻棬鍒嗘瀽鐨勩€"),
    ],
)
def test_what_cannot_be_repaired_is_noticed(text: str, kind: str, span: str) -> None:
    notices = normalized(text).notices
    assert [(notice.kind, text[notice.start : notice.end]) for notice in notices] == [(kind, span)]


@pytest.mark.parametrize("text", ["2019-2020学年", "党的十九大", "他问:真的吗?(是的)"])
def test_sound_text_is_not_noticed(text: str) -> None:
    assert normalized(text).notices == ()


def test_full_width_style_is_noticed_once() -> None:
    text = "\n".join(f"１９５{digit}年有成绩" for digit in "０１２３４５６７")
    assert [notice.kind for notice in normalized(text).notices] == ["full-width-digits"]


def test_a_lone_blank_between_whole_words_is_only_suggested() -> None:
    text = "他们走到了很远的地方，" * 60 + "一个 打不到，就会拖后，影响很大。"
    result = normalized(text)
    assert result.text == text
    assert [edit.original for edit in result.suggested] == [" "]


def test_blanks_all_over_a_document_are_closed() -> None:
    text = "大家和我们 坚持学 习理论，今 天继续，明天 还要继续努力。"
    assert normalized(text).text == "大家和我们坚持学习理论，今天继续，明天还要继续努力。"
