"""Marks that sites strew behind 的 (的' 的. 的`), and doubled commas and stops."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengben.model import Edit
from zhengben.stages.normalizing.characters import HAN

_BEHIND_DE = re.compile(f"的(['`.])(?=[{HAN}])")
_POINT_AS_STOP = re.compile(f"\\.(?=[{HAN}\n]|$)")
_CLAUSE_START = re.compile("[，。；：、,;:\n]")
_DOUBLED = re.compile(",[,。]|，[，。]|。。")
_HAN = re.compile(f"[{HAN}]")
LONGEST_CLAUSE = 60
_SURE, _LIKELY, _UNSURE = 0.97, 0.85, 0.5


def marks_behind_de(text: str) -> Iterator[Edit]:
    """Remove 的' 的. 的` before a Chinese character, unless the mark closes a quotation or a sentence."""
    sites = list(_BEHIND_DE.finditer(text))
    if not sites:
        return
    points_are_stops = _uses_points_as_stops(text)
    for site in sites:
        mark, position = site[1], site.start(1)
        if mark == ".":
            confidence = 0.0 if points_are_stops else _confidence_of_point(text, position, len(sites))
        else:
            confidence = 0.0 if _is_quotation(text, mark, position) else _SURE
        yield Edit(
            position, position + 1, mark, "",
            "normalize", "normalize/noise", confidence=confidence, reason=f"“的”后夹入的杂符 {mark}，删除",
        )  # fmt: skip


def _uses_points_as_stops(text: str) -> bool:
    """Whether half-width points end sentences elsewhere in the document."""
    for match in _POINT_AS_STOP.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if before != "的" and _HAN.match(before):
            return True
    return False


def _confidence_of_point(text: str, position: int, sites: int) -> float:
    """是…的. is the end of a sentence; otherwise the more such marks, the surer it is noise."""
    clause = text[max(0, position - LONGEST_CLAUSE) : position]
    clause = _CLAUSE_START.split(clause)[-1]
    if "是" in clause:
        return 0.0
    return _SURE if sites > 1 else _LIKELY


def _is_quotation(text: str, mark: str, position: int) -> bool:
    """Whether another such mark in the line pairs with this one (所谓的'新'方法)."""
    line_end = text.find("\n", position, position + LONGEST_CLAUSE)
    after = text[position + 1 : line_end if line_end >= 0 else position + LONGEST_CLAUSE]
    partner = after.find(mark)
    line_start = text.rfind("\n", max(0, position - LONGEST_CLAUSE), position) + 1
    before = text[max(line_start, position - LONGEST_CLAUSE) : position]
    opens = partner > 0 and after[partner - 1] != "的"
    closes = before.rfind(mark) > 0 and before[before.rfind(mark) - 1] != "的"
    return opens or closes or before.startswith(mark)


def doubled_punctuation(text: str) -> Iterator[Edit]:
    """Keep one of two commas or stops. 、、 and ellipses stay: a word may be missing there."""
    for match in _DOUBLED.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if not _HAN.match(before) or after in (*",，。.、",) or not (after in ("", "\n", "\r") or _HAN.match(after)):
            continue
        pair = match.group()
        if pair == ",," and (after == "" or not _HAN.match(after) or _looks_like_table(text, start)):
            continue
        yield Edit(
            start, end, pair, pair[-1],
            "normalize", "normalize/punctuation", confidence=0.88, reason="标点重复，保留一个",
        )  # fmt: skip


def _looks_like_table(text: str, position: int) -> bool:
    """Whether ,, is an empty field: comma-separated values have no running Chinese around them."""
    around = text[max(0, position - 8) : position] + text[position + 2 : position + 10]
    return len(_HAN.findall(around)) < 10 or around.count(",") > 1
