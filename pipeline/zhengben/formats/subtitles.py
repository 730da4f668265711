"""Subtitles (SubRip, WebVTT): the spoken lines of the cues; numbers, times and settings are left alone.

The lines of one cue belong together: a word may begin on one and end on the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from zhengben.errors import InputError
from zhengben.formats.base import Limits, Source, WriteOptions
from zhengben.formats.encodings import Decoded, decode
from zhengben.formats.fitting import fitted
from zhengben.formats.markup import REFERENCE, character_of, escaped
from zhengben.formats.text import PlainText
from zhengben.formats.textnodes import Gatherer, TextNodes, spliced
from zhengben.model import Document, Edit, Result

_LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n|\\Z)")
_TIME = r"(?:\d{1,4}:)?\d{1,2}:\d{1,2}[,.]\d{1,3}"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}")
_TAG = r"</?[A-Za-z][^<>\r\n]{0,500}>|<[0-9:.]{1,20}>"
_SRT_MARKUP = re.compile(rf"{_TAG}|\{{\\[^{{}}\r\n]{{0,500}}\}}")
_VTT_MARKUP = re.compile(rf"{_TAG}|</[a-z]>|{REFERENCE}")


@dataclass(frozen=True, slots=True)
class _Script:
    """The source of subtitles and the text nodes of their cues."""

    decoded: Decoded
    nodes: TextNodes
    is_vtt: bool


class Subtitles:
    """Subtitles in SubRip or WebVTT, written as plain text is."""

    name = "subtitles"

    def read(self, source: Source, limits: Limits) -> Document:
        decoded = decode(source.data)
        is_vtt = source.suffix == ".vtt"
        if is_vtt and not decoded.text.startswith("WEBVTT"):
            raise InputError("is not WebVTT, which begins with the word WEBVTT; check its name")
        if decoded.text.strip() and not is_vtt and not any(map(_TIMING.match, decoded.text.splitlines())):
            raise InputError("is not SubRip: no line has times such as 00:00:01,000 --> 00:00:02,000; check its name")
        gatherer = Gatherer(limits.max_pieces)
        for cue in _cues(decoded.text):
            _gather(decoded.text, cue, gatherer, is_vtt)
        nodes = gatherer.finish()
        origin = _Script(decoded, nodes, is_vtt)
        return Document(nodes.text, source.name, protect=nodes.protect, encoding=decoded.encoding, origin=origin)

    def fit(self, document: Document, result: Result) -> Result:
        """Return ``result`` with the edits that reach from cue to cue only suggested."""
        return fitted(result, document.origin.nodes.can_make)

    def write(self, document: Document, result: Result, options: WriteOptions) -> bytes:
        script: _Script = document.origin
        edits = (_with_emptied_line(edit, script.nodes) for edit in result.applied)
        splices = script.nodes.splices(edits).get("", [])
        text = spliced(script.decoded.text, splices, escaped if script.is_vtt else str)
        plain = replace(document, text=script.decoded.text, origin=script.decoded)
        return PlainText().write(plain, Result(script.decoded.text, text), options)

    def output_suffix(self, source: Source) -> str:
        return source.suffix


def _cues(source: str) -> Iterator[list[tuple[int, int]]]:
    """The text lines of every cue, as their bounds in the source, line ends included."""
    cue: list[tuple[int, int]] | None = None
    for match in _LINE.finditer(source):
        is_blank = not match[0].strip()
        if cue is not None and is_blank:
            yield cue
            cue = None
        elif cue is not None:
            cue.append(match.span())
        elif _TIMING.match(match[0]):
            cue = []


def _gather(source: str, cue: list[tuple[int, int]], gatherer: Gatherer, is_vtt: bool) -> None:
    for index, (start, end) in enumerate(cue):
        content = start + len(source[start:end].rstrip("\r\n"))
        _gather_line(source, start, content, gatherer, is_vtt)
        if index + 1 < len(cue):
            gatherer.add("\n", "", content, end, "object", protected=False)
    gatherer.end_block()


def _gather_line(source: str, start: int, end: int, gatherer: Gatherer, is_vtt: bool) -> None:
    cursor = start
    for match in (_VTT_MARKUP if is_vtt else _SRT_MARKUP).finditer(source, start, end):
        _gather_text(source, cursor, match.start(), gatherer)
        cursor = match.end()
        character = character_of(match[0], is_html=True) if match[0].startswith("&") else ""
        if character:
            gatherer.add(character, "", *match.span(), "character", protected=False)
        elif match[0].startswith("&"):
            gatherer.add(match[0], "", *match.span(), protected=True)
    _gather_text(source, cursor, end, gatherer)


def _gather_text(source: str, start: int, end: int, gatherer: Gatherer) -> None:
    if start < end:
        gatherer.add(source[start:end], "", start, end, protected=False)


def _with_emptied_line(edit: Edit, nodes: TextNodes) -> Edit:
    """A blank line would end the cue: what empties lines of it takes one more line end along."""
    if edit.replacement.strip():
        return edit
    text = nodes.text
    begins_line = edit.start == 0 or text[edit.start - 1] == "\n"
    ends_line = edit.end == len(text) or text[edit.end] == "\n"
    if not (begins_line and ends_line):
        return edit
    if edit.end < len(text) and not nodes.is_border(edit.end):
        return replace(edit, end=edit.end + 1, original=edit.original + "\n", replacement="")
    if edit.start and not nodes.is_border(edit.start - 1):
        return replace(edit, start=edit.start - 1, original="\n" + edit.original, replacement="")
    return edit
