"""What is shipped keeps the laws."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben import resources
from zhengben.model import apply
from zhengben.rulebook import Rulebook
from zhengben.rulebook.loading import load_table
from zhengben.stages.base import Context
from zhengben.stages.rules import Rules

PATHS = sorted(resources.rules_directory().glob("*.yaml"))
BOOK = Rulebook.load()
SHARDS = sorted({piece for rule in BOOK.certain_rules for piece in (rule.wrong, *rule.rights, *rule.not_after)})


class Tools:
    """The part of a toolbox that rules need."""

    rulebook = BOOK


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_shipped_table_loads(path):
    assert load_table(path).rules


def test_every_rule_has_an_id_of_its_own():
    assert len({rule.id for rule in BOOK.rules}) == len(BOOK.rules)


def run(text):
    from zhengben.config import Config

    return Rules().run(text, Context(Config(), Tools()))


@settings(max_examples=200)
@given(st.lists(st.sampled_from([*SHARDS, "，", "的", "\n"]), max_size=6).map("".join))
def test_no_certain_rule_fires_inside_its_own_output(text):
    edits = [edit for edit in run(text).edits if edit.is_applied]
    output = apply(text, edits)
    shift, outputs = 0, []
    for edit in edits:
        outputs.append((edit.start + shift, edit.start + shift + len(edit.replacement), edit.rule))
        shift += len(edit.replacement) - len(edit.original)
    again = [(edit.start, edit.end, edit.rule) for edit in run(output).edits if edit.is_applied]
    assert not [(a, b) for a in outputs for b in again if a[2] == b[2] and a[0] <= b[0] and b[1] <= a[1]]
