"""Names the kind of a binary file by its first bytes, for a message that helps."""

from __future__ import annotations

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls, .ppt, .wps)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
# Members that tell apart the documents which are zip archives, in the order in which to ask.
_ZIP_MEMBERS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document (.docx)"),
    (b"ppt/", "a presentation (.pptx)"),
    (b"xl/", "a spreadsheet (.xlsx)"),
    (b"application/epub+zip", "an EPUB book"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file (.odt, .ods, .odp)"),
)
_ZIP = b"PK\x03\x04"
_ZIP_WINDOW = 64 * 1024


def describe_binary(data: bytes) -> str:
    """What the file is, with its article; empty where no signature is known."""
    if data.startswith(_ZIP):
        window = data[:_ZIP_WINDOW] + data[-_ZIP_WINDOW:]
        return next((kind for member, kind in _ZIP_MEMBERS if member in window), "a zip archive")
    return next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), "")
