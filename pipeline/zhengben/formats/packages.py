"""Archives of XML parts whose text is gathered and edited by position: presentations, sheets, OpenDocument."""

from __future__ import annotations

import codecs
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhengben.errors import InputError
from zhengben.formats.base import Source, WriteOptions
from zhengben.formats.containers import Archive
from zhengben.formats.fitting import fitted
from zhengben.formats.flow import Flow, Vocabulary
from zhengben.formats.markup import Token, escaped, tokens
from zhengben.formats.textnodes import Gatherer, TextNodes, spliced
from zhengben.formats.xml import parse
from zhengben.model import Document, Result

if TYPE_CHECKING:
    from lxml.etree import _ElementTree

TAGS_PER_PIECE = 4
"""So many tags, with their end tags, surround a piece of text at most; a tree of more is an attack on memory."""

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_PARTS_OF_UTF8 = frozenset({"ascii", "us-ascii"})
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


class PackageFormat:
    """The half that formats of packages share: edits fitted to the nodes, written into the parts they came from."""

    def fit(self, document: Document, result: Result) -> Result:
        return fitted(result, document.origin.nodes.can_make)

    def write(self, document: Document, result: Result, options: WriteOptions) -> bytes:
        package: Package = document.origin
        return package.written(result)

    def output_suffix(self, source: Source) -> str:
        return source.suffix


def gather_part(
    data: bytes, part: str, vocabulary: Vocabulary, gatherer: Gatherer, *, allow_doctype: bool = False
) -> PartSource:
    """Gather the text of one part; names in ``vocabulary`` are ``{namespace}local``.

    Raises `InputError` as `parse` does.
    """
    tree = parse(data, part, allow_doctype=allow_doctype)
    source = decoded_part(data, tree, part)
    Flow(source.text, part, vocabulary, gatherer).feed(_named(tokens(source.text, is_xml=True), tree, part))
    return source


def decoded_part(data: bytes, tree: _ElementTree, part: str) -> PartSource:
    """The source that ``tree`` was parsed from, as text. Raises `InputError` for other encodings than
    UTF-8 and UTF-16, which such documents do not use."""
    name = (tree.docinfo.encoding or "utf-8").lower()
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    encoding = _MARKS.get(mark, "utf-8")
    if not name.startswith(encoding[:6]) and name not in _PARTS_OF_UTF8:
        raise InputError(f"is damaged: {part} is in {name}, which such documents do not use; save it again")
    return PartSource(data[len(mark) :].decode(encoding), encoding, mark)


def markup_of(archive: Archive, names: Iterable[str]) -> dict[str, bytes]:
    """Unpack parts that will be parsed. Raises `InputError` for a missing one or one beyond the limits."""
    unpacked = archive.read_all(dict.fromkeys(names))
    most, limit = archive.limits.max_markup_bytes, archive.limits.max_pieces
    for name, data in unpacked.items():
        if len(data) > most:
            raise InputError(f"holds {name} of more than {most:,} bytes; split the document")
        if data.count(b"<") > limit * TAGS_PER_PIECE:
            raise InputError(f"holds {name} of more than {limit * TAGS_PER_PIECE:,} tags; split the document")
    return unpacked


@dataclass(frozen=True, slots=True)
class Relation:
    """Another part that a part refers to: its ``kind`` is the last word of the relationship's type."""

    kind: str
    target: str


def relations(archive: Archive, parts: Sequence[str]) -> dict[str, dict[str, Relation]]:
    """What each of some parts of an Office document refers to inside of it, by identifier, in order."""
    present = frozenset(archive.names)
    places = {part: _place_of_relations(part) for part in parts}
    unpacked = markup_of(archive, (place for place in places.values() if place in present))
    return {part: _relations(part, place, unpacked.get(place, b"")) for part, place in places.items()}


def _place_of_relations(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relations(part: str, place: str, data: bytes) -> dict[str, Relation]:
    found: dict[str, Relation] = {}
    for element in parse(data, place).iter(_RELATIONS) if data else ():
        if element.get("TargetMode") != "External":
            kind = (element.get("Type") or "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), element.get("Target") or ""))
            found[element.get("Id") or ""] = Relation(kind, target.lstrip("/"))
    return found


def main_part(archive: Archive, kind: str) -> str:
    """The part that an Office document begins with. Raises `InputError` where there is none.

    ``kind`` is what the file claims to be, with its article.
    """
    main = next((found.target for found in relations(archive, [""])[""].values() if found.kind == "officeDocument"), "")
    if main not in archive:
        raise InputError(f"is not {kind}: it has no main part; check its name")
    return main


def _named(found: Iterable[Token], tree: _ElementTree, part: str) -> Iterator[Token]:
    """The tokens with the names that the parser gives the elements, in the same order."""
    from lxml import etree

    names = (str(element.tag) for element in tree.iter(etree.Element))
    stack: list[str] = []
    for token in found:
        if token.kind in {"text", "cdata"}:
            yield token
            continue
        name = (stack.pop() if stack else "") if token.kind == "end" else next(names, "")
        if not name:
            raise InputError(f"is damaged: {part} declares its document type oddly; save it again")
        if token.kind == "start":
            stack.append(name)
        yield token._replace(name=name)
