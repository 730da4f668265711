"""Which characters belong to one script only.

GB 2312 is the simplified repertoire; the characters outside it are looked at first, and OpenCC, which
is slow to import, only when a text holds one. A character is traditional only when it stands outside
GB 2312 and OpenCC simplifies it to one inside: 噁 of chemistry and 鮰 of zoology have none there, and
乾 著 於 瞭 後, in names or written in both scripts, stand inside themselves.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol

NAME_CHARACTERS = frozenset("昇崑濛霑樑頔綝瓅璗寀愷篠塚鑑紹谿驊鎔")
"""Characters that simplified texts keep in personal, place and brand names (毕昇, 昇腾)."""

_ROWS, _CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)


class Converter(Protocol):
    """What is used of `opencc.OpenCC`."""

    def convert(self, text: str) -> str: ...


@lru_cache(maxsize=1)
def simplified_repertoire() -> frozenset[str]:
    """The 6,763 Chinese characters of GB 2312."""
    pairs = (bytes((row, cell)).decode("gb2312", errors="ignore") for row in _ROWS for cell in _CELLS)
    return frozenset(character for character in pairs if character)


@lru_cache(maxsize=1)
def outside_repertoire() -> re.Pattern[str]:
    """Matches one Chinese character of the basic block that GB 2312 does not have."""
    known = simplified_repertoire()
    outside = "".join(chr(code) for code in range(0x4E00, 0xA000) if chr(code) not in known)
    return re.compile(f"[{outside}]")


@lru_cache(maxsize=1)
def converter() -> Converter:
    """OpenCC from traditional to simplified, phrases before characters, no characters fonts lack."""
    from opencc import OpenCC

    loaded: Converter = OpenCC("t2s", include_tofu_risk_dictionaries=False)
    return loaded


@lru_cache(maxsize=1)
def traditional_only() -> frozenset[str]:
    """The characters of the basic block that stand in traditional text only."""
    known = simplified_repertoire()
    outside = [chr(code) for code in range(0x4E00, 0xA000) if chr(code) not in known]
    simplified = converter().convert("\n".join(outside)).split("\n")
    changed = {old for old, new in zip(outside, simplified, strict=True) if new in known}
    return frozenset(changed - NAME_CHARACTERS)


@lru_cache(maxsize=1)
def simplified_only() -> re.Pattern[str]:
    """Matches one character of GB 2312 that Big5 does not have."""
    characters = (one for one in simplified_repertoire() if not one.encode("big5", errors="ignore"))
    return re.compile(f"[{''.join(characters)}]")


def is_common(character: str) -> bool:
    """Whether the character is of the first, frequent level of Big5 (lead bytes A4 to C6)."""
    return b"\xa4" <= character.encode("big5", errors="replace")[:1] <= b"\xc6"
