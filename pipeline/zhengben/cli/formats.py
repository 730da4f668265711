"""``zhengben formats``: what this installation reads and writes, and what is missing for the rest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import click

from zhengben.cli.guard import DONE

if TYPE_CHECKING:
    from zhengben.formats import Entry

HEADINGS = ("FORMAT", "READS", "WRITES", "NEEDS")
READY = "-"
SAME = "the same"


@dataclass(frozen=True, slots=True)
class Ability:
    """What can be done with a format here.

    ``writes`` are the suffixes of cleaned documents, and then the endings of what is written beside them.
    """

    format: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    is_ready: bool
    needs: str


@click.command(short_help="List what is read and written.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def formats(as_json: bool) -> int:
    """List the formats by their suffixes, what they are written as, and what is missing to read them."""
    from zhengben.formats import REGISTRY

    abilities = [_ability(entry) for entry in REGISTRY]
    if as_json:
        click.echo(json.dumps([asdict(ability) for ability in abilities], ensure_ascii=False, indent=2))
        return DONE
    for line in _table([HEADINGS, *map(_row, abilities)]):
        click.echo(line)
    return DONE


def _ability(entry: Entry) -> Ability:
    if entry.missing:
        needs = f"{', '.join(entry.missing)}: pip install 'zhengben[{entry.extra}]'"
        return Ability(entry.name, entry.suffixes, (), False, needs)
    if entry.missing_program:
        return Ability(entry.name, entry.suffixes, _written(entry), False, f"{entry.missing_program} on this machine")
    return Ability(entry.name, entry.suffixes, _written(entry), True, "")


def _written(entry: Entry) -> tuple[str, ...]:
    """The suffixes of what is written, the one that is written unless another is asked for first, and of companions."""
    from zhengben.formats import Source
    from zhengben.formats.base import Rewriting

    form = entry.load()
    usual = [form.output_suffix(Source(f"name{suffix}", b"")) for suffix in entry.suffixes]
    others = (*form.choices, *form.companion_endings) if isinstance(form, Rewriting) else ()
    return tuple(dict.fromkeys((*usual, *others)))


def _row(ability: Ability) -> tuple[str, ...]:
    writes = SAME if ability.writes == ability.reads else " ".join(ability.writes)
    return ability.format, " ".join(ability.reads), writes or READY, ability.needs or READY


def _table(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
