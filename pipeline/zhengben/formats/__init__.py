"""Reading and writing documents. A format is imported when the first of its files is met."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from zhengben.errors import DependencyError, InputError
from zhengben.formats.base import Format, Limits, Source, WriteOptions

__all__ = ["REGISTRY", "Entry", "Format", "Limits", "Source", "WriteOptions", "format_of", "load"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A format that can be asked for: where it lives, and what it needs beyond the base installation.

    ``target`` is ``module:class``. ``requires`` are the modules it imports, which the optional
    dependency group ``extra`` of this distribution installs. ``program`` is another program it calls,
    and ``find_program`` (``module:function``) says where that is. ``is_contained`` formats are read
    and written in processes of their own; those not ``in_folders`` are documents only where a user names them.
    """

    name: str
    suffixes: tuple[str, ...]
    target: str
    extra: str = ""
    requires: tuple[str, ...] = ()
    program: str = ""
    find_program: str = ""
    is_contained: bool = False
    in_folders: bool = True

    @property
    def missing(self) -> tuple[str, ...]:
        """The modules that are not installed."""
        return tuple(module for module in self.requires if find_spec(module) is None)

    @property
    def missing_program(self) -> str:
        """The program that is called and not found on this machine; empty where there is none."""
        module, _, function = self.find_program.partition(":")
        return "" if not module or getattr(import_module(module), function)() else self.program

    def load(self) -> Format:
        """Import the format. Raises `DependencyError` where a module it needs is missing."""
        if self.missing:
            raise DependencyError(
                f"{self.name} needs {', '.join(self.missing)}; install it with: pip install 'zhengben[{self.extra}]'"
            )
        if self.is_contained:
            from zhengben.formats.contained import Contained

            return Contained(self.target)
        module, _, name = self.target.partition(":")
        return cast(Format, getattr(import_module(module), name)())


TEXT = Entry("text", (".txt", ".text"), "zhengben.formats.text:PlainText")
REGISTRY: tuple[Entry, ...] = (
    TEXT,
    Entry("docx", (".docx", ".docm"), "zhengben.formats.docx:WordDocument", is_contained=True),
    Entry("html", (".html", ".htm", ".xhtml", ".xht"), "zhengben.formats.html:Html", is_contained=True),
    Entry("pptx", (".pptx", ".pptm", ".ppsx"), "zhengben.formats.pptx:Presentation", is_contained=True),
    Entry("xlsx", (".xlsx", ".xlsm"), "zhengben.formats.xlsx:Spreadsheet", is_contained=True),
    Entry("odt", (".odt",), "zhengben.formats.odt:OpenDocumentText", is_contained=True),
    Entry("epub", (".epub",), "zhengben.formats.epub:Book", is_contained=True),
    Entry("markdown", (".md", ".markdown"), "zhengben.formats.markdown:Markdown"),
    Entry("subtitles", (".srt", ".vtt"), "zhengben.formats.subtitles:Subtitles"),
    Entry(
        "pdf",
        (".pdf",),
        "zhengben.formats.pdf.format:Pdf",
        extra="pdf",
        requires=("pypdfium2", "pypdf"),
        is_contained=True,
    ),
    Entry(
        "image",
        (".png", ".jpg", ".jpeg", ".tif", ".tiff"),
        "zhengben.formats.images:Image",
        extra="ocr",
        requires=("rapidocr", "onnxruntime", "PIL"),
        is_contained=True,
        in_folders=False,
    ),
    Entry(
        "old Word",
        (".doc", ".rtf"),
        "zhengben.formats.legacy:OldWord",
        program="LibreOffice",
        find_program="zhengben.formats.legacy:find_office",
        is_contained=True,
    ),
)


def format_of(source: Source) -> Format:
    """The format that reads ``source``, by its suffix; what has an unknown one is read as text."""
    return _entry_of(source.suffix).load()


def is_contained(name: str) -> bool:
    """Whether a file of this name is read and written in processes of their own."""
    return _entry_of(Path(name).suffix.lower()).is_contained


def _entry_of(suffix: str) -> Entry:
    return next((entry for entry in REGISTRY if suffix in entry.suffixes), TEXT)


def known_suffixes() -> frozenset[str]:
    """The suffixes by which documents are recognised in a folder."""
    return frozenset(suffix for entry in REGISTRY if entry.in_folders for suffix in entry.suffixes)


def load(path: Path, limits: Limits) -> Source:
    """Read a file's bytes. Raises `InputError` where it is missing, unreadable or too large."""
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.max_bytes + 1)
    except FileNotFoundError:
        raise InputError("no such file; check the name") from None
    except IsADirectoryError:
        raise InputError("is a folder; use -r to clean what is in it") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}; check its permissions") from None
    return checked(Source(path.name, data), limits)


def checked(source: Source, limits: Limits) -> Source:
    """Return ``source`` itself. Raises `InputError` where it is larger than ``limits`` allow."""
    if len(source.data) > limits.max_bytes:
        raise InputError(f"is larger than {limits.max_bytes:,} bytes; split it")
    return source
