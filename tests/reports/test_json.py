from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from jsonschema import Draft202012Validator

import zhengben.reports
from reports.samples import META, SOURCE, results, sample
from zhengben.model import Result
from zhengben.reports import ReportMeta, render
from zhengben.reports.json import text_sha256

SCHEMA = json.loads(Path(zhengben.reports.__file__).with_name("report.schema.json").read_text("utf-8"))


def report_of(result: Result, meta: ReportMeta = META) -> dict[str, object]:
    report: dict[str, object] = json.loads(render("json", result, meta))
    Draft202012Validator(SCHEMA).validate(report)
    return report


def test_the_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_a_report_tells_every_field_of_an_edit() -> None:
    edit = report_of(sample())["edits"][4]  # type: ignore[index]
    assert edit["id"] == 5
    assert (edit["original"], edit["replacement"], edit["alternatives"]) == ("根底", "基础", ["基本"])
    assert [part["stage"] for part in edit["via"]] == ["restore", "spelling"]
    assert SOURCE[edit["start"] : edit["end"]] == "根底"
    assert (edit["line"], edit["column"], edit["paragraph"], edit["page"]) == (4, 12, 3, None)
    assert edit["context"] == {"before": "各街道要提高效劳力量，", "after": "工作不能放松。"}


def test_hashes_and_counts_belong_to_the_texts() -> None:
    result = sample()
    report = report_of(result)
    assert report["source"]["sha256"] == text_sha256(result.source)  # type: ignore[index]
    assert report["text"]["sha256"] == text_sha256(result.text)  # type: ignore[index]
    assert report["counts"]["by_stage"]["gaps"] == {"applied": 0, "suggested": 1}  # type: ignore[index]
    assert report["counts"]["by_engine"] == {  # type: ignore[index]
        "A": {"applied": 3, "suggested": 0},
        "B": {"applied": 0, "suggested": 1},
    }


def test_an_empty_result_is_valid() -> None:
    assert report_of(Result("", ""), ReportMeta(""))["edits"] == []


def test_the_same_result_gives_the_same_bytes() -> None:
    assert render("json", sample(), META) == render("json", sample(), META)


@given(results())
def test_any_result_obeys_the_schema(result: Result) -> None:
    report_of(result)
