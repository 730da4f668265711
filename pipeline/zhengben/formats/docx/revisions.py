"""Tracked changes: what is deleted and inserted, by whom and when (ECMA-376, part 1, 17.13.5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count

from zhengben.formats.docx.layout import Paragraph
from zhengben.formats.docx.names import XML_SPACE, Element, author, local, w

_BEFORE_MARK_PROPERTIES = frozenset({"sectPr", "pPrChange"})
_REVISED = frozenset({"ins", "moveTo"})


@dataclass(slots=True)
class Stamps:
    """Hands out what every revision and comment bears: an id of its own, the author and the date."""

    date: str
    taken: set[str] = field(default_factory=set)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def number(self) -> str:
        """An id that nothing in the document has."""
        return next(number for number in map(str, self._numbers) if number not in self.taken)

    def put(self, element: Element, stage: str) -> None:
        """Mark ``element`` as the work of a stage."""
        element.set(w("id"), self.number())
        element.set(w("author"), author(stage))
        element.set(w("date"), self.date)


def replace_text(runs: Sequence[Element], text: str) -> None:
    """Put ``text`` in the place of the ``runs``, in the formatting of the first."""
    if text:
        runs[0].addprevious(_run_with(text, runs[0].find(w("rPr"))))
    for run in runs:
        parent = run.getparent()
        parent.remove(run)
        while local(parent) in {"hyperlink", "smartTag", "ins", "moveTo"} and len(parent) == 0:
            empty, parent = parent, parent.getparent()
            parent.remove(empty)


def track_replacement(runs: Sequence[Element], text: str, stage: str, stamps: Stamps) -> list[Element]:
    """Mark the ``runs`` as deleted and ``text`` as inserted; return what stands for them now, in order."""
    properties = runs[0].find(w("rPr"))
    marked: list[Element] = []
    for group in list(_neighbours(runs)):
        deletion = group[0].makeelement(w("del"))
        stamps.put(deletion, stage)
        group[0].addprevious(deletion)
        for run in group:
            deletion.append(run)
            for node in run.iterchildren(w("t")):
                node.tag = w("delText")
                node.set(XML_SPACE, "preserve")
        marked.append(deletion)
    if text:
        insertion = _insertion(text, properties, stage, stamps, marked[0])
        _outside_revisions(marked[0], stamps).addnext(insertion)
        marked.insert(1, insertion)
    return marked


def insert_text(text: str, after: Element | None, before: Element | None, paragraph: Paragraph) -> Element:
    """Put a new run behind the run ``after``, or before the run ``before``, or into an empty paragraph."""
    neighbour = after if after is not None else before
    run = _run_with(text, _mark_properties(paragraph) if neighbour is None else neighbour.find(w("rPr")))
    if after is not None:
        after.addnext(run)
    elif before is not None:
        before.addprevious(run)
    else:
        paragraph.element.append(run)
    return run


def track_insertion(run: Element, stage: str, stamps: Stamps) -> Element:
    """Mark a run that has just been put in."""
    insertion = run.makeelement(w("ins"))
    stamps.put(insertion, stage)
    run.addprevious(insertion)
    insertion.append(run)
    place = _outside_revisions(insertion, stamps)
    if place is not insertion:
        place.addnext(insertion)
    return insertion


def track_mark(paragraph: Paragraph, stage: str, stamps: Stamps) -> None:
    """Mark the mark of a paragraph as deleted."""
    properties = _child(paragraph.element, "pPr", 0)
    below = next((place for place, child in enumerate(properties) if local(child) in _BEFORE_MARK_PROPERTIES), None)
    own = _child(properties, "rPr", len(properties) if below is None else below)
    deletion = own.makeelement(w("del"))
    stamps.put(deletion, stage)
    own.insert(1 if len(own) and local(own[0]) == "ins" else 0, deletion)


def delete_nothing(paragraph: Paragraph, stage: str, stamps: Stamps) -> Element:
    """Put a deletion without text into an empty paragraph: what is added to it goes with the paragraph."""
    deletion = paragraph.element.makeelement(w("del"))
    stamps.put(deletion, stage)
    paragraph.element.append(deletion)
    return deletion


def remove_paragraph(paragraph: Paragraph) -> None:
    """Take a paragraph out; bookmarks and the bounds of comments that stand in it go to the next one."""
    element = paragraph.element
    heir = next(element.itersiblings(w("p")))
    place = 1 if len(heir) and local(heir[0]) == "pPr" else 0
    for marker in reversed([child for child in element if local(child) not in {"pPr", "r", ""}]):
        heir.insert(place, marker)
    element.getparent().remove(element)


def _child(parent: Element, name: str, place: int) -> Element:
    found = parent.find(w(name))
    if found is None:
        found = parent.makeelement(w(name))
        parent.insert(place, found)
    return found


def _run_with(text: str, properties: Element | None) -> Element:
    from lxml import etree

    run = etree.Element(w("r")) if properties is None else properties.makeelement(w("r"))
    if properties is not None:
        run.append(_settled(properties))
    node = etree.SubElement(run, w("t"))
    node.text = text
    node.set(XML_SPACE, "preserve")
    return run


def _settled(properties: Element) -> Element:
    """A copy of run properties without the record of an earlier change of formatting."""
    copied = deepcopy(properties)
    for child in [child for child in copied if local(child) == "rPrChange"]:
        copied.remove(child)
    return copied


def _insertion(text: str, properties: Element | None, stage: str, stamps: Stamps, near: Element) -> Element:
    insertion = near.makeelement(w("ins"))
    stamps.put(insertion, stage)
    insertion.append(_run_with(text, properties))
    return insertion


def _mark_properties(paragraph: Paragraph) -> Element | None:
    """The formatting of an empty paragraph, as that of a run."""
    found = paragraph.element.find(f"{w('pPr')}/{w('rPr')}")
    if found is None:
        return None
    properties = deepcopy(found)
    for child in [child for child in properties if local(child) in {"ins", "del", "moveFrom", "moveTo"}]:
        properties.remove(child)
    return properties


def _neighbours(runs: Sequence[Element]) -> Iterator[list[Element]]:
    """The runs, those together that stand side by side."""
    group: list[Element] = []
    for run in runs:
        if group and group[-1].getnext() is not run:
            yield group
            group = []
        group.append(run)
    if group:
        yield group


def _outside_revisions(element: Element, stamps: Stamps) -> Element:
    """What to put an insertion behind: insertions of earlier reviewers are parted, never nested in."""
    while local(element.getparent()) in _REVISED:
        parent = element.getparent()
        rest = parent.makeelement(parent.tag, parent.attrib)
        rest.set(w("id"), stamps.number())
        following = element.getnext()
        while following is not None:
            rest.append(following)
            following = element.getnext()
        if len(rest):
            parent.addnext(rest)
        element = parent
    return element
