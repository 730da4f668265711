from __future__ import annotations

import io
import re
import zipfile

import pytest

from formats.word_files import unzipped, zipped
from zhengben.errors import InputError
from zhengben.formats import Limits
from zhengben.formats.containers import open_archive

SOUND = zipped({"a.xml": b"<a/>", "folder/b.bin": bytes(range(256))})


def _open(data: bytes, limits: Limits | None = None):
    return open_archive(data, "a Word document", limits or Limits())


def _renamed(old: str, new: str) -> bytes:
    """An archive with a name that no program of good will writes."""
    return zipped({old: b"x"}).replace(old.encode(), new.encode())


def _encrypted() -> bytes:
    data = bytearray(SOUND)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for match in re.finditer(re.escape(signature), bytes(data)):
            data[match.start() + offset] |= 1
    return bytes(data)


def _packed_with(method: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        archive.writestr("a.xml", b"<a/>")
    return target.getvalue()


def _twice() -> bytes:
    return zipped({"a.xml": b"1", "b.xml": b"2"}).replace(b"b.xml", b"a.xml")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
REFUSED = {
    "a bomb": (zipped({"a.xml": bytes(12_000_000)}), "zip bomb"),
    "a climbing name": (_renamed("abc/etc.xml", "../../a.xml"), "leads out"),
    "an absolute name": (_renamed("aetc/passwd", "/etc/passwd"), "leads out"),
    "a name with a drive": (_renamed("ccc/a.xml", "c:/aa.xml"), "leads out"),
    "a name with a backslash": (_renamed("ab-a.xml", "ab\\a.xml"), "leads out"),
    "a name with a zero": (_renamed("ab-a.xml", "ab\0a.xml"), "leads out"),
    "a name twice": (_twice(), "two files of one name"),
    "an encrypted entry": (_encrypted(), "encrypted with a password"),
    "an encrypted document": (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted with a password"),
    "an old document": (OLE, "an old Office document .* not a Word document"),
    "an unusual method": (_packed_with(zipfile.ZIP_LZMA), "packed in a way"),
    "half an archive": (SOUND[:-40], "truncated or damaged"),
    "another kind of file": (b"%PDF-1.7", "a PDF document, not a Word document"),
    "any other bytes": (b"hello", "is not a Word document"),
    "nothing": (b"", "is not a Word document"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused_in_one_line(what):
    data, reason = REFUSED[what]
    with pytest.raises(InputError, match=reason) as refusal:
        _open(data)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(max_entries=1), "more than 1 files"),
        (Limits(max_expanded_bytes=100), "more than 100 bytes"),
    ],
)
def test_what_is_beyond_a_limit_is_refused(limits, reason):
    with pytest.raises(InputError, match=reason):
        _open(SOUND, limits)


def test_markup_beyond_its_limit_is_refused():
    archive = _open(SOUND, Limits(max_markup_bytes=3))
    with pytest.raises(InputError, match=r"a\.xml of more than 3 bytes"):
        archive.read_markup("a.xml")


def test_an_entry_that_lies_about_its_size_is_refused():
    data = zipped({"a.xml": bytes(10_000)}).replace((10_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(InputError, match=r"a\.xml cannot be unpacked"):
        _open(data).read("a.xml")


def test_a_damaged_entry_is_refused():
    packed = bytearray(_packed_with(zipfile.ZIP_STORED))
    packed[packed.index(b"<a/>")] ^= 1
    with pytest.raises(InputError, match=r"a\.xml cannot be unpacked"):
        _open(bytes(packed)).read("a.xml")


def test_a_missing_entry_is_refused():
    with pytest.raises(InputError, match=r"has no b\.xml"):
        _open(SOUND).read("b.xml")


def test_rewriting_keeps_order_dates_methods_and_all_other_bytes():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, method in (
            ("mimetype", zipfile.ZIP_STORED),
            ("b.xml", zipfile.ZIP_DEFLATED),
            ("c", zipfile.ZIP_STORED),
        ):
            entry = zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6))
            entry.compress_type = method
            archive.writestr(entry, b"x" * 50)
    written = _open(target.getvalue()).rewritten({"b.xml": b"new", "d.xml": b"added"})
    assert unzipped(written) == {"mimetype": b"x" * 50, "b.xml": b"new", "c": b"x" * 50, "d.xml": b"added"}
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        kept = archive.infolist()[:3]
        assert [entry.date_time for entry in kept] == [(2001, 2, 3, 4, 5, 6)] * 3
        assert [entry.compress_type for entry in kept] == [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED]


def test_rewriting_is_reproducible():
    assert _open(SOUND).rewritten({"new.xml": b"1"}) == _open(SOUND).rewritten({"new.xml": b"1"})
