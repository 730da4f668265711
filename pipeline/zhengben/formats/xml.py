"""XML from strangers: parsed without entities, network or document types, written back as it was.

Parts that nobody edits are never serialised. In those that are, the declaration, the byte-order
mark, the namespace prefixes, the order of attributes and all white space stay.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from zhengben.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _ElementTree

_DECLARATION = re.compile(rb"<\?xml[^>]*\?>\s*")
_DEFAULT_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def parse(data: bytes, name: str, *, allow_doctype: bool = False) -> _ElementTree:
    """Return the tree of ``data``; ``name`` is what messages call it.

    Entities are never expanded and nothing is fetched. Raises `InputError` for XML that is damaged,
    nested deeper than 256 elements, declares entities or, unless ``allow_doctype``, a document type.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        strip_cdata=False,
        remove_blank_text=False,
    )
    try:
        tree: _ElementTree = etree.ElementTree(etree.fromstring(data, parser))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"is damaged: {name} is not sound XML ({_one_line(error)})") from None
    internal = tree.docinfo.internalDTD
    if internal is not None and any(True for _ in internal.iterentities()):
        raise InputError(f"declares entities in {name}, as attacks do; save it again")
    if tree.docinfo.doctype and not allow_doctype:
        raise InputError(f"declares a document type in {name}, which no such document has; save it again")
    return tree


def serialised(tree: _ElementTree, original: bytes) -> bytes:
    """The bytes of ``tree`` in the encoding and under the declaration of the ``original`` it was parsed from."""
    from lxml import etree

    encoding = tree.docinfo.encoding or "UTF-8"
    if encoding.upper() != "UTF-8":
        standalone = tree.docinfo.standalone
        return bytes(etree.tostring(tree, encoding=encoding, xml_declaration=True, standalone=standalone))
    mark = codecs.BOM_UTF8 if original.startswith(codecs.BOM_UTF8) else b""
    declaration = _DECLARATION.match(original, len(mark))
    return mark + (declaration[0] if declaration else b"") + bytes(etree.tostring(tree, encoding=encoding))


def new_part(tree: _ElementTree) -> bytes:
    """The bytes of a part that was not there before."""
    from lxml import etree

    return _DEFAULT_DECLARATION + bytes(etree.tostring(tree, encoding="UTF-8"))


def _one_line(error: Exception) -> str:
    message = " ".join(str(error).split()).removesuffix("(<string>, line 1)").strip(" ,")
    return message[:120]
