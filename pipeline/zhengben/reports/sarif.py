"""SARIF 2.1.0, for those who review in a pull request. Columns are code points."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from zhengben.model import Edit, Notice, Result
from zhengben.reports.base import ReportMeta
from zhengben.reports.encoding import encoded
from zhengben.reports.places import Places
from zhengben.reports.visible import visible
from zhengben.reports.wording import engine_label, message, stage_label

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
NEWLINES = ("\r\n", "\n", "\r")


def render(result: Result, meta: ReportMeta) -> bytes:
    """Return one SARIF run in UTF-8: edits as warnings, suggestions and notices as notes."""
    places = Places(result.source)
    uri = artifact_uri(meta.name)
    rules = _rules(result)
    positions = {rule["id"]: index for index, rule in enumerate(rules)}
    findings = [_edit_result(edit, uri, places, positions) for edit in result.edits]
    findings += [_notice_result(notice, uri, places, positions) for notice in result.notices]
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(meta.version, rules)},
                "language": "zh-CN",
                "columnKind": "unicodeCodePoints",
                "newlineSequences": list(NEWLINES),
                "artifacts": [_artifact(uri, meta.source_sha256)],
                "results": findings,
            }
        ],
    }
    return encoded(log, indent=1)


def artifact_uri(name: str) -> str:
    """The document's name as a URI reference; an absolute path becomes a file URI."""
    path = quote(name.replace("\\", "/"))
    return "file://" + path if path.startswith("/") else path


def _driver(version: str, rules: list[dict[str, Any]]) -> dict[str, Any]:
    known_version = {"version": version} if version else {}
    return {"name": "zhengben", **known_version, "rules": rules}


def _artifact(uri: str, file_hash: str) -> dict[str, Any]:
    hashes = {"hashes": {"sha-256": file_hash}} if file_hash else {}
    return {"location": {"uri": uri}, **hashes}


def _rules(result: Result) -> list[dict[str, Any]]:
    titles: dict[str, str] = {}
    for edit in result.edits:
        engine = f" · {engine_label(edit.engine)}" if edit.engine else ""
        titles.setdefault(edit.rule, stage_label(edit.stage) + engine)
    for notice in result.notices:
        titles.setdefault(_notice_rule(notice), "需要人工留意")
    return [{"id": rule, "shortDescription": {"text": titles[rule]}} for rule in sorted(titles)]


def _notice_rule(notice: Notice) -> str:
    return f"notice/{notice.kind}"


def _edit_result(edit: Edit, uri: str, places: Places, positions: dict[str, int]) -> dict[str, Any]:
    region = _region(edit.start, edit.end, places)
    words = dict.fromkeys((edit.replacement, *edit.alternatives))
    return {
        "ruleId": edit.rule,
        "ruleIndex": positions[edit.rule],
        "level": "warning" if edit.is_applied else "note",
        "rank": round(edit.confidence * 100, 2),
        "message": {"text": message(edit)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri, "index": 0}, "region": region}}],
        "fixes": [_fix(word, uri, region) for word in words],
        "partialFingerprints": {"zhengbenEdit/v1": _fingerprint(edit, places)},
        "properties": {
            "stage": edit.stage,
            "engine": edit.engine,
            "confidence": round(edit.confidence, 4),
            "status": edit.status,
        },
    }


def _notice_result(notice: Notice, uri: str, places: Places, positions: dict[str, int]) -> dict[str, Any]:
    rule = _notice_rule(notice)
    region = _region(notice.start, notice.end, places)
    return {
        "ruleId": rule,
        "ruleIndex": positions[rule],
        "level": "note",
        "message": {"text": visible(notice.reason)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri, "index": 0}, "region": region}}],
    }


def _region(start: int, end: int, places: Places) -> dict[str, int]:
    first, last = places.at(start), places.at(end)
    return {
        "startLine": first.line,
        "startColumn": first.column,
        "endLine": last.line,
        "endColumn": last.column,
        "charOffset": start,
        "charLength": end - start,
    }


def _fix(word: str, uri: str, region: dict[str, int]) -> dict[str, Any]:
    replacement = {"deletedRegion": region, "insertedContent": {"text": word}}
    return {
        "description": {"text": f"改为“{visible(word)}”" if word else "删去"},
        "artifactChanges": [{"artifactLocation": {"uri": uri, "index": 0}, "replacements": [replacement]}],
    }


def _fingerprint(edit: Edit, places: Places) -> str:
    """The same for the same edit in the same sentence, wherever the sentence has moved."""
    parts: Sequence[str] = (edit.rule, edit.original, edit.replacement, *places.around(edit.start, edit.end))
    return sha256("\0".join(parts).encode()).hexdigest()
