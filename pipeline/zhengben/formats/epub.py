"""Electronic books (EPUB 2 and 3): the chapters in reading order, and the tables of contents."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from zhengben.errors import InputError
from zhengben.formats.base import Limits, Source
from zhengben.formats.containers import Archive, open_archive
from zhengben.formats.flow import Vocabulary
from zhengben.formats.html import decode_page, gather
from zhengben.formats.packages import Package, PackageFormat, PartSource, gather_part, markup_of
from zhengben.formats.textnodes import Gatherer
from zhengben.formats.xml import parse
from zhengben.model import Document

KIND = "an EPUB book"
MIME_TYPE = b"application/epub+zip"
PAGES = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document"})
CONTENTS = "application/x-dtbncx+xml"
OBFUSCATIONS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
"""Ways in which fonts are made hard to copy, which hide no text."""

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
CONTENTS_VOCABULARY = Vocabulary(
    blocks=frozenset({f"{_NCX}navLabel", f"{_NCX}docTitle", f"{_NCX}docAuthor"}),
    text=frozenset({f"{_NCX}text"}),
    collapses=True,
)


@dataclass(frozen=True, slots=True)
class _Item:
    name: str
    media_type: str
    is_navigation: bool


class Book(PackageFormat):
    """An electronic book without copy protection."""

    name = "epub"

    def read(self, source: Source, limits: Limits) -> Document:
        archive = open_archive(source.data, KIND, limits)
        _refuse_others(archive)
        items = list(dict.fromkeys(_items_in_order(archive)))
        unpacked = markup_of(archive, (item.name for item in items))
        gatherer = Gatherer(limits.max_pieces)
        parts = {item.name: _gathered(unpacked[item.name], item, gatherer) for item in items}
        package = Package(archive, parts, gatherer.finish())
        return Document(package.nodes.text, source.name, protect=package.nodes.protect, origin=package)


def _gathered(data: bytes, item: _Item, gatherer: Gatherer) -> PartSource:
    if item.media_type == CONTENTS:
        return gather_part(data, item.name, CONTENTS_VOCABULARY, gatherer, allow_doctype=True)
    try:
        decoded = decode_page(data)
    except InputError as error:
        raise InputError(f"is damaged: {item.name} {error}") from None
    gather(decoded.text, item.name, gatherer, is_xml=True)
    return PartSource(decoded.text, decoded.encoding, decoded.mark)


def _items_in_order(archive: Archive) -> Iterator[_Item]:
    """The pages as they are read, then the contents; what the list names and the archive lacks is no page."""
    opf = _package_document(archive)
    root = parse(archive.read_markup(opf), opf, allow_doctype=True).getroot()
    present = frozenset(archive.names)
    items: dict[str, _Item] = {}
    for element in root.iterfind("{*}manifest/{*}item"):
        place = posixpath.normpath(posixpath.join(posixpath.dirname(opf), unquote(element.get("href") or "")))
        is_navigation = "nav" in (element.get("properties") or "").split()
        if place in present:
            items[element.get("id") or ""] = _Item(place, element.get("media-type") or "", is_navigation)
    for element in root.iterfind("{*}spine/{*}itemref"):
        item = items.get(element.get("idref") or "")
        if item is not None and item.media_type in PAGES:
            yield item
    for item in items.values():
        if item.is_navigation or item.media_type == CONTENTS:
            yield item


def _package_document(archive: Archive) -> str:
    root = parse(archive.read_markup(_CONTAINER), _CONTAINER).getroot()
    name = next((element.get("full-path") or "" for element in root.iter("{*}rootfile")), "")
    if name not in archive:
        raise InputError(f"is not {KIND}: it has no list of its pages; save it again")
    return name


def _refuse_others(archive: Archive) -> None:
    if "mimetype" not in archive or archive.read("mimetype").strip() != MIME_TYPE:
        raise InputError(f"is not {KIND}; check its name")
    if _ENCRYPTION not in archive:
        return
    root = parse(archive.read_markup(_ENCRYPTION), _ENCRYPTION).getroot()
    for element in root.iter("{*}EncryptedData"):
        methods = {method.get("Algorithm") for method in element.iterfind("{*}EncryptionMethod")}
        if not methods or not methods <= OBFUSCATIONS:
            raise InputError("is copy-protected (DRM), so its text cannot be read; ask for an unprotected copy")
