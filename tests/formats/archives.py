"""Archives for tests: made in memory, opened as dictionaries, and the hostile ones that every format must refuse."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

BILLION_LAUGHS = '<!DOCTYPE a [<!ENTITY b "甲甲"><!ENTITY c "&b;&b;">]>'
EXTERNAL_ENTITY = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


def zipped(entries: Mapping[str, bytes | str], stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6)), content, compress_type=method)
    return target.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(data: bytes, name: str, change) -> bytes:
    """The archive with one of its parts, as text, replaced by what ``change`` makes of it."""
    entries = unzipped(data)
    return zipped({**entries, name: change(entries[name].decode()).encode()})


def behind_declaration(insertion: str):
    """A change that puts markup behind the XML declaration."""

    def change(part: str) -> str:
        end = part.find("?>") + 2 if part.startswith("<?xml") else 0
        return part[:end] + insertion + part[end:]

    return change


def encrypted(data: bytes) -> bytes:
    """The archive with all its entries marked as encrypted in its directory."""
    changed = bytearray(data)
    position = changed.find(b"PK\x01\x02")
    while position >= 0:
        changed[position + 8] |= 1
        position = changed.find(b"PK\x01\x02", position + 4)
    return bytes(changed)


def hostile_archives(good: bytes, part: str) -> dict[str, tuple[bytes, str]]:
    """Archives that must be refused, with what the refusal says; ``part`` of the good one holds text."""
    return {
        "a zip bomb": (zipped({**unzipped(good), "bomb": b"\0" * 40_000_000}), "zip bomb"),
        "entity expansion": (with_part(good, part, behind_declaration(BILLION_LAUGHS)), "declares entities"),
        "an external entity": (with_part(good, part, behind_declaration(EXTERNAL_ENTITY)), "declares entities"),
        "a path that leads out": (zipped({**unzipped(good), "../../evil": b"x"}), "leads out"),
        "an absolute path": (zipped({**unzipped(good), "/etc/evil": b"x"}), "leads out"),
        "truncated": (good[: len(good) // 2], "truncated or damaged"),
        "encrypted": (encrypted(good), "encrypted"),
        "a zip of something else": (zipped({"a.txt": "甲"}), "is not|has no"),
        "a PDF": (b"%PDF-1.7", "is a PDF document"),
        "empty": (b"", "is not"),
    }
