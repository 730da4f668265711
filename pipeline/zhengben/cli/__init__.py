"""The command ``zhengben``: finds the subcommand, and turns whatever goes wrong into one line.

A subcommand is imported when it is called, so that ``zhengben --help`` costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple, cast

import click

from zhengben import __version__
from zhengben.cli.guard import ClosedPipe, exit_code

HELP_COLUMN = 12


class Subcommand(NamedTuple):
    """Where a subcommand lives (``module:command``), and the line that ``--help`` shows for it."""

    target: str
    summary: str

    @property
    def is_there(self) -> bool:
        return find_spec(self.target.partition(":")[0]) is not None

    def load(self) -> click.Command:
        module, _, name = self.target.partition(":")
        return cast(click.Command, getattr(import_module(module), name))


SUBCOMMANDS = {
    "clean": Subcommand("zhengben.cli.clean:clean", "Clean documents: clean text and a report of every edit."),
    "check": Subcommand("zhengben.cli.check:check", "Print what would change, and change nothing."),
    "identify": Subcommand("zhengben.cli.identify:identify", "Tell which engines damaged a document, and why."),
    "apply": Subcommand("zhengben.cli.apply:apply", "Replay a reviewer's decisions on the original document."),
    "formats": Subcommand("zhengben.cli.formats:formats", "List what this installation reads and writes."),
    "rules": Subcommand("zhengben.cli.rules:rules", "Check, add, try and explain rule tables."),
    "damage": Subcommand("zhengben.cli.damage:damage", "Damage sound text as document-sharing sites do."),
    "eval": Subcommand("zhengben.cli.evaluate:evaluate", "Measure cleaning against documents with marked errors."),
    "bench": Subcommand("zhengben.cli.bench:bench", "Measure speed and memory."),
}


class LazyGroup(click.Group):
    """A group that knows its subcommands by name and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, command in SUBCOMMANDS.items() if command.is_there]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command = SUBCOMMANDS.get(cmd_name)
        return command.load() if command is not None and command.is_there else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, SUBCOMMANDS[name].summary) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows, col_max=HELP_COLUMN)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # click would end with 1 here, which is the answer of `check` to a document that changes.
            raise ClosedPipe from None


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 check found something to change, 2 wrong use or input that could not be read.",
)
@click.version_option(__version__, message="zhengben %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def zhengben(debug: bool) -> None:
    """Repair damaged Chinese documents and show every edit with its reason."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code. Raises nothing."""
    return exit_code(zhengben, arguments)
