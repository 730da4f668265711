"""``zhengben clean``: documents in, clean documents and reports out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhengben.cli.guard import DONE, REFUSED, complain, describe_bug
from zhengben.cli.options import PATH, Settings, cleaning_options, names_among
from zhengben.errors import InputError, OutputError, ZhengbenError
from zhengben.reports import KINDS, extension

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from zhengben.batch import Input, OutputNames
    from zhengben.cleaner import Cleaner
    from zhengben.formats import Limits, WriteOptions
    from zhengben.reports.terminal import Failure, FileSummary
    from zhengben.workflow import Cleaned, Opened

REPORT_KINDS = tuple(kind for kind in KINDS if kind != "terminal")
DEFAULT_REPORTS = ("html", "json")
NO_REPORT = "none"
PIPE_WIDTH = 140


@click.command(short_help="Clean documents.")
@cleaning_options
@click.option("-o", "--output", type=PATH, metavar="DIR", help="Write there instead of beside each input.")
@click.option(
    "--report",
    "reports",
    type=names_among((*REPORT_KINDS, NO_REPORT)),
    metavar="KINDS",
    help=f"Reports to write, with commas between: {', '.join(REPORT_KINDS)}, or {NO_REPORT}."
    f"  [default: {','.join(DEFAULT_REPORTS)}]",
)
@click.option("--force", is_flag=True, help="Overwrite outputs that exist. A source is never overwritten.")
@click.option(
    "--encoding",
    type=click.Choice(["utf-8", "same"]),
    default="utf-8",
    show_default=True,
    help="The encoding of clean text, or the same as was read.",
)
@click.option(
    "--track/--no-track",
    default=True,
    show_default=True,
    help="Write edits to Word documents as tracked changes with comments, or write the clean document.",
)
@click.option(
    "--to",
    type=click.Choice(["txt", "md", "docx"]),
    help="What to write for PDF documents and images, which are not written in place.  [default: txt]",
)
def clean(
    output: Path | None,
    reports: tuple[str, ...] | None,
    force: bool,
    encoding: Any,
    track: bool,
    to: str | None,
    **options: Any,
) -> int:
    """Clean documents.

    For NAME.txt this writes NAME.clean.txt and NAME.report.* beside it. With - it reads standard
    input and writes the clean text to standard output.
    """
    from zhengben.batch import OutputNames, find_inputs
    from zhengben.cleaner import Cleaner
    from zhengben.formats import WriteOptions

    settings = Settings.of(options)
    inputs, refused = find_inputs(settings.files, recursive=settings.recursive)
    _warn_of_unlimited_memory(inputs)
    cleaner = Cleaner(settings.config)
    cleaner.prepare()
    names = OutputNames(inputs, output)
    writing = WriteOptions(encoding=encoding, track=track, to=f".{to}" if to else "")
    job = _Job(cleaner, settings.phrases, settings.limits, Outputs(names, writing, reports, output is not None, force))
    for refusal in refused:
        job.fail(refusal.shown, str(refusal.error))
    with _progress(inputs) as advance:
        for found in inputs:
            job.take(found)
            advance()
    return job.finish()


def _warn_of_unlimited_memory(inputs: Sequence[Input]) -> None:
    """Say so where documents need parsers of their own and the platform can't keep their memory in bounds."""
    from zhengben.formats import is_contained
    from zhengben.formats.contained import MEMORY_CAN_BE_LIMITED

    if not MEMORY_CAN_BE_LIMITED and any(found.path and is_contained(found.path.name) for found in inputs):
        complain("warning: this platform limits no memory: a hostile document can use up all of it")


@dataclass(slots=True)
class _Job:
    """One call of the command: what it does to each document, and what it has to tell at the end."""

    cleaner: Cleaner
    phrases: tuple[str, ...]
    limits: Limits
    outputs: Outputs
    summaries: list[FileSummary] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    uses_stdout: bool = False

    def take(self, found: Input) -> None:
        """Clean one document; whatever is wrong with it is noted, and the next one follows."""
        self.uses_stdout |= found.path is None
        try:
            self._clean(found)
        except (InputError, OutputError) as error:
            self.fail(found.shown, str(error))
        except (ZhengbenError, BrokenPipeError):
            raise
        except Exception as error:
            # A bug that one document brings to light must not take the others along.
            self.fail(found.shown, describe_bug(error))

    def fail(self, shown: str, reason: str) -> None:
        from zhengben.reports.terminal import Failure

        self.failures.append(Failure(shown, reason))
        complain(f"{shown}: {reason}")

    def finish(self) -> int:
        """Print the summary and return the exit code."""
        if self.summaries:
            from zhengben.reports.terminal import print_summary

            print_summary(self.summaries, self.failures, _console(stderr=self.uses_stdout))
        return REFUSED if self.failures else DONE

    def _clean(self, found: Input) -> None:
        from zhengben.reports.tally import Tally
        from zhengben.reports.terminal import FileSummary
        from zhengben.workflow import clean_opened, open_input

        opened = open_input(found, self.limits)
        self.outputs.refuse_taken(found, opened)
        cleaned = clean_opened(opened, self.cleaner, self.phrases)
        written = self.outputs.write(found, cleaned)
        self.summaries.append(FileSummary(found.shown, Tally.of(cleaned.result), cleaned.seconds, written))


@dataclass(frozen=True, slots=True)
class Outputs:
    """What is written for a document, and where.

    ``reports`` is None where the user named none: the usual ones, but none for standard input
    without an output folder.
    """

    names: OutputNames
    options: WriteOptions
    reports: tuple[str, ...] | None
    has_folder: bool
    overwrite: bool

    def refuse_taken(self, found: Input, opened: Opened) -> None:
        """Raise `OutputError` where an output is in the way: before the work, not after it."""
        from zhengben.outputs import refuse_existing

        targets = [target for target, _ in self._targets(found, opened.suffix(self.options))]
        targets += (self.names.companion(found, ending) for ending in self._companion_endings(found, opened))
        if not self.overwrite:
            refuse_existing(targets)

    def write(self, found: Input, cleaned: Cleaned) -> tuple[str, ...]:
        """Write the outputs of one document, all or none, and return their names."""
        from zhengben.outputs import write_together

        document = cleaned.document(self.options)
        contents = {
            target: cleaned.report(kind, found.shown) if kind else document
            for target, kind in self._targets(found, cleaned.opened.suffix(self.options))
        }
        contents |= {self.names.companion(found, ending): data for ending, data in self._companions(found, cleaned)}
        write_together(contents, overwrite=self.overwrite)
        if found.path is None:
            sys.stdout.buffer.write(document)
            sys.stdout.buffer.flush()
        return tuple(map(str, contents))

    def _companions(self, found: Input, cleaned: Cleaned) -> Iterable[tuple[str, bytes]]:
        """What is written beside the document; a copy that can't be made is no reason to withhold the text."""
        if not self._companion_endings(found, cleaned.opened):
            return ()
        try:
            return cleaned.companions().items()
        except (InputError, OutputError) as error:
            complain(f"warning: {found.shown}: {error}; going on without the annotated copy")
            return ()

    def _companion_endings(self, found: Input, opened: Opened) -> tuple[str, ...]:
        return opened.companion_endings if found.path is not None or self.has_folder else ()

    def _targets(self, found: Input, suffix: str) -> Iterator[tuple[Path, str]]:
        """Every output with its report kind, which is empty for the cleaned document."""
        is_file = found.path is not None or self.has_folder
        if is_file:
            yield self.names.document(found, suffix), ""
        kinds = (DEFAULT_REPORTS if is_file else ()) if self.reports is None else self.reports
        for kind in kinds:
            if kind != NO_REPORT:
                yield self.names.report(found, extension(kind)), kind


def _console(*, stderr: bool) -> Console:
    """Where the summary goes; into a file or a pipe it is as wide as its lines need."""
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False, soft_wrap=True)
    return console if console.is_terminal else Console(stderr=stderr, highlight=False, soft_wrap=True, width=PIPE_WIDTH)


@contextmanager
def _progress(inputs: Sequence[Input]) -> Iterator[Callable[[], None]]:
    """A bar on standard error for several documents, where somebody is looking."""
    if len(inputs) < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    bar = Progress(
        BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True
    )
    with bar:
        task = bar.add_task("", total=len(inputs))
        yield lambda: bar.advance(task)
