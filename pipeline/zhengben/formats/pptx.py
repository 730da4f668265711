"""Presentations: the paragraphs of slides, their tables, groups and notes, edited inside their runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhengben.errors import InputError
from zhengben.formats.base import Limits, Source
from zhengben.formats.containers import Archive, open_archive
from zhengben.formats.flow import Vocabulary
from zhengben.formats.packages import Package, PackageFormat, gather_part, main_part, markup_of, relations
from zhengben.formats.textnodes import OBJECT, Gatherer, TextNodes
from zhengben.formats.xml import parse
from zhengben.model import Document, Notice

KIND = "a presentation (.pptx)"
UNREAD_RELATIONS = frozenset({"chart", "diagramData"})

_MATH = "{http://schemas.microsoft.com/office/drawing/2010/main}m"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DRAWING = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}",
    "{http://purl.oclc.org/ooxml/drawingml/main}",
)
_RELATION_IDS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


def _names(local: str) -> tuple[str, ...]:
    return tuple(namespace + local for namespace in _DRAWING)


VOCABULARY = Vocabulary(
    blocks=frozenset(_names("p")),
    text=frozenset(_names("t")),
    # What is kept a second time for older programs is not read twice.
    silent={_FALLBACK: frozenset()},
    objects={**dict.fromkeys(_names("br"), "\n"), **dict.fromkeys((*_names("fld"), _MATH), OBJECT)},
)


@dataclass(frozen=True, slots=True)
class _Slide:
    part: str
    notes: str
    has_unread: bool


class Presentation(PackageFormat):
    """A presentation of PowerPoint, WPS or LibreOffice."""

    name = "pptx"

    def read(self, source: Source, limits: Limits) -> Document:
        archive = open_archive(source.data, KIND, limits)
        slides = list(_slides(archive))
        names = [name for slide in slides for name in (slide.part, slide.notes) if name]
        gatherer = Gatherer(limits.max_pieces)
        parts = {
            name: gather_part(data, name, VOCABULARY, gatherer) for name, data in markup_of(archive, names).items()
        }
        package = Package(archive, parts, gatherer.finish())
        nodes, notices = package.nodes, tuple(_unread(slides))
        pages = _page_starts(slides, nodes)
        return Document(
            nodes.text, source.name, protect=nodes.protect, notices=notices, page_starts=pages, origin=package
        )


def _slides(archive: Archive) -> Iterator[_Slide]:
    """The slides in the order in which they are shown."""
    parts = list(dict.fromkeys(_slide_parts(archive)))
    for part, found in relations(archive, parts).items():
        notes = next((relation.target for relation in found.values() if relation.kind == "notesSlide"), "")
        yield _Slide(part, notes, any(relation.kind in UNREAD_RELATIONS for relation in found.values()))


def _slide_parts(archive: Archive) -> Iterator[str]:
    main = main_part(archive, KIND)
    root = parse(archive.read_markup(main), main).getroot()
    if not str(root.tag).endswith("}presentation"):
        raise InputError(f"is not {KIND}; check its name")
    found = relations(archive, [main])[main]
    for element in root.iter("{*}sldId"):
        identifier = next((element.get(name) for name in _RELATION_IDS if element.get(name)), "")
        slide = found.get(identifier or "")
        if slide is not None and slide.kind == "slide":
            yield slide.target


def _page_starts(slides: Sequence[_Slide], nodes: TextNodes) -> tuple[int, ...]:
    """Where the text of each slide begins; one without text begins where the next one does."""
    begin: dict[str, int] = {}
    for piece in reversed(nodes.pieces):
        begin[piece.part] = piece.start
    starts = [len(nodes.text)]
    for slide in reversed(slides):
        starts.append(begin.get(slide.part, begin.get(slide.notes, starts[-1])))
    return tuple(reversed(starts[1:]))


def _unread(slides: list[_Slide]) -> Iterator[Notice]:
    numbers = [str(number) for number, slide in enumerate(slides, start=1) if slide.has_unread]
    if numbers:
        yield Notice(0, 0, "unread", f"第 {'、'.join(numbers)} 张幻灯片里的图表或 SmartArt 图形没有检查，请人工核对")
