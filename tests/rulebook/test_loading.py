"""What a table may hold, and what is said of one that does not load."""

from __future__ import annotations

import pytest

from zhengben.errors import RuleError
from zhengben.rulebook import Rulebook
from zhengben.rulebook.loading import load_table

HEAD = "engine: T\nrules:\n"
DUTY = "  - wrong: 效劳\n    right: 服务\n"
OK = "  - {wrong: 原那么, right: 原则, apply: certain}\n"

BROKEN = {
    "a YAML syntax error": (HEAD + OK + "  - {wrong: 效劳, right: [服务\n", 5, "is not YAML"),
    "an empty file": ("", 1, "is empty"),
    "a list instead of a table": ("- wrong: 效劳\n", 1, "must be a mapping"),
    "no engine": ("rules:\n" + OK, 1, "engine is missing"),
    "an engine that is no name": ("engine: 甲 乙\nrules: []\n", 1, "engine"),
    "rules that are no list": ("engine: T\nrules: 效劳\n", 2, "rules must be a list"),
    "a rule without a right side": (HEAD + OK + "  - wrong: 效劳\n", 4, "T/效劳: the key right is missing"),
    "a number for a word": (HEAD + "  - wrong: 1\n    right: 一\n", 3, 'wrong must be text (quote it), not 1'),
    "a word for a number": (HEAD + DUTY + "    seen: 三\n", 5, "T/效劳: seen must be a whole"),
    "a word for a list": (HEAD + DUTY + "    not_after: 无\n", 5, "not_after must be a list"),
    "an unknown key": (HEAD + DUTY + "    fire: [为民效劳]\n", 5, "T/效劳: unknown key fire"),
    "an unknown key of the table": ("engine: T\nauthor: me\nrules: []\n", 2, "unknown key author"),
    "an unknown way to apply": (HEAD + DUTY + "    apply: always\n", 5, "apply must be certain"),
    "an empty wrong side": (HEAD + OK + "  - wrong: ''\n    right: 服务\n", 4, "rule 2: wrong must not be empty"),
    "nothing as the wrong side": (HEAD + "  - wrong:\n    right: 服务\n", 3, "not nothing"),
    "an empty list of originals": (HEAD + "  - wrong: 效劳\n    right: []\n", 4, "right must be text or a list"),
    "a key that stands twice": (HEAD + "  - wrong: 效劳\n    wrong: 效力\n    right: 服务\n", 4, "wrong stands twice"),
    "an anchor": (HEAD + "  - &a {wrong: 效劳, right: 服务}\n  - *a\n", 3, "anchors"),
    "a form that stands twice": (HEAD + OK + OK, 4, "T/原那么: stands a second time, first on line 3"),
    "an example that does not fire": (
        HEAD + "  - wrong: 原那么\n    right: 原则\n    apply: certain\n    fires: [坚持原则不动摇]\n",
        3, "T/原那么: should fire in “坚持原则不动摇” but does not",
    ),
    "an example that is not silent": (
        HEAD + "  - wrong: 原那么\n    right: 原则\n    apply: suggest\n    silent: [高原那么苦]\n",
        3, "T/原那么: should be silent in “高原那么苦” but fires",
    ),
    "a rule that fires on its own output": (
        HEAD + "  - wrong: 确定\n    right: 的确定\n    apply: certain\n    fires: [他确定会来]\n",
        3, "T/确定: fires again on its own output",
    ),
    "a regex that is none": (
        HEAD + DUTY + "    not_after: ['/(无/']\n", 3, "T/效劳: not_after: /(无/ is not a regular",
    ),
    "a catastrophic regex": (
        HEAD + DUTY + "    not_after: ['/(无+)+x/']\n", 3, "catastrophic backtracking",
    ),
    "a guard that is too long": (
        HEAD + DUTY + "    before: [一二三四五六七八九十一二三四五六七]\n", 3, "longer than the 16",
    ),
}  # fmt: skip


@pytest.mark.parametrize("content, line, says", BROKEN.values(), ids=BROKEN)
def test_a_broken_table_is_refused_in_one_line_with_file_line_and_rule(tmp_path, content, line, says):
    path = tmp_path / "broken.yaml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(RuleError) as refusal:
        load_table(path)

    message = str(refusal.value)
    assert message.startswith(f"{path}:{line}: ")
    assert says in message
    assert "\n" not in message


def test_a_table_in_gbk_is_refused_with_the_line_as_it_reads_in_gbk(tmp_path):
    path = tmp_path / "gbk.csv"
    path.write_bytes("engine,wrong,right,apply\nT,效劳,服务,context\n".encode("gbk"))
    with pytest.raises(RuleError, match=r"gbk\.csv:2: is not UTF-8 \(in GBK it reads “T,效劳,服务"):
        load_table(path)


def test_a_missing_table_is_refused(tmp_path):
    with pytest.raises(RuleError, match=r"nowhere\.yaml: cannot be read"):
        load_table(tmp_path / "nowhere.yaml")


def test_nothing_loads_when_one_of_several_tables_is_broken(table, tmp_path):
    (tmp_path / "none").mkdir()
    good, bad = table("{wrong: 效劳, right: 服务}", engine="G"), table("{wrong: 根底}", engine="B")
    with pytest.raises(RuleError, match=r"B\.yaml:4: B/根底"):
        Rulebook.load([good, bad], directory=tmp_path / "none")


def test_a_table_keeps_what_it_says(table):
    lines = ["wrong: 进展", "right: [进行, 发展]", "after: ['/[的了]/']", "before: [检查]", "note: 两个来源", "seen: 3"]
    path = table("\n    ".join(lines), head="use: identify")
    loaded = load_table(path)
    rule = loaded.rules[0]
    assert (loaded.engine, loaded.title, loaded.identify) == ("T", "试验用表", True)
    assert (rule.id, rule.rights, rule.apply, rule.seen) == ("T/进展", ("进行", "发展"), "context", 3)
    assert (rule.after, rule.before, rule.note, rule.line) == (("/[的了]/",), ("检查",), "两个来源", 5)


@pytest.mark.parametrize("word", ["no", "on", "yes", "1个", "0x1f", "1:30", "1e3"])
def test_plain_words_stay_words(table, word):
    assert load_table(table(f"wrong: {word}\n    right: 字")).rules[0].wrong == word


def test_an_installation_without_its_tables_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr("zhengben.resources.rules_directory", lambda: tmp_path)
    with pytest.raises(RuleError, match="the shipped rule tables are missing; reinstall"):
        Rulebook.load()
