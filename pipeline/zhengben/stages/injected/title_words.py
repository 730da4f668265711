"""The key words of the title that a site prints above it, one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengben.stages.injected.lines import InjectedLine, Lines

FEWEST, LONGEST_WORD, LONGEST_TITLE, FARTHEST = 3, 8, 60, 60
"""Key words that make a list; characters of a word and of a title; lines from the head that are looked at."""

SHARE_IN_TITLE = 0.6
_WORD = re.compile(r"[\w\u3400-\u9fff.]{1,8}")
_RULE, _REASON = "boilerplate/title-words", "网站按标题拆出的关键词"


def title_words(text: str, injected: list[InjectedLine]) -> Iterator[InjectedLine]:
    """Lines of one word each, most of them words of the title in the line that follows.

    Behind the site's own lines they are sure; at the bare head of a document they are suggested, and
    only when the title holds them all.
    """
    lines = Lines(text[: _head_length(text, injected)])
    removed = {lines.at(line.start) for line in injected if line.start < len(lines.text)}
    first = _first_kept(lines, removed)
    words: list[int] = []
    for line in range(first, len(lines)):
        content = lines.content(line)
        if content and (not _WORD.fullmatch(content) or _holds_several(content, lines, words)):
            yield from _judged(lines, words, content, behind_site=bool(removed) and max(removed) < first)
            return
        if content:
            words.append(line)


def _head_length(text: str, injected: list[InjectedLine]) -> int:
    position = injected[0].start if injected else 0
    for _ in range(FARTHEST):
        following = text.find("\n", position)
        if following < 0:
            return len(text)
        position = following + 1
    return position


def _first_kept(lines: Lines, removed: set[int]) -> int:
    line = 0
    while line < len(lines) and (line in removed or not lines.content(line)):
        line += 1
    return line


def _holds_several(content: str, lines: Lines, words: list[int]) -> bool:
    return sum(lines.content(line) in content for line in words[-FEWEST:]) >= FEWEST - 1


def _judged(lines: Lines, words: list[int], title: str, *, behind_site: bool) -> Iterator[InjectedLine]:
    if len(words) < FEWEST or len(title) > LONGEST_TITLE:
        return
    contained = [line for line in words if lines.content(line) in title]
    enough = len(contained) == len(words) or (behind_site and len(contained) >= SHARE_IN_TITLE * len(words))
    covered = sum(len(lines.content(line)) for line in contained)
    if enough and 3 * covered >= len(title):
        for line in words:
            yield InjectedLine(*lines.span(line), _RULE, _REASON, 0.9 if behind_site else 0.6)
