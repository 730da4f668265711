"""The package of a Word document: which of its parts hold text, and where new ones are entered."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from zhengben.errors import InputError
from zhengben.formats.base import Limits
from zhengben.formats.containers import Archive, open_archive
from zhengben.formats.docx.names import (
    COMMENTS_TYPE,
    CONTENT_TYPES,
    OFFICE_RELATIONS,
    PACKAGE_RELATIONS,
    STRICT_OFFICE_RELATIONS,
    W_NAMESPACE,
    Element,
    w,
)
from zhengben.formats.xml import new_part, parse, serialised

StoryKind = Literal["main", "footnotes", "endnotes", "comments", "header", "footer"]
STORY_KINDS: tuple[StoryKind, ...] = ("footnotes", "endnotes", "comments", "header", "footer")

_ROOT_RELATIONS = "_rels/.rels"
_TYPES = "[Content_Types].xml"
_MACROS = "vbaProject.bin"
_SIGNATURES = "_xmlsignatures/"


class Story(NamedTuple):
    """A part with text of its own, such as the body or one footer."""

    kind: StoryKind
    name: str


@dataclass(slots=True)
class Package:
    """A Word document opened for reading; parts are parsed once, when asked for."""

    archive: Archive
    main: str
    _trees: dict[str, Element] = field(default_factory=dict)

    @classmethod
    def open(cls, data: bytes, limits: Limits) -> Package:
        """Raises `InputError` for what is no Word document or is beyond ``limits``."""
        archive = open_archive(data, "a Word document", limits)
        return cls(archive, _main_part(archive))

    @property
    def has_macros(self) -> bool:
        return any(name.endswith(_MACROS) for name in self.archive.names)

    @property
    def is_signed(self) -> bool:
        return any(name.startswith(_SIGNATURES) for name in self.archive.names)

    def root(self, name: str) -> Element:
        """The root element of a part."""
        if name not in self._trees:
            self._trees[name] = parse(self.archive.read_markup(name), name)
        return self._trees[name].getroot()

    def stories(self) -> list[Story]:
        """The parts with text: the body, then notes, comments, headers and footers as they are listed."""
        related = list(self._related())
        return [Story("main", self.main)] + [story for kind in STORY_KINDS for story in related if story.kind == kind]

    def story(self, kind: StoryKind) -> Story | None:
        """The first part of a kind."""
        return next((story for story in self.stories() if story.kind == kind), None)

    def add_comments_part(self) -> str:
        """Enter an empty part for comments and return its name."""
        from lxml import etree

        folder = posixpath.dirname(self.main)
        name = next(name for name in _numbered(posixpath.join(folder, "comments")) if name not in self.archive)
        root = etree.Element(w("comments"), nsmap={"w": W_NAMESPACE})
        self._trees[name] = etree.ElementTree(root)
        self._relate(name)
        self._declare(name)
        return name

    def rewritten(self, touched: set[str]) -> bytes:
        """The document with the ``touched`` parts as their trees are now, and all other bytes as they were."""
        return self.archive.rewritten({name: self._bytes(name) for name in self._trees if name in touched})

    def _bytes(self, name: str) -> bytes:
        tree = self._trees[name]
        return serialised(tree, self.archive.read(name)) if name in self.archive else new_part(tree)

    def _related(self) -> Iterator[Story]:
        seen: set[str] = set()
        for kind, target in _relations(self.archive, self.main):
            if kind in STORY_KINDS and target in self.archive and target not in seen:
                seen.add(target)
                yield Story(kind, target)

    def _relate(self, name: str) -> None:
        from lxml import etree

        part = relations_of(self.main)
        if part not in self.archive:
            empty = etree.Element(f"{{{PACKAGE_RELATIONS}}}Relationships", nsmap={None: PACKAGE_RELATIONS})
            self._trees[part] = etree.ElementTree(empty)
        root = self.root(part)
        taken = {relation.get("Id") for relation in root}
        relation = etree.SubElement(root, f"{{{PACKAGE_RELATIONS}}}Relationship")
        relation.set(
            "Id", next(name for name in map("rIdZhengben{}".format, range(1, len(taken) + 2)) if name not in taken)
        )
        relation.set("Type", f"{OFFICE_RELATIONS}/comments")
        relation.set("Target", posixpath.basename(name))

    def _declare(self, name: str) -> None:
        from lxml import etree

        override = etree.SubElement(self.root(_TYPES), f"{{{CONTENT_TYPES}}}Override")
        override.set("PartName", f"/{name}")
        override.set("ContentType", COMMENTS_TYPE)


def relations_of(part: str) -> str:
    """The name of the part that lists what ``part`` refers to."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def bookkeeping_of(main: str) -> set[str]:
    """The parts in which a new part is entered."""
    return {relations_of(main), _TYPES}


def _main_part(archive: Archive) -> str:
    if _ROOT_RELATIONS not in archive:
        raise InputError("is a zip archive, not a Word document; check its name")
    target = next((target for kind, target in _relations(archive, "") if kind == "officeDocument"), "")
    if target not in archive:
        raise InputError("has no body: its main part is missing; save it again")
    root = parse(archive.read_markup(target), target).getroot()
    if root.tag == w("document"):
        return target
    if root.tag.endswith("}document"):
        raise InputError("is a Strict Open XML document; save it as an ordinary Word document (.docx)")
    raise InputError("is an Office document, but not of Word; name it as what it is")


def _relations(archive: Archive, part: str) -> Iterator[tuple[str, str]]:
    """The kind and the target of every relation within the package; what lies outside is not followed."""
    name = relations_of(part)
    if name not in archive:
        return
    for relation in parse(archive.read_markup(name), name).getroot():
        place, _, kind = (relation.get("Type") or "").rpartition("/")
        if place in {OFFICE_RELATIONS, STRICT_OFFICE_RELATIONS} and relation.get("TargetMode") != "External":
            target = posixpath.join(posixpath.dirname(part), relation.get("Target") or "")
            yield kind, posixpath.normpath(target).lstrip("/")


def _numbered(stem: str) -> Iterator[str]:
    yield f"{stem}.xml"
    number = 1
    while True:
        yield f"{stem}{number}.xml"
        number += 1
