"""Formats whose parsers are kept apart from the program: each call runs in a process of its own.

A hostile file can make a parser crash, hang or devour memory. Here that costs one process, within
the limits of the document, and is told as one line; the other files go on. This contains accidents
of parsing. It is no sandbox: the process has the rights of its user.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from zhengben.errors import DependencyError, InputError, OutputError, ZhengbenError
from zhengben.formats.base import MEBIBYTE, Limits, Source, WriteOptions
from zhengben.model import Document, Result

MEMORY_CAN_BE_LIMITED: Final = find_spec("resource") is not None
"""Windows has no such limits: there only the time is limited."""

GRACE_SECONDS: Final = 2.0
"""So long a process that has used up its time may take to tidy up."""

_KILL: Final = getattr(signal, "SIGKILL", signal.SIGTERM)
_TOLD: Final = {error.__name__: error for error in (InputError, OutputError, DependencyError)}


@dataclass(frozen=True, slots=True)
class Request:
    """A call of one method of the format at ``target`` (``module:class``)."""

    target: str
    method: str
    arguments: tuple[Any, ...]
    max_memory_bytes: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What a call returned, or the name and message of the error it raised."""

    value: Any = None
    error: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class ContainedOrigin:
    """The origin of a document, and the limits that hold for writing it, too."""

    inner: Any
    limits: Limits


class Contained:
    """The format at ``target``, called in a process of its own. Its origins must be picklable."""

    def __init__(self, target: str) -> None:
        module, _, name = target.partition(":")
        self._target = target
        self._format: Any = getattr(import_module(module), name)()
        self.name: str = self._format.name

    def read(self, source: Source, limits: Limits) -> Document:
        """As the format does; raises `InputError` also for a parser that crashes or exceeds ``limits``."""
        document: Document = _call(self._target, "read", (source, limits), limits)
        return replace(document, origin=ContainedOrigin(document.origin, limits))

    def fit(self, document: Document, result: Result) -> Result:
        """As the format does: in a process of its own where it says by ``parses_to_fit`` that it parses again."""
        if not result.edits:
            return result
        inner, limits = _opened(document)
        fitted: Result
        if getattr(self._format, "parses_to_fit", False):
            fitted = _call(self._target, "fit", (inner, result), limits)
        else:
            fitted = self._format.fit(inner, result)
        return fitted

    def write(self, document: Document, result: Result, options: WriteOptions) -> bytes:
        inner, limits = _opened(document)
        written: bytes = _call(self._target, "write", (inner, result, options), limits)
        return written

    def output_suffix(self, source: Source) -> str:
        suffix: str = self._format.output_suffix(source)
        return suffix

    @property
    def choices(self) -> tuple[str, ...]:
        """The suffixes that a user can choose among."""
        return tuple(getattr(self._format, "choices", ()))

    @property
    def companion_endings(self) -> tuple[str, ...]:
        """The endings of what is written beside the document."""
        return tuple(getattr(self._format, "companion_endings", ()))

    def companions(self, source: Source, document: Document, result: Result) -> Mapping[str, bytes]:
        inner, limits = _opened(document)
        written: Mapping[str, bytes] = _call(self._target, "companions", (source, inner, result), limits)
        return written


def serve() -> None:
    """Answer one request from standard input: the whole life of the process."""
    # What a parser prints must not get into the reply.
    channel = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    request: Request = pickle.load(sys.stdin.buffer)
    _limit_memory(request.max_memory_bytes)
    reply = _answer(request)
    with channel:
        pickle.dump(reply, channel, pickle.HIGHEST_PROTOCOL)


def _answer(request: Request) -> Reply:
    module, _, name = request.target.partition(":")
    try:
        instance = getattr(import_module(module), name)()
        return Reply(getattr(instance, request.method)(*request.arguments))
    except ZhengbenError as error:
        return Reply(error=type(error).__name__, message=str(error))
    except MemoryError:
        return Reply(error="InputError", message=_memory_message(request.max_memory_bytes))
    except RecursionError:
        return Reply(error="InputError", message="is nested too deeply, as hostile files are; save it again")
    except Exception as error:
        cause = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return Reply(error="InputError", message=f"is damaged beyond what its parser can read ({cause}); save it again")


def _call(target: str, method: str, arguments: tuple[Any, ...], limits: Limits) -> Any:
    request = Request(target, method, arguments, limits.max_memory_bytes)
    process = subprocess.Popen(
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(pickle.dumps(request, pickle.HIGHEST_PROTOCOL), limits.max_seconds)
    except subprocess.TimeoutExpired:
        advice = "split it, or allow more with --time-limit"
        raise InputError(f"keeps its parser busy for more than {limits.max_seconds:g} seconds; {advice}") from None
    finally:
        _end(process)
    return _value(output, process.returncode, limits)


def _command() -> list[str]:
    """Python without the folder it is started from among its modules, and with those of this process."""
    program = f"import sys; sys.path[:] = {sys.path!r}; from {__name__} import serve; serve()"
    return [sys.executable, "-I", "-c", program]


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process with whatever it has started, unless it has ended by itself."""
    if process.poll() is None:
        _signal(process, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE_SECONDS)
        _signal(process, _KILL)
        process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signal all of the process's group; where there are no groups, end the process alone."""
    if sys.platform == "win32":
        process.kill()
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _value(output: bytes, code: int, limits: Limits) -> Any:
    try:
        reply: Reply = pickle.loads(output)
    except (EOFError, pickle.UnpicklingError):
        raise InputError(_how_it_died(code, limits)) from None
    if reply.error:
        raise _TOLD.get(reply.error, InputError)(reply.message)
    return reply.value


def _how_it_died(code: int, limits: Limits) -> str:
    if code == -int(signal.SIGABRT):
        return _memory_message(limits.max_memory_bytes)
    cause = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return f"crashes its parser ({cause}); it is damaged or hostile: save it again from its source"


def _memory_message(limit: int) -> str:
    return f"needs more than {limit // MEBIBYTE:,} MiB of memory to read; split it"


def _limit_memory(most: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _opened(document: Document) -> tuple[Document, Limits]:
    origin: ContainedOrigin = document.origin
    return replace(document, origin=origin.inner), origin.limits
