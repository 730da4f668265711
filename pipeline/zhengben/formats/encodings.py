"""Finds the encoding of a Chinese text, and refuses what is no text.

A byte-order mark decides; else strict UTF-8; else the reading, among GB18030, Big5, UTF-16 and
damaged UTF-8, that shows the largest share of common characters. The winner is then decoded
strictly: a text with bytes that its own encoding does not know is refused, never guessed at.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from zhengben.errors import InputError
from zhengben.formats.common_characters import COMMON
from zhengben.formats.signatures import describe_binary

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CANDIDATES = ("gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be", "utf-8")
SAMPLE_BYTES = 256 * 1024
SHORT_BYTES = 256
# A right reading of Chinese shows 0.8 and more, a wrong one 0.1 to 0.4; names and tables lie between.
LEAST_SHARE = 0.3
# Control characters in text are damage and get repaired; this many of them are a binary file.
MOST_CONTROLS = 0.3
ZERO_SHARE_OF_UTF16 = 0.2

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_FOREIGN = re.compile("[^\x00-\x7f]")
_PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·　％１２３４５６７８９０")
_PLAIN = COMMON | _PUNCTUATION


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the codec that read it and the byte-order mark that stood before it."""

    text: str
    encoding: str
    mark: bytes = b""


def decode(data: bytes) -> Decoded:
    """Return the text of ``data``. Raises `InputError` for binary data and for bytes that no
    encoding explains; the message has the offset, in bytes, of the first of them."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _refusing_binary(Decoded(_strictly(data, encoding, len(mark)), encoding, mark))
    if kind := describe_binary(data):
        raise InputError(f"is {kind}, not text; give the text itself")
    if encoding := _zeros_of_utf16(data):
        return _refusing_binary(Decoded(_strictly(data, encoding), encoding))
    try:
        return _refusing_binary(Decoded(data.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError:
        return _refusing_binary(_most_plausible(data))


def _most_plausible(data: bytes) -> Decoded:
    sample = data[:SAMPLE_BYTES]
    shares = {encoding: _share_of_common(sample.decode(encoding, "replace")) for encoding in CANDIDATES}
    best = max(CANDIDATES, key=shares.__getitem__)
    if shares[best] < LEAST_SHARE and _is_short_gb2312(data):
        best = "gb18030"
    elif shares[best] < LEAST_SHARE:
        raise InputError("is not text in UTF-8, GB18030, Big5 or UTF-16; save it as UTF-8")
    text = _strictly(data, best)
    return Decoded(text, "gbk" if best == "gb18030" and _fits_gbk(text) else best)


def _is_short_gb2312(data: bytes) -> bool:
    """Whether a list of names, say, is too short to show common characters but reads as GB2312."""
    if len(data) > SHORT_BYTES:
        return False
    try:
        return bool(data.decode("gb2312"))
    except UnicodeDecodeError:
        return False


def _share_of_common(text: str) -> float:
    """The share of common hanzi and punctuation among the characters that are not plain ASCII."""
    odd = _FOREIGN.findall(text)
    return sum(map(_PLAIN.__contains__, odd)) / (len(odd) + len(_CONTROLS.findall(text)) or 1)


def _fits_gbk(text: str) -> bool:
    """Whether the older, smaller GBK holds the text: then other programs expect it back as GBK."""
    try:
        return bool(text.encode("gbk"))
    except UnicodeEncodeError:
        return False


def _zeros_of_utf16(data: bytes) -> str:
    """The byte order that zeros at only even or only odd places give away: Latin text in UTF-16."""
    sample = data[:SAMPLE_BYTES]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    least = len(sample) / 2 * ZERO_SHARE_OF_UTF16
    if not data or len(data) % 2 or max(even, odd) < least or min(even, odd) > least / 10:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _strictly(data: bytes, encoding: str, skip: int = 0) -> str:
    try:
        return data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(_what_is_wrong(data, encoding, skip + error.start)) from None


def _what_is_wrong(data: bytes, encoding: str, offset: int) -> str:
    kind = "lone surrogate" if encoding.startswith("utf") and _has_surrogate(data, encoding) else "damaged byte"
    return f"looks like {encoding} but has a {kind} at byte {offset:,}; save it again from its source"


def _has_surrogate(data: bytes, encoding: str) -> bool:
    try:
        return bool(data.decode(encoding, "surrogatepass"))
    except UnicodeDecodeError:
        return False


def _refusing_binary(decoded: Decoded) -> Decoded:
    sample = decoded.text[:SAMPLE_BYTES]
    if len(_CONTROLS.findall(sample)) > MOST_CONTROLS * len(sample):
        raise InputError("is binary data, not text; give the text itself")
    return decoded
