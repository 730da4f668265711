"""How tables become one rulebook, and what a user's own tables may change."""

from __future__ import annotations

import pytest

from zhengben.errors import RuleError
from zhengben.rulebook import Rulebook

SHIPPED = ("{wrong: 效劳, right: 服务}", "{wrong: 原那么, right: 原则, apply: certain}")


@pytest.fixture
def load(table, tmp_path):
    """Load user files beside a folder of shipped tables that holds B with two rules."""
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    table(*SHIPPED, engine="B", name="shipped/B.yaml")
    return lambda *paths: Rulebook.load(paths, directory=shipped)


@pytest.fixture
def settings(tmp_path):
    def write(text):
        path = tmp_path / "zhengben.toml"
        path.write_text("[rules]\n" + text, encoding="utf-8")
        return path

    return write


def test_damaged_forms_are_numbered_before_originals(load):
    rulebook = load()
    assert rulebook.forms == ("效劳", "原那么", "服务", "原则")
    assert rulebook.damaged_forms == 2
    assert rulebook.rules_for(rulebook.form_id("效劳"))[0].id == "B/效劳"
    assert rulebook.rules_for(rulebook.form_id("服务")) == ()
    assert rulebook.form_id("没有") is None


def test_a_user_rule_takes_the_place_of_the_shipped_one(load, table):
    rulebook = load(table("{wrong: 效劳, right: 效力, apply: suggest}", engine="B", name="mine.yaml"))
    assert rulebook.rule("B/效劳").right == "效力"
    assert [rule.id for rule in rulebook.rules] == ["B/效劳", "B/原那么"]


def test_a_user_rule_of_another_engine_comes_first(load, table):
    rulebook = load(table("{wrong: 效劳, right: 效力}", engine="mine"))
    assert [rule.id for rule in rulebook.rules_for(rulebook.form_id("效劳"))] == ["mine/效劳", "B/效劳"]


def test_a_rule_that_maps_to_itself_protects_its_form(load, table):
    rulebook = load(table("{wrong: 效劳, right: 效劳}", engine="mine"))
    assert rulebook.protected_words == ("效劳",)
    assert rulebook.screen("为民效劳，坚持原那么").matches == ((rulebook.form_id("原那么"), 7, 10),)


def test_settings_add_disable_and_protect(load, settings, table):
    table("{wrong: 根底, right: 基础}", engine="mine")
    path = settings('tables = ["mine.yaml"]\ndisable = ["B/效劳"]\nprotect = ["高原那么"]\n')
    rulebook = load(path)
    assert [rule.id for rule in rulebook.rules] == ["mine/根底", "B/原那么"]
    assert rulebook.screen("高原那么苦").matches == ()
    assert len(rulebook.screen("讲原那么").matches) == 1


@pytest.mark.parametrize("name", ["B", "B/*"])
def test_a_whole_engine_can_be_disabled(load, settings, name):
    assert load(settings(f'disable = ["{name}"]')).rules == ()


@pytest.mark.parametrize(
    "text, says",
    [
        ('disable = ["B/没有"]', "cannot disable B/没有: there is no such rule"),
        ('tables = "mine.yaml"', "tables must be a list of strings"),
        ("protect = [1]", "protect must be a list of strings"),
        ('table = ["mine.yaml"]', "knows no key table"),
        ("tables = [", "is not TOML"),
        ('tables = ["missing.yaml"]', r"missing\.yaml: cannot be read"),
    ],
)
def test_settings_that_make_no_sense_are_refused(load, settings, text, says):
    with pytest.raises(RuleError, match=says):
        load(settings(text))


def test_certain_rules_that_contradict_are_refused(load, table):
    first = table("{wrong: 确当, right: 的当, apply: certain}", engine="X")
    second = table("{wrong: 确当, right: 妥当, apply: certain}", engine="Y")
    with pytest.raises(RuleError, match=r"Y\.yaml:4: Y/确当: is certain to be 妥当, but .*X\.yaml:4: X/确当 says 的当"):
        load(first, second)


def test_the_same_rule_in_two_tables_is_refused(load, table):
    first = table("{wrong: 确当, right: 的当}", engine="X", name="one.yaml")
    second = table("{wrong: 确当, right: 妥当}", engine="X", name="two.yaml")
    with pytest.raises(RuleError, match=r"two\.yaml:4: X/确当: contradicts or repeats .*one\.yaml:4"):
        load(first, second)


def test_a_user_may_contradict_what_is_shipped(load, table):
    rulebook = load(table("{wrong: 原那么, right: 原规, apply: certain}", engine="mine"))
    assert {rule.right for rule in rulebook.certain_rules} == {"原则", "原规"}


def test_identification_tables_repair_nothing(load, table):
    rulebook = load(table("{wrong: 糊口, right: 生活}", engine="K", head="use: identify"))
    form = rulebook.form_id("糊口")
    assert rulebook.rules_for(form) == ()
    assert [rule.id for rule in rulebook.identify_rules_for(form)] == ["K/糊口"]
    assert rulebook.screen("他靠此糊口").counts[form] == 1
