"""From a file to a checked table: parsed, validated, its guards probed and its examples run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zhengben.errors import RuleError
from zhengben.rulebook import cache
from zhengben.rulebook.documents import TableDocument, decode, parse_yaml, read_bytes
from zhengben.rulebook.rule import Rule, Table

SPREADSHEETS = (".csv", ".xlsx")


def load_table(path: Path) -> Table:
    """The table in ``path`` (YAML, CSV or XLSX), checked; from the cache while the file is unchanged.

    Raises `RuleError`: a table with one fault does not load at all.
    """
    data = read_bytes(path)
    source = str(path)
    cached = cache.fetch(source, data)
    if cached is not None:
        return cached
    table = table_of(parse(path, data))
    check_table(table)
    cache.store(source, data, table)
    return table


def parse(path: Path, data: bytes) -> TableDocument:
    """The document in ``data``, by the suffix of ``path``. Raises `RuleError`."""
    source = str(path)
    if path.suffix.lower() in SPREADSHEETS:
        from zhengben.rulebook.spreadsheet import parse_csv, parse_xlsx

        is_csv = path.suffix.lower() == ".csv"
        return parse_csv(source, decode(source, data)) if is_csv else parse_xlsx(source, data)
    return parse_yaml(source, decode(source, data))


def table_of(document: TableDocument) -> Table:
    """The table that a document describes, its shape validated. Raises `RuleError`."""
    from zhengben.rulebook.schema import validate

    validate(document)
    head = document.values
    rules = tuple(_rule(head["engine"], values, document, number) for number, values in enumerate(head["rules"]))
    return Table(head["engine"], head.get("title", ""), rules, head.get("use") == "identify", document.source)


def check_table(table: Table) -> None:
    """Raise `RuleError` for duplicates, unsafe guards and failing examples."""
    from zhengben.rulebook.examples import check_examples
    from zhengben.rulebook.guards import probe_guards

    seen: dict[str, Rule] = {}
    for rule in table.rules:
        first = seen.setdefault(rule.wrong, rule)
        if first is not rule:
            raise RuleError(f"{rule.where}: stands a second time, first on line {first.line}; keep one")
        probe_guards(rule)
        check_examples(rule)


def _rule(engine: str, values: dict[str, Any], document: TableDocument, number: int) -> Rule:
    right = values["right"]
    lists = {
        key: tuple(values.get(key, ())) for key in ("not_after", "not_before", "after", "before", "fires", "silent")
    }
    return Rule(
        engine=engine,
        wrong=values["wrong"],
        rights=(right,) if isinstance(right, str) else tuple(right),
        apply=values.get("apply", "context"),
        seen=values.get("seen", 0),
        note=values.get("note", ""),
        source=document.source,
        line=document.line(("rules", number)),
        **lists,
    )
