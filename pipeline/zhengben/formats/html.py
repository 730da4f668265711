"""Web pages: the text that a browser shows, edited in the source, whose markup stays byte for byte."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from zhengben.errors import InputError
from zhengben.formats.base import Limits, Source, WriteOptions
from zhengben.formats.encodings import MARKS, Decoded, decode
from zhengben.formats.fitting import fitted
from zhengben.formats.flow import Flow, Vocabulary
from zhengben.formats.markup import RAW, escaped, tokens
from zhengben.formats.signatures import describe_binary
from zhengben.formats.textnodes import OBJECT, Gatherer, TextNodes, spliced
from zhengben.model import Document, Result

_BLOCK_NAMES = """address article aside blockquote body button caption center col colgroup dd details dialog dir div dl
dt
fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li link main
menu meta nav noscript ol optgroup option p pre search section select summary table tbody td tfoot th thead title
tr ul"""
_OBJECT_NAMES = "audio canvas embed iframe img input math object svg video"
BLOCKS = frozenset(_BLOCK_NAMES.split())
PROTECTED = frozenset({"code", "kbd", "pre", "samp", "tt", "var"})
OBJECTS = dict.fromkeys(_OBJECT_NAMES.split(), OBJECT)
# Readings above the characters, and what older browsers show in their place, are no part of the sentence.
_READINGS = dict.fromkeys(("rt", "rp", "rtc"), frozenset({"ruby", "rtc"}))
_SILENT = {**dict.fromkeys((*RAW, "template"), frozenset[str]()), **_READINGS}

VOCABULARY = Vocabulary(
    blocks=BLOCKS,
    silent={name: ends for name, ends in _SILENT.items() if name not in OBJECTS},
    protected=PROTECTED,
    objects={**OBJECTS, "br": "\n"},
    preserved=frozenset({"pre"}),
    collapses=True,
    joins_lines=True,
    html_references=True,
)
_XHTML_SUFFIXES = frozenset({".xhtml", ".xht"})
_META_BYTES = 4096
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})")
# Browsers read the older names as the larger sets, and so must we: 〔镕〕 is no GB 2312.
# Whatever else a page declares is no encoding of Chinese, and what the bytes say counts.
_ENCODINGS = {
    "utf-8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "cp950",
    "cp950": "cp950",
    "big5hkscs": "big5hkscs",
}
_ENTITY_DECLARATION = re.compile(r"<!ENTITY", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """The source of a page, how it was encoded, and its text nodes."""

    source: str
    encoding: str
    mark: bytes
    nodes: TextNodes


class Html:
    """A web page. Code, scripts, comments and attributes are left alone; the encoding stays."""

    name = "html"

    def read(self, source: Source, limits: Limits) -> Document:
        if len(source.data) > limits.max_markup_bytes:
            raise InputError(f"is markup of more than {limits.max_markup_bytes:,} bytes; split it")
        decoded = decode_page(source.data)
        gatherer = Gatherer(limits.max_pieces)
        gather(decoded.text, "", gatherer, is_xml=source.suffix in _XHTML_SUFFIXES)
        nodes = gatherer.finish()
        page = Page(decoded.text, decoded.encoding, decoded.mark, nodes)
        return Document(nodes.text, source.name, protect=nodes.protect, encoding=decoded.encoding, origin=page)

    def fit(self, document: Document, result: Result) -> Result:
        """Return ``result`` with the edits that cross a border of the page only suggested."""
        return fitted(result, document.origin.nodes.can_make)

    def write(self, document: Document, result: Result, options: WriteOptions) -> bytes:
        """As `Format.write`. The encoding is the one that the page declares, whatever ``options`` say;
        characters that it lacks become character references."""
        page: Page = document.origin
        splices = page.nodes.splices(result.applied).get("", [])
        text = spliced(page.source, splices, escaped)
        return page.mark + text.encode(page.encoding, "xmlcharrefreplace")

    def output_suffix(self, source: Source) -> str:
        return source.suffix


def gather(source: str, part: str, gatherer: Gatherer, *, is_xml: bool) -> None:
    """Gather the text of a page. Raises `InputError` for one that declares entities."""
    if _ENTITY_DECLARATION.search(source):
        place = f" in {part}" if part else ""
        raise InputError(f"declares entities{place}, as attacks do; save it again")
    Flow(source, part, VOCABULARY, gatherer).feed(tokens(source, is_xml=is_xml, raw=RAW))


def decode_page(data: bytes) -> Decoded:
    """The text of a page by its byte-order mark, by what it declares, or by its likeliest encoding.

    Raises `InputError` as `decode` does.
    """
    if any(data.startswith(mark) for mark, _ in MARKS) or describe_binary(data):
        return decode(data)
    encoding = _declared(data)
    try:
        return Decoded(data.decode(encoding), encoding) if encoding else decode(data)
    except UnicodeDecodeError:
        return decode(data)


def _declared(data: bytes) -> str:
    match = _DECLARATION.match(data) or _META.search(data, 0, _META_BYTES)
    try:
        name = codecs.lookup(match[1].decode("ascii")).name if match else ""
    except LookupError:
        return ""
    return _ENCODINGS.get(name, "")
