"""Markdown: plain text in which code, links, front matter and HTML are protected.

The block structure comes from markdown-it-py, by lines; it keeps no positions inside a line, so what
is protected there is found by patterns, each of which reads a character a bounded number of times.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from typing import Any

from zhengben.errors import InputError
from zhengben.formats.base import Limits, Source, WriteOptions
from zhengben.formats.markup import REFERENCE
from zhengben.formats.text import PlainText
from zhengben.model import Document, Result, Span

PROTECTED_BLOCKS = frozenset({"fence", "code_block", "html_block"})
PARSER_BYTES = 32 * 1024 * 1024
"""The parser of blocks takes some seconds and some hundred megabytes for every megabyte of short lines."""

_NEWLINE = re.compile("\r\n|\r|\n")
_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n.*?^\1[ \t]*$", re.DOTALL | re.MULTILINE)
_BACKTICKS = re.compile("`+")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\[\]\s]{1,80}\]:")
_LABEL = re.compile(r"\[([^\[\]\n]{1,200})\]")
_DELIMITER_ROW = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\Z")
_INLINE = re.compile(
    r"\]\((?:[^()\\\n]|\\.|\([^()\n]{0,500}\)){0,4000}\)"  # where a link leads, with its title
    r"|\]\[[^\[\]\n]{0,200}\]"  # the label of a reference
    r"|\[\^[^\[\]\s]{1,80}\]"  # a footnote
    r"|<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,2000}|/?[A-Za-z][^<>\n]{0,2000}|!--[^\n]{0,2000}?--)>"
    rf"|{REFERENCE}"
    r"|\\[!-/:-@\[-`{-~]"
    r"| {2,}(?=\r?\n)|\\(?=\r?\n)"  # a hard line break
    r"|[*_~]{1,3}"
)


class Markdown:
    """A Markdown text. It is written as plain text is, in UTF-8 or in the encoding that was read."""

    name = "markdown"

    def read(self, source: Source, limits: Limits) -> Document:
        if len(source.data) > min(limits.max_markup_bytes, PARSER_BYTES):
            raise InputError(f"is Markdown of more than {PARSER_BYTES:,} bytes; split it or name it .txt")
        document = PlainText().read(source, limits)
        return replace(document, protect=tuple(sorted(protected_spans(document.text))))

    def fit(self, document: Document, result: Result) -> Result:
        return result

    def write(self, document: Document, result: Result, options: WriteOptions) -> bytes:
        return PlainText().write(document, result, options)

    def output_suffix(self, source: Source) -> str:
        return source.suffix


def protected_spans(text: str) -> Iterator[Span]:
    """What in a Markdown text is no prose; the spans may overlap and are in no order."""
    matter = _FRONT_MATTER.match(text)
    begin = matter.end() if matter else 0
    if matter:
        yield Span(0, begin)
    body = text[begin:]
    starts = [0, *(match.end() for match in _NEWLINE.finditer(body)), len(body)]
    for span in _in_body(body, starts):
        yield Span(begin + span.start, begin + span.end)


def _in_body(body: str, starts: Sequence[int]) -> Iterator[Span]:
    blocks, references = _parsed(body)
    for label, definition in references.items():
        yield from _definition(body, _lines(starts, definition["map"]), label)
    labels = frozenset(references)
    for block in blocks:
        if block.map is None:
            continue
        lines = _lines(starts, block.map)
        if block.type in PROTECTED_BLOCKS:
            yield lines
        elif block.type == "table_open":
            yield from _table(body, lines)
        elif block.type == "inline":
            yield from _inline(body, lines, labels)


def _parsed(body: str) -> tuple[list[Any], dict[str, Any]]:
    from markdown_it import MarkdownIt

    environment: dict[str, Any] = {}
    blocks = MarkdownIt("commonmark").enable("table").disable("inline").parse(body, environment)
    return list(blocks), environment.get("references", {})


def _lines(starts: Sequence[int], lines: Sequence[int]) -> Span:
    last = len(starts) - 1
    return Span(starts[min(lines[0], last)], starts[min(lines[1], last)])


def _definition(body: str, lines: Span, label: str) -> Iterator[Span]:
    """A link's target, which is protected with its title, or a footnote, whose text is prose."""
    footnote = _FOOTNOTE.match(body, lines.start) if label.startswith("^") else None
    yield Span(lines.start, footnote.end()) if footnote else lines


def _table(body: str, lines: Span) -> Iterator[Span]:
    """The bars between cells, and the row of dashes below the head."""
    row_start = lines.start
    for row in body[lines.start : lines.end].splitlines(keepends=True):
        if _DELIMITER_ROW.match(row.rstrip("\r\n")):
            yield Span(row_start, row_start + len(row.rstrip("\r\n")))
        else:
            yield from (Span(row_start + place.start(), row_start + place.end()) for place in re.finditer(r"\|", row))
        row_start += len(row)


def _inline(body: str, lines: Span, labels: Container[str]) -> Iterator[Span]:
    yield from _code_spans(body, lines)
    for match in _INLINE.finditer(body, *lines):
        yield Span(*match.span())
    if labels:
        for match in _LABEL.finditer(body, *lines):
            if " ".join(match[1].split()).upper() in labels:
                yield Span(*match.span())


def _code_spans(body: str, lines: Span) -> Iterator[Span]:
    """Runs of backticks, each with the next one as long as itself; a run without one is text."""
    runs = [Span(*match.span()) for match in _BACKTICKS.finditer(body, *lines)]
    following: dict[int, int] = {}
    partner = [0] * len(runs)
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index].end - runs[index].start
        partner[index] = following.get(length, 0)
        following[length] = index
    index = 0
    while index < len(runs):
        if partner[index]:
            yield Span(runs[index].start, runs[partner[index]].end)
        index = (partner[index] or index) + 1
