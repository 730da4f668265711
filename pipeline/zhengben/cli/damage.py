"""``zhengben damage``: a sound text in, a damaged one and its gold file out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from zhengben.cli.options import PATH, names_among
from zhengben.config import ENGINES
from zhengben.errors import InputError


@click.command(short_help="Damage sound text.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=PATH)
@click.option(
    "--engine",
    "engines",
    type=names_among(ENGINES),
    default="B",
    show_default=True,
    metavar="IDS",
    help=f"The engines that work on the text in turn, with commas between: {', '.join(ENGINES)}.",
)
@click.option("--twice", is_flag=True, help="Let the last engine work twice.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same damage.")
@click.option(
    "--share",
    type=(click.FloatRange(0, 1), click.FloatRange(0, 1)),
    default=(0.5, 1.0),
    show_default=True,
    metavar="LOW HIGH",
    help="Between which shares of an engine's pairs to draw those that are active.",
)
@click.option("--delete", "deletions", type=click.IntRange(0), default=0, help="Delete so many words, everywhere.")
@click.option("--wrap", type=click.IntRange(0), default=0, metavar="COLUMNS", help="Break lines before the damage.")
@click.option("--wrap-after", type=click.IntRange(0), default=0, metavar="COLUMNS", help="Break lines after it.")
@click.option("--pairs", type=PATH, metavar="FILE", help="Take the pairs from a table: engine, damaged, original.")
@click.option("-o", "--output", type=PATH, metavar="DIR", help="Write there instead of beside each input.")
@click.option("--force", is_flag=True, help="Overwrite outputs that exist.")
def damage(
    files: tuple[Path, ...], engines: tuple[str, ...], twice: bool, output: Path | None, force: bool, **options: Any
) -> None:
    """Damage sound text as document-sharing sites do.

    For NAME.txt this writes NAME.damaged.txt and NAME.gold.txt, in which every damaged place is
    marked with what stood there: for `zhengben eval`, or to train other programs.
    """
    from zhengben.damage import read_pairs, tables_of
    from zhengben.outputs import write_together
    from zhengben.rulebook import Rulebook

    pairs = options.pop("pairs")
    tables = read_pairs(pairs) if pairs else tables_of(Rulebook.load())
    passes = (*engines, engines[-1]) if twice else engines
    for path in files:
        contents = _damaged(path, output or path.parent, passes, tables=tables, **options)
        write_together(contents, overwrite=force)
        click.echo(f"{path}: damaged by {', '.join(engines)}: {', '.join(map(str, contents))}", err=True)


def _damaged(path: Path, folder: Path, passes: Sequence[str], **options: Any) -> dict[Path, bytes]:
    from zhengben.damage import damage as damage_text
    from zhengben.evaluation.gold import from_edits
    from zhengben.evaluation.gold_format import GOLD_SUFFIX, print_gold

    damaged = damage_text(_read(path), passes, **options)
    gold = from_edits(damaged.text, damaged.gold, engines=damaged.engines)
    return {
        folder / f"{path.stem}.damaged.txt": damaged.text.encode(),
        folder / f"{path.stem}{GOLD_SUFFIX}": print_gold(gold).encode(),
    }


def _read(path: Path) -> str:
    from zhengben.formats import Limits, format_of, load

    limits = Limits()
    try:
        source = load(path, limits)
        return format_of(source).read(source, limits).text
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
