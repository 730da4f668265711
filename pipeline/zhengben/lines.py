"""Lines and columns, as editors count them."""

from __future__ import annotations

import re
from bisect import bisect_right

_NEWLINE = re.compile("\r\n|\r|\n")


class LineIndex:
    """Answers on which line and in which column a code point of a text stands.

    A line ends at ``\\n``, ``\\r\\n`` or ``\\r``: at nothing else, so that U+2028 or a form feed,
    which `str.splitlines` also takes for line ends, do not shift the count. Built in linear time,
    asked in logarithmic time. ``starts`` are the offsets where the lines begin.
    """

    __slots__ = ("starts",)

    def __init__(self, text: str) -> None:
        self.starts = (0, *(match.end() for match in _NEWLINE.finditer(text)))

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of a code point offset, both counted from one."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1
