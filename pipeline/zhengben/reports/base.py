"""The contract of a report, and the registry that finds one by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple

from zhengben.errors import UsageError
from zhengben.model import Result


class Kind(NamedTuple):
    """A report format: the module that renders it and the ending of its files."""

    module: str
    extension: str


KINDS = MappingProxyType(
    {
        "html": Kind("zhengben.reports.html", ".html"),
        "json": Kind("zhengben.reports.json", ".json"),
        "diff": Kind("zhengben.reports.diff", ".diff"),
        "xlsx": Kind("zhengben.reports.xlsx", ".xlsx"),
        "sarif": Kind("zhengben.reports.sarif", ".sarif"),
        "rdjson": Kind("zhengben.reports.reviewdog", ".rdjson"),
        "terminal": Kind("zhengben.reports.terminal", ".txt"),
    }
)


@dataclass(frozen=True, slots=True)
class ReportMeta:
    """What a report says about the document beside its text.

    ``name`` is the document as the user named it (a path or file name). ``source_sha256`` is the hash
    of the original file's bytes, empty where there was no file. ``seconds`` is the wall time of the
    cleaning. ``generated`` is a date written as it is given, so the same input gives the same bytes.
    ``page_starts`` are the offsets where pages begin, for documents that have pages.
    """

    name: str
    source_sha256: str = ""
    version: str = ""
    seconds: float = 0.0
    generated: str = ""
    page_starts: tuple[int, ...] = ()


Renderer = Callable[[Result, ReportMeta], bytes]


def extension(kind: str) -> str:
    """The file ending of a report, with its dot. Raises `UsageError` for an unknown kind."""
    return _kind(kind).extension


def render(kind: str, result: Result, meta: ReportMeta) -> bytes:
    """Return the report as the bytes of its file.

    Raises `UsageError` for an unknown kind and `DependencyError` where its library is not installed.
    """
    renderer: Renderer = import_module(_kind(kind).module).render
    return renderer(result, meta)


def _kind(name: str) -> Kind:
    try:
        return KINDS[name]
    except KeyError:
        raise UsageError(f"unknown report {name}: choose from {', '.join(KINDS)}") from None
