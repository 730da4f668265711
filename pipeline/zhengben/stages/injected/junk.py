"""Filler without meaning: blocks of rare characters, rows of ASCII tokens, stray emoji."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from zhengben.latin import latin_part
from zhengben.stages.injected.lines import InjectedLine

SHORTEST_CIPHER = 8
"""Characters of a cipher block. Sound prose sets at most four such characters in a row (names of plants)."""

FEWEST_TOKENS, FEWEST_ODD, FEWEST_EMOJI = 6, 2, 3

_RADICALS = (0x7F8A, 0x7FBF), (0x808A, 0x81E2), (0x8279, 0x864D), (0x866B, 0x8860), (0x8863, 0x897F)
"""First and last of the characters under 羊 肉 艹 虫 衣, from which the known ciphers draw."""

_CIPHER = re.compile(f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in _RADICALS)}]{{{SHORTEST_CIPHER},}}")

_TOKEN_LINE = re.compile(r"^[!-~]{1,2}(?:[ \t]+[!-~]{1,2}){5,60}[ \t]*(?:\n|$)", re.MULTILINE)
_ODD = frozenset("!\"#$%&'*@^_`~;?")
_EMOJI = re.compile("[\U0001f300-\U0001f5ff\U0001f680-\U0001faff](?<=[，。、；,;].)(?=[\u3400-\u9fff“])")


def junk(text: str) -> Iterator[InjectedLine]:
    """Blocks and lines that carry no meaning, in no order."""
    if _rare_neighbours().search(text):
        yield from _cipher_blocks(text)
    if len(_ODD.intersection(latin_part(text))) >= FEWEST_ODD:
        yield from _token_lines(text)
    yield from _stray_emoji(text)


def _cipher_blocks(text: str) -> Iterator[InjectedLine]:
    for match in _CIPHER.finditer(text):
        if 4 * sum(map(_is_common, match.group())) <= len(match.group()):
            yield InjectedLine(match.start(), match.end(), "boilerplate/cipher", "网站插入的生僻字密文", 0.95)


@lru_cache(maxsize=1)
def _rare_neighbours() -> re.Pattern[str]:
    """Matches two rare characters of ciphers side by side: no cipher block is without."""
    characters = (chr(code) for first, last in _RADICALS for code in range(first, last + 1))
    rare = "".join(character for character in characters if not _is_common(character))
    return re.compile(f"[{rare}][{rare}]")


def _is_common(character: str) -> bool:
    """Whether the character is of the first, frequent level of GB 2312 (rows 16 to 55)."""
    return bytes((0xB0,)) <= character.encode("gb2312", errors="replace")[:1] < bytes((0xD8,))


def _token_lines(text: str) -> Iterator[InjectedLine]:
    """! Q' g4 d. u" u, J6: rows of one or two signs; formulas and lists of options hold no odd signs."""
    for match in _TOKEN_LINE.finditer(text):
        tokens = match.group().split()
        odd = _ODD.intersection(match.group())
        letters = sum(any(map(str.isalpha, token)) for token in tokens)
        is_odd = len(odd) >= FEWEST_ODD and "=" not in match.group()
        if is_odd and len(tokens) >= FEWEST_TOKENS and 2 * letters >= len(tokens):
            yield InjectedLine(match.start(), match.end(), "boilerplate/token-line", "论坛防采集插入的乱码行", 0.9)


def _stray_emoji(text: str) -> Iterator[InjectedLine]:
    """Different pictures right behind commas and stops, in the middle of lines: no one writes so."""
    sites = list(_EMOJI.finditer(text))
    different = len({site.group() for site in sites})
    if len(sites) >= FEWEST_EMOJI and 2 * different >= len(sites):
        for site in sites:
            yield InjectedLine(site.start(), site.end(), "boilerplate/emoji", "标点后夹入的表情符号", 0.82)
