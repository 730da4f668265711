"""Results made by hand, for tests that must not depend on what the stages find."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import strategies as st

from zhengben.model import Edit, EngineVerdict, Notice, Result, apply
from zhengben.reports.base import ReportMeta

META = ReportMeta("样本/通知.txt", "ab" * 32, "1.2.3", 0.25, "2024-05-06")

SOURCE = (
    "本站提示：下载前请先预览。\r\n"
    "关于做好便民效劳的通知\n"
    "\n"
    "各街道要提高效劳力量，根底工作不能放松。同时加强学 习，把〝小事〞办好。\n"
    "请于月底前将、表格报送办公室"
)


def edit_at(source: str, wrong: str, right: str, occurrence: int = 0, **fields: object) -> Edit:
    """An edit of the n-th occurrence of a form."""
    starts = [match.start() for match in re.finditer(re.escape(wrong), source)]
    start = starts[occurrence]
    known: dict[str, object] = {"stage": "restore", "rule": f"A/{wrong}", "engine": "A", "confidence": 0.97}
    return Edit(start, start + len(wrong), wrong, right, **(known | fields))  # type: ignore[arg-type]


def sample() -> Result:
    """A small result with every feature: several stages, suggestions, an insertion, notices."""
    gap = SOURCE.index("、表格")
    tip = "本站提示：下载前请先预览。\r\n"
    absent = "全文没有“服务”，“效劳”出现 2 处"
    unsure = {"engine": "B", "rule": "B/力量", "status": "suggested", "confidence": 0.62, "reason": "前词可疑"}
    edits = (
        edit_at(SOURCE, tip, "", stage="boilerplate", rule="site-tips", engine="", reason="网站插入的提示"),
        edit_at(SOURCE, "效劳", "服务", reason=absent),
        edit_at(SOURCE, "效劳", "服务", 1, reason=absent),
        edit_at(SOURCE, "力量", "能力", **unsure),
        edit_at(
            SOURCE, "根底", "基础", alternatives=("基本",),
            via=(edit_at(SOURCE, "根底", "基本"), edit_at(SOURCE, "根底", "基础", stage="spelling")),
        ),
        edit_at(SOURCE, "学 习", "学习", stage="normalize", rule="stray-blank", engine="", confidence=1.0),
        edit_at(SOURCE, "〝", "“", stage="normalize", rule="quotes", engine=""),
        edit_at(SOURCE, "〞", "”", stage="normalize", rule="quotes", engine=""),
        Edit(gap, gap, "", "报表", "gaps", "gap/before-mark", "", 0.5, "suggested", "顿号前缺词", ("报表", "名单")),
    )  # fmt: skip
    engines = (EngineVerdict("A", "则→那么 类转换", 0.981, ("“服务”不见一处",), (("效劳", 2.5),)),)
    notices = (Notice(gap, gap + 3, "missing-word", "此处似缺一词，无法自动补全"),)
    return Result(SOURCE, apply(SOURCE, edits), edits, notices, engines)


_ALPHABET = "则服务<&>\"'\r\n \t　=+@-\u202e\u2028\x00😀"


@st.composite
def results(draw: Callable[..., object], alphabet: str = _ALPHABET, disjoint: bool = False) -> Result:
    """Any source with any disjoint edits; a suggestion may overlap an applied edit unless ``disjoint``."""
    source: str = draw(st.text(alphabet, max_size=40))  # type: ignore[assignment]
    applied = _edits(draw, source, alphabet, "applied", [])
    suggested = _edits(draw, source, alphabet, "suggested", applied if disjoint else [])
    edits = tuple(sorted((*applied, *suggested), key=lambda e: (e.start, e.end, e.status)))
    return Result(source, apply(source, edits), edits)


def _edits(draw: Callable[..., object], source: str, alphabet: str, status: str, taken: list[Edit]) -> list[Edit]:
    cuts: list[int] = sorted(draw(st.sets(st.integers(0, len(source)), max_size=8)))  # type: ignore[arg-type]
    edits: list[Edit] = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        new: str = draw(st.text(alphabet, max_size=5))  # type: ignore[assignment]
        free = all(end < other.start or start > other.end for other in taken)
        if new != source[start:end] and free and not (edits and edits[-1].end == start):
            edits.append(Edit(start, end, source[start:end], new, "restore", "A/x", "A", 0.9, status))  # type: ignore[arg-type]
    return edits
