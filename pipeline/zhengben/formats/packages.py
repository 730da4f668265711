"""Archives of XML parts whose text is gathered and edited by position: presentations, sheets, OpenDocument."""

from __future__ import annotations

import codecs
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhengben.errors import InputError
from zhengben.formats.containers import Archive
from zhengben.formats.flow import Flow, Vocabulary
from zhengben.formats.markup import Token, escaped, tokens
from zhengben.formats.textnodes import Gatherer, TextNodes, spliced
from zhengben.formats.xml import parse
from zhengben.model import Result

if TYPE_CHECKING:
    from lxml.etree import _ElementTree

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class PartSource:
    """The source of a part and how it was encoded."""

    text: str
    encoding: str = "utf-8"
    mark: bytes = b""

    def encoded(self, text: str) -> bytes:
        """Another text in the same encoding; characters that it lacks become references."""
        return self.mark + text.encode(self.encoding, "xmlcharrefreplace")


@dataclass(frozen=True, slots=True)
class Package:
    """An archive, the parts of it that hold text, and this text."""

    archive: Archive
    parts: Mapping[str, PartSource]
    nodes: TextNodes

    def written(self, result: Result) -> bytes:
        """The archive with the applied edits made; without any, the same bytes."""
        splices = self.nodes.splices(result.applied)
        if not splices:
            return self.archive.data
        changes = {}
        for name, made in splices.items():
            part = self.parts[name]
            changes[name] = part.encoded(spliced(part.text, made, escaped))
        return self.archive.rewritten(changes)


def gather_part(
    data: bytes, part: str, vocabulary: Vocabulary, gatherer: Gatherer, *, allow_doctype: bool = False
) -> PartSource:
    """Gather the text of one part; names in ``vocabulary`` are ``{namespace}local``.

    Raises `InputError` as `parse` does.
    """
    tree = parse(data, part, allow_doctype=allow_doctype)
    source = decoded_part(data, tree)
    Flow(source.text, part, vocabulary, gatherer).feed(_named(tokens(source.text, is_xml=True), tree))
    return source


def decoded_part(data: bytes, tree: _ElementTree) -> PartSource:
    """The source that ``tree`` was parsed from, as text."""
    encoding = (tree.docinfo.encoding or "utf-8").lower()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
        return PartSource(data[2:].decode(encoding), encoding, data[:2])
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    return PartSource(data[len(mark) :].decode(encoding), encoding, mark)


def markup_of(archive: Archive, names: Iterable[str]) -> dict[str, bytes]:
    """Unpack parts that will be parsed. Raises `InputError` for a missing one or one beyond the limit."""
    unpacked = archive.read_all(dict.fromkeys(names))
    most = archive.limits.max_markup_bytes
    for name, data in unpacked.items():
        if len(data) > most:
            raise InputError(f"holds {name} of more than {most:,} bytes; split the document")
    return unpacked


@dataclass(frozen=True, slots=True)
class Relation:
    """Another part that a part refers to: its ``kind`` is the last word of the relationship's type."""

    kind: str
    target: str


def relations(archive: Archive, part: str) -> dict[str, Relation]:
    """What a part of an Office document refers to inside of it, by identifier, in order."""
    folder, name = posixpath.split(part)
    place = posixpath.join(folder, "_rels", f"{name}.rels")
    if place not in archive:
        return {}
    found: dict[str, Relation] = {}
    for element in parse(archive.read_markup(place), place).iter(_RELATIONS):
        if element.get("TargetMode") != "External":
            kind = (element.get("Type") or "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", folder, element.get("Target") or ""))
            found[element.get("Id") or ""] = Relation(kind, target.lstrip("/"))
    return found


def main_part(archive: Archive, kind: str) -> str:
    """The part that an Office document begins with. Raises `InputError` where there is none.

    ``kind`` is what the file claims to be, with its article.
    """
    main = next((found.target for found in relations(archive, "").values() if found.kind == "officeDocument"), "")
    if main not in archive:
        raise InputError(f"is not {kind}: it has no main part; check its name")
    return main


def _named(found: Iterable[Token], tree: _ElementTree) -> Iterator[Token]:
    """The tokens with the names that the parser gives the elements, in the same order."""
    from lxml import etree

    elements = tree.iter(etree.Element)
    stack: list[str] = []
    for token in found:
        if token.kind in {"start", "empty"}:
            token = token._replace(name=str(next(elements).tag))
            if token.kind == "start":
                stack.append(token.name)
        elif token.kind == "end":
            token = token._replace(name=stack.pop())
        yield token
