"""``zhengben identify``: tells which engines damaged a document, and on what evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from zhengben.cli.guard import DONE, REFUSED, complain, describe_bug, one_line
from zhengben.cli.limits import limits_here
from zhengben.cli.options import limit_options
from zhengben.errors import InputError, ZhengbenError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengben.batch import Input
    from zhengben.cleaner import Cleaner
    from zhengben.formats import Limits
    from zhengben.model import Result

NOT_NEEDED = frozenset({"spelling", "gaps"})


@click.command(short_help="Tell which engines damaged a document.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(allow_dash=True))
@click.option("-r", "--recursive", is_flag=True, help="Take the documents in folders, too.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON.")
@limit_options
def identify(
    files: tuple[str, ...], recursive: bool, as_json: bool, max_size: float | None, time_limit: float | None
) -> int:
    """Tell which engines damaged a document, with the evidence in plain Chinese. Nothing is changed."""
    from zhengben.batch import find_inputs
    from zhengben.cleaner import Cleaner
    from zhengben.config import Config

    limits = limits_here(max_size, time_limit)
    inputs, refused = find_inputs(files, recursive=recursive)
    for refusal in refused:
        complain(f"{refusal.shown}: {refusal.error}")
    cleaner = Cleaner(Config(disabled=NOT_NEEDED))
    cleaner.prepare()
    verdicts = list(_verdicts(inputs, cleaner, limits))
    _print(verdicts, as_json)
    return DONE if len(verdicts) == len(inputs) and not refused else REFUSED


def _verdicts(inputs: list[Input], cleaner: Cleaner, limits: Limits) -> Iterator[tuple[str, Result]]:
    """What was found in every document that could be read; the others are complained about."""
    from zhengben.workflow import clean_opened, open_input

    for found in inputs:
        try:
            yield found.shown, clean_opened(open_input(found, limits), cleaner, ()).result
        except InputError as error:
            complain(f"{found.shown}: {error}")
        except ZhengbenError:
            raise
        except Exception as error:
            # A bug that one document brings to light must not take the others along.
            complain(f"{found.shown}: {describe_bug(error)}")


def _print(verdicts: list[tuple[str, Any]], as_json: bool) -> None:
    from zhengben.reports import engines

    if as_json:
        import json

        content = [engines.as_json(name, result) for name, result in verdicts]
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return
    for name, result in verdicts:
        click.echo(f"{one_line(name)}：{engines.headline(result)}")
        for line in engines.lines(result)[1:]:
            click.echo(one_line(line) if not line.startswith(" ") else line)
