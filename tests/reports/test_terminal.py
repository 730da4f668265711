from __future__ import annotations

from io import StringIO

from rich.console import Console

from reports.samples import META, sample
from zhengben.model import Result
from zhengben.reports import render
from zhengben.reports.tally import Tally
from zhengben.reports.terminal import Failure, FileSummary, print_summary


def printed(files: list[FileSummary], failures: list[Failure]) -> str:
    page = StringIO()
    print_summary(files, failures, Console(file=page, width=100))
    return page.getvalue()


def test_one_file_shows_its_numbers() -> None:
    page = render("terminal", sample(), META).decode()
    assert "样本/通知.txt" in page
    assert f"{len(sample().source)} characters · 7 edits · 2 suggestions · 1 notice · 0.25 s" in page


def test_stages_stand_in_the_order_of_the_pipeline() -> None:
    page = render("terminal", sample(), META).decode()
    positions = [page.index(stage) for stage in ("normalize", "boilerplate", "restore", "gaps")]
    assert positions == sorted(positions)


def test_several_files_are_summed_and_failures_listed() -> None:
    files = [FileSummary(name, Tally.of(sample()), 0.5) for name in ("一.txt", "二.txt")]
    page = printed(files, [Failure("坏.txt", "not a text: NUL bytes")])
    assert "2 files" in page
    assert "14 edits" in page
    assert "1 not cleaned\n  坏.txt: not a text: NUL bytes" in page


def test_outputs_are_named_for_one_file() -> None:
    summary = FileSummary("一.txt", Tally.of(Result("", "")), 0, ("一.clean.txt", "一.report.html"))
    assert "written  一.clean.txt\nwritten  一.report.html" in printed([summary], [])


def test_names_reach_the_terminal_as_text() -> None:
    page = printed([FileSummary("[red]\x1b[2J.txt", Tally.of(Result("", "")), 0)], [Failure("[b]\x07", "x")])
    assert "[red]\\x1b[2J.txt" in page
    assert "[b]\\x07" in page
    assert "\x1b" not in page
