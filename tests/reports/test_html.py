from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from reports.samples import META, edit_at, results, sample
from zhengben.model import EngineVerdict, Notice, Result, apply
from zhengben.reports import ReportMeta, render
from zhengben.reports.html import BLOCKS_PER_LEAF
from zhengben.reports.visible import visible, visible_sides

HOSTILE = "</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>{{7*7}}{% x %}\"'&amp;\u2028</p></style>"
VOID = frozenset({"meta", "input", "link", "br", "img", "hr"})
DATA = frozenset({"script", "style"})


class Page(HTMLParser):
    """The page as a browser would take it apart: tags, attributes, and the text by element."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[list[tuple[str, dict[str, str | None]]], str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((list(self.open), data))

    def text_in(self, name: str, value: str, without: str = "") -> str:
        """The text inside elements whose attribute has the value, but not inside tags named ``without``."""
        return "".join(
            text
            for path, text in self.texts
            if any(attributes.get(name) == value for _, attributes in path) and without not in (tag for tag, _ in path)
        )


def page_of(result: Result, meta: ReportMeta = META) -> Page:
    return Page(render("html", result, meta).decode())


def hostile_result() -> Result:
    source = f"甲{HOSTILE}乙\n效劳\x00\u202e"
    edits = (
        edit_at(source, "甲", HOSTILE, rule=HOSTILE, reason=HOSTILE, alternatives=(HOSTILE,), stage=HOSTILE),
        edit_at(source, "效劳", "服务", engine=HOSTILE, status="suggested"),
        edit_at(source, "\x00", ""),
    )
    engines = (EngineVerdict(HOSTILE, HOSTILE, 0.9, (HOSTILE,)),)
    return Result(source, apply(source, edits), edits, (Notice(0, 3, HOSTILE, HOSTILE),), engines)


def harmless_result() -> Result:
    source = "甲丁乙\n效劳子丑"
    edits = (
        edit_at(source, "甲", "丙", rule="x", reason="y", alternatives=("z",), stage="odd"),
        edit_at(source, "效劳", "服务", engine="E", status="suggested"),
        edit_at(source, "子", ""),
    )
    engines = (EngineVerdict("A", "b", 0.9, ("c",)),)
    return Result(source, apply(source, edits), edits, (Notice(0, 3, "d", "e"),), engines)


def test_hostile_text_adds_no_element_and_no_attribute() -> None:
    hostile = page_of(hostile_result(), replace(META, name=HOSTILE, version=HOSTILE))
    harmless = page_of(harmless_result())
    assert [(tag, set(attributes)) for tag, attributes in hostile.tags] == [
        (tag, set(attributes)) for tag, attributes in harmless.tags
    ]


def test_hostile_text_is_shown_as_it_is() -> None:
    page = page_of(hostile_result())
    assert visible(HOSTILE) in page.text_in("id", "p1")
    assert page.text_in("id", "p2").rstrip().endswith("⟨U+0000⟩⟨U+202E⟩")


def test_embedded_data_holds_every_string_unchanged() -> None:
    page = page_of(hostile_result())
    draft = json.loads(page.text_in("id", "draft"))
    assert draft["decisions"][0]["replacement"] == HOSTILE
    assert draft["decisions"][2]["original"] == "\x00"


def test_the_page_loads_nothing_and_runs_only_its_own_script() -> None:
    page = page_of(sample())
    addresses = [value for _, attributes in page.tags for name, value in attributes.items() if name in ("href", "src")]
    assert all(address is not None and address.startswith("#") for address in addresses)
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "style"]
    policy = next(a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy") or ""
    assert "default-src 'none'" in policy
    for tag in DATA:
        (code,) = [
            text for path, text in page.texts if path and path[-1][0] == tag and path[-1][1].get("id") != "draft"
        ]
        assert f"{tag}-src 'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'" in policy


def test_the_page_is_in_chinese_with_one_heading_and_unique_ids() -> None:
    page = page_of(sample())
    assert page.tags[0] == ("html", {"lang": "zh-CN"})
    assert [tag for tag, _ in page.tags].count("h1") == 1
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {a["href"] for _, a in page.tags if "href" in a}
    assert {(target or "#")[1:] for target in targets} <= set(ids)


@pytest.mark.parametrize(
    "words",
    [
        "第 3 段",
        "4 行 12 列",
        "网站插入的提示",
        "备选：基本",
        "此处似缺一词",
        "则→那么 类转换",
        "98%",
        "替换还原：根底 → 基本",
    ],
)
def test_a_reader_without_scripts_finds(words: str) -> None:
    page = page_of(sample())
    assert words in "".join(text for path, text in page.texts if path and path[-1][0] not in DATA)


def test_groups_are_counted_and_the_largest_comes_first() -> None:
    page = render("html", sample(), META).decode()
    groups = re.findall(r'<li data-group="\d+">.*?<del>(.*?)</del>.*?<span class="times">(.*?)</span>', page)
    assert groups[0] == ("效劳", "2 处")
    assert len(page_of(sample()).text_in("class", "times").split("处")) - 1 == 8


@settings(max_examples=60)
@given(results(alphabet="则服<&\r\n \x00\u202e", disjoint=True))
def test_the_text_without_the_insertions_is_the_original(result: Result) -> None:
    page = page_of(result)
    shown = page.text_in("class", "t", without="ins")
    sides = {edit: visible_sides(edit) for edit in result.edits}
    expected, cursor = "", 0
    for edit in result.edits:
        expected += visible(result.source[cursor : edit.start]) + sides[edit][0]
        cursor = edit.end
    expected += visible(result.source[cursor:])
    assert re.sub(r"[\n↵]", "", shown) == re.sub(r"[\n↵]", "", expected)


@settings(max_examples=60)
@given(results())
def test_every_edit_stands_once_in_the_text_and_once_in_the_list(result: Result) -> None:
    page = page_of(result)
    ids = [attributes.get("id") for _, attributes in page.tags]
    numbers = range(1, len(result.edits) + 1)
    assert [ids.count(f"e{number}") for number in numbers] == [1] * len(result.edits)
    assert [ids.count(f"r{number}") for number in numbers] == [1] * len(result.edits)


def test_a_text_without_edits_is_shown_whole() -> None:
    text = "甲乙丙。\n" * 3 * BLOCKS_PER_LEAF
    page = page_of(Result(text, text), ReportMeta("a.txt"))
    assert page.text_in("class", "t") == text.replace("\n", "")
    assert "没有需要改动的地方" in "".join(text for _, text in page.texts)


def test_one_huge_line_is_cut_into_parts_and_stays_whole() -> None:
    text = "则那么。" * 20_000
    page = page_of(Result(text, text), ReportMeta("a.txt"))
    assert page.text_in("class", "t") == text
    assert max(len(text) for path, text in page.texts if path and path[-1][1].get("class") == "t") <= 2000


def test_the_empty_result_has_a_page() -> None:
    assert "未命名文稿" in page_of(Result("", ""), ReportMeta("")).text_in("class", "title")


def test_the_same_result_gives_the_same_page() -> None:
    assert render("html", sample(), META) == render("html", sample(), META)


def test_a_notice_on_no_place_speaks_of_the_whole_text() -> None:
    page = page_of(
        Result("甲\n乙", "甲\n乙", (), (Notice(0, 0, "slow-rule", "一条规则已停用"), Notice(2, 3, "x", "看这里")))
    )
    assert page.text_in("id", "n1") == "全文 一条规则已停用"
    assert page.text_in("id", "n2") == "第 2 段 看这里"
    assert page.text_in("class", "mark") == "注"
