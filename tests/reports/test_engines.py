"""The verdict on what damaged a document."""

from __future__ import annotations

from zhengben.model import EngineVerdict, Notice, Result
from zhengben.reports import engines

B = EngineVerdict("B", "近义词整词替换", 0.97, ("“能力” 0 次（按篇幅应有约 6 次），“力量” 12 次",), (("力量", 3.2),))
DOUBTFUL = EngineVerdict("A", "转换痕迹", 0.2)
LONG = "我们一起植树。" * 60


def test_a_likely_engine_is_named_with_its_probability() -> None:
    assert engines.headline(Result(LONG, LONG, engines=(B, DOUBTFUL))) == "受损：B 类（97%）"


def test_a_short_text_without_evidence_is_not_judged() -> None:
    assert engines.headline(Result("一句话。", "一句话。")) == "文本太短，无法判断"


def test_a_long_text_without_evidence_is_called_free_of_traces() -> None:
    assert engines.headline(Result(LONG, LONG, engines=(DOUBTFUL,))) == "未见替换工具的痕迹"


def test_the_evidence_follows_in_plain_words_and_doubt_is_said() -> None:
    shown = engines.lines(Result(LONG, LONG, engines=(B, DOUBTFUL)))
    assert shown[1:] == [
        "  B 近义词整词替换：97%",
        "    “能力” 0 次（按篇幅应有约 6 次），“力量” 12 次",
        "  A 转换痕迹：20%，证据不足",
    ]


def test_a_rewritten_document_is_warned_of() -> None:
    notice = Notice(0, 3, "rewritten", "全文像是被改写过")
    assert engines.lines(Result(LONG, LONG, notices=(notice,)))[-1] == "  注意：全文像是被改写过"


def test_the_json_holds_the_same_for_programs() -> None:
    content = engines.as_json("a.txt", Result(LONG, LONG, engines=(B,)))
    assert content["verdict"] == "受损：B 类（97%）"
    assert content["engines"][0]["pairs"] == {"力量": 3.2}
