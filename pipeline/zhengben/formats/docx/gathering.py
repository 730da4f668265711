"""Gathers the text of a Word document in the accepted view of its revisions, with anchors.

Every paragraph is a line, also in cells, text boxes, notes, headers and comments. What earlier
reviewers deleted is passed over, what they inserted is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from zhengben.formats.docx.fields import Fields, is_authors
from zhengben.formats.docx.layout import Layout, Paragraph, Piece
from zhengben.formats.docx.names import Element, is_ours, local, w
from zhengben.formats.docx.package import Package, Story, StoryKind
from zhengben.model import Span

PLACES: Final[dict[StoryKind, str]] = {
    "main": "",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "comments": "批注",
    "header": "页眉",
    "footer": "页脚",
}
BOX: Final = "文本框"

_BLOCK_WRAPPERS: Final = frozenset(
    {"tbl", "tr", "tc", "sdt", "sdtContent", "customXml", "footnote", "endnote", "comment"}
)
_TRANSPARENT: Final = frozenset({"ins", "moveTo", "smartTag", "customXml"})
"""Wrappers of runs that an edit may cross; others are borders."""

_BORDERED: Final = frozenset({"hyperlink", "sdt", "sdtContent", "fldSimple", "dir", "bdo"})
_GONE: Final = frozenset({"del", "moveFrom", "delText", "delInstrText"})
_SILENT: Final = frozenset({"rPr", "pPr", "sdtPr", "sdtEndPr", "lastRenderedPageBreak", "proofErr", "annotationRef"})
_MARKERS: Final = re.compile(r"bookmark|comment(?!Reference)|perm|moveFromRange|moveToRange|customXml\w+Range")
_ATOMS: Final = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
    "sym": "\ufffc",
}
"""What one code point stands for in the text."""

_UNTOUCHABLE_ATOMS: Final = frozenset({"ptab", "noBreakHyphen", "softHyphen", "sym"})
_BOUND_CONTROLS: Final = tuple(map(w, ("dataBinding", "dropDownList", "comboBox", "date")))
"""What makes a program fill in a content control."""

_SEPARATORS: Final = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_WHITE: Final = str.maketrans("\n\r\t", "   ")


def gather(package: Package) -> Layout:
    """Return the text of ``package`` with its anchors.

    Raises `InputError` for a part that is damaged.
    """
    writer = _Writer(Layout(), _Hosts())
    for story in package.stories():
        writer.story(story, package.root(story.name))
    writer.finish()
    return writer.layout


@dataclass(slots=True)
class _Hosts:
    """Where in the body comments go that cannot stand where they belong."""

    first: Element | None = None
    notes: dict[tuple[str, str], Element] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Box:
    """Text boxes met in a run, and the copies of them that are kept for older programs."""

    originals: list[Element]
    copies: list[Element]
    run: Element


@dataclass(frozen=True, slots=True)
class _Scope:
    """What holds for all runs in one wrapper. ``border`` tells wrappers apart."""

    paragraph: Paragraph
    border: int
    protected: bool


@dataclass(slots=True)
class _Writer:
    """Walks the parts and writes their text down. ``host`` and ``place`` are as in `Paragraph`."""

    layout: Layout
    hosts: _Hosts
    part: str = ""
    offset: int = 0
    host: Element | None = None
    place: str = ""
    texts: list[str] = field(default_factory=list)
    fields: Fields = field(default_factory=Fields)
    boxes: list[_Box] = field(default_factory=list)
    stretch: int = 0
    borders: int = 0

    def story(self, story: Story, root: Element) -> None:
        """Write down a part."""
        self.part, self.place, self.fields = story.name, PLACES[story.kind], Fields()
        if story.kind == "main":
            self.blocks(root.find(w("body")))
        elif story.kind in {"footnotes", "endnotes"}:
            for note in (note for note in root if note.get(w("type")) not in _SEPARATORS):
                self.host = self.hosts.notes.get((story.kind, note.get(w("id"), "")), self.hosts.first)
                self.blocks(note)
        elif story.kind == "comments":
            self.host = self.hosts.first
            for comment in (comment for comment in root if not is_ours(comment)):
                self.blocks(comment)
        else:
            self.host = self.hosts.first
            self.blocks(root)

    def finish(self) -> None:
        """End the text: there is no newline after the last paragraph."""
        paragraphs = self.layout.paragraphs
        if paragraphs and paragraphs[-1].has_mark:
            paragraphs[-1].has_mark = paragraphs[-1].may_go = False
            self.texts.pop()
        self.layout.text = "".join(self.texts)
        self.layout.index()

    def blocks(self, container: Element | None) -> None:
        """Write down the paragraphs of a body, a cell or whatever else holds paragraphs."""
        if container is not None:
            for element, protected in _paragraphs(container, protected=False):
                self._paragraph(element, protected)

    def _paragraph(self, element: Element, protected: bool) -> None:
        paragraphs = self.layout.paragraphs
        is_joined = bool(paragraphs) and not paragraphs[-1].has_mark
        paragraph = Paragraph(element, self.part, self.offset, host=self.host, place=self.place)
        paragraph.tracks = self.place != PLACES["comments"]
        paragraphs.append(paragraph)
        if self.hosts.first is None:
            self.hosts.first = element
        self.stretch += 1
        self._inline(element, self._scope(paragraph, protected))
        paragraph.end = self.offset
        is_followed = local(_next_block(element)) == "p"
        if is_followed and _is_mark_deleted(element):
            return
        paragraph.has_mark = True
        paragraph.may_go = is_followed and not is_joined and element.find(f"{w('pPr')}/{w('sectPr')}") is None
        self._write("\n")
        self._write_boxes()

    def _scope(self, paragraph: Paragraph, protected: bool) -> _Scope:
        self.borders += 1
        return _Scope(paragraph, self.borders, protected)

    def _inline(self, parent: Element, scope: _Scope) -> None:
        for child in parent:
            name = local(child)
            if name == "r":
                self._run(child, scope)
            elif name in _TRANSPARENT:
                self._inline(child, scope)
            elif name in _BORDERED:
                self._inline(child, self._scope(scope.paragraph, scope.protected or _is_computed(child, name)))
            elif name in _GONE:
                scope.paragraph.holds_objects = True
            elif name not in _SILENT and not _MARKERS.match(name):
                self._object(scope)

    def _run(self, run: Element, scope: _Scope) -> None:
        for child in run:
            name = local(child)
            if name == "t":
                self._piece((child.text or "").translate(_WHITE), child, scope, protected=False)
            elif name in _ATOMS:
                is_page_break = child.get(w("type")) in {"page", "column"}
                self._piece(_ATOMS[name], child, scope, protected=is_page_break or name in _UNTOUCHABLE_ATOMS)
            elif name == "instrText":
                self.fields.instruct(child.text or "")
            elif name not in _GONE and name not in _SILENT:
                self._object(scope)
                self._take_in(child, name, run)

    def _piece(self, text: str, node: Element, scope: _Scope, *, protected: bool) -> None:
        if not text or self.fields.hides_text:
            return
        start, end = self.offset, self.offset + len(text)
        protected = protected or scope.protected or self.fields.is_computed
        piece = Piece(start, end, node.getparent(), node, scope.paragraph, self.stretch, scope.border, protected)
        self.layout.pieces.append(piece)
        if protected:
            self.layout.protect.append(Span(start, end))
        self._write(text)

    def _object(self, scope: _Scope) -> None:
        self.stretch += 1
        scope.paragraph.holds_objects = True

    def _take_in(self, child: Element, name: str, run: Element) -> None:
        """Learn what an object in a run means for the text around it or elsewhere."""
        if name == "fldChar":
            self.fields.meet(child)
        elif name in {"footnoteReference", "endnoteReference"} and not self.place:
            kind = name.removesuffix("Reference") + "s"
            self.hosts.notes.setdefault((kind, child.get(w("id"), "")), run)
        else:
            found = _outermost_boxes(child)
            copies = [box for box in found if _is_copy(box, child)]
            originals = [box for box in found if box not in copies]
            if found:
                self.boxes.append(_Box(originals or copies, copies if originals else [], run))

    def _write_boxes(self) -> None:
        """Write down the text boxes met, once the paragraph that holds them is complete."""
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            outer = self.place, self.host, self.fields
            self.place, self.host, self.fields = (
                self.place or BOX,
                box.run if self.host is None else self.host,
                Fields(),
            )
            start, texts = self.offset, len(self.texts)
            for original in box.originals:
                self.blocks(original)
            if box.copies:
                self._copy(box, start, "".join(self.texts[texts:]))
            self.place, self.host, self.fields = outer

    def _copy(self, box: _Box, start: int, text: str) -> None:
        """Remember the anchors of a copy, where it is one to the letter."""
        writer = _Writer(Layout(), self.hosts, self.part, start, self.host, self.place)
        for copy in box.copies:
            writer.blocks(copy)
        if "".join(writer.texts) == text:
            writer.layout.index()
            self.layout.copies.append(writer.layout)

    def _write(self, text: str) -> None:
        self.texts.append(text)
        self.offset += len(text)


def _paragraphs(container: Element, *, protected: bool) -> Iterator[tuple[Element, bool]]:
    """The paragraphs in blocks of any nesting; those of deleted rows and cells are gone."""
    for child in container:
        name = local(child)
        if name == "p":
            yield child, protected
        elif name in _BLOCK_WRAPPERS and not _is_deleted_block(child, name):
            yield from _paragraphs(child, protected=protected or _is_computed(child, name))
        elif name == "AlternateContent":
            yield from _paragraphs(
                next((choice for choice in child if local(choice) == "Choice"), ()), protected=protected
            )


def _is_deleted_block(element: Element, name: str) -> bool:
    path = {"tr": f"{w('trPr')}/{w('del')}", "tc": f"{w('tcPr')}/{w('cellDel')}"}.get(name)
    return path is not None and element.find(path) is not None


def _is_computed(element: Element, name: str) -> bool:
    """Whether a program fills in what the wrapper holds."""
    if name == "fldSimple":
        return not is_authors(element.get(w("instr"), ""))
    properties = element.find(w("sdtPr")) if name == "sdt" else None
    return properties is not None and any(properties.find(control) is not None for control in _BOUND_CONTROLS)


def _is_mark_deleted(paragraph: Element) -> bool:
    properties = paragraph.find(f"{w('pPr')}/{w('rPr')}")
    return properties is not None and any(local(child) in _GONE for child in properties)


def _next_block(element: Element) -> Element | None:
    following = element.getnext()
    while following is not None and (not local(following) or _MARKERS.match(local(following))):
        following = following.getnext()
    return following


def _outermost_boxes(element: Element) -> list[Element]:
    """Text boxes in an object, without those in a text box of it."""
    boxes = list(element.iter(w("txbxContent")))
    inner = {inside for box in boxes for inside in box.iter(w("txbxContent")) if inside is not box}
    return [box for box in boxes if box not in inner]


def _is_copy(box: Element, top: Element) -> bool:
    for ancestor in box.iterancestors():
        if local(ancestor) == "Fallback":
            return True
        if ancestor is top:
            break
    return False
