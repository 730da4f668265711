"""Spans that no stage may touch: addresses, document numbers, code and Latin words.

Every pattern begins with a narrow character class and has no nested repetition, so a text of any
shape is read in linear time. Full-width Latin is left unprotected: normalising folds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengben.latin import latin_part
from zhengben.model import Span

MAX_LOCAL_PART = 64
"""Longest local part of an e-mail address, in characters (RFC 5321, 4.5.3.1.1)."""

MAX_ISSUER = 6
"""Longest issuer of a document number that is looked for (川委办发 has four characters)."""

_URL = re.compile(r"(?:https?|ftp)://[!-~]+|www\.[!-~]+", re.IGNORECASE)
_MAIL_DOMAIN = re.compile(r"@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:[-_./'&+#@:%=?~]+[A-Za-z0-9]+)*")
_BRACKETED_YEAR = re.compile(
    r"[〔\[（(【［](?:19|20)[0-9]{2}[〕\]）)】］] ?"
    r"(?:第? ?[0-9]{1,6} ?号|[\u4e00-\u9fff]{1,2}[0-9]{0,6}[\u4e00-\u9fff]{1,4}[0-9]{1,8}号)"
)
_ISSUER_BOUNDARY = re.compile(r"根据|依据|按照|关于|以及|遵照|执行|落实|印发|[的和与及见按经由将在]")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*$", re.MULTILINE)
_INLINE_CODE = re.compile(r"`[^`\n]{1,120}`")
_CODE_LINE = re.compile(
    r"^[ \t]{0,40}(?:#include\b|import [a-z]|from [a-z][\w.]{0,60} import\b|def [A-Za-z_]|class [A-Z]\w{0,60}[:({]"
    r"|(?:public|private|protected|static|const|let|var|int|void|return)\b ?[A-Za-z_(\"']|(?:if|for|while) ?\("
    r"|[A-Za-z_][\w.]{0,60}(?:\[[\w'\"]{0,40}\])? ?=[^\n=]|[A-Za-z_][\w.]{0,60}\([^\n]*\);|</?[a-z][a-z0-9]{0,15}[ >/]"
    r"|>>> |\$ [a-z])[^\n]*$",
    re.MULTILINE,
)
_CODE_SIGN = re.compile(r"[A-Za-z_>]")
"""One of these is in every line of code."""

_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[A-Za-z]")
_PINYIN_LETTERS = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ")
_BEFORE_PINYIN = _PINYIN_LETTERS | {"("}


def protected_spans(text: str) -> Iterator[Span]:
    """Find the spans of ``text`` that must stay as they are; they may overlap and are in no order.

    Words come first and in order, because there may be millions of them.
    """
    latin = latin_part(text)
    if _LETTER.search(latin):
        yield from _latin_words(text)
    if "://" in latin or "www." in latin.lower():
        yield from (Span(*match.span()) for match in _URL.finditer(text))
    if "@" in latin:
        yield from _mail_addresses(text)
    if "号" in text:
        yield from _document_numbers(text)
    if _CODE_SIGN.search(latin) or "`" in latin or "~" in latin:
        yield from _code(text)


def _mail_addresses(text: str) -> Iterator[Span]:
    for match in _MAIL_DOMAIN.finditer(text):
        start = match.start()
        earliest = max(0, start - MAX_LOCAL_PART)
        while start > earliest and _is_mail_character(text[start - 1]):
            start -= 1
        if start < match.start():
            yield Span(start, match.end())


def _is_mail_character(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in "._%+-")


def _document_numbers(text: str) -> Iterator[Span]:
    """国发〔2006〕35号 with its issuer, and the court's (2019)京0105民初123号."""
    for match in _BRACKETED_YEAR.finditer(text):
        start = match.start()
        earliest = max(0, start - MAX_ISSUER)
        while start > earliest and _HAN.match(text[start - 1]):
            start -= 1
        for boundary in _ISSUER_BOUNDARY.finditer(text, start, match.start()):
            start = boundary.end()
        yield Span(start, match.end())


def _code(text: str) -> Iterator[Span]:
    if "`" in text or "~~~" in text:
        yield from _fenced_blocks(text)
        yield from _inline_code(text)
    for match in _CODE_LINE.finditer(text):
        line = match.group()
        if 3 * len(_HAN.findall(line)) < 2 * len(line.strip()):
            yield Span(*match.span())


def _fenced_blocks(text: str) -> Iterator[Span]:
    """Closed blocks only: one stray fence in a damaged text must not shelter all that follows."""
    opening: re.Match[str] | None = None
    for match in _FENCE.finditer(text):
        if opening is None:
            opening = match
        elif match[1].startswith(opening[1]):
            yield Span(opening.start(), match.end())
            opening = None


def _inline_code(text: str) -> Iterator[Span]:
    """Pairs of backticks, unless they hold prose: a share site's noise leaves them behind 的."""
    for match in _INLINE_CODE.finditer(text):
        inside = match.group()[1:-1]
        if 2 * len(_HAN.findall(inside)) <= len(inside) and text[match.start() - 1 : match.start()] != "的":
            yield Span(*match.span())


def _latin_words(text: str) -> Iterator[Span]:
    for match in _ASCII_WORD.finditer(text):
        start, end = match.span()
        may_be_pinyin = text[start - 1 : start] in _BEFORE_PINYIN
        if _LETTER.search(text, start, end) and not (may_be_pinyin and _is_part_of_pinyin(text, match)):
            yield Span(start, end)


def _is_part_of_pinyin(text: str, match: re.Match[str]) -> bool:
    """Whether the word belongs to a reading behind a character, as in 務(wù): converting unwinds it."""
    start, end = match.span()
    while start and text[start - 1] in _PINYIN_LETTERS and match.start() - start < 6:
        start -= 1
    before = text[start - 1 : start]
    if before != "(" and not (before.isascii() and before.isalpha()):
        return False
    opening = text.rfind("(", max(0, match.start() - 6), match.start())
    closing = text.find(")", end, end + 6)
    if opening < 1 or closing < 0 or not _HAN.match(text[opening - 1]):
        return False
    inside = text[opening + 1 : closing]
    return all(letter in _PINYIN_LETTERS or "a" <= letter <= "z" for letter in inside)
