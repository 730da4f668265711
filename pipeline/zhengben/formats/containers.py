"""Documents that are zip archives: opened within limits, written with all that is untouched as it was.

An uploaded archive is hostile until shown otherwise: its directory is judged before anything is
unpacked, names that lead out of it are refused, and nothing is ever unpacked to the disk.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO

from zhengben.errors import InputError
from zhengben.formats.base import MEBIBYTE, Limits
from zhengben.formats.signatures import describe_binary

SMALL_BYTES = 8 * MEBIBYTE
"""Up to this size, unpacked, the expansion of an archive does not matter: short XML packs well."""

_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_IS_ENCRYPTED = 0x1
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_UNPACKING_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive whose directory has been found harmless. Entries are unpacked when asked for."""

    data: bytes
    names: tuple[str, ...]
    limits: Limits

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """Unpack one entry. Raises `InputError` where it is missing or damaged."""
        return self.read_all((name,))[name]

    def read_all(self, names: Iterable[str]) -> dict[str, bytes]:
        """Unpack several entries at once. Raises `InputError` where one is missing or damaged."""
        with zipfile.ZipFile(BytesIO(self.data)) as archive:
            return {name: _unpacked(archive, name) for name in names}

    def read_markup(self, name: str) -> bytes:
        """Unpack an entry that will be parsed. Raises `InputError` where it is beyond the limit."""
        data = self.read(name)
        if len(data) > self.limits.max_markup_bytes:
            raise InputError(f"holds {name} of more than {self.limits.max_markup_bytes:,} bytes; split the document")
        return data

    def rewritten(self, changes: Mapping[str, bytes]) -> bytes:
        """The archive with entries replaced or added: the others keep order, date, method and bytes."""
        target = BytesIO()
        with zipfile.ZipFile(BytesIO(self.data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                content = changes.get(entry.filename)
                new.writestr(_entry_like(entry), _unpacked(old, entry.filename) if content is None else content)
            for name, content in changes.items():
                if name not in self.names:
                    new.writestr(_new_entry(name), content)
        return target.getvalue()


def open_archive(data: bytes, kind: str, limits: Limits) -> Archive:
    """Judge the directory of an archive. ``kind`` is what the file claims to be, with its article.

    Raises `InputError` for what is no archive, is truncated, encrypted or beyond ``limits``, and for
    names that lead out of the archive.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except _UNPACKING_ERRORS:
        raise InputError(_what_it_is_instead(data, kind)) from None
    _refuse_excess(entries, limits)
    for entry in entries:
        _refuse_dangerous(entry)
    names = tuple(entry.filename for entry in entries)
    if len(set(names)) < len(names):
        raise InputError("holds two files of one name, so programs differ about what it says; save it again")
    return Archive(data, names, limits)


def _what_it_is_instead(data: bytes, kind: str) -> str:
    if data.startswith(_OLE) and _ENCRYPTED_STREAM in data:
        return "is encrypted with a password; save it without one"
    if data.startswith(b"PK\x03\x04"):
        return f"is truncated or damaged: {kind} should be a whole zip archive; fetch it again"
    actual = describe_binary(data)
    return f"is {actual}, not {kind}; name it as what it is" if actual else f"is not {kind}; check its name"


def _refuse_excess(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse by what the directory declares; unpacking stops at what is declared."""
    if len(entries) > limits.max_entries:
        raise InputError(f"holds more than {limits.max_entries:,} files; split it")
    expanded = sum(entry.file_size for entry in entries)
    if expanded > limits.max_expanded_bytes:
        raise InputError(f"unpacks to more than {limits.max_expanded_bytes:,} bytes; split it")
    packed = sum(entry.compress_size for entry in entries)
    if expanded > max(SMALL_BYTES, limits.max_expansion * packed):
        raise InputError(f"unpacks to more than {limits.max_expansion} times its size, as a zip bomb does")


def _refuse_dangerous(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    # zipfile cuts a name at its first zero byte and maps separators: the name as stored is what counts.
    stored = entry.orig_filename
    if entry.flag_bits & _IS_ENCRYPTED:
        raise InputError("is encrypted with a password; save it without one")
    if entry.compress_type not in _METHODS:
        raise InputError(f"holds {name!r} packed in a way that documents do not use; save it again")
    is_outside = stored.startswith("/") or ".." in stored.split("/") or ":" in stored.partition("/")[0]
    if is_outside or "\\" in stored or "\0" in stored:
        raise InputError(f"holds a file named {stored[:80]!r}, which leads out of the document; save it again")


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except KeyError:
        raise InputError(f"has no {name}; save it again") from None
    except _UNPACKING_ERRORS:
        raise InputError(f"is damaged: {name} cannot be unpacked; fetch it again") from None


def _entry_like(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    copy = zipfile.ZipInfo(entry.filename, entry.date_time)
    copy.compress_type = entry.compress_type
    copy.external_attr = entry.external_attr
    copy.internal_attr = entry.internal_attr
    copy.create_system = entry.create_system
    copy.comment = entry.comment
    return copy


def _new_entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
