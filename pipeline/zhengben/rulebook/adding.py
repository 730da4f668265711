"""A new rule on its way into a table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zhengben.rulebook.documents import decode, parse_yaml, read_bytes
from zhengben.rulebook.formatting import insert_rule, table_text
from zhengben.rulebook.loading import check_table, table_of
from zhengben.rulebook.rule import Rule, Table


def compose_rule(path: Path, engine: str, keys: Mapping[str, str | int | tuple[str, ...]]) -> Rule:
    """The rule that ``keys`` describe, for the table at ``path``; ``|`` parts several originals.

    Raises `RuleError` unless the rule is sound by itself: shape, guards, examples.
    """
    engine = table_of(parse_yaml(str(path), _read(path))).engine if path.exists() else engine
    rights = str(keys["right"]).split("|")
    values: dict[str, Any] = {key: list(v) if isinstance(v, tuple) else v for key, v in keys.items() if v}
    values |= {"wrong": keys["wrong"], "right": rights[0] if len(rights) == 1 else rights}
    document = parse_yaml(str(path), table_text(Table(engine, "", ())))
    document.values["rules"] = [values]
    table = table_of(document)
    check_table(table)
    return table.rules[0]


def with_rule(path: Path, rule: Rule) -> str:
    """The text of the table at ``path`` with the rule in it; of a new table where there is none. Raises `RuleError`."""
    if path.exists():
        return insert_rule(str(path), _read(path), rule)
    return table_text(Table(rule.engine, f"{rule.engine} rules", (rule,)))


def _read(path: Path) -> str:
    return decode(str(path), read_bytes(path))
