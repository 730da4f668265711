"""Checks a table document against ``rules/schema.json`` and says what is wrong in one line."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from zhengben import resources
from zhengben.errors import RuleError
from zhengben.rulebook.documents import TableDocument

_EXPECTED = {"string": "text (quote it)", "integer": "a whole number", "array": "a list", "object": "a mapping"}


def validate(document: TableDocument) -> None:
    """Raise `RuleError` for the first thing in ``document`` that the schema does not allow."""
    errors = sorted(_validator().iter_errors(document.values), key=lambda error: document.line(error.absolute_path))
    if not errors:
        return
    error = errors[0]
    path = list(error.absolute_path)
    if error.validator == "additionalProperties":
        path.append(_unknown_key(error))
    rule = _rule_name(document.values, path)
    raise RuleError(f"{document.source}:{document.line(path)}: {rule}{_message(error, path)}")


@lru_cache(maxsize=1)
def _validator() -> Any:
    from jsonschema import Draft202012Validator

    path = resources.rules_directory() / "schema.json"
    try:
        schema = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RuleError(f"{path}: the schema of rule tables cannot be read: {error}") from None
    return Draft202012Validator(schema)


def _unknown_key(error: Any) -> str:
    return str(next(key for key in error.instance if key not in error.schema["properties"]))


def _rule_name(values: Any, path: list[str | int]) -> str:
    """How messages name the rule that ``path`` lies in: by id, or by number where it has no wrong side."""
    if len(path) < 2 or path[0] != "rules":
        return ""
    rule = values["rules"][path[1]]
    wrong = rule.get("wrong") if isinstance(rule, dict) else None
    named = isinstance(wrong, str) and wrong
    return f"{values.get('engine', '?')}/{wrong}: " if named else f"rule {int(path[1]) + 1}: "


def _message(error: Any, path: list[str | int]) -> str:
    key = next((str(step) for step in reversed(path) if isinstance(step, str)), "the table")
    if error.validator == "additionalProperties":
        return f"unknown key {path[-1]}; choose from {', '.join(error.schema['properties'])}"
    if error.validator == "required":
        missing = next(name for name in error.validator_value if name not in error.instance)
        return f"the key {missing} is missing"
    if error.validator == "type":
        return f"{key} must be {_EXPECTED.get(error.validator_value, error.validator_value)}, not {_shown(error)}"
    if error.validator == "minLength":
        return f"{key} must not be empty"
    if error.validator == "oneOf":
        return f"{key} must be text or a list of distinct texts, not {_shown(error)}"
    if error.validator in ("enum", "const"):
        allowed = error.validator_value if error.validator == "enum" else [error.validator_value]
        return f"{key} must be {' or '.join(map(str, allowed))}, not {_shown(error)}"
    return f"{key}: {error.message}".splitlines()[0]


def _shown(error: Any) -> str:
    shown = "nothing" if error.instance is None else json.dumps(error.instance, ensure_ascii=False)
    return shown if len(shown) <= 60 else shown[:57] + "..."
