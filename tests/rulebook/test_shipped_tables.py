"""What is shipped keeps the laws."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben import resources
from zhengben.config import Config
from zhengben.model import apply
from zhengben.rulebook import Rulebook
from zhengben.rulebook.loading import load_table
from zhengben.stages.base import Context
from zhengben.stages.rules import Rules

PATHS = sorted(resources.rules_directory().glob("*.yaml"))


@lru_cache(maxsize=1)
def book():
    return Rulebook.load()


def shards():
    """Forms, originals and forbidden neighbours: texts made of them come close to every boundary."""
    pieces = {piece for rule in book().certain_rules for piece in (rule.wrong, *rule.rights, *rule.not_after)}
    return st.sampled_from([*sorted(pieces), "，", "的", "\n"])


class Tools:
    """The part of a toolbox that rules need."""

    @property
    def rulebook(self):
        return book()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_shipped_table_loads(path):
    assert load_table(path).rules


def test_every_rule_has_an_id_of_its_own():
    assert len({rule.id for rule in book().rules}) == len(book().rules)


def run(text):
    return Rules().run(text, Context(Config(), Tools()))


@settings(max_examples=200)
@given(st.lists(st.deferred(shards), max_size=6).map("".join))
def test_no_certain_rule_fires_inside_its_own_output(text):
    edits = [edit for edit in run(text).edits if edit.is_applied]
    output = apply(text, edits)
    shift, outputs = 0, []
    for edit in edits:
        outputs.append((edit.start + shift, edit.start + shift + len(edit.replacement), edit.rule))
        shift += len(edit.replacement) - len(edit.original)
    again = [(edit.start, edit.end, edit.rule) for edit in run(output).edits if edit.is_applied]
    assert not [(a, b) for a in outputs for b in again if a[2] == b[2] and a[0] <= b[0] and b[1] <= a[1]]
