"""Text that came from pages, written as plain text, Markdown or a Word document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

from zhengben.errors import OutputError
from zhengben.formats.base import Limits, Source, WriteOptions
from zhengben.formats.pdf.origin import PagedOrigin
from zhengben.formats.pdf.package import word_package
from zhengben.model import Document, PositionMap, Result

_MARKUP: Final = re.compile(r"[\\`*_<\[\]]")
_LEADING_MARKUP: Final = re.compile(r"(?=[#>+|=~-])|(?<=^\d)(?=[.)])")


def write_pages(document: Document, result: Result, options: WriteOptions) -> bytes:
    """Return the clean text in the way that ``options.to`` asks for; plain text where it is empty."""
    suffix = options.to or ".txt"
    if suffix not in _WRITERS:
        raise OutputError(f"cannot be written as {suffix}: choose from {', '.join(_WRITERS)}")
    return _WRITERS[suffix](document, result, options)


def _as_text(document: Document, result: Result, options: WriteOptions) -> bytes:
    text = result.text
    return (text if not text or text.endswith("\n") else f"{text}\n").encode("utf-8")


def _as_markdown(document: Document, result: Result, options: WriteOptions) -> bytes:
    blocks = (f"{'#' * level} {_escaped(text)}".lstrip() for text, level in _paragraphs(document, result))
    return "".join(f"{block}\n\n" for block in blocks).removesuffix("\n").encode("utf-8")


def _as_word(document: Document, result: Result, options: WriteOptions) -> bytes:
    """A Word document with the edits as tracked changes; a clean one without ``options.track``."""
    if not options.track:
        return word_package(_paragraphs(document, result))
    from zhengben.formats.docx import WordDocument

    original = Result(result.source, result.source)
    package = word_package(_paragraphs(document, original))
    word = WordDocument()
    opened = word.read(Source(f"{document.name}.docx", package), Limits())
    if opened.text != result.source:
        return word_package(_paragraphs(document, result))
    return word.write(opened, word.fit(opened, result), options)


def _paragraphs(document: Document, result: Result) -> Iterator[tuple[str, int]]:
    """The clean text of each paragraph that still has some, and its level as a heading."""
    origin: PagedOrigin = document.origin
    positions = PositionMap(result.applied)
    cursor = 0
    for paragraph in origin.paragraphs:
        start, end = positions.to_output(*paragraph.span)
        text = result.text[max(start, cursor) : end].strip("\n")
        cursor = max(cursor, end)
        for line in text.split("\n"):
            if line:
                yield line, paragraph.level


def _escaped(text: str) -> str:
    return _LEADING_MARKUP.sub(r"\\", _MARKUP.sub(r"\\\g<0>", text), count=1) if _is_markup(text) else text


def _is_markup(text: str) -> bool:
    return bool(_MARKUP.search(text) or re.match(r"[#>+|=~-]|\d{1,9}[.)]", text))


_WRITERS: Final = MappingProxyType[str, Callable[[Document, Result, WriteOptions], bytes]](
    {".txt": _as_text, ".md": _as_markdown, ".docx": _as_word}
)
CHOICES: Final = tuple(_WRITERS)
"""The suffixes of what can be written."""
