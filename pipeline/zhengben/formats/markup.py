"""HTML and XML cut into tokens that know where they stand in the source.

An edit is put into the source at an offset, so all markup around it stays as it was, byte for byte.
No library does this: lxml, html5lib and selectolax keep no offsets, and `html.parser`, which has
lines and columns, takes quadratic time for hostile pages in supported versions of Python. This
scanner follows the tokenisation of the HTML standard as far as finding text asks for it, reads
every character a bounded number of times and keeps no stack.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

Kind = Literal["text", "cdata", "start", "end", "empty"]

_VOID_NAMES = "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"
VOID = frozenset(_VOID_NAMES.split())
RAW = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "xmp"})
"""HTML elements whose content is no markup and no text of the document."""

REFERENCE = r"&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});"

_XML_NAMES = frozenset(("&amp;", "&lt;", "&gt;", "&quot;", "&apos;"))
_HTML_OPENING = re.compile(r"<(?=[A-Za-z!?/])")
_XML_OPENING = re.compile("<")
_PLAIN_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:._-]*)>")
_NAME = re.compile(r"</?([^\s/>]*)")
_COMMENT_END = re.compile("--!?>")
_DOCTYPE = re.compile(r"<![^>\[]*(?:\[[^\]]*\]\s*)?>")
# A quote closes where one follows; without one the tag goes on to the next bracket.
_TAG_STOP = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')?|>""")


class Token(NamedTuple):
    """A tag, or a stretch of character data, from ``start`` to ``end`` of the source.

    ``empty`` is a tag that has no end tag. Names of HTML are in lower case; text has none.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""


def tokens(source: str, *, is_xml: bool, raw: frozenset[str] = frozenset()) -> Iterator[Token]:
    """The tags and texts of ``source`` in order; comments, declarations and instructions are passed over.

    What is inside the elements ``raw`` is passed over unread. In HTML the title is text without markup.
    """
    opening = _XML_OPENING if is_xml else _HTML_OPENING
    position = 0
    while match := opening.search(source, position):
        if match.start() > position:
            yield Token("text", position, match.start())
        token, position = _markup_at(source, match.start(), is_xml)
        if token is None:
            continue
        yield token
        is_title = not is_xml and token.name == "title"
        if token.kind == "start" and (token.name in raw or is_title):
            content, position = position, _end_tag(source, position, token.name)
            if is_title and content < position:
                yield Token("text", content, position)
    if position < len(source):
        yield Token("text", position, len(source))


@lru_cache(maxsize=4096)
def character_of(reference: str, *, is_html: bool) -> str:
    """The character that a reference such as ``&amp;`` stands for; empty where it is no single one.

    Only ``is_html`` knows more names than the five of XML.
    """
    if not is_html and not reference.startswith("&#") and reference not in _XML_NAMES:
        return ""
    character = html.unescape(reference)
    is_plain = len(character) == 1 and (character.isprintable() or character.isspace() or character in "\xad\u200b")
    return character if is_plain else ""


def escaped(text: str) -> str:
    """The text as character data."""
    return html.escape(text, quote=False)


def _markup_at(source: str, start: int, is_xml: bool) -> tuple[Token | None, int]:
    """What begins at ``start``, None where it is nothing that matters, and where it ends."""
    plain = _PLAIN_TAG.match(source, start)
    if plain:
        name = plain[2] if is_xml else plain[2].lower()
        return Token(_kind(bool(plain[1]), not is_xml and name in VOID), start, plain.end(), name), plain.end()
    if source.startswith("<!--", start):
        match = _COMMENT_END.search(source, start + 2)
        return None, match.end() if match else len(source)
    if is_xml and source.startswith("<![CDATA[", start):
        end = _after(source, "]]>", start)
        return Token("cdata", start + len("<![CDATA["), max(start + len("<![CDATA["), end - len("]]>"))), end
    if source.startswith("<?", start):
        return None, _after(source, "?>" if is_xml else ">", start)
    if source.startswith("<!", start):
        match = _DOCTYPE.match(source, start) if is_xml else None
        return None, match.end() if match else _after(source, ">", start)
    return _tag(source, start, is_xml)


def _tag(source: str, start: int, is_xml: bool) -> tuple[Token | None, int]:
    match = _NAME.match(source, start)
    name = match[1] if match else ""
    end = _tag_end(source, start + 1 + len(name))
    if not is_xml:
        name = name.lower()
        if not name[:1].isalpha():
            return None, end
    is_empty = source.startswith("/>", end - 2) if is_xml else name in VOID
    return Token(_kind(source.startswith("</", start), is_empty), start, end, name), end


def _kind(is_end: bool, is_empty: bool) -> Kind:
    return "end" if is_end else "empty" if is_empty else "start"


def _tag_end(source: str, position: int) -> int:
    for match in _TAG_STOP.finditer(source, position):
        if match[0] == ">":
            return match.end()
    return len(source)


def _end_tag(source: str, position: int, name: str) -> int:
    """Where the end tag of a raw element begins; such an element without one goes on to the end."""
    match = re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE).search(source, position)
    return match.start() if match else len(source)


def _after(source: str, ending: str, position: int) -> int:
    found = source.find(ending, position)
    return len(source) if found < 0 else found + len(ending)
