from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.laws import assert_round_trip, cleaned, read
from zhengben.errors import InputError
from zhengben.formats import Limits, Source
from zhengben.formats.markdown import Markdown

PROTECTED = {
    "front matter": ("---\ntitle: 甲\n---\n乙\n", ["---\ntitle: 甲\n---"]),
    "a rule is no front matter": ("甲\n\n---\n\n乙\n", []),
    "a fence": ("甲\n\n```py\n乙\n```\n\n丙\n", ["```py\n乙\n```\n"]),
    "a fence that is quoted": ("> ~~~\n> 甲\n> ~~~\n", ["> ~~~\n> 甲\n> ~~~\n"]),
    "an indented block": ("甲\n\n    乙\n\n丙\n", ["    乙\n"]),
    "indented text in a list is prose": ("- 甲\n\n    乙\n", []),
    "inline code": ("甲`乙`丙``丁`戊``\n", ["`乙`", "``丁`戊``"]),
    "a single backtick is text": ("甲`乙\n", []),
    "where a link leads": ('[甲](乙/丙 "丁")\n', ['](乙/丙 "丁")']),
    "a target with brackets": ("![甲](乙(1).png)\n", ["](乙(1).png)"]),
    "an address": ("甲<https://乙.cn>丙\n", ["<https://乙.cn>"]),
    "inline HTML": ("甲<b title='乙'>丙</b>\n", ["<b title='乙'>", "</b>"]),
    "a block of HTML": ("<div>\n甲\n</div>\n\n乙\n", ["<div>\n甲\n</div>\n"]),
    "a reference and its definition": ("[甲][乙]\n\n[乙]: http://丙\n", ["][乙]", "[乙]", "[乙]: http://丙\n"]),
    "a short reference": ("[甲]\n\n[甲]: 乙\n", ["[甲]", "[甲]: 乙\n"]),
    "brackets without a definition are text": ("[甲]\n", []),
    "the text of a footnote is prose": ("甲[^1]\n\n[^1]: 乙\n", ["[^1]", "[^1]:", "[^1]"]),
    "bars of a table": ("|甲|乙|\n|:-|-:|\n|丙|丁|\n", ["|", "|", "|", "|:-|-:|", "|", "|", "|"]),
    "bars elsewhere are text": ("甲|乙\n", []),
    "emphasis": ("**甲**乙_丙_\n", ["**", "**", "_", "_"]),
    "references of characters and escapes": ("甲&nbsp;\\*乙\n", ["&nbsp;", "\\*"]),
    "hard line breaks": ("甲  \n乙\\\n丙\n", ["  ", "\\"]),
}


@pytest.mark.parametrize(("source", "spans"), PROTECTED.values(), ids=PROTECTED)
def test_what_is_no_prose_is_protected(source, spans):
    document = read(Markdown(), source.encode(), "a.md")
    assert document.text == source
    assert sorted(source[start:end] for start, end in document.protect) == sorted(spans)


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_lines_are_counted_by_any_newline(newline):
    source = newline.join(["甲", "", "```", "乙", "```", "", "丙"])
    document = read(Markdown(), source.encode(), "a.md")
    assert [source[start:end] for start, end in document.protect] == [newline.join(["```", "乙", "```", ""])]


def test_edits_are_made_in_place():
    source = "# 甲\r\n\r\n- 乙`乙`\r\n"
    written = cleaned(Markdown(), source.encode("gb18030"), "a.md", ("甲", "一"), ("乙", "二三"))
    assert written == "# 一\r\n\r\n- 二三`乙`\r\n".encode("gb18030")


FRAGMENTS = [
    "甲乙",
    "`",
    "```\n",
    "\n",
    "\n\n",
    "# ",
    "> ",
    "- ",
    "    ",
    "|",
    "|-|-|\n",
    "[",
    "](丙)",
    "**",
    "<b>",
    "a",
]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join), st.data())
def test_round_trip(source, data):
    written, result = assert_round_trip(data.draw, Markdown(), source.encode(), "a.md")
    assert written.decode() == result.text


@pytest.mark.parametrize(
    "unit", ["`", "`a``", "[", "](", "](a", "[a]", "<a", "<!--", "*a", "\\", " ", "&a", "|", "> ", "$"]
)
def test_endless_markup_is_read_in_one_pass(unit):
    source = unit * 50_000 + "甲"
    assert read(Markdown(), source.encode(), "a.md").text == source


@pytest.mark.parametrize(("data", "message"), [(b"%PDF-1.7", "is a PDF document"), (b"\x00\x01\x02" * 50, "not text")])
def test_what_is_no_text_is_refused_in_one_line(data, message):
    with pytest.raises(InputError, match=message) as caught:
        read(Markdown(), data, "a.md")
    assert "\n" not in str(caught.value)


def test_markdown_beyond_the_limit_is_refused():
    with pytest.raises(InputError, match="split it"):
        Markdown().read(Source("a.md", b"x" * 11), Limits(max_markup_bytes=10))
