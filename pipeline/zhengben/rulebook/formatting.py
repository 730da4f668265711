"""The one way to write a table: rules sorted by form, keys in order, lists on one line where they fit.

Comments survive: those above the table's head stay there, those above or inside a rule go above it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from zhengben import resources
from zhengben.errors import RuleError
from zhengben.rulebook.documents import TableDocument, parse_yaml
from zhengben.rulebook.loading import check_table, table_of
from zhengben.rulebook.rule import Rule, Table

KEYS: Final = (
    "wrong", "right", "apply", "not_after", "not_before", "after", "before", "fires", "silent", "seen", "note",
)  # fmt: skip
WIDTH: Final = 110
"""Columns, a Chinese character taking two, beyond which a list is broken into one line an entry."""

_COMMENT: Final = re.compile(r"\s*#")
_QUOTED: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'")
_TRAILING: Final = re.compile(r"(?:^|\s)(#.*)")


def format_text(source: str, text: str) -> str:
    """``text`` as `rules fmt` writes it. Raises `RuleError` for a table that is none."""
    document = parse_yaml(source, text)
    table_of(document)
    comments = _Comments.of(document, text.splitlines())
    rules = sorted(enumerate(document.values["rules"]), key=lambda item: item[1]["wrong"])
    lines = [*comments.head, *_head_lines(document.values)]
    for number, values in rules:
        lines += [*(f"  {comment}" for comment in comments.of_rules.get(number, ())), *rule_lines(values)]
    lines += comments.foot
    written = "\n".join(lines) + "\n"
    _refuse_changes(document, parse_yaml(source, written))
    return written


def schema_line() -> str:
    """The comment by which an editor finds the schema, wherever the table is kept."""
    return f"# yaml-language-server: $schema={(resources.rules_directory() / 'schema.json').as_uri()}"


def table_text(table: Table) -> str:
    """A table as YAML."""
    head: dict[str, Any] = {"engine": table.engine, "title": table.title, "rules": table.rules}
    head |= {"use": "identify"} if table.identify else {}
    lines = [schema_line(), *_head_lines(head)]
    for rule in sorted(table.rules, key=lambda rule: rule.wrong):
        lines += rule_lines(values_of(rule))
    return "\n".join(lines) + "\n"


def write_yaml(table: Table) -> bytes:
    """A table as the bytes of a YAML file."""
    return table_text(table).encode()


def insert_rule(source: str, text: str, rule: Rule) -> str:
    """``text`` with one rule more, in its place; everything else stays as it is written. Raises `RuleError`."""
    document = parse_yaml(source, text)
    table = table_of(document)
    same = next((other for other in table.rules if other.wrong == rule.wrong), None)
    if same is not None:
        raise RuleError(f"{same.where}: is there already; edit it in place")
    if not table.rules:
        head = _head_lines({**document.values, "rules": True})
        return format_text(source, "\n".join([*_comments_in(text.splitlines()), *head, *rule_lines(values_of(rule))]))
    lines = text.splitlines()
    following = next((other for other in table.rules if other.wrong > rule.wrong), None)
    place = _first_comment_above(lines, following.line - 1) if following else _end_of_rules(lines)
    lines[place:place] = rule_lines(values_of(rule))
    written = "\n".join(lines) + "\n"
    check_table(table_of(parse_yaml(source, written)))
    return written


def values_of(rule: Rule) -> dict[str, Any]:
    """What a table says of a rule: only what differs from the defaults."""
    values: dict[str, Any] = {"wrong": rule.wrong, "right": rule.right if len(rule.rights) == 1 else list(rule.rights)}
    values["apply"] = rule.apply
    values |= {key: list(getattr(rule, key)) for key in KEYS[3:9] if getattr(rule, key)}
    return values | {"seen": rule.seen} | ({"note": rule.note} if rule.note else {})


def rule_lines(values: Mapping[str, Any]) -> list[str]:
    """One rule as lines of a table."""
    lines = [line for key in KEYS if key in values for line in _entry(key, values[key])]
    return [f"  - {lines[0]}", *(f"    {line}" for line in lines[1:])]


def _head_lines(values: Mapping[str, Any]) -> list[str]:
    head = [line for key in ("engine", "title", "use") if key in values for line in _entry(key, values[key])]
    return [*head, "rules:" if values.get("rules", True) else "rules: []"]


def _entry(key: str, value: Any) -> list[str]:
    line = f"{key}: {_dumped(value)}"
    if not isinstance(value, list) or _columns(line) <= WIDTH:
        return [line]
    if key in ("fires", "silent"):
        return [f"{key}:", *(f"  - {_dumped(entry)}" for entry in value)]
    return _filled(f"{key}: [", value)


def _filled(line: str, entries: list[Any]) -> list[str]:
    """A list of words over several lines, each as full as it may be."""
    lines = []
    for number, entry in enumerate(entries):
        piece = _dumped([entry])[1:-1] + ("]" if number == len(entries) - 1 else ",")
        if _columns(line) + _columns(piece) > WIDTH:
            lines.append(line.rstrip())
            line = "  "
        line += piece + " "
    return [*lines, line.rstrip()]


def _dumped(value: Any) -> str:
    import yaml

    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.dump(value, Dumper=dumper, default_flow_style=True, allow_unicode=True, width=1 << 30)
    return text.removesuffix("\n").removesuffix("\n...")


def _columns(text: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


@dataclass(frozen=True, slots=True)
class _Comments:
    head: list[str]
    of_rules: dict[int, list[str]]
    foot: list[str]

    @classmethod
    def of(cls, document: TableDocument, lines: list[str]) -> _Comments:
        starts = [document.line(("rules", number)) - 1 for number in range(len(document.values["rules"]))]
        begins = [_first_comment_above(lines, start) for start in starts]
        end = _end_of_rules(lines)
        first = begins[0] if begins else end
        stretches = zip(begins, [*begins[1:], end], strict=False)
        of_rules = {number: _comments_in(lines[begin:stop]) for number, (begin, stop) in enumerate(stretches)}
        return cls(_comments_in(lines[:first]), of_rules, _comments_in(lines[end:]))


def _comments_in(lines: list[str]) -> list[str]:
    """The comments of these lines, those behind a value included."""
    found = []
    for line in lines:
        comment = _TRAILING.search(_QUOTED.sub("", line))
        if comment is not None:
            found.append(comment[1].rstrip())
    return found


def _first_comment_above(lines: list[str], place: int) -> int:
    while place and _COMMENT.match(lines[place - 1]):
        place -= 1
    return place


def _end_of_rules(lines: list[str]) -> int:
    """Behind the last line that says anything: comments at the foot begin at the margin."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


def _refuse_changes(before: TableDocument, after: TableDocument) -> None:
    """A formatter that changed what a table says would be worse than none."""
    as_sorted = {**before.values, "rules": sorted(before.values["rules"], key=lambda values: values["wrong"])}
    if after.values != as_sorted:
        raise AssertionError(f"formatting {before.source} would change what it says")
