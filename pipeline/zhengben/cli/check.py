"""``zhengben check``: prints what would change, for scripts and for hooks that run before a commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from zhengben.cli.guard import DONE, REFUSED, WOULD_CHANGE, complain, describe_bug, one_line
from zhengben.cli.options import Settings, cleaning_options
from zhengben.errors import InputError, ZhengbenError

if TYPE_CHECKING:
    from zhengben.batch import Input
    from zhengben.cleaner import Cleaner
    from zhengben.lines import LineIndex
    from zhengben.model import Edit, Result

SHOWN_CHARACTERS = 40
NEWLINE_SIGN = "⏎"
NOTHING_SIGN = "∅"


@click.command(short_help="Print what would change.")
@cleaning_options
@click.option("--suggestions", is_flag=True, help="Print suggestions, too; they do not count as changes.")
def check(suggestions: bool, **options: Any) -> int:
    """Print what clean would change, and change nothing.

    One line an edit: path:line:col damaged → replacement [rule, confidence]. Columns are counted in
    characters. The exit code is 1 when something would change.
    """
    from zhengben.batch import find_inputs
    from zhengben.cleaner import Cleaner

    settings = Settings.of(options)
    inputs, refused = find_inputs(settings.files, recursive=settings.recursive)
    cleaner = Cleaner(settings.config)
    cleaner.prepare()
    for refusal in refused:
        complain(f"{refusal.shown}: {refusal.error}")
    answers = [_check(found, cleaner, settings, suggestions) for found in inputs]
    return max([*answers, REFUSED if refused else DONE])


def _check(found: Input, cleaner: Cleaner, settings: Settings, suggestions: bool) -> int:
    """Print one document's findings and return its exit code."""
    from zhengben.workflow import clean_opened, open_input

    try:
        result = clean_opened(open_input(found, settings.limits), cleaner, settings.phrases).result
    except InputError as error:
        complain(f"{found.shown}: {error}")
        return REFUSED
    except (ZhengbenError, BrokenPipeError):
        raise
    except Exception as error:
        # A bug that one document brings to light must not take the others along.
        complain(f"{found.shown}: {describe_bug(error)}")
        return REFUSED
    _print(found.shown, result, suggestions)
    return WOULD_CHANGE if result.applied else DONE


def _print(shown: str, result: Result, suggestions: bool) -> None:
    from zhengben.lines import LineIndex

    lines = LineIndex(result.source)
    for edit in result.edits:
        if edit.is_applied or suggestions:
            click.echo(_finding(shown, edit, lines))


def _finding(shown: str, edit: Edit, lines: LineIndex) -> str:
    line, column = lines.position(edit.start)
    change = f"{_excerpt(edit.original)} → {_excerpt(edit.replacement)}"
    mark = "" if edit.is_applied else " (suggested)"
    return f"{one_line(shown)}:{line}:{column} {change} [{one_line(edit.rule)}, {edit.confidence:.2f}]{mark}"


def _excerpt(text: str) -> str:
    """A piece of text on one line, its middle left out where it is long."""
    if len(text) > SHOWN_CHARACTERS:
        half = SHOWN_CHARACTERS // 2
        text = f"{text[:half]}…{text[-half:]}"
    signs = text.replace("\r\n", NEWLINE_SIGN).replace("\n", NEWLINE_SIGN).replace("\r", NEWLINE_SIGN)
    return one_line(signs) or NOTHING_SIGN
