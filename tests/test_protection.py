"""What no stage may touch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben import Cleaner
from zhengben.config import STAGES, Config
from zhengben.model import Edit
from zhengben.protection import protected_spans
from zhengben.stages.base import Context, StageOutput


def protected_texts(text: str) -> set[str]:
    return {text[slice(*span)] for span in protected_spans(text)}


@pytest.mark.parametrize(
    ("text", "protected"),
    [
        ("见https://example.org/a?b=1。", "https://example.org/a?b=1"),
        ("寄到12_3.a@example.org,谢谢", "12_3.a@example.org"),
        ("依据国发〔2006〕35号执行", "国发〔2006〕35号"),
        ("按照京政办发[2019]7号", "京政办发[2019]7号"),
        ("（2019）京0105民初123号判决", "（2019）京0105民初123号"),
        ("标准GB50300-2013规定", "GB50300-2013"),
        ("先看:\n```\n学 生 = 1\n```\n再说", "```\n学 生 = 1\n```"),
        ("调用`student.名`即可", "`student.名`"),
        ("示例:\nprint('学 生');\n完", "print('学 生');"),
    ],
)
def test_addresses_numbers_and_code_are_protected(text: str, protected: str) -> None:
    assert protected in protected_texts(text)


@pytest.mark.parametrize(
    "text",
    [
        "全角的ＰＰＴ要折成半角",
        "一共2023人,增长3.5%",
        "我们的`活动和大家的`事情都要办好",
        "管理業(yè)務(wù)",
        "```\n没有收尾的围栏不保护后面的文字",
    ],
)
def test_prose_is_not_protected(text: str) -> None:
    assert not list(protected_spans(text))


@given(st.text(alphabet="a1. @[`(〔）号务http:/=\n~<", max_size=60))
def test_spans_lie_inside_any_text(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in protected_spans(text))


class _Deletes:
    """A stage that deletes one range."""

    name = "deletes"

    def __init__(self, start: int, end: int) -> None:
        self.span = slice(start, end)

    def run(self, text: str, context: Context) -> StageOutput:
        edit = Edit(self.span.start, self.span.stop, text[self.span], "", self.name, "deletes/x")
        return StageOutput((edit,))


def cleaned_by(stage: _Deletes, text: str, protect: tuple[tuple[int, int], ...] = ()) -> str:
    cleaner = Cleaner(Config(disabled=frozenset(STAGES)))
    cleaner._stages = (stage,)
    return cleaner.clean(text, protect=protect).text


def test_a_recognised_word_goes_only_as_a_whole() -> None:
    assert cleaned_by(_Deletes(0, 6), "下载PPT,正文") == "正文"
    assert cleaned_by(_Deletes(0, 4), "下载PPT,正文") == "下载PPT,正文"


def test_what_the_caller_protects_never_goes() -> None:
    assert cleaned_by(_Deletes(0, 6), "下载PPT,正文", protect=((2, 5),)) == "下载PPT,正文"
