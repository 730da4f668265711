"""Old Word documents and RTF: converted for real where LibreOffice is there."""

from __future__ import annotations

import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import pytest

from zhengben.errors import InputError
from zhengben.formats import Limits, Source, WriteOptions, format_of, legacy
from zhengben.formats.legacy import OldWord, find_office
from zhengben.model import Edit, Result

LETTER = "请各位准时到会，把材料带齐。\n散会以后把椅子搬回原处。"

needs_office = pytest.mark.skipif(not find_office(), reason="needs LibreOffice")


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    folder = tmp_path_factory.mktemp("old")
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    for kind in ("doc:MS Word 97", "rtf:Rich Text Format"):
        _convert(folder / "letter.txt", kind, "--infilter=Text (encoded):UTF8")
    return {suffix: (folder / f"letter{suffix}").read_bytes() for suffix in (".doc", ".rtf")}


@needs_office
@pytest.mark.parametrize("suffix", [".doc", ".rtf"])
def test_an_old_document_is_read_and_leaves_as_docx(documents, suffix):
    import docx

    source = Source(f"letter{suffix}", documents[suffix])
    reader = format_of(source)
    document = reader.read(source, Limits())
    assert document.text == LETTER
    start = LETTER.index("材料")
    edit = Edit(start, start + 2, "材料", "文件", "rules", "X/材料")
    result = Result(LETTER, LETTER.replace("材料", "文件"), (edit,))
    written = reader.write(document, result, WriteOptions(track=False))
    assert [paragraph.text for paragraph in docx.Document(BytesIO(written)).paragraphs] == result.text.split("\n")
    assert reader.output_suffix(source) == ".docx"


@needs_office
def test_a_damaged_document_is_refused():
    source = Source("letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000)
    with pytest.raises(InputError, match="cannot be read by LibreOffice"):
        format_of(source).read(source, Limits())


@needs_office
def test_a_document_that_takes_too_long_is_given_up(documents):
    source = Source("letter.doc", documents[".doc"])
    with pytest.raises(InputError, match=r"more than 0\.5 seconds"):
        format_of(source).read(source, Limits(max_seconds=0.5))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.doc", b"{\\rtf1}", "an RTF document, though its name says .doc"),
        ("a.rtf", b"%PDF-1.7", "a PDF document, though its name says .rtf"),
        ("a.doc", b"PK\x03\x04word/document.xml", "a Word document"),
        ("a.rtf", "材料".encode(), "something else"),
        ("a.doc", b"", "something else"),
    ],
)
def test_a_wrong_name_is_refused_before_anything_is_started(monkeypatch, name, data, message):
    monkeypatch.setattr(legacy, "find_office", lambda: pytest.fail("LibreOffice was looked for"))
    with pytest.raises(InputError, match=message):
        OldWord().read(Source(name, data), Limits())


def test_without_libreoffice_the_message_says_what_to_do(monkeypatch):
    monkeypatch.setattr(legacy, "find_office", lambda: "")
    with pytest.raises(
        InputError, match=r"needs LibreOffice to read \.rtf; install it, or save the document as \.docx"
    ):
        OldWord().read(Source("a.rtf", b"{\\rtf1 x}"), Limits())


@needs_office
def test_nothing_that_a_document_refers_to_is_fetched(tmp_path):
    asked = []

    class Listener(BaseHTTPRequestHandler):
        def handle(self):
            asked.append(self.client_address)

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        data = _document_with_a_link(f"http://127.0.0.1:{server.server_port}/picture.png", tmp_path)
        assert asked, "LibreOffice as it comes follows the link"
        asked.clear()
        source = Source("letter.doc", data)
        assert format_of(source).read(source, Limits()).text == "正文"
        assert asked == []
    finally:
        server.shutdown()
        server.server_close()


def _document_with_a_link(address: str, folder: Path) -> bytes:
    """A .doc that shows a picture from somewhere else."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    (folder / "linked.fodt").write_text(
        '<?xml version="1.0"?>'
        f'<office:document xmlns:office="{names}:office:1.0" xmlns:text="{names}:text:1.0"'
        f' xmlns:draw="{names}:drawing:1.0" xmlns:svg="{names}:svg-compatible:1.0"'
        f' xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"'
        ' office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>正文'
        '<draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char">'
        f'<draw:image xlink:href="{address}" xlink:type="simple"/></draw:frame>'
        "</text:p></office:text></office:body></office:document>",
        encoding="utf-8",
    )
    _convert(folder / "linked.fodt", "doc:MS Word 97")
    return (folder / "linked.doc").read_bytes()


def _convert(original: Path, kind: str, *options: str) -> None:
    folder = original.parent
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [find_office(), profile, "--headless", *options, "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run([*command, str(original)], check=True, capture_output=True)
