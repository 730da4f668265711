"""What stands beside a form decides whether its rule fires."""

from __future__ import annotations

import pytest

from zhengben.rulebook.guards import Guards, compile_guards, probe_guards
from zhengben.rulebook.rule import Rule

CASES = [
    ("no guard", {}, "高原那么苦", True),
    ("a forbidden word before", {"not_after": ("高", "还")}, "高原那么苦", False),
    ("another word before", {"not_after": ("高", "还")}, "讲原那么苦", True),
    ("a forbidden word behind", {"not_before": ("苦",)}, "原那么苦", False),
    ("a required word before, there", {"after": ("坚持", "讲")}, "坚持原那么", True),
    ("a required word before, missing", {"after": ("坚持", "讲")}, "违背原那么", False),
    ("a required word behind, there", {"before": ("性",)}, "原那么性", True),
    ("a required word behind, missing", {"before": ("性",)}, "原那么", False),
    ("a required and a forbidden one", {"after": ("讲",), "not_before": ("多",)}, "讲原那么多", False),
    ("a regex that ends at the form", {"not_after": ("/[高草]/",)}, "草原那么大", False),
    ("a regex that ends before the form", {"not_after": ("/高/",)}, "高的原那么", True),
    ("a regex that begins at the form", {"before": ("/性|的/",)}, "原那么的", True),
    ("a regex that begins behind the form", {"before": ("/性/",)}, "原那么很性", False),
    ("the beginning of the text as a line's", {"after": ("/\\n/",)}, "原那么", True),
    ("the end of the text as a line's", {"before": ("/\\n/",)}, "原那么", True),
    ("a word across a line end", {"not_after": ("草",)}, "草\n原那么", False),
    ("a word that a line end cuts", {"not_after": ("大草",)}, "大\n草原那么", False),
    ("a required word that a line end cuts", {"before": ("性强",)}, "原那么性\n强", True),
    ("a word at the far end of what a guard sees", {"after": ("/甲.{15}/",)}, "甲" + "乙" * 15 + "原那么", True),
    ("a word beyond what a guard sees", {"after": ("/甲.{16}/",)}, "甲" + "乙" * 16 + "原那么", False),
]


@pytest.mark.parametrize("guards, text, fires", [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_guards_decide_by_the_neighbours(guards, text, fires):
    rule = Rule("T", "原那么", ("原则",), **guards)
    compiled = compile_guards(rule)
    start = text.index("原那么")
    assert (compiled is None or compiled.allow(text, start, start + 3)) is fires


def test_a_regex_that_exceeds_its_time_limit_is_put_aside_and_named(book, monkeypatch):
    rulebook = book("{wrong: 效劳, right: 服务, apply: certain, not_after: ['/无/']}")
    rule = rulebook.rules[0]

    def never_ends(*_):
        raise TimeoutError

    monkeypatch.setattr(Guards, "allow", never_ends)
    assert rulebook.guards_allow(rule, "效劳", 0, 2) is False
    assert rulebook.slow_rules == (rule,)
    monkeypatch.undo()
    assert rulebook.guards_allow(rule, "效劳", 0, 2) is False


@pytest.mark.parametrize("entry", ["/(a+)+$/", "/(a|aa)+c/", "/(?:[一-龥]+，?)*。/", "/(a|a)+b/"])
def test_unsafe_regexes_are_refused(entry):
    with pytest.raises(Exception, match="catastrophic"):
        probe_guards(Rule("T", "甲", ("乙",), after=(entry,)))


@pytest.mark.parametrize(
    "entry", ["/[一二三四五六七八九十]/", "/(?:第|总).{1,4}/", "/[^，。]*不/", "/\\d+(?:\\.\\d+)?/", "高"]
)
def test_ordinary_guards_are_not_refused(entry):
    probe_guards(Rule("T", "甲", ("乙",), after=(entry,)))
