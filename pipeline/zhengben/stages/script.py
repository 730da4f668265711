"""Stage `script`: traditional characters, converted only where the text is traditional."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengben.model import Edit, Notice
from zhengben.stages.base import Context, StageOutput
from zhengben.stages.converting.charset import is_common, outside_repertoire, simplified_only, traditional_only
from zhengben.stages.converting.clauses import Change, clause_changes
from zhengben.stages.grading import graded

TRADITIONAL_SHARE = 0.1
"""Share of traditional-only characters among the Chinese ones from which a document is in traditional
script. Running traditional text has 0.25 to 0.4 of them, a simplified one with quotations below 0.05."""

FEWEST = 3
"""Traditional-only characters of a traditional document, however short."""

LONGEST_CLAUSE = 300

_HAN = re.compile("[\u4e00-\u9fff]")
_BREAK = re.compile("[，。；：！？、,;:!?\n\r\t \u3000“”‘’《》〈〉「」『』【】…]")
_TITLE_OR_QUOTATION = "《〈「『“‘"
_WHOLE_DOCUMENT, _TRADITIONAL_CLAUSE, _COMMON_CHARACTER, _PERHAPS_NAME, _QUOTED = 0.97, 0.92, 0.82, 0.6, 0.5


class Script:
    """Converts the traditional clauses of a mixed document, or all of one with ``--script s``."""

    name = "script"

    def run(self, text: str, context: Context) -> StageOutput:
        """Return the conversions, and a notice for a document that is traditional and stays so."""
        if not outside_repertoire().search(text):
            return StageOutput()
        traditional = traditional_only()
        positions = [match.start() for match in outside_repertoire().finditer(text) if match.group() in traditional]
        if not positions:
            return StageOutput()
        if _is_traditional(text, len(positions)) and context.config.script != "s":
            return StageOutput(notices=(_traditional_notice(positions),))
        edits = _conversions(text, positions, whole=context.config.script == "s")
        return StageOutput(tuple(graded(edits, context.config)))


def _is_traditional(text: str, count: int) -> bool:
    """Whether ``count`` traditional-only characters make this a traditional document, not a mixed one."""
    enough = count >= FEWEST and count >= TRADITIONAL_SHARE * len(_HAN.findall(text))
    return enough and 2 * len(simplified_only().findall(text)) <= count


def _traditional_notice(positions: list[int]) -> Notice:
    reason = "全文为繁体字，保留不改；需要转为简体时请用 --script s"
    return Notice(positions[0], positions[0] + 1, "traditional-script", reason)


def _conversions(text: str, positions: list[int], *, whole: bool) -> Iterator[Edit]:
    """The changes of every clause that holds a traditional-only character."""
    repeats = len(positions) > 1 and len({text[position] for position in positions}) == 1
    reached = 0
    for position in positions:
        if position < reached:
            continue
        start, end = _clause(text, position, reached)
        reached = end
        confidence = _WHOLE_DOCUMENT if whole else _confidence(text, start, end, repeats=repeats)
        for change in clause_changes(text, start, end):
            yield _edit(text, change, confidence)


def _clause(text: str, position: int, earliest: int) -> tuple[int, int]:
    start = position
    while start > max(earliest, position - LONGEST_CLAUSE) and not _BREAK.match(text, start - 1):
        start -= 1
    stop = _BREAK.search(text, position, min(len(text), position + LONGEST_CLAUSE))
    return start, stop.start() if stop else min(len(text), position + LONGEST_CLAUSE)


def _confidence(text: str, start: int, end: int, *, repeats: bool) -> float:
    """Titles and quotations may be traditional on purpose; a rare character, or one that is the only
    one and comes again, may be part of a name."""
    if start and text[start - 1] in _TITLE_OR_QUOTATION:
        return _QUOTED
    found = [character for character in text[start:end] if character in traditional_only()]
    if len(found) > 1:
        return _TRADITIONAL_CLAUSE
    return _COMMON_CHARACTER if not repeats and is_common(found[0]) else _PERHAPS_NAME


def _edit(text: str, change: Change, confidence: float) -> Edit:
    original = text[change.start : change.end]
    reason = "繁体字转为简体" + ("，并去掉夹注的拼音" if "(" in original else "")
    return Edit(
        change.start, change.end, original, change.replacement,
        Script.name, "script/t2s", confidence=confidence, reason=reason,
    )  # fmt: skip
