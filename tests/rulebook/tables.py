"""Tables of any content, for property tests."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from zhengben.rulebook import Rule, Table

WORDS = st.text(alphabet='效劳服务，"/=1a', min_size=1, max_size=4)
LISTS = st.lists(WORDS, max_size=2).map(tuple)


@st.composite
def tables(draw):
    forms = draw(st.lists(WORDS, min_size=1, max_size=4, unique=True))
    rules = tuple(
        Rule(
            "T", form, tuple(draw(st.lists(WORDS | st.just(""), min_size=1, max_size=2, unique=True))),
            draw(st.sampled_from(["certain", "context", "suggest"])), draw(LISTS), draw(LISTS), draw(LISTS),
            draw(LISTS), draw(LISTS), draw(LISTS), draw(st.integers(0, 99)), draw(st.sampled_from(["", "见前"])),
        )
        for form in forms
    )  # fmt: skip
    return Table("T", "试验用表", rules, draw(st.booleans()))


def unplaced(table: Table) -> Table:
    return replace(table, source="", rules=tuple(replace(rule, source="", line=0) for rule in table.rules))
