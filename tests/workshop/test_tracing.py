"""A trace names every rule that was considered at a place, and the winner."""

from __future__ import annotations

import pytest

from zhengben.config import Config
from zhengben.errors import UsageError
from zhengben.workshop.places import offset_of, parse_place
from zhengben.workshop.tracing import trace

TEXT = "各部门都要坚持原那么，办事讲程序。\n雪山下的高原那么辽阔。"
CONFIG = Config(disabled=frozenset({"restore", "spelling", "gaps"}))


@pytest.fixture(scope="module")
def traced():
    return trace(TEXT, CONFIG)


def outcomes(found):
    return {consideration.rule.id: consideration.outcome for consideration in found.considerations}


def test_the_winner_and_who_lost_to_it_are_named(traced):
    here = outcomes(traced.at(TEXT.index("原那么")))
    assert here["A/原那么"].startswith("applied with confidence")
    assert here["A/那么"].startswith("lost to A/原那么") if "A/那么" in here else True


def test_guards_that_kept_a_rule_silent_are_named(traced):
    assert outcomes(traced.at(TEXT.rindex("原那么")))["A/原那么"] == "kept silent by its guards"


def test_the_language_model_says_what_it_prefers(traced):
    (first, *_) = traced.at(TEXT.index("原那么")).considerations
    assert first.gain is not None and first.gain > 0


def test_a_place_without_rules_has_nothing_to_tell(traced):
    here = traced.at(TEXT.index("程序"))
    assert (here.considerations, here.result.edits) == ((), ())


@pytest.mark.parametrize("offset", range(len(TEXT)))
def test_a_place_is_found_by_line_and_column(offset):
    line = TEXT.count("\n", 0, offset) + 1
    column = offset - (TEXT.rfind("\n", 0, offset) + 1) + 1
    assert offset_of(TEXT, line, column) == offset


@pytest.mark.parametrize("line, column", [(0, 1), (1, 99), (3, 1), (2, 0)])
def test_a_place_that_is_not_there_is_refused(line, column):
    with pytest.raises(UsageError, match="no line"):
        offset_of(TEXT, line, column)


def test_places_are_written_as_check_prints_them():
    assert parse_place("C:/a b.txt:3:14")[1:] == (3, 14)
    with pytest.raises(UsageError, match="FILE:LINE:COL"):
        parse_place("a.txt")
