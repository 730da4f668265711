"""A reviewer's decisions on the edits of one document, and their replay on the original text.

The HTML report exports them as JSON (``decisions.schema.json``). The file holds every edit with its
decision, so replaying needs nothing but the original: accepted edits are made, rejected ones are not.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhengben.errors import InputError
from zhengben.model import Edit, Result, apply, compose
from zhengben.reports.base import ReportMeta
from zhengben.reports.json import text_sha256

FORMAT = "zhengben-decisions"
SCHEMA_VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class Decision:
    """One edit as the reviewer left it; ``reviewed`` is false where the program's own view stands."""

    number: int
    edit: Edit
    accepted: bool
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions on one original, known by the SHA-256 of its text and, if it had one, its file."""

    name: str
    file_sha256: str
    text_sha256: str
    items: tuple[Decision, ...]


def draft(
    result: Result, meta: ReportMeta, accepts: Callable[[Edit], bool] = lambda edit: edit.is_applied
) -> dict[str, Any]:
    """Return the content of a decisions file that nobody has reviewed yet.

    ``accepts`` tells which edits are in; by default those that the program applied.
    """
    return {
        "format": FORMAT,
        "schema_version": SCHEMA_VERSION,
        "document": {
            "name": meta.name,
            "file_sha256": meta.source_sha256,
            "text_sha256": text_sha256(result.source),
        },
        "decisions": [_entry(number, edit, accepts(edit)) for number, edit in enumerate(result.edits, 1)],
    }


def load(content: bytes, name: str) -> Decisions:
    """Read a decisions file; ``name`` is for the message.

    Raises `InputError` when it is not JSON or does not obey the schema.
    """
    try:
        values = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise InputError(f"{name}: not a decisions file: {error}") from None
    _check_schema(values, name)
    document = values["document"]
    items = tuple(map(_decision, values["decisions"]))
    return Decisions(document["name"], document["file_sha256"], document["text_sha256"], items)


def replay(text: str, decisions: Decisions, file_sha256: str = "") -> Result:
    """Return the original with the accepted edits made and the rejected ones left out.

    ``file_sha256`` is the hash of the original file's bytes, where there is one. Raises `InputError`
    when the original has changed since the review, or when two accepted edits cannot both be made.
    """
    _refuse_changed("text", decisions.text_sha256, text_sha256(text), decisions.name)
    if decisions.file_sha256 and file_sha256:
        _refuse_changed("file", decisions.file_sha256, file_sha256, decisions.name)
    accepted = sorted((item for item in decisions.items if item.accepted), key=_position)
    _refuse_conflicts(text, accepted, decisions.name)
    edits = compose([item.edit for item in accepted], ())
    return Result(text, apply(text, edits), edits)


def _entry(number: int, edit: Edit, accepted: bool) -> dict[str, Any]:
    return {
        "id": number,
        "start": edit.start,
        "end": edit.end,
        "original": edit.original,
        "replacement": edit.replacement,
        "alternatives": list(edit.alternatives),
        "stage": edit.stage,
        "rule": edit.rule,
        "engine": edit.engine,
        "confidence": round(edit.confidence, 4),
        "reason": edit.reason,
        "status": edit.status,
        "decision": "accept" if accepted else "reject",
        "reviewed": False,
    }


def _decision(entry: dict[str, Any]) -> Decision:
    edit = Edit(
        start=entry["start"],
        end=entry["end"],
        original=entry["original"],
        replacement=entry["replacement"],
        stage=entry["stage"],
        rule=entry["rule"],
        engine=entry["engine"],
        confidence=entry["confidence"],
        reason=entry.get("reason", ""),
        alternatives=tuple(entry["alternatives"]),
    )
    return Decision(entry["id"], edit, entry["decision"] == "accept", entry["reviewed"])


def _check_schema(values: Any, name: str) -> None:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    schema = json.loads(Path(__file__).with_name("decisions.schema.json").read_text("utf-8"))
    fault = best_match(Draft202012Validator(schema).iter_errors(values))
    if fault is not None:
        message = fault.message if len(fault.message) <= 200 else fault.message[:200] + "…"
        raise InputError(f"{name}: not a decisions file: {fault.json_path}: {message!r}")


def _refuse_changed(what: str, expected: str, found: str, name: str) -> None:
    if expected != found:
        raise InputError(
            f"{name}: the original {what} is not the one that was reviewed (sha256 {found[:12]}…, "
            f"reviewed {expected[:12]}…): clean and review it again"
        )


def _refuse_conflicts(text: str, accepted: list[Decision], name: str) -> None:
    last: Decision | None = None
    for item in accepted:
        edit = item.edit
        if text[edit.start : edit.end] != edit.original:
            raise InputError(f"{name}: decision {item.number} does not fit the text at {edit.start}-{edit.end}")
        if last is not None and edit.start < last.edit.end:
            raise InputError(f"{name}: decisions {last.number} and {item.number} overlap: reject one of them")
        last = item


def _position(item: Decision) -> tuple[int, int]:
    return item.edit.start, item.edit.end
