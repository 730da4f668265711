"""Parsed and checked tables, kept in the user's cache folder so that a normal start parses no YAML.

One JSON file for each table's path, valid while the table's bytes and the format are the same. Where
the folder cannot be read or written there is no cache, and nothing else changes.
"""

from __future__ import annotations

import json
import os
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from zhengben.rulebook.rule import Rule, Table

FORMAT: Final = 1
"""Raise it whenever `Rule`, the schema or the checks of loading change."""

_FIELDS: Final = tuple(field.name for field in fields(Rule) if field.name not in ("engine", "source"))


def fetch(source: str, data: bytes) -> Table | None:
    """The table cached for ``source`` if it was made of ``data``, else None."""
    try:
        stored = json.loads(_path(source).read_bytes())
        if stored["format"] != FORMAT or stored["digest"] != _digest(data):
            return None
        engine = stored["engine"]
        rules = tuple(_thaw(engine, source, row) for row in stored["rules"])
        return Table(engine, stored["title"], rules, stored["identify"], source)
    except (OSError, ValueError, LookupError, TypeError, RuntimeError):
        return None


def store(source: str, data: bytes, table: Table) -> None:
    """Keep a checked table, in one atomic step; a cache that cannot be written is done without."""
    stored = {
        "format": FORMAT,
        "digest": _digest(data),
        "engine": table.engine,
        "title": table.title,
        "identify": table.identify,
        "rules": [_freeze(rule) for rule in table.rules],
    }
    try:
        _write(_path(source), json.dumps(stored, ensure_ascii=False, separators=(",", ":")))
    except (OSError, RuntimeError, ValueError):
        return


def forget(source: str) -> None:
    """Drop what is cached for ``source``."""
    try:
        _path(source).unlink(missing_ok=True)
    except (OSError, RuntimeError):
        return


def _write(path: Path, text: str) -> None:
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def _path(source: str) -> Path:
    from platformdirs import user_cache_path

    name = sha256(os.fsencode(Path(source).absolute())).hexdigest()[:24]
    return user_cache_path("zhengben", appauthor=False) / "rules" / f"{name}.json"


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _freeze(rule: Rule) -> list[Any]:
    return [getattr(rule, name) for name in _FIELDS]


def _thaw(engine: str, source: str, row: list[Any]) -> Rule:
    wrong, rights, apply, not_after, not_before, after, before, fires, silent, seen, note, line = row
    return Rule(
        engine, wrong, tuple(rights), apply,
        tuple(not_after), tuple(not_before), tuple(after), tuple(before), tuple(fires), tuple(silent),
        seen, note, source, line,
    )  # fmt: skip
