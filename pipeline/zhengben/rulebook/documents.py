"""Reads the YAML of a table into plain values that remember their lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from zhengben.errors import RuleError

_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
_CONSTANTS: Final[dict[str, Any]] = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class TableDocument:
    """The values of a table as written, and for every path into them the line it stands on."""

    source: str
    values: Any
    lines: dict[tuple[str | int, ...], int]

    def line(self, path: Iterable[str | int]) -> int:
        """The line of the value at ``path``, or of the nearest one around it."""
        steps = tuple(path)
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps, 1)


def read_bytes(path: Path) -> bytes:
    """The content of a table. Raises `RuleError`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise RuleError(f"{path}: cannot be read: {error.strerror or error}") from None


def decode(source: str, data: bytes) -> str:
    """A table's text. Raises `RuleError` with the line that is not UTF-8, and how it reads in GBK."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        row = data.split(b"\n")[line - 1].strip()
        try:
            guess = f" (in GBK it reads “{row.decode('gb18030')[:40]}”)"
        except UnicodeDecodeError:
            guess = ""
        raise RuleError(f"{source}:{line}: is not UTF-8{guess}; save the table as UTF-8") from None


def parse_yaml(source: str, text: str) -> TableDocument:
    """Parse one YAML document: mappings, lists, strings, integers, no anchors. Raises `RuleError`."""
    import yaml

    # The C parser reads 900 rules in 0.1 s; ruamel.yaml, which keeps comments for `rules fmt`, takes 1.1 s.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RuleError(f"{source}:{line}: is not YAML: {error.problem or error.context}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise RuleError(f"{source}:1: is not YAML: {str(error).splitlines()[0]}") from None
    if root is None:
        raise RuleError(f"{source}:1: is empty; a table has `engine` and `rules`")
    reader = _Reader(source)
    return TableDocument(source, reader.value(root, ()), reader.lines)


class _Reader:
    """Turns YAML nodes into values by the core schema of YAML 1.2 (so 是, no and on are words)."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.lines: dict[tuple[str | int, ...], int] = {}
        self._visited: set[int] = set()

    def value(self, node: Any, path: tuple[str | int, ...]) -> Any:
        self.lines[path] = node.start_mark.line + 1
        if isinstance(node.value, str):
            return _scalar(node)
        if id(node) in self._visited or len(path) > 8:
            self._refuse(node, "anchors and deeply nested values have no place in a table")
        self._visited.add(id(node))
        if node.id == "sequence":
            return [self.value(item, (*path, number)) for number, item in enumerate(node.value)]
        return self._mapping(node, path)

    def _mapping(self, node: Any, path: tuple[str | int, ...]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key, str):
                self._refuse(key_node, "keys must be words")
            if key in values:
                self._refuse(key_node, f"the key {key} stands twice")
            inner = (*path, key)
            values[key] = self.value(value_node, inner)
            self.lines[inner] = key_node.start_mark.line + 1
        return values

    def _refuse(self, node: Any, why: str) -> None:
        raise RuleError(f"{self._source}:{node.start_mark.line + 1}: {why}")


def _scalar(node: Any) -> Any:
    text = node.value
    if node.style in ("'", '"', "|", ">"):
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    return int(text) if _INTEGER.match(text) else text
