from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings

from reports.samples import META, edit_at, results, sample
from zhengben.model import Edit, Result, apply
from zhengben.reports import ReportMeta, render

HUNK = re.compile(r"@@ -(\d+),(\d+) \+(\d+),(\d+) @@\n")


def patched(source: str, diff: str) -> str:
    """Apply a unified diff strictly: every context and removed line must stand where it says."""
    old = re.findall(r"[^\n]*\n|[^\n]+", source)
    new: list[str] = []
    cursor = 0
    for start, removed, added in hunks_of(diff):
        new += old[cursor:start]
        assert old[start : start + len(removed)] == removed
        new += added
        cursor = start + len(removed)
    lines = new + old[cursor:]
    assert all(line.endswith("\n") for line in lines[:-1])
    return "".join(lines)


def hunks_of(diff: str) -> list[tuple[int, list[str], list[str]]]:
    hunks: list[tuple[int, list[str], list[str]]] = []
    last = ""
    for line in re.findall(r"[^\n]*\n", diff)[2:]:
        header = HUNK.fullmatch(line)
        if header:
            start, count = int(header[1]), int(header[2])
            hunks.append((start - (1 if count else 0), [], []))
        elif line.startswith("\\"):
            for side in hunks[-1][1:] if last == " " else [hunks[-1][1 if last == "-" else 2]]:
                side[-1] = side[-1].removesuffix("\n")
        else:
            last = line[0]
            for mark, side in zip("-+", hunks[-1][1:], strict=True):
                if last in (mark, " "):
                    side.append(line[1:])
    return hunks


def diff_of(result: Result, name: str = "a.txt") -> str:
    return render("diff", result, ReportMeta(name)).decode()


@settings(max_examples=300)
@given(results(alphabet="ab\n\r"))
def test_the_patched_source_is_the_cleaned_text(result: Result) -> None:
    assert patched(result.source, diff_of(result)) == result.text


@given(results(alphabet="ab\n"))
def test_headers_count_the_lines_of_both_sides(result: Result) -> None:
    diff = diff_of(result)
    sizes = [(int(old), int(new)) for _, old, _, new in HUNK.findall(diff)]
    assert sizes == [(len(old), len(new)) for _, old, new in hunks_of(diff)]


CASES = {
    "lines apart": ("一\n" * 30, [(0, 1, "二"), (40, 41, "三")]),
    "carriage returns": ("甲乙\r\n丙丁\r\n", [(1, 2, "已")]),
    "no newline at the end": ("甲\n乙", [(2, 3, "丙")]),
    "the last newline goes": ("甲\n乙\n", [(3, 4, "")]),
    "a newline comes to the end": ("甲\n乙", [(3, 3, "\n")]),
    "a whole line goes": ("甲\n乙\n丙\n", [(2, 4, "")]),
    "two lines become one": ("甲\n乙\n丙\n", [(1, 2, "")]),
    "a line before the first": ("甲\n", [(0, 0, "题\n")]),
    "everything goes": ("甲\n乙\n", [(0, 4, "")]),
}


@pytest.mark.skipif(shutil.which("patch") is None, reason="the patch program is not installed")
@pytest.mark.parametrize("case", CASES)
def test_the_patch_program_accepts_the_diff(case: str, tmp_path: Path) -> None:
    source, changes = CASES[case]
    edits = tuple(Edit(start, end, source[start:end], new, "restore", "A/x") for start, end, new in changes)
    result = Result(source, apply(source, edits), edits)
    target = tmp_path / "件 一.txt"
    target.write_bytes(source.encode())
    command = ["patch", "-p1", "--quiet", "--binary", "--no-backup-if-mismatch"]
    subprocess.run(command, input=diff_of(result, target.name).encode(), cwd=tmp_path, check=True)
    assert (target.read_bytes() if target.exists() else b"").decode() == result.text


def test_only_lines_that_change_are_marked() -> None:
    diff = diff_of(sample(), "通知.txt")
    assert diff.startswith(
        "--- a/通知.txt\n+++ b/通知.txt\n@@ -1,5 +1,4 @@\n-本站提示：下载前请先预览。\r\n-关于做好便民效劳"
    )
    assert "\n 请于月底前将、表格报送办公室\n\\ No newline at end of file\n" in diff


def test_suggestions_are_left_out() -> None:
    source = "力量"
    suggestion = edit_at(source, "力量", "能力", status="suggested")
    assert diff_of(Result(source, source, (suggestion,))) == ""


def test_a_name_cannot_break_out_of_the_header() -> None:
    result = Result("甲", "乙", (edit_at("甲", "甲", "乙"),))
    assert diff_of(result, 'x\n+++ "y').splitlines()[:3] == [
        '--- "a/x\\012+++ \\"y"',
        '+++ "b/x\\012+++ \\"y"',
        "@@ -1,1 +1,1 @@",
    ]


def test_one_huge_line_stands_once_on_each_side() -> None:
    source = "则那么" * 100_000
    edits = tuple(Edit(at, at + 1, "则", "即", "restore", "A/x") for at in range(0, len(source), 3))
    diff = render("diff", Result(source, apply(source, edits), edits), META)
    assert len(diff) < 2.01 * len(source.encode())
