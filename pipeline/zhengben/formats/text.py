"""Plain text in the encodings that Chinese documents come in."""

from __future__ import annotations

from zhengben.errors import OutputError
from zhengben.formats.base import Limits, Source, WriteOptions
from zhengben.formats.encodings import Decoded, decode
from zhengben.lines import LineIndex
from zhengben.model import Document, Result


class PlainText:
    """A text file. Newlines stay as they are, one by one; a byte-order mark is no part of the text."""

    name = "text"

    def read(self, source: Source, limits: Limits) -> Document:
        decoded = decode(source.data)
        return Document(decoded.text, source.name, encoding=decoded.encoding, origin=decoded)

    def fit(self, document: Document, result: Result) -> Result:
        return result

    def write(self, document: Document, result: Result, options: WriteOptions) -> bytes:
        if options.encoding == "utf-8":
            return result.text.encode("utf-8")
        return _encoded_as_read(document.origin, result.text)

    def output_suffix(self, source: Source) -> str:
        return source.suffix or ".txt"


def _encoded_as_read(origin: Decoded, text: str) -> bytes:
    try:
        return origin.mark + text.encode(origin.encoding)
    except UnicodeEncodeError as error:
        character = text[error.start]
        line, column = LineIndex(text).position(error.start)
        raise OutputError(
            f"{character!r} (U+{ord(character):04X}) at line {line}, column {column} of the clean text"
            f" does not exist in {origin.encoding}; use --encoding utf-8"
        ) from None
