"""What every format promises, as functions for the tests of each."""

from __future__ import annotations

import re

from edit_sets import edit_sets

from zhengben.formats import Format, Limits, Source, WriteOptions
from zhengben.model import Document, Edit, Result, apply

SAME = WriteOptions(encoding="same")


def read(form: Format, data: bytes, name: str) -> Document:
    return form.read(Source(name, data), Limits())


def result_of(text: str, *edits: Edit) -> Result:
    return Result(text, apply(text, edits), tuple(edits))


def replacing(text: str, *pairs: tuple[str, str]) -> Result:
    """The first occurrence of each left side replaced."""
    found = ((text.index(old), old, new) for old, new in pairs)
    edits = [Edit(start, start + len(old), old, new, "rules", "X/x") for start, old, new in found]
    return result_of(text, *sorted(edits, key=lambda edit: edit.start))


def cleaned(form: Format, data: bytes, name: str, *pairs: tuple[str, str]) -> bytes:
    document = read(form, data, name)
    return form.write(document, form.fit(document, replacing(document.text, *pairs)), SAME)


def draw_result(draw, form: Format, document: Document) -> Result:
    """Any result that a cleaning could hand to the format: edits stay clear of what is protected."""
    protected = [False] * (len(document.text) + 1)
    for start, end in document.protect:
        protected[start:end] = [True] * (end - start)
    edits = [
        edit
        for edit in draw(edit_sets(document.text))
        if not any(protected[edit.start : max(edit.end, edit.start + 1)])
    ]
    return form.fit(document, result_of(document.text, *edits))


def lines(text: str) -> list[str]:
    """The lines that show, as they show: without those in which no text is left, white space being one blank."""
    shown = (re.sub(r"[ \t\r\n]+", " ", line).strip(" ") for line in text.split("\n"))
    return [line for line in shown if line.replace("\ufffc", "").strip()]


def assert_round_trip(draw, form: Format, data: bytes, name: str) -> tuple[bytes, Result]:
    """Without edits nothing changes; with edits, what is read again is what the result says."""
    document = read(form, data, name)
    assert form.write(document, Result(document.text, document.text), SAME) == data
    result = draw_result(draw, form, document)
    written = form.write(document, result, SAME)
    assert lines(read(form, written, name).text) == lines(result.text)
    return written, result
