"""One form of text for the language model, in training and in scoring alike."""

from __future__ import annotations

from typing import Final

BLANK: Final = "\u2581"
"""What a blank inside a line becomes: KenLM separates its tokens by real blanks."""

LINE_BREAK: Final = "\n"

_DIGITS: Final = "0123456789０１２３４５６７８９"
_BLANKS: Final = " \t\v\f\u00a0\u2002\u2003\u2009\u3000"
_PUNCTUATION: Final = {
    ",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）",
    "．": ".", "％": "%", "／": "/", "－": "-", "＋": "+", "＝": "=", "～": "~",
    "〝": "“", "「": "“", "『": "“", "〞": "”", "」": "”", "』": "”", '"': "”", "＂": "”", "'": "’",
    "〔": "（", "［": "（", "[": "（", "﹝": "（", "〕": "）", "］": "）", "]": "）", "﹞": "）",
    "–": "—", "―": "—", "─": "—", "•": "·", "・": "·", "‧": "·",
    "\r": LINE_BREAK, "\u2028": LINE_BREAK, "\u2029": LINE_BREAK, "\x85": LINE_BREAK,
}  # fmt: skip


def _table() -> dict[int, str]:
    letters = [chr(base + i) for base in (0x41, 0x61, 0xFF21, 0xFF41) for i in range(26)]
    table = dict.fromkeys(map(ord, letters), "a")
    table |= dict.fromkeys(map(ord, _DIGITS), "0")
    table |= dict.fromkeys(map(ord, _BLANKS), BLANK)
    return table | {ord(char): form for char, form in _PUNCTUATION.items()}


_TABLE: Final = _table()


def normalize(text: str) -> str:
    """Map `text` to the model's alphabet, code point by code point, so that offsets keep their meaning.

    Digits become ``0`` and Latin letters ``a``, half-width punctuation full-width, all double quotes “ or ”,
    square brackets （ or ）, blanks a visible sign. Line breaks stay: they part sentences.
    """
    return text.translate(_TABLE)
