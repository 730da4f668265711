"""``zhengben bench``: speed beside a raw pass of the language model, start-up time and memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhengben.cli.options import PATH
from zhengben.errors import DependencyError, InputError

if TYPE_CHECKING:
    from zhengben.evaluation.bench import Pace, ProcessCost
    from zhengben.evaluation.rule_bench import RuleCost

SOUND_DOCUMENTS = 60


@click.command(short_help="Measure speed and memory.")
@click.option("--sound", type=PATH, multiple=True, metavar="FILE", help="A sound text (UTF-8) to measure on.")
@click.option("--damaged", type=PATH, multiple=True, metavar="FILE", help="A damaged text (UTF-8) to measure on.")
@click.option(
    "--materials",
    envvar="SHARED",
    type=PATH,
    metavar="DIR",
    help="A folder with more to measure on: corpora/ and seed/. Passed over where it is missing.",
)
@click.option("--against", type=click.Choice(["pycorrector"]), help="Measure this corrector beside.")
@click.option("--only-pycorrector", "only", type=PATH, hidden=True)
def bench(
    sound: tuple[Path, ...], damaged: tuple[Path, ...], materials: Path | None, against: str | None, only: Path | None
) -> None:
    """Measure speed and memory.

    Speed is given as a ratio to one raw pass of the language model over the same text in the same
    run. Without files, the samples of a checkout are measured.
    """
    from zhengben.evaluation.bench import measure_paces, measure_processes, pycorrector_pace
    from zhengben.evaluation.rule_bench import measure_rules

    if only is not None:
        pace = pycorrector_pace(only.read_text(encoding="utf-8"))
        click.echo(f"{pace.characters} {pace.seconds}")
        return
    sound_texts = _texts(sound) or _held_out(materials) or _texts(_samples("sound-*.txt"))
    damaged_files = damaged or _seed(materials) or _samples("speech.txt")
    if not sound_texts or not damaged_files:
        raise click.UsageError("nothing to measure on: name --sound and --damaged files")
    paces = measure_paces(sound_texts, _texts(damaged_files))
    if against:
        paces.append(_pycorrector_in_its_own_process(damaged_files[0]))
    _print(paces, measure_processes(sound_texts), measure_rules(sound_texts))


def _texts(files: Sequence[Path]) -> list[str]:
    try:
        return [path.read_text(encoding="utf-8") for path in files]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read a text to measure on: {error}") from error


def _samples(pattern: str) -> tuple[Path, ...]:
    from zhengben import resources

    return tuple(sorted((resources.PACKAGE.parents[1] / "corpora" / "samples").glob(pattern)))


def _seed(materials: Path | None) -> tuple[Path, ...]:
    return tuple(sorted((materials / "seed").glob("source*.txt"))) if materials else ()


def _held_out(materials: Path | None) -> list[str]:
    from zhengben import resources

    recipe = resources.PACKAGE.parents[1] / "corpora" / "sources.toml"
    if materials is None or not (materials / "corpora").is_dir() or not recipe.is_file():
        return []
    return list(_spread(materials / "corpora", recipe))


def _spread(corpora: Path, recipe: Path) -> Iterator[str]:
    from zhengben.evaluation.documents import sound_documents
    from zhengben.lm.training.sources import read_recipe

    documents = [document.text for document in sound_documents(read_recipe(recipe), corpora, unseen_share=0.005)]
    return islice(documents, 0, None, max(1, len(documents) // SOUND_DOCUMENTS))


def _pycorrector_in_its_own_process(text: Path) -> Pace:
    from zhengben.evaluation.bench import Pace

    command = [sys.executable, "-m", "zhengben", "bench", "--only-pycorrector", str(text)]
    finished = subprocess.run(command, check=False, capture_output=True, text=True)
    if finished.returncode:
        raise DependencyError(f"pycorrector cannot be measured: {finished.stderr.strip()}")
    characters, seconds = finished.stdout.split()[-2:]
    return Pace("pycorrector, same model", int(characters), float(seconds))


def _print(paces: Sequence[Pace], processes: Sequence[ProcessCost], rules: RuleCost) -> None:
    from rich.console import Console

    from zhengben.evaluation.printing import plain_table
    from zhengben.evaluation.rates import ratio

    console = Console(highlight=False, width=100)
    rows = [
        [
            pace.name,
            f"{pace.characters:,}",
            f"{pace.per_second:,.0f}",
            "" if pace.ratio is None else f"{pace.ratio:.2f}",
        ]
        for pace in paces
    ]
    console.print(plain_table("Speed", ["", "characters", "characters a second", "ratio to a raw pass"], rows))
    costs = [[cost.name, f"{cost.seconds:.2f} s", f"{cost.megabytes:.0f} MB"] for cost in processes]
    console.print(plain_table("Fresh processes", ["", "wall time", "peak memory"], costs))
    speed = ratio(rules.characters, rules.screening)
    console.print(f"{rules.rules:,} rules: loaded from the cache in {rules.loading:.2f} s, ", end="")
    console.print(f"looked for in {rules.characters:,} characters of sound text at {speed:,.0f} a second")
