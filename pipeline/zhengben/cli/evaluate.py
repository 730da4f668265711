"""``zhengben eval``: how much is repaired, how much is spoilt, and how far the confidence can be trusted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhengben.cli.options import PATH

if TYPE_CHECKING:
    from zhengben.evaluation.measure import Evaluation
    from zhengben.evaluation.plan import Plan, Report

DEFAULT_OUTPUT = Path("eval-out")
WIDTH_OF_A_FILE = 160


@click.command(short_help="Measure cleaning.")
@click.argument("gold", nargs=-1, metavar="GOLD...", type=PATH)
@click.option("--against", type=click.Choice(["pycorrector"]), help="Measure this corrector beside, on the gold.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option(
    "--materials",
    envvar="SHARED",
    type=PATH,
    metavar="DIR",
    help="A folder with more to measure on: corpora/, bench/ and seed/. Passed over where it is missing.",
)
@click.option("--recipe", type=PATH, metavar="FILE", help="The list of sources of the corpora, a sources.toml.")
@click.option("--pairs", type=PATH, metavar="FILE", help="Damage by this table: engine, damaged, original.")
@click.option("--neutral", type=PATH, metavar="FILE", help="Pairs that a reader can't tell apart.")
@click.option(
    "--length",
    type=int,
    metavar="N",
    help="Measure on sound text bundled to documents of so many characters; by default 2,000 to 6,000.",
)
@click.option("--quick", is_flag=True, help="Measure on a tenth, for a first look.")
@click.option("--seed", type=int, default=1, show_default=True, help="Draws documents, pairs and withheld rules.")
@click.option("-o", "--output", type=PATH, default=DEFAULT_OUTPUT, show_default=True, metavar="DIR")
def evaluate(gold: tuple[Path, ...], as_json: bool, **options: Any) -> None:
    """Measure cleaning against gold: files in the gold format, or folders with *.gold.txt.

    Without arguments, the gold of a checkout. With materials, also: sound documents that no model
    was trained on, as they are and damaged by program. Figures, two drawings and tables of all
    faults go to the output folder.
    """
    from zhengben.evaluation.measure import Evaluation

    plan = _plan(gold, **options)
    plan.output.mkdir(parents=True, exist_ok=True)
    evaluation = Evaluation(plan, say=lambda what: click.echo(f"measuring: {what}", err=True))
    report = evaluation.run()
    _write(evaluation, report)
    _show(report, as_json)


def _plan(
    gold: tuple[Path, ...],
    *,
    against: str | None,
    materials: Path | None,
    recipe: Path | None,
    neutral: Path | None,
    quick: bool,
    **others: Any,
) -> Plan:
    from zhengben.evaluation.materials import Materials, gold_files
    from zhengben.evaluation.neutral import read_neutral_pairs
    from zhengben.evaluation.plan import FULL, QUICK, Plan

    own = _checkout_folder()
    neutral = neutral or _if_there(own / "neutral_pairs.tsv")
    plan = Plan(
        gold=gold_files(gold or ((own,) if own.is_dir() else ())),
        neutral=read_neutral_pairs(neutral) if neutral else frozenset(),
        materials=Materials(materials) if materials and materials.is_dir() else None,
        recipe=recipe or _if_there(own.parent / "sources.toml"),
        against_pycorrector=against == "pycorrector",
        scale=QUICK if quick else FULL,
        **others,
    )
    _refuse_nothing(plan)
    _refuse_short(plan)
    return plan


def _refuse_nothing(plan: Plan) -> None:
    if not plan.gold and plan.materials is None:
        raise click.UsageError("nothing to measure on: name gold files, or --materials")


def _refuse_short(plan: Plan) -> None:
    from zhengben.evaluation.documents import MINIMUM_LENGTH

    if plan.length is not None and plan.length < MINIMUM_LENGTH:
        raise click.BadParameter(f"{plan.length} is less than {MINIMUM_LENGTH}.", param_hint="--length")


def _checkout_folder() -> Path:
    from zhengben import resources

    return resources.PACKAGE.parents[1] / "corpora" / "eval"


def _if_there(path: Path) -> Path | None:
    return path if path.is_file() else None


def _write(evaluation: Evaluation, report: Report) -> None:
    import json

    from zhengben.evaluation.drawings import drawings
    from zhengben.evaluation.findings import write_findings

    folder = evaluation.plan.output
    (folder / "evaluation.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    write_findings(folder / "faults.tsv", evaluation.findings)
    for name, drawing in drawings(evaluation).items():
        (folder / name).write_text(drawing, encoding="utf-8")


def _show(report: Report, as_json: bool) -> None:
    if as_json:
        import json

        click.echo(json.dumps(report, ensure_ascii=False))
        return
    from rich.console import Console

    from zhengben.evaluation.printing import print_report

    console = Console(highlight=False)
    print_report(report, console if console.is_terminal else Console(highlight=False, width=WIDTH_OF_A_FILE))
