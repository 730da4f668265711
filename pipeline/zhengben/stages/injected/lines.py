"""Which lines of a document a site has put there.

A line that matches a line pattern is the site's wherever it stands. An anchor, a sentence in which the
site speaks about the document, counts only near the head or the tail and outside numbered clauses.
From such lines the search goes on to their neighbours, which need several words of site language.
A document that is mostly about a site (its terms of use) keeps all but the line patterns.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from zhengben.stages.injected.table import Pattern, Table

ZONE = 30
"""Lines with text, counted from the head and from the tail, among which anchors count."""

LONGEST_LINE = 600
"""Code points above which a line is prose, whatever words it holds."""

LIKELY = 0.8
"""Confidence above which a line draws its neighbours in."""

NEIGHBOUR_SCORE = 4
LISTED_SCORE = 2
"""The same for a line that is numbered right before or after an injected one: a list of tips goes as a whole."""

ANCHOR_STRONG_WORDS = 3
LARGEST_SHARE = 0.75
"""Share of the document's characters beyond which it is about the site itself."""

_CLAUSE = re.compile(
    r"\s*(?:第[一二三四五六七八九十百0-9]{1,5}[章条节款]|[（(][一二三四五六七八九十]{1,3}[）)]|[甲乙丙]方|[一二三四五六七八九十]{1,3}、)"
)
_TERMS = re.compile("协议|须知|规则|条款|规定|办法|指南|帮助|指引|细则|合同|手册")
_ITEM = re.compile(r"(\d{1,2})[.．、)）]")
_LINE_BREAK = re.compile("\n")
_EDGE = " \t\r\u3000\u00a0"


@dataclass(frozen=True, slots=True)
class InjectedLine:
    """A line to remove, its line end included, and why."""

    start: int
    end: int
    rule: str
    reason: str
    confidence: float


class Lines:
    """The lines of a text, found by position."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]

    def __len__(self) -> int:
        return len(self._starts)

    def at(self, position: int) -> int:
        return bisect_right(self._starts, position) - 1

    def span(self, line: int) -> tuple[int, int]:
        """The line with its line end."""
        following = line + 1
        return self._starts[line], self._starts[following] if following < len(self._starts) else len(self.text)

    def content(self, line: int) -> str:
        start, end = self.span(line)
        return self.text[start:end].strip(_EDGE + "\n") if end - start <= LONGEST_LINE else ""


def injected_lines(text: str, hits: list[tuple[str, int, int]], table: Table) -> list[InjectedLine]:
    """The lines that a site has put into ``text``; ``hits`` are the table's literals found in it."""
    lines = Lines(text)
    found = _by_line(lines, hits)
    matched = {line: pattern for line in found if (pattern := _line_pattern(lines.content(line), found[line], table))}
    sure = {line: pattern for line, pattern in matched.items() if pattern.confidence > LIKELY}
    anchors = {line: rule for line in found if line not in sure and (rule := _anchor(lines, line, found[line], table))}
    if anchors and _keeps_zone(lines, anchors):
        anchors = {}
    reasons = {line: (f"boilerplate/{p.id}", p.reason, p.confidence) for line, p in sure.items()}
    reasons |= {line: (f"boilerplate/{rule}", reason, 0.95) for line, (rule, reason) in anchors.items()}
    if anchors or len(sure) > 1:
        reasons |= dict.fromkeys(
            _neighbours(lines, set(reasons), table), ("boilerplate/site-tips", "与网站提示相连的同类语句", 0.9)
        )
    reasons |= dict.fromkeys(_headers(lines, set(reasons), table), ("boilerplate/tips-heading", "网站提示的标题", 0.9))
    if anchors and _is_about_site(lines, reasons):
        reasons = {line: why for line, why in reasons.items() if line in sure}
    reasons |= {
        line: (f"boilerplate/{p.id}", p.reason, p.confidence) for line, p in matched.items() if line not in reasons
    }
    return [_injected(lines.span(line), *reasons[line]) for line in sorted(reasons)]


def _injected(span: tuple[int, int], rule: str, reason: str, confidence: float) -> InjectedLine:
    start, end = span
    return InjectedLine(start, end, rule, reason, confidence)


def _by_line(lines: Lines, hits: list[tuple[str, int, int]]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for literal, start, _ in hits:
        found[lines.at(start)].add(literal)
    return found


def _line_pattern(content: str, literals: set[str], table: Table) -> Pattern | None:
    if not content:
        return None
    candidates = (pattern for pattern in table.lines if not literals.isdisjoint(pattern.keys))
    return next((pattern for pattern in candidates if pattern.regex.fullmatch(content)), None)


def _anchor(lines: Lines, line: int, literals: set[str], table: Table) -> tuple[str, str] | None:
    content = lines.content(line)
    if not content or _CLAUSE.match(content):
        return None
    strong = literals.intersection(table.strong)
    for pattern in table.anchors:
        if not literals.isdisjoint(pattern.keys) and len(strong) >= pattern.strong and pattern.regex.search(content):
            return pattern.id, pattern.reason
    if len(_without_contained(strong)) >= ANCHOR_STRONG_WORDS:
        return "site-language", "整行是网站的提示语"
    return None


def _without_contained(words: set[str]) -> set[str]:
    return {word for word in words if not any(word != other and word in other for other in words)}


def _keeps_zone(lines: Lines, anchors: dict[int, tuple[str, str]]) -> bool:
    """Drop the anchors that stand in the middle of the document; say whether none is left."""
    texts = [line for line in range(len(lines)) if lines.span(line)[1] - lines.span(line)[0] > 1]
    rank = {line: index for index, line in enumerate(texts)}
    for line in list(anchors):
        position = rank.get(line, 0)
        if ZONE <= position < len(texts) - ZONE:
            del anchors[line]
    return not anchors


def _neighbours(lines: Lines, injected: set[int], table: Table) -> Iterator[int]:
    """Lines next to injected ones, blank lines between them aside, that speak the site's language."""
    seen = set(injected)
    for line in injected:
        for step in (-1, 1):
            before, current = line, _next_with_text(lines, line, step)
            while current is not None and current not in seen:
                listed = _is_same_list(lines.content(min(before, current)), lines.content(max(before, current)))
                if not _speaks_site_language(
                    lines.content(current), table, LISTED_SCORE if listed else NEIGHBOUR_SCORE
                ):
                    break
                seen.add(current)
                yield current
                before, current = current, _next_with_text(lines, current, step)


def _is_same_list(above: str, below: str) -> bool:
    """Whether two lines are items of one list, numbered one after the other."""
    first, second = _ITEM.match(above), _ITEM.match(below)
    return first is not None and second is not None and int(first[1]) + 1 == int(second[1])


def _next_with_text(lines: Lines, line: int, step: int) -> int | None:
    for current in (line + step, line + 2 * step):
        if not 0 <= current < len(lines):
            return None
        start, end = lines.span(current)
        if lines.text[start:end].strip(_EDGE + "\n"):
            return current
    return None


def _speaks_site_language(content: str, table: Table, needed: int) -> bool:
    if not content or _CLAUSE.match(content):
        return False
    strong, cues = sum(word in content for word in table.strong), sum(word in content for word in table.cues)
    return 2 * strong + cues >= needed


def _headers(lines: Lines, injected: set[int], table: Table) -> Iterator[int]:
    for line in injected:
        above = _next_with_text(lines, line, -1)
        if above is not None and above not in injected and lines.content(above).strip("：:【】[] ") in table.headers:
            yield above


def _is_about_site(lines: Lines, injected: dict[int, tuple[str, str, float]]) -> bool:
    length = len(lines.text) - lines.text.count("\n")
    share = sum(len(lines.content(line)) for line in injected) / max(length, 1)
    kept = (lines.content(line) for line in range(min(len(lines), ZONE)) if line not in injected)
    title = next((content for content in kept if content), "")
    return share > LARGEST_SHARE or (share > LARGEST_SHARE / 3 and bool(_TERMS.search(title)) and len(title) <= 40)
