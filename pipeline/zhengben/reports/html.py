"""The HTML report: one page in Chinese, complete in itself, for reading and deciding edit by edit."""

from __future__ import annotations

import json
from base64 import b64encode
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from zhengben.model import Edit, Notice, Result
from zhengben.reports.base import ReportMeta
from zhengben.reports.chart import Bar, bars
from zhengben.reports.decisions import draft
from zhengben.reports.layout import Block, blocks_of
from zhengben.reports.places import SENTENCE_REACH, Place, Places, Surroundings
from zhengben.reports.tally import Tally
from zhengben.reports.visible import visible, visible_side, visible_sides
from zhengben.reports.wording import STATUSES, engine_label, stage_label

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATES = Path(__file__).with_name("templates")
# A browser lays out and paints these parts only when they come near the window. The parts are large,
# because it watches each of them in every frame.
BLOCKS_PER_LEAF = 25
ROWS_PER_TABLE = 100
# As one string, the page of a long document takes twice as much memory.
PIECES_AT_ONCE = 1000
T = TypeVar("T")


def render(result: Result, meta: ReportMeta) -> bytes:
    """Return the page in UTF-8. It loads nothing and runs no script but its own."""
    file = BytesIO()
    pieces = _template().stream(_page(result, meta))
    pieces.enable_buffering(PIECES_AT_ONCE)
    pieces.dump(file, encoding="utf-8")
    return file.getvalue()


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {"visible": visible, "stage": stage_label, "engine": engine_label, "percent": _percent}
    return environment.get_template("report.html.j2")


@dataclass(frozen=True, slots=True)
class _Row:
    """An edit as the page shows it; ``group`` numbers what is repaired in the same way."""

    number: int
    edit: Edit
    original: str
    replacement: str
    alternatives: tuple[str, ...]
    place: Place
    around: Surroundings
    group: int


@dataclass(slots=True)
class _Group:
    number: int
    original: str
    replacement: str
    rows: list[int] = field(default_factory=list)
    is_suggested: bool = True


@dataclass(frozen=True, slots=True)
class _Remark:
    number: int
    notice: Notice
    place: Place
    block: int
    is_whole: bool


def _page(result: Result, meta: ReportMeta) -> dict[str, Any]:
    places = Places(result.source, meta.page_starts)
    blocks = blocks_of(result, places)
    rows, groups = _rows_and_groups(result.edits, places)
    remarks = _remarks(result, blocks, places)
    tally = Tally.of(result)
    return {
        "meta": meta,
        "tally": tally,
        "engines": sorted(result.engines, key=lambda verdict: -verdict.probability),
        "charts": _charts(tally),
        "leaves": _parts(blocks, BLOCKS_PER_LEAF),
        "leaf_size": BLOCKS_PER_LEAF,
        "remarks_of": _by_block(remarks),
        "rows": rows,
        "tables": _parts(rows, ROWS_PER_TABLE),
        "groups": sorted(groups, key=lambda group: (-len(group.rows), group.number)),
        "remarks": remarks,
        "choices": _choices(result.edits),
        "statuses": STATUSES,
        "reach": SENTENCE_REACH,
        **_inlined(_script_safe(draft(result, meta))),
    }


def _parts(items: Sequence[T], size: int) -> list[Sequence[T]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def _rows_and_groups(edits: Sequence[Edit], places: Places) -> tuple[list[_Row], list[_Group]]:
    rows: list[_Row] = []
    groups: dict[tuple[str, str], _Group] = {}
    for number, edit in enumerate(edits, 1):
        sides = visible_sides(edit)
        group = groups.setdefault((edit.original, edit.replacement), _Group(len(groups) + 1, *sides))
        group.rows.append(number)
        group.is_suggested &= not edit.is_applied
        words = tuple(visible_side(word, edit.original) for word in edit.alternatives)
        place, around = places.at(edit.start), places.around(edit.start, edit.end)
        rows.append(_Row(number, edit, *sides, words, place, around, group.number))
    return rows, list(groups.values())


def _remarks(result: Result, blocks: Sequence[Block], places: Places) -> list[_Remark]:
    """Notices with their places; one on nothing at the beginning is on the whole text."""
    starts = [block.start for block in blocks]
    whole = {(0, 0), (0, len(result.source))}
    return [
        _Remark(
            number,
            notice,
            places.at(notice.start),
            max(1, bisect_right(starts, notice.start)),
            (notice.start, notice.end) in whole,
        )
        for number, notice in enumerate(result.notices, 1)
    ]


def _by_block(remarks: Sequence[_Remark]) -> dict[int, list[_Remark]]:
    found: dict[int, list[_Remark]] = {}
    for remark in remarks:
        if not remark.is_whole:
            found.setdefault(remark.block, []).append(remark)
    return found


def _charts(tally: Tally) -> list[tuple[str, list[Bar]]]:
    stages = [(stage_label(stage), *pair) for stage, pair in tally.by_stage.items()]
    engines = [(engine_label(engine), *pair) for engine, pair in tally.by_engine.items()]
    rest = (
        tally.applied - sum(pair[0] for pair in tally.by_engine.values()),
        tally.suggested - sum(pair[1] for pair in tally.by_engine.values()),
    )
    if any(rest):
        engines.append((engine_label(""), *rest))
    return [("按引擎", bars(engines)), ("按阶段", bars(stages))]


def _choices(edits: Sequence[Edit]) -> dict[str, list[tuple[str, int]]]:
    """What each filter offers, the most frequent first."""
    return {
        name: sorted(Counter(getattr(edit, name) for edit in edits).items(), key=lambda item: (-item[1], item[0]))
        for name in ("stage", "engine", "rule", "status")
    }


def _inlined(data: str) -> dict[str, Any]:
    """Style, script and data as they stand in the page, with the hashes its policy admits."""
    from markupsafe import Markup

    style = (TEMPLATES / "report.css").read_text("utf-8")
    script = (TEMPLATES / "report.js").read_text("utf-8")
    return {
        "style": Markup(style),
        "script": Markup(script),
        "data": Markup(data),
        "style_hash": _policy_hash(style),
        "script_hash": _policy_hash(script),
    }


def _policy_hash(code: str) -> str:
    return "sha256-" + b64encode(sha256(code.encode()).digest()).decode()


def _script_safe(values: Any) -> str:
    """JSON that cannot end its script element nor a line of it, whatever strings it holds."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return text.translate({ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029\ufeff"})


def _percent(probability: float) -> str:
    """A probability for readers; only certainty is written as 100 %."""
    return f"{min(99, round(probability * 100))}%" if probability < 1 else "100%"
