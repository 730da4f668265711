"""Old Word documents (.doc) and RTF, converted by a LibreOffice that is found on the machine.

What leaves is a .docx with tracked changes: the old formats are not written. LibreOffice runs
without macros, links or network, in a profile of its own that is thrown away.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from zhengben.errors import InputError
from zhengben.formats.base import Limits, Source, WriteOptions
from zhengben.formats.docx import WordDocument
from zhengben.formats.signatures import describe_binary
from zhengben.model import Document, Result

PROGRAMS: Final = ("soffice", "libreoffice")
PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
SIGNATURES: Final = {".doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".rtf": b"{\\rtf"}

_NOWHERE: Final = "127.0.0.1"
_DISCARD_PORT: Final = 9
# Scripts off, nothing that a document refers to is followed, and all the network is a closed door.
_SETTINGS: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>{_NOWHERE}</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>{_DISCARD_PORT}</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>{_NOWHERE}</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>{_DISCARD_PORT}</value></prop>
<prop oor:name="ooInetNoProxy" oor:op="fuse"><value></value></prop>
</item>
</oor:items>
"""


class OldWord:
    """A .doc or .rtf. It is read, and written, as the .docx that LibreOffice makes of it."""

    name = "old Word"
    parses_to_fit = True

    def read(self, source: Source, limits: Limits) -> Document:
        _refuse_misnamed(source)
        converted = _converted(source, limits)
        return WordDocument().read(Source(f"{source.name}.docx", converted), limits)

    def fit(self, document: Document, result: Result) -> Result:
        return WordDocument().fit(document, result)

    def write(self, document: Document, result: Result, options: WriteOptions) -> bytes:
        return WordDocument().write(document, result, options)

    def output_suffix(self, source: Source) -> str:
        return ".docx"


def find_office() -> str:
    """The path of LibreOffice; empty where none is found."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), "")
    return found or next((place for place in PLACES if Path(place).is_file()), "")


def _refuse_misnamed(source: Source) -> None:
    expected = SIGNATURES[source.suffix]
    if not source.data.startswith(expected):
        actual = describe_binary(source.data) or "something else"
        raise InputError(f"is {actual}, though its name says {source.suffix}; name it as what it is")


def _converted(source: Source, limits: Limits) -> bytes:
    """The document as .docx. Raises `InputError` where LibreOffice is missing or fails."""
    office = find_office()
    if not office:
        raise InputError(f"needs LibreOffice to read {source.suffix}; install it, or save the document as .docx")
    with tempfile.TemporaryDirectory(prefix="zhengben-") as name:
        folder = Path(name)
        original = folder / f"document{source.suffix}"
        original.write_bytes(source.data)
        _convert(office, original, folder)
        target = folder / "out" / "document.docx"
        if not target.is_file():
            raise InputError("cannot be read by LibreOffice: it is damaged or encrypted; save it as .docx")
        if target.stat().st_size > limits.max_bytes:
            raise InputError(f"becomes larger than {limits.max_bytes:,} bytes as .docx; split it")
        return target.read_bytes()


def _convert(office: str, original: Path, folder: Path) -> None:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    command = [
        office,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(original),
    ]
    closed = f"http://{_NOWHERE}:{_DISCARD_PORT}"
    surroundings = {**os.environ, "http_proxy": closed, "https_proxy": closed, "no_proxy": "", "HOME": str(folder)}
    # The time limit is that of the process that this runs in, and ends LibreOffice with it.
    subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=surroundings,
        check=False,
    )
