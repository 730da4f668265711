"""Closing quotes that conversion turned into the double prime 〞, and openings turned into 〝.

A mark is repaired only where it pairs with a quote. The mark of inches and seconds (17〞) stays.
A well-formed 〝…〞 is Taiwan's own style: it changes only in a document that also uses “ and ”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengben.model import Edit

MAX_QUOTATION = 2_000
"""Longest quotation, in code points, that an opening quote is carried over."""

HABIT = 3
"""Pairs “…〞 from which a document without a single ” is taken to close every quotation so."""

_MARK = re.compile("[“”〝〞]")
_OPENS_AFTER = "，。：；、！？（《“,:;!?(\n\u3000 "
_SAME_PARAGRAPH, _OTHER_PARAGRAPH, _TWO_MARKS, _BY_HABIT = 0.99, 0.9, 0.9, 0.85


def prime_quotes(text: str) -> Iterator[Edit]:
    """Repair 〞 and 〝 where they stand for a closing or an opening quote."""
    if "〞" not in text and "〝" not in text:
        return iter(())
    return iter(sorted(_Pairing(text).edits(), key=lambda edit: edit.start))


class _Pairing:
    """Reads the quotation marks of a text from left to right, one opening mark pending at a time."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._marks = [match.start() for match in _MARK.finditer(text)]
        self._has_curly = "“" in text or "”" in text
        self._pending: int | None = None
        self._edits: list[Edit] = []
        self._unpaired: list[int] = []
        self._closed_by_prime = 0

    def edits(self) -> list[Edit]:
        for index, position in enumerate(self._marks):
            self._read(index, position)
        if self._closed_by_prime >= HABIT and "”" not in self._text:
            for position in self._unpaired:
                self._repair(position, "”", _BY_HABIT)
        return self._edits

    def _read(self, index: int, position: int) -> None:
        mark = self._text[position]
        if self._pending is not None and position - self._pending > MAX_QUOTATION:
            self._pending = None
        if mark == "“" or (mark == "〝" and self._pending is None):
            self._pending = position
        elif mark == "”":
            if self._pending is not None and self._text[self._pending] in "〝〞":
                self._repair(self._pending, "“", _TWO_MARKS)
            self._pending = None
        elif mark == "〞":
            self._read_prime(index, position)

    def _read_prime(self, index: int, position: int) -> None:
        pending = self._pending
        if pending is None:
            if self._could_open(index, position):
                self._pending = position
            elif not self._is_measure(position):
                self._unpaired.append(position)
        elif self._text[pending] == "“":
            if not self._is_inch_inside(index, position):
                same_paragraph = "\n" not in self._text[pending:position]
                self._repair(position, "”", _SAME_PARAGRAPH if same_paragraph else _OTHER_PARAGRAPH)
                self._closed_by_prime += 1
                self._pending = None
        else:
            if self._text[pending] == "〞" or self._has_curly:
                self._repair(pending, "“", _TWO_MARKS)
                self._repair(position, "”", _TWO_MARKS)
            self._pending = None

    def _could_open(self, index: int, position: int) -> bool:
        before = self._text[position - 1] if position else "\n"
        following = self._next_mark_in_paragraph(index)
        return before in _OPENS_AFTER and following in ("〞", "”")

    def _is_measure(self, position: int) -> bool:
        return position > 0 and self._text[position - 1].isdigit()

    def _is_inch_inside(self, index: int, position: int) -> bool:
        """“买了17〞的屏幕”: a digit before the mark, and the quotation closes later."""
        return self._is_measure(position) and self._next_mark_in_paragraph(index) in ("〞", "”")

    def _next_mark_in_paragraph(self, index: int) -> str:
        if index + 1 == len(self._marks):
            return ""
        position, following = self._marks[index], self._marks[index + 1]
        if following - position > MAX_QUOTATION or "\n" in self._text[position:following]:
            return ""
        return self._text[following]

    def _repair(self, position: int, replacement: str, confidence: float) -> None:
        mark = self._text[position]
        reason = f"{mark}在此与引号成对，应为{replacement}"
        self._edits.append(
            Edit(
                position, position + 1, mark, replacement,
                "normalize", "normalize/quote", confidence=confidence, reason=reason,
            )
        )  # fmt: skip
