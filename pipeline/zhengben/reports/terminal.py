"""The summary on the terminal, in English: what was done to one file or to many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from zhengben.model import Result
from zhengben.reports.base import ReportMeta
from zhengben.reports.tally import Tally

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

PLAIN_WIDTH = 100


@dataclass(frozen=True, slots=True)
class FileSummary:
    """What the summary says about one file that was cleaned; ``seconds`` is wall time."""

    name: str
    tally: Tally
    seconds: float
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be cleaned, and the one line that says why."""

    name: str
    reason: str


def render(result: Result, meta: ReportMeta) -> bytes:
    """Return the summary of one result as plain text in UTF-8, without colours."""
    from rich.console import Console

    page = StringIO()
    print_summary([FileSummary(meta.name, Tally.of(result), meta.seconds)], (), Console(file=page, width=PLAIN_WIDTH))
    return page.getvalue().encode()


def print_summary(files: Sequence[FileSummary], failures: Sequence[Failure], console: Console) -> None:
    """Print the numbers of the cleaned files and the list of those that failed."""
    for part in _parts(files, failures):
        console.print(part)


def _parts(files: Sequence[FileSummary], failures: Sequence[Failure]) -> list[RenderableType]:
    parts: list[RenderableType] = []
    if len(files) > 1:
        parts.append(_file_table(files))
    if files:
        parts.append(_headline(files))
    for title, attribute in (("stage", "by_stage"), ("engine", "by_engine")):
        counts = _summed([getattr(file.tally, attribute) for file in files])
        if counts:
            parts.append(_count_table(title, counts))
    parts += [_outputs(file) for file in files if file.outputs and len(files) == 1]
    if failures:
        parts.append(_failure_list(failures))
    return parts


def _headline(files: Sequence[FileSummary]) -> RenderableType:
    tallies = [file.tally for file in files]
    name = files[0].name if len(files) == 1 else f"{len(files)} files"
    numbers = [
        _counted(sum(tally.characters for tally in tallies), "character"),
        _counted(sum(tally.applied for tally in tallies), "edit"),
        _counted(sum(tally.suggested for tally in tallies), "suggestion"),
        _counted(sum(tally.notices for tally in tallies), "notice"),
        f"{sum(file.seconds for file in files):.2f} s",
    ]
    return _printable(name).append("  " + " · ".join(numbers))


def _count_table(title: str, counts: dict[str, tuple[int, int]]) -> Table:
    table = _table((title, "left"), ("edits", "right"), ("suggestions", "right"))
    for name, (applied, suggested) in counts.items():
        table.add_row(_printable(name), f"{applied:,}", f"{suggested:,}")
    return table


def _file_table(files: Sequence[FileSummary]) -> Table:
    names = ("characters", "edits", "suggestions", "notices", "seconds")
    table = _table(("file", "left"), *((name, "right") for name in names))
    for file in files:
        tally = file.tally
        numbers = (tally.characters, tally.applied, tally.suggested, tally.notices)
        table.add_row(_printable(file.name), *(f"{number:,}" for number in numbers), f"{file.seconds:.2f}")
    return table


def _table(*columns: tuple[str, str]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, justify in columns:
        table.add_column(name, justify="right" if justify == "right" else "left", overflow="fold")
    return table


def _outputs(file: FileSummary) -> RenderableType:
    from rich.text import Text

    return Text("\n").join(Text("written  ").append(_printable(path)) for path in file.outputs)


def _failure_list(failures: Sequence[Failure]) -> RenderableType:
    from rich.text import Text

    text = Text(f"{len(failures)} not cleaned", style="bold red")
    for failure in failures:
        text.append("\n  ").append(_printable(f"{failure.name}: {failure.reason}"))
    return text


def _summed(counts: Sequence[dict[str, tuple[int, int]]]) -> dict[str, tuple[int, int]]:
    total: dict[str, tuple[int, int]] = {}
    for count in counts:
        for name, (applied, suggested) in count.items():
            before = total.get(name, (0, 0))
            total[name] = (before[0] + applied, before[1] + suggested)
    return total


def _counted(number: int, name: str) -> str:
    return f"{number:,} {name}" if number == 1 else f"{number:,} {name}s"


def _printable(text: str) -> Text:
    """File names are not trusted: show what would move the cursor or change colours as an escape."""
    from rich.text import Text

    return Text("".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text))
