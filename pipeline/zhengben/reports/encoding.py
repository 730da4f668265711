"""JSON in the bytes of a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

PIECES_AT_ONCE = 10_000


def encoded(values: Any, indent: int) -> bytes:
    """Return plain values as indented JSON in UTF-8, a newline at the end."""
    pieces = json.JSONEncoder(ensure_ascii=False, indent=indent).iterencode(values)
    return b"".join((*_encoded(pieces), b"\n"))


def _encoded(pieces: Iterator[str]) -> Iterator[bytes]:
    """A long document has millions of pieces: as strings they take more memory than the report."""
    while some := "".join(islice(pieces, PIECES_AT_ONCE)):
        yield some.encode()
