"""The last line of defence: every error leaves as one line and an exit code, never as a traceback."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Sequence
from types import FrameType

import click

from zhengben.errors import ZhengbenError

DONE, WOULD_CHANGE, REFUSED = 0, 1, 2
INTERRUPTED = 128 + signal.SIGINT
TERMINATED = 128 + signal.SIGTERM
PIPE_CLOSED = 141
BUG_ADVICE = "this is a bug in zhengben; 'zhengben --debug COMMAND ...' prints what to report"


class ClosedPipe(Exception):  # noqa: N818 - not an error
    """Whoever read the output has stopped reading: nothing to say, and nobody to say it to."""


def exit_code(command: click.Command, arguments: Sequence[str] | None) -> int:
    """Run ``command`` with ``arguments`` (those of the process by default) and return its exit code."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    _prepare_streams()
    previous = signal.signal(signal.SIGTERM, _terminate)
    try:
        code = _guarded(command, arguments)
        sys.stdout.flush()
        return code
    except (ClosedPipe, BrokenPipeError):
        _silence_stdout()
        return PIPE_CLOSED
    finally:
        signal.signal(signal.SIGTERM, previous)


def complain(text: str) -> None:
    """Print one line on standard error, prefixed with the program's name."""
    click.echo(f"zhengben: {one_line(text)}", err=True)


def one_line(text: str) -> str:
    """The text with everything escaped that would leave its line or steer the terminal."""
    return "".join(character if _is_plain(character) else _escaped(character) for character in text)


def describe_bug(error: Exception) -> str:
    """One line for an exception that nobody foresaw; its traceback follows with ``--debug``."""
    if is_debugging():
        traceback.print_exception(error)
    return f"{type(error).__name__}: {error}; {BUG_ADVICE}"


def is_debugging() -> bool:
    """Whether the user asked for tracebacks."""
    context = click.get_current_context(silent=True)
    return bool(context and context.find_root().params.get("debug"))


def _guarded(command: click.Command, arguments: list[str]) -> int:
    try:
        code = command.main(arguments, prog_name="zhengben", standalone_mode=False)
        return code if isinstance(code, int) else DONE
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
    except click.ClickException as error:
        complain(_usage_message(error))
    except click.Abort:
        return INTERRUPTED
    except ZhengbenError as error:
        complain(str(error))
    except (ClosedPipe, BrokenPipeError):
        raise
    except Exception as error:
        if "--debug" in arguments:
            traceback.print_exception(error)
        complain(f"{type(error).__name__}: {error}; {BUG_ADVICE}")
    return REFUSED


def _usage_message(error: click.ClickException) -> str:
    message = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    return f"{message}; see '{context.command_path} --help'" if context else message


def _prepare_streams() -> None:
    """Let a terminal that lacks a character show its escape instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _silence_stdout() -> None:
    """Keep the interpreter from flushing into the closed pipe when it ends."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())


def _terminate(number: int, frame: FrameType | None) -> None:
    # An exception, unlike a sudden end, lets outputs that are being written be taken back.
    raise SystemExit(TERMINATED)


def _is_plain(character: str) -> bool:
    return character.isprintable() or character == "\u3000"


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
