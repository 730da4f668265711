from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from reports.samples import META, results, sample
from zhengben.model import Result
from zhengben.reports import ReportMeta, render
from zhengben.reports.sarif import artifact_uri


def run_of(result: Result, meta: ReportMeta = META) -> dict[str, Any]:
    log = json.loads(render("sarif", result, meta))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return dict(run)


def at(text: str, line: int, column: int) -> int:
    """The offset of a position, by the newlines that the run declares."""
    lines = text.replace("\r\n", "\0\n").replace("\r", "\n").replace("\0", "\r").split("\n")
    return sum(len(line) + 1 for line in lines[: line - 1]) + column - 1


@given(results(alphabet="则服😀\r\n"))
def test_regions_point_at_the_original(result: Result) -> None:
    for edit, found in zip(result.edits, run_of(result)["results"], strict=True):
        region = found["locations"][0]["physicalLocation"]["region"]
        assert at(result.source, region["startLine"], region["startColumn"]) == edit.start
        assert at(result.source, region["endLine"], region["endColumn"]) == edit.end


def test_columns_are_declared_in_code_points() -> None:
    run = run_of(sample())
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["newlineSequences"] == ["\r\n", "\n", "\r"]


def test_results_refer_to_their_rules_and_the_artifact() -> None:
    run = run_of(sample())
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({rule["id"] for rule in rules})
    for found in run["results"]:
        assert rules[found["ruleIndex"]]["id"] == found["ruleId"]
        assert found["locations"][0]["physicalLocation"]["artifactLocation"]["index"] == 0
    assert run["artifacts"][0]["hashes"] == {"sha-256": META.source_sha256}


def test_levels_messages_and_fixes() -> None:
    found = run_of(sample())["results"]
    assert found[0]["message"]["text"] == "“本站提示：下载前请先预览。↵”应删去：网站插入的提示"
    assert (found[1]["level"], found[3]["level"], found[-1]["level"]) == ("warning", "note", "note")
    assert found[3]["message"]["text"] == "“力量”应为“能力”（建议）：前词可疑"
    gap = found[-2]
    assert gap["message"]["text"] == "此处似缺“报表”（建议）：顿号前缺词"
    words = [fix["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] for fix in gap["fixes"]]
    assert words == ["报表", "名单"]


def test_a_fingerprint_follows_its_sentence() -> None:
    result = sample()
    moved = Result("新的一行。\n" + result.source, "", tuple(_moved(edit, 6) for edit in result.edits))
    before = [found["partialFingerprints"] for found in run_of(result)["results"] if "fixes" in found]
    assert before == [found["partialFingerprints"] for found in run_of(moved)["results"]]


def _moved(edit: Any, distance: int) -> Any:
    from dataclasses import replace

    return replace(edit, start=edit.start + distance, end=edit.end + distance)


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("a b.txt", "a%20b.txt"),
        ("文/件.txt", "%E6%96%87/%E4%BB%B6.txt"),
        ("/tmp/a.txt", "file:///tmp/a.txt"),
        ("dir\\a.txt", "dir/a.txt"),
        ("javascript:x", "javascript%3Ax"),
    ],
)
def test_names_become_uris(name: str, uri: str) -> None:
    assert artifact_uri(name) == uri


def test_the_empty_result_is_an_empty_run() -> None:
    assert run_of(Result("", ""), ReportMeta("a.txt"))["results"] == []
