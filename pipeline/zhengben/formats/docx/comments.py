"""Comments: their text in a part of its own, their place marked in the body (ECMA-376, part 1, 17.13.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from zhengben.formats.docx.names import XML_SPACE, Element, local, w
from zhengben.formats.docx.revisions import Stamps

INITIALS = "正本"
_ANCHORS = tuple(map(w, ("commentRangeStart", "commentRangeEnd", "commentReference")))


@dataclass(frozen=True, slots=True)
class Margin:
    """The margin of a document: ``root`` is its part for comments, ``notes`` are the new ones by their ids."""

    root: Element
    stamps: Stamps
    notes: dict[str, Element] = field(default_factory=dict)

    def note(self, lines: Iterable[str], stage: str) -> str:
        """Write a comment of one paragraph a line and return its id."""
        from lxml import etree

        comment = etree.SubElement(self.root, w("comment"))
        self.stamps.put(comment, stage)
        comment.set(w("initials"), INITIALS)
        for line in lines:
            text = etree.SubElement(etree.SubElement(etree.SubElement(comment, w("p")), w("r")), w("t"))
            text.text = line
            text.set(XML_SPACE, "preserve")
        number = str(comment.get(w("id")))
        self.notes[number] = comment
        return number

    def put_in_order(self, body: Element) -> None:
        """Number the new comments as their anchors follow in the ``body``.

        LibreOffice 7.4 mixes up footnotes where the ids of comments do not ascend.
        """
        starts = (start.get(w("id")) for start in body.iter(w("commentRangeStart")))
        order = [number for number in starts if number in self.notes]
        renamed = dict(zip(order, sorted(order, key=int), strict=True))
        for anchor in body.iter(*_ANCHORS):
            if anchor.get(w("id")) in renamed:
                anchor.set(w("id"), renamed[anchor.get(w("id"))])
        for number in order:
            self.notes[number].set(w("id"), renamed[number])
            self.root.append(self.notes[number])


def mark_range(first: Element, last: Element, number: str) -> None:
    """Anchor a comment at what reaches from ``first`` to ``last``, both within one paragraph."""
    first, last = _in_paragraph(first), _in_paragraph(last)
    first.addprevious(_bound(first, "commentRangeStart", number))
    _close(last, number)


def mark_line(deletion: Element, number: str) -> None:
    """Anchor a comment at a deleted line; its mark goes with the line when the deletion is accepted."""
    first = _in_paragraph(deletion)
    first.addprevious(_bound(first, "commentRangeStart", number))
    first.addnext(_bound(first, "commentRangeEnd", number))
    deletion.append(_reference(first, number))


def mark_point(before: Element | None, after: Element | None, paragraph: Element, number: str) -> None:
    """Anchor a comment behind the run ``before`` or else ahead of ``after`` or of the ``paragraph``'s content."""
    start = _bound(paragraph, "commentRangeStart", number)
    if after is None:
        after = next((child for child in paragraph if local(child) not in {"pPr", ""}), None)
    if before is not None:
        _in_paragraph(before).addnext(start)
    elif after is not None:
        _in_paragraph(after).addprevious(start)
    else:
        paragraph.append(start)
    _close(start, number)


def _close(last: Element, number: str) -> None:
    end = _bound(last, "commentRangeEnd", number)
    last.addnext(end)
    end.addnext(_reference(last, number))


def _bound(near: Element, name: str, number: str) -> Element:
    bound = near.makeelement(w(name))
    bound.set(w("id"), number)
    return bound


def _reference(near: Element, number: str) -> Element:
    run = near.makeelement(w("r"))
    run.append(_bound(near, "commentReference", number))
    return run


def _in_paragraph(element: Element) -> Element:
    """The child of the paragraph that holds ``element``: comments begin and end between those."""
    while local(element.getparent()) != "p":
        element = element.getparent()
    return element
