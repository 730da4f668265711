"""Cuts runs so that any range of the text is made of whole runs, each with its own properties."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from copy import copy, deepcopy
from itertools import groupby, pairwise

from zhengben.formats.docx.layout import Layout, Piece
from zhengben.formats.docx.names import XML_SPACE, Element, local, w

_ATTACHED = frozenset({"lastRenderedPageBreak", "annotationRef"})


def cut(layout: Layout, offsets: Iterable[int]) -> None:
    """Cut the runs of ``layout`` at the ``offsets``, in linear time, and renew its anchors.

    A run with a cut is also parted from the objects in it, so that no edit takes them along.
    """
    places = sorted(set(offsets))
    pieces: list[Piece] = []
    for _, group in groupby(layout.pieces, key=lambda piece: id(piece.run)):
        members = list(group)
        low, high = members[0].start, members[-1].end
        inside = places[bisect_left(places, low) : bisect_right(places, high)]
        pieces += _cut_run(members, inside) if inside else members
    layout.pieces = pieces
    layout.index()


def isolate_run(layout: Layout, start: int, end: int) -> list[Element]:
    """The runs that hold exactly the text from ``start`` to ``end``, in order; `cut` there before."""
    runs: dict[int, Element] = {}
    for piece in layout.pieces_in(start, end):
        if piece.start < start or piece.end > end:
            raise ValueError(f"the runs are not cut at {start} and {end}")
        runs.setdefault(id(piece.run), piece.run)
    return list(runs.values())


def _cut_run(pieces: Sequence[Piece], offsets: Sequence[int]) -> list[Piece]:
    """Cut one run, whose ``pieces`` come in order; its first part stays the element it was."""
    run = pieces[0].run
    by_node = {id(piece.node): piece for piece in pieces}
    properties = run.find(w("rPr"))
    parts: list[list[tuple[Element, Piece | None]]] = [[]]
    starts = frozenset(offsets)
    was_object = False
    for child in [child for child in run if child is not properties]:
        piece = by_node.get(id(child))
        is_object = piece is None and local(child) not in _ATTACHED
        if parts[-1] and (is_object or was_object) and is_object is not was_object:
            parts.append([])
        was_object = is_object
        for node, part in [(child, None)] if piece is None else _cut_node(piece, offsets):
            if part is not None and part.start in starts and parts[-1]:
                parts.append([])
            parts[-1].append((node, part))
    return _distribute(run, properties, parts)


def _cut_node(piece: Piece, offsets: Sequence[int]) -> list[tuple[Element, Piece]]:
    inside = offsets[bisect_right(offsets, piece.start) : bisect_left(offsets, piece.end)]
    if not inside:
        return [(piece.node, piece)]
    text = piece.node.text
    nodes: list[tuple[Element, Piece]] = []
    bounds = [piece.start, *inside, piece.end]
    for start, end in pairwise(bounds):
        node = piece.node if not nodes else _empty_like(piece.node)
        node.text = text[start - piece.start : end - piece.start]
        node.set(XML_SPACE, "preserve")
        part = copy(piece)
        part.start, part.end, part.node = start, end, node
        nodes.append((node, part))
    return nodes


def _distribute(
    run: Element, properties: Element | None, parts: list[list[tuple[Element, Piece | None]]]
) -> list[Piece]:
    pieces: list[Piece] = []
    home = run
    for number, part in enumerate(parts):
        if number:
            following = _empty_like(run)
            if properties is not None:
                following.append(deepcopy(properties))
            home.addnext(following)
            home = following
        for node, piece in part:
            if number or node.getparent() is None:
                home.append(node)
            if piece is not None:
                piece.run = home
                pieces.append(piece)
    return pieces


def _empty_like(element: Element) -> Element:
    return element.makeelement(element.tag, element.attrib)
