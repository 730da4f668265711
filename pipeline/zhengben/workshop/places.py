"""Places in documents as editors and `zhengben check` write them: FILE:LINE:COL."""

from __future__ import annotations

import re
from pathlib import Path

from zhengben.errors import UsageError
from zhengben.lines import LineIndex

_PLACE = re.compile(r"(?P<path>.+):(?P<line>\d+):(?P<column>\d+)\Z", re.DOTALL)


def parse_place(place: str) -> tuple[Path, int, int]:
    """File, line and column, both counted from one. Raises `UsageError`."""
    match = _PLACE.match(place)
    if match is None:
        raise UsageError(f"{place}: write the place as FILE:LINE:COL, as `zhengben check` prints it")
    return Path(match["path"]), int(match["line"]), int(match["column"])


def offset_of(text: str, line: int, column: int) -> int:
    """The code point offset of a line and column. Raises `UsageError` where the text has no such place."""
    low, high = 0, len(text)
    index = LineIndex(text)
    while low < high:
        middle = (low + high) // 2
        if index.position(middle) < (line, column):
            low = middle + 1
        else:
            high = middle
    if low >= len(text) or index.position(low) != (line, column):
        raise UsageError(f"there is no line {line}, column {column} in the document")
    return low
