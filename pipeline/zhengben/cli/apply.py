"""``zhengben apply``: carries a reviewer's decisions out on the original document."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhengben.cli.guard import DONE, complain, one_line
from zhengben.cli.limits import limits_here
from zhengben.cli.options import PATH, limit_options
from zhengben.errors import InputError, OutputError

if TYPE_CHECKING:
    from zhengben.batch import Input
    from zhengben.formats import Limits
    from zhengben.model import Result
    from zhengben.reports.decisions import Decisions
    from zhengben.workflow import Opened

STANDARD_OUTPUT = Path("-")


@click.command(short_help="Replay a reviewer's decisions.")
@click.argument("document", type=click.Path(allow_dash=True))
@click.argument("decisions", type=PATH)
@click.option(
    "-o",
    "--output",
    type=PATH,
    metavar="FILE",
    help="Write there, or to standard output with -, instead of NAME.reviewed.* beside the document.",
)
@click.option("--force", is_flag=True, help="Overwrite an output that exists. A source is never overwritten.")
@click.option(
    "--encoding",
    type=click.Choice(["utf-8", "same"]),
    default="utf-8",
    show_default=True,
    help="The encoding of plain text, or the same as was read.",
)
@click.option(
    "--track/--no-track",
    default=False,
    show_default=True,
    help="Write the accepted edits to Word documents as tracked changes, or as plain text.",
)
@limit_options
def apply(
    document: str,
    decisions: Path,
    output: Path | None,
    force: bool,
    encoding: Any,
    track: bool,
    max_size: float | None,
    time_limit: float | None,
) -> int:
    """Make the edits that a reviewer accepted, and leave out those that were rejected.

    DECISIONS is the file that the HTML report of DOCUMENT exports. Where nobody decided, what was
    applied counts as accepted and what was suggested as rejected. A document that has changed since
    its review is refused.
    """
    from zhengben.formats import WriteOptions
    from zhengben.workflow import decide_opened

    limits = limits_here(max_size, time_limit)
    found, chosen = _input(document), _decisions(decisions, limits)
    opened = _opened(found, limits)
    options = WriteOptions(encoding=encoding, track=track, to=output.suffix if output else "")
    _refuse_other_ending(opened, opened.suffix(options), output)
    target = _target(found, opened.suffix(options), output, decisions)
    if target and not force:
        _refuse_existing(target)
    decided = decide_opened(opened, chosen)
    _warn_of_undone(document, decided.result)
    _write(target, decided.document(options), force)
    click.echo(_summary(document, chosen, target), err=target is None)
    return DONE


def _input(name: str) -> Input:
    from zhengben.batch import find_inputs

    inputs, refused = find_inputs([name], recursive=False)
    if refused:
        raise InputError(f"{name}: is a folder; name one document")
    return inputs[0]


def _decisions(path: Path, limits: Limits) -> Decisions:
    from zhengben.formats import load as load_file
    from zhengben.reports.decisions import load

    try:
        data = load_file(path, limits).data
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
    return load(data, str(path))


def _opened(found: Input, limits: Limits) -> Opened:
    from zhengben.workflow import open_input

    try:
        return open_input(found, limits)
    except InputError as error:
        raise InputError(f"{found.shown}: {error}") from None


def _target(found: Input, suffix: str, output: Path | None, decisions: Path) -> Path | None:
    """The file to write; None means standard output."""
    from zhengben.batch import OutputNames

    if output == STANDARD_OUTPUT or (output is None and found.path is None):
        return None
    folder = output if output and output.is_dir() else None
    target = output if output and not folder else OutputNames([found], folder).reviewed(found, suffix)
    sources = {path.resolve() for path in (found.path, decisions) if path}
    if target.resolve() in sources:
        raise OutputError(f"{target} is itself an input; choose another name with -o")
    return target


def _refuse_other_ending(opened: Opened, suffix: str, output: Path | None) -> None:
    """Text may bear any name; a document of another format under a wrong one does not open."""
    if output and output.suffix and output.suffix.lower() != suffix and opened.format.name != "text":
        raise OutputError(f"{output}: this {opened.format.name} document is written as *{suffix}; name it so with -o")


def _refuse_existing(target: Path) -> None:
    from zhengben.outputs import refuse_existing

    refuse_existing([target])


def _write(target: Path | None, data: bytes, overwrite: bool) -> None:
    from zhengben.outputs import write_together

    if target is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_together({target: data}, overwrite=overwrite)


def _warn_of_undone(shown: str, result: Result) -> None:
    if undone := len(result.suggested):
        complain(f"warning: {shown}: {undone} accepted edits cross a border of the document and were not made")


def _summary(shown: str, chosen: Decisions, target: Path | None) -> str:
    accepted = sum(item.accepted for item in chosen.items)
    unseen = sum(not item.reviewed for item in chosen.items)
    parts = [f"{accepted} accepted", f"{len(chosen.items) - accepted} rejected", f"{unseen} of them not reviewed"]
    written = [f"written {target}"] if target else []
    return one_line(f"{shown}  {' · '.join([*parts, *written])}")
