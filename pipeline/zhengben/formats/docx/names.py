"""Names of WordprocessingML (ECMA-376, part 1, chapters 17 and 11) as lxml spells them."""

from __future__ import annotations

from typing import Any

Element = Any
"""An element of lxml, which has no types of its own."""

W_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC_NAMESPACE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

AUTHOR = "Zhengben·"

_W = f"{{{W_NAMESPACE}}}"
_MC = f"{{{MC_NAMESPACE}}}"


def w(name: str) -> str:
    """The qualified name of an element or attribute of WordprocessingML."""
    return _W + name


def local(element: Element | None) -> str:
    """The name of a WordprocessingML or compatibility element without its namespace, else empty."""
    tag = None if element is None else element.tag
    if not isinstance(tag, str):
        return ""
    if tag.startswith(_W):
        return tag[len(_W) :]
    return tag[len(_MC) :] if tag.startswith(_MC) else ""


def author(stage: str) -> str:
    """Whose name the revisions and comments of a stage bear."""
    return AUTHOR + stage


def is_ours(element: Element) -> bool:
    """Whether an earlier cleaning wrote a comment or revision."""
    return str(element.get(w("author"), "")).startswith(AUTHOR)
