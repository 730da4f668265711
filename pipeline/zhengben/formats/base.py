"""The contract of a format: bytes in, a document out; a result in, bytes out.

A format gathers the text of a document, remembers in ``Document.origin`` where every piece of it
came from, and puts a result's edits back there. It never looks for anything by comparing texts. A
format knows the model and nothing of stages, reports or the command line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal, Protocol, runtime_checkable

from zhengben.model import Document, Result

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a document may ask for before it is refused. Uploaded files are hostile.

    ``max_bytes`` is the size of the file as it lies on the disk. The others hold for documents that
    are archives: ``max_entries`` files in one, ``max_expanded_bytes`` of them unpacked together,
    ``max_expansion`` times as many bytes unpacked as packed, ``max_markup_bytes`` of XML in one file.
    ``max_pieces`` of text between tags hold for markup: each costs half a kilobyte of memory.
    ``max_pages`` and ``max_pixels`` (of one image) hold for PDF documents and images. ``max_seconds``
    of wall time and ``max_memory_bytes`` of address space hold for formats that are read in a process
    of their own; the memory covers text recognition, whose models ask for 2.5 GiB.
    """

    max_bytes: int = 256 * MEBIBYTE
    max_entries: int = 20_000
    max_expanded_bytes: int = 512 * MEBIBYTE
    max_expansion: int = 200
    max_markup_bytes: int = 64 * MEBIBYTE
    max_pieces: int = 3_000_000
    max_pages: int = 5_000
    max_pixels: int = 100_000_000
    max_seconds: float = 600.0
    max_memory_bytes: int = 4096 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a document and the file name that error messages and reports call it by."""

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        """The end of the name in lower case with its dot, such as ``.txt``; empty where there is none."""
        return PurePath(self.name).suffix.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOptions:
    """What a user can choose about the written document.

    ``encoding`` matters to formats that are plain text: ``same`` keeps the one that was read.
    ``track`` matters to formats that know revisions: edits are written as such, to accept or reject.
    ``to`` matters to formats that are not written in place: the suffix of what to write instead.
    """

    encoding: Literal["same", "utf-8"] = "utf-8"
    track: bool = True
    to: str = ""


class Format(Protocol):
    """One way of keeping a text in a file. A format keeps no state between two calls."""

    name: str

    def read(self, source: Source, limits: Limits) -> Document:
        """Return the text of ``source`` with what is needed to put edits back.

        Raises `InputError` for bytes that are not of this format, damaged or beyond ``limits``, and
        `DependencyError` where a package is missing.
        """
        ...

    def fit(self, document: Document, result: Result) -> Result:
        """Return ``result`` with those edits only suggested that the structure of ``document`` does not allow.

        What is written, reported and counted is the fitted result. A plain text allows everything.
        """
        ...

    def write(self, document: Document, result: Result, options: WriteOptions) -> bytes:
        """Return ``document`` as a file with the applied edits of ``result`` made.

        Raises `OutputError` for a text that the format cannot hold.
        """
        ...

    def output_suffix(self, source: Source) -> str:
        """The suffix of the cleaned document: most formats keep the one that was read."""
        ...


@runtime_checkable
class Rewriting(Protocol):
    """A format that is not written in place: the text leaves in one of several others, with something beside it."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The suffixes that ``WriteOptions.to`` can ask for."""
        ...

    @property
    def companion_endings(self) -> tuple[str, ...]:
        """The endings of what is written beside the document."""
        ...

    def companions(self, source: Source, document: Document, result: Result) -> Mapping[str, bytes]:
        """What is written beside the document, by its ending. Raises `OutputError` where that can't be written."""
        ...
