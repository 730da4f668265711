"""The JSON report: everything a result holds, in the documented schema ``report.schema.json``."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from zhengben.model import Edit, EngineVerdict, Notice, Result
from zhengben.reports.base import ReportMeta
from zhengben.reports.encoding import encoded
from zhengben.reports.places import Places
from zhengben.reports.tally import Tally

SCHEMA_VERSION = "1.0"


def render(result: Result, meta: ReportMeta) -> bytes:
    """Return the report as UTF-8 JSON, two blanks of indent, a newline at the end."""
    return encoded(report(result, meta), indent=2)


def report(result: Result, meta: ReportMeta) -> dict[str, Any]:
    """Return the report as plain values; edits are numbered from 1 in the order of the text."""
    places = Places(result.source, meta.page_starts)
    return {
        "schema_version": SCHEMA_VERSION,
        "generator": {"name": "zhengben", "version": meta.version},
        "generated": meta.generated,
        "seconds": round(meta.seconds, 3),
        "document": {"name": meta.name, "file_sha256": meta.source_sha256},
        "source": _text(result.source) | {"lines": places.lines, "paragraphs": places.paragraphs},
        "text": _text(result.text),
        "counts": _counts(Tally.of(result)),
        "engines": [_engine(verdict) for verdict in result.engines],
        "edits": [{"id": number, **_edit(edit, places)} for number, edit in enumerate(result.edits, 1)],
        "notices": [_notice(notice, places) for notice in result.notices],
    }


def text_sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as lower-case hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def _text(text: str) -> dict[str, Any]:
    return {"sha256": text_sha256(text), "characters": len(text)}


def _counts(tally: Tally) -> dict[str, Any]:
    return {
        "applied": tally.applied,
        "suggested": tally.suggested,
        "notices": tally.notices,
        "by_stage": {name: _pair(pair) for name, pair in tally.by_stage.items()},
        "by_engine": {name: _pair(pair) for name, pair in tally.by_engine.items()},
    }


def _pair(pair: tuple[int, int]) -> dict[str, int]:
    return dict(zip(("applied", "suggested"), pair, strict=True))


def _engine(verdict: EngineVerdict) -> dict[str, Any]:
    return {
        "engine": verdict.engine,
        "title": verdict.title,
        "probability": round(verdict.probability, 4),
        "evidence": list(verdict.evidence),
        "pairs": [{"pair": pair, "weight": round(weight, 4)} for pair, weight in verdict.pairs],
    }


def _edit(edit: Edit, places: Places) -> dict[str, Any]:
    return {
        "start": edit.start,
        "end": edit.end,
        "original": edit.original,
        **_substance(edit),
        "status": edit.status,
        "alternatives": list(edit.alternatives),
        "via": [{"original": part.original, **_substance(part)} for part in edit.via],
        **_where(edit.start, edit.end, places),
        "context": places.around(edit.start, edit.end)._asdict(),
    }


def _substance(edit: Edit) -> dict[str, Any]:
    return {
        "replacement": edit.replacement,
        "stage": edit.stage,
        "rule": edit.rule,
        "engine": edit.engine,
        "confidence": round(edit.confidence, 4),
        "reason": edit.reason,
    }


def _where(start: int, end: int, places: Places) -> dict[str, Any]:
    first, last = places.at(start), places.at(end)
    return first._asdict() | {"end_line": last.line, "end_column": last.column}


def _notice(notice: Notice, places: Places) -> dict[str, Any]:
    return {
        "start": notice.start,
        "end": notice.end,
        "kind": notice.kind,
        "reason": notice.reason,
        **_where(notice.start, notice.end, places),
    }
