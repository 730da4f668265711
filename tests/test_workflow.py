from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben.batch import Input
from zhengben.cleaner import Cleaner
from zhengben.config import Config
from zhengben.errors import InputError
from zhengben.formats import WriteOptions
from zhengben.formats.base import Limits, Source
from zhengben.formats.text import PlainText
from zhengben.model import Result
from zhengben.reports import ReportMeta
from zhengben.reports.decisions import Decisions, draft, load
from zhengben.workflow import Opened, clean_opened, decide_opened, open_input

# Without the stages that ask the language model: what is promised here holds for any edits.
CLEANER = Cleaner(Config(disabled=frozenset({"restore", "spelling", "gaps"})))
SAME = WriteOptions(encoding="same")
DAMAGED = [
    "办事要讲原那么。",
    "他说：“要准时到会。〞",
    "学 习文件",
    "删\x00除的文件\x07夹",
    "２０２４年",
    "\r\n",
    "\n",
    "没有错。",
    "<b>",
    "😀",
]


def opened(text: str, encoding: str = "utf-8") -> Opened:
    source = Source("notes.txt", text.encode(encoding))
    reader = PlainText()
    return Opened(source, reader, reader.read(source, Limits()), 0.0)


def decided(document: Opened, result: Result, accepts: bool) -> Decisions:
    """The decisions of a reviewer who treats every edit that was applied in the same way, as a file has them."""
    meta = ReportMeta("notes.txt", document.sha256)
    return load(json.dumps(draft(result, meta, lambda edit: accepts and edit.is_applied)).encode(), "d.json")


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(DAMAGED), max_size=12).map("".join), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_accepting_all_gives_the_clean_file_and_rejecting_all_the_original_file(text: str, encoding: str) -> None:
    document = opened(text, encoding)
    cleaned = clean_opened(document, CLEANER, ())
    accepted = decide_opened(document, decided(document, cleaned.result, accepts=True))
    rejected = decide_opened(document, decided(document, cleaned.result, accepts=False))
    assert accepted.document(SAME) == cleaned.document(SAME)
    assert rejected.document(SAME) == document.source.data


def test_decisions_keep_what_reviewers_read_in_tracked_changes() -> None:
    document = opened("办事要讲原那么。")
    result = clean_opened(document, CLEANER, ()).result
    (edit,) = decide_opened(document, decided(document, result, accepts=True)).result.edits
    assert (edit.stage, edit.rule, edit.reason) == (result.edits[0].stage, result.edits[0].rule, result.edits[0].reason)


def test_decisions_on_another_file_are_refused() -> None:
    document = opened("办事要讲原那么。")
    decisions = decided(document, clean_opened(document, CLEANER, ()).result, accepts=True)
    with pytest.raises(InputError, match="is not the one that was reviewed"):
        decide_opened(opened("办事要讲原那么。", "utf-8-sig"), decisions)


def test_phrases_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("讲原那么。守原那么。", encoding="utf-8")
    cleaned = clean_opened(open_input(Input("notes.txt", path)), CLEANER, ["守原那么"])
    assert cleaned.result.text == "讲原则。守原那么。"
