"""Spreadsheets: the texts of cells, each shared one edited once; numbers and formulas are left alone.

A heading of a table and the column's name in the table's definition have to agree, or the spreadsheet
program calls the file damaged: such texts are protected, and so are the fields of pivot tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from zhengben.errors import InputError
from zhengben.formats.base import Limits, Source
from zhengben.formats.containers import Archive, open_archive
from zhengben.formats.flow import Vocabulary
from zhengben.formats.packages import Package, PackageFormat, gather_part, main_part, markup_of, relations
from zhengben.formats.textnodes import Gatherer, TextNodes
from zhengben.formats.xml import parse
from zhengben.model import Document, Span

KIND = "a spreadsheet (.xlsx)"

_SHEET = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}",
)
_NAMED_COLUMNS = re.compile(r"xl/(?:tables/table|pivotCache/pivotCacheDefinition)[0-9]*\.xml\Z")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_INLINE_TYPE = "inlineStr"
_INLINE_MARKS = (_INLINE_TYPE.encode(), _INLINE_TYPE.encode("utf-16-le"), _INLINE_TYPE.encode("utf-16-be"))


def _names(*locals_: str) -> tuple[str, ...]:
    return tuple(namespace + local for namespace in _SHEET for local in locals_)


VOCABULARY = Vocabulary(
    blocks=frozenset(_names("si", "is")),
    text=frozenset(_names("t")),
    # How a name is read aloud is no part of the cell.
    silent=dict.fromkeys(_names("rPh"), frozenset()),
)


class Spreadsheet(PackageFormat):
    """A spreadsheet of Excel, WPS or LibreOffice."""

    name = "xlsx"

    def read(self, source: Source, limits: Limits) -> Document:
        archive = open_archive(source.data, KIND, limits)
        gatherer = Gatherer(limits.max_pieces, holds_newlines=True)
        parts = {
            name: gather_part(data, name, VOCABULARY, gatherer) for name, data in _parts_with_text(archive).items()
        }
        nodes = gatherer.finish()
        nodes = replace(nodes, protect=(*nodes.protect, *_protected(nodes, frozenset(_column_names(archive)))))
        return Document(nodes.text, source.name, protect=nodes.protect, origin=Package(archive, parts, nodes))


def _parts_with_text(archive: Archive) -> dict[str, bytes]:
    """The shared texts, and those sheets that have texts of their own."""
    main = main_part(archive, KIND)
    if not str(parse(archive.read_markup(main), main).getroot().tag).endswith("}workbook"):
        raise InputError(f"is not {KIND}; check its name")
    found = relations(archive, [main])[main].values()
    shared = [relation.target for relation in found if relation.kind == "sharedStrings"]
    sheets = markup_of(archive, (relation.target for relation in found if relation.kind == "worksheet"))
    inline = {name: data for name, data in sheets.items() if any(mark in data for mark in _INLINE_MARKS)}
    return {**markup_of(archive, shared), **inline}


def _column_names(archive: Archive) -> Iterator[str]:
    for name, data in markup_of(archive, filter(_NAMED_COLUMNS.match, archive.names)).items():
        for element in parse(data, name).iter("{*}tableColumn", "{*}cacheField"):
            yield _ESCAPE.sub(lambda match: chr(int(match[1], 16)), element.get("name") or "")


def _protected(nodes: TextNodes, names: frozenset[str]) -> Iterator[Span]:
    start = 0
    for end in (*nodes.borders, len(nodes.text)):
        if nodes.text[start:end] in names:
            yield Span(start, end)
        start = end + 1
    for match in _ESCAPE.finditer(nodes.text):
        yield Span(*match.span())
