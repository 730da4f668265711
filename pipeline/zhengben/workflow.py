"""One document from its bytes to what is written for it: cleaned, or as a reviewer decided."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from zhengben import __version__
from zhengben.batch import STANDARD_INPUT_NAME, Input
from zhengben.cleaner import Cleaner
from zhengben.clock import now
from zhengben.errors import DependencyError, InputError
from zhengben.formats import Limits, Source, WriteOptions, checked, format_of, load
from zhengben.formats.base import Format, Rewriting
from zhengben.model import Document, Result
from zhengben.phrases import occurrences
from zhengben.reports import ReportMeta, render
from zhengben.reports.decisions import Decisions, replay


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that was read, and the format that knows how to write it again."""

    source: Source
    format: Format
    document: Document
    seconds: float

    @property
    def sha256(self) -> str:
        """The hash of the file's bytes, as lower-case hexadecimal digits."""
        return hashlib.sha256(self.source.data).hexdigest()

    def suffix(self, options: WriteOptions) -> str:
        """The suffix of the cleaned document: what ``options`` ask for, where the format leaves a choice."""
        if isinstance(self.format, Rewriting) and options.to in self.format.choices:
            return options.to
        return self.format.output_suffix(self.source)

    @property
    def companion_endings(self) -> tuple[str, ...]:
        """The endings of what is written beside the cleaned document."""
        return self.format.companion_endings if isinstance(self.format, Rewriting) else ()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What cleaning or a review made of a document. ``seconds`` is the wall time of reading and making it."""

    opened: Opened
    result: Result
    seconds: float

    def document(self, options: WriteOptions) -> bytes:
        """The cleaned document as a file. Raises `OutputError` for what its format cannot hold."""
        return self.opened.format.write(self.opened.document, self.result, options)

    def companions(self) -> Mapping[str, bytes]:
        """What is written beside the document, by its ending. Raises `OutputError` where that can't be written."""
        opened = self.opened
        if not isinstance(opened.format, Rewriting) or not opened.companion_endings:
            return {}
        return opened.format.companions(opened.source, opened.document, self.result)

    def report(self, kind: str, name: str) -> bytes:
        """A report as a file; ``name`` is what it calls the document."""
        return render(kind, self.result, self._meta(name))

    def _meta(self, name: str) -> ReportMeta:
        return ReportMeta(
            name=name,
            source_sha256=self.opened.sha256,
            version=__version__,
            seconds=self.seconds,
            generated=f"{now():%Y-%m-%d %H:%M}",
            page_starts=self.opened.document.page_starts,
        )


def open_input(found: Input, limits: Limits | None = None) -> Opened:
    """Read a document. Raises `InputError` for whatever keeps it from being read."""
    begin = time.perf_counter()
    limits = limits or Limits()
    source = load(found.path, limits) if found.path else _standard_input(limits)
    try:
        reader = format_of(source)
        document = reader.read(source, limits)
    except DependencyError as error:
        raise InputError(str(error)) from None
    return Opened(source, reader, document, time.perf_counter() - begin)


def clean_opened(opened: Opened, cleaner: Cleaner, phrases: Sequence[str]) -> Cleaned:
    """Clean a document, leaving every occurrence of ``phrases`` as it is.

    Raises `RuleError` and `ModelError` as `Cleaner` does.
    """
    begin = time.perf_counter()
    document = opened.document
    protect = (*document.protect, *occurrences(document.text, phrases))
    result = opened.format.fit(document, cleaner.clean(document.text, protect=protect, doubtful=document.doubtful))
    if document.notices:
        notices = sorted((*document.notices, *result.notices), key=lambda notice: (notice.start, notice.end))
        result = replace(result, notices=tuple(notices))
    return Cleaned(opened, result, opened.seconds + time.perf_counter() - begin)


def decide_opened(opened: Opened, decisions: Decisions) -> Cleaned:
    """Make those edits of a document that a reviewer accepted, and no others.

    An accepted edit that the document's structure does not allow is only suggested in the result.
    Raises `InputError` for decisions on another document and for two that cannot both be made.
    """
    begin = time.perf_counter()
    result = opened.format.fit(opened.document, replay(opened.document.text, decisions, opened.sha256))
    return Cleaned(opened, result, opened.seconds + time.perf_counter() - begin)


def _standard_input(limits: Limits) -> Source:
    return checked(Source(STANDARD_INPUT_NAME, sys.stdin.buffer.read(limits.max_bytes + 1)), limits)
