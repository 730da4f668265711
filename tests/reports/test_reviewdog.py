from __future__ import annotations

import json
from typing import Any

from hypothesis import given

from reports.samples import META, results, sample
from zhengben.model import Edit, Result
from zhengben.reports import render


def diagnostics(result: Result) -> list[dict[str, Any]]:
    return list(json.loads(render("rdjson", result, META))["diagnostics"])


@given(results(alphabet="a则😀\n"))
def test_ranges_count_bytes_of_utf8(result: Result) -> None:
    lines = [line.encode() for line in result.source.split("\n")]
    for edit, found in zip(result.edits, diagnostics(result), strict=True):
        span = found["location"]["range"]
        for offset, place in ((edit.start, span["start"]), (edit.end, span["end"])):
            before = [*lines[: place["line"] - 1], lines[place["line"] - 1][: place["column"] - 1]]
            assert b"\n".join(before).decode() == result.source[:offset]


def test_a_diagnostic_names_path_rule_and_repairs() -> None:
    found = diagnostics(sample())
    assert found[4]["location"]["path"] == META.name
    assert found[4]["code"] == {"value": "A/根底"}
    assert [word["text"] for word in found[4]["suggestions"]] == ["基础", "基本"]
    assert [item["severity"] for item in (found[1], found[3], found[-1])] == ["WARNING", "INFO", "INFO"]


def test_one_huge_line_is_walked_once() -> None:
    source = "则那么" * 5_000
    edits = tuple(Edit(at, at + 1, "则", "即", "restore", "A/x") for at in range(0, len(source), 3))
    last = diagnostics(Result(source, "", edits))[-1]["location"]["range"]
    assert last["start"] == {"line": 1, "column": 3 * (len(source) - 3) + 1}


def test_the_empty_result_has_no_diagnostics() -> None:
    assert diagnostics(Result("", "")) == []
