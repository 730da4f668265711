"""Stage `boilerplate`: lines and phrases that document-sharing sites inject, each an edit of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhengben.model import Edit
from zhengben.stages.base import Context, StageOutput
from zhengben.stages.grading import graded
from zhengben.stages.injected.junk import junk
from zhengben.stages.injected.lines import InjectedLine, injected_lines
from zhengben.stages.injected.table import Table, load_table
from zhengben.stages.injected.title_words import title_words

WINDOW = 260
"""Code points on either side of a key within which an inline phrase is looked for."""


class Boilerplate:
    """Removes what a site put into the document; a reviewer can reject each removal."""

    name = "boilerplate"

    def run(self, text: str, context: Context) -> StageOutput:
        """Return one deletion for every injected line or phrase."""
        table = load_table()
        hits = table.find(text)
        lines = injected_lines(text, hits, table) if hits else []
        phrases = _phrases(text, hits, table) if hits else ()
        found = [*lines, *title_words(text, lines), *phrases, *junk(text)]
        edits = (_deletion(text, item) for item in _disjoint(found))
        return StageOutput(tuple(graded(edits, context.config)))


def _phrases(text: str, hits: list[tuple[str, int, int]], table: Table) -> Iterator[InjectedLine]:
    """Inline phrases, looked for only around their keys."""
    for pattern in table.inline:
        for start, end in _windows((hit for hit in hits if hit[0] in pattern.keys), len(text)):
            for match in pattern.regex.finditer(text, start, end):
                yield InjectedLine(*match.span(), f"boilerplate/{pattern.id}", pattern.reason, pattern.confidence)


def _windows(hits: Iterable[tuple[str, int, int]], length: int) -> Iterator[tuple[int, int]]:
    """The surroundings of the hits, those that overlap made one, so that no text is read twice."""
    current: tuple[int, int] | None = None
    for _, hit_start, hit_end in hits:
        start, end = max(0, hit_start - WINDOW), min(length, hit_end + WINDOW)
        if current is not None and start <= current[1]:
            current = current[0], end
        else:
            if current is not None:
                yield current
            current = start, end
    if current is not None:
        yield current


def _disjoint(found: Iterable[InjectedLine]) -> Iterator[InjectedLine]:
    """In order; of two that overlap the one that begins first, and of these the longer."""
    reached = 0
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if item.start >= reached:
            reached = item.end
            yield item


def _deletion(text: str, item: InjectedLine) -> Edit:
    return Edit(
        item.start, item.end, text[item.start : item.end], "",
        Boilerplate.name, item.rule, confidence=item.confidence, reason=item.reason,
    )  # fmt: skip
