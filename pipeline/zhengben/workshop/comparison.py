"""What a change of the tables changes in real documents."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from zhengben.batch import find_inputs
from zhengben.cleaner import Cleaner
from zhengben.config import Config
from zhengben.errors import InputError, RuleError
from zhengben.model import Edit
from zhengben.rulebook import Rulebook
from zhengben.rulebook.loading import load_table
from zhengben.rulebook.settings import FILE_NAME
from zhengben.workflow import open_input

Change = Literal["gone", "new", "other"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One edit that the old tables make and the new ones do not, or the other way round, or that changed."""

    document: str
    change: Change
    old: Edit | None
    new: Edit | None

    @property
    def edit(self) -> Edit:
        edit = self.new or self.old
        assert edit is not None
        return edit


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences over a corpus, and what of it could not be read."""

    documents: int
    characters: int
    differences: tuple[Difference, ...]
    refused: tuple[str, ...]


def compare(old: Path, new: Path, corpus: Path, config: Config) -> Comparison:
    """Clean every document of ``corpus`` with the old and with the new tables.

    Each side is a table, which then stands for its whole engine, or a folder of tables. Raises
    `RuleError`, and `InputError` for a corpus that is not there.
    """
    inputs, refusals = find_inputs([str(corpus)], recursive=True)
    if refusals and not inputs:
        raise InputError(f"{refusals[0].shown}: {refusals[0].error}")
    differences: list[Difference] = []
    characters = 0
    with _side(old) as old_settings, _side(new) as new_settings:
        cleaners = [Cleaner(_with_rules(config, settings)) for settings in (old_settings, new_settings)]
        for found in inputs:
            text = open_input(found).document.text
            characters += len(text)
            before, after = (cleaner.clean(text).edits for cleaner in cleaners)
            differences += _differences(found.shown, before, after)
    refused = tuple(f"{refusal.shown}: {refusal.error}" for refusal in refusals)
    return Comparison(len(inputs), characters, tuple(differences), refused)


def _differences(document: str, before: Iterable[Edit], after: Iterable[Edit]) -> Iterator[Difference]:
    old = {(edit.start, edit.end): edit for edit in before}
    new = {(edit.start, edit.end): edit for edit in after}
    for place in sorted({*old, *new}):
        former, latter = old.get(place), new.get(place)
        if former is None or latter is None:
            yield Difference(document, "new" if former is None else "gone", former, latter)
        elif (former.replacement, former.status) != (latter.replacement, latter.status):
            yield Difference(document, "other", former, latter)


@contextmanager
def _side(path: Path) -> Iterator[Path]:
    """Settings under which the tables of ``path`` take the place of the shipped ones of their engines."""
    paths = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not paths:
        raise RuleError(f"{path}: holds no tables (*.yaml)")
    tables = [load_table(each) for each in paths]
    theirs = {table.engine for table in tables} if not path.is_dir() else None
    kept = {rule.id for table in tables for rule in table.rules}
    shipped = (rule for rule in Rulebook.load().rules if theirs is None or rule.engine in theirs)
    gone = [rule.id for rule in shipped if rule.id not in kept]
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / FILE_NAME
        lists = {"tables": [str(each.absolute()) for each in paths], "disable": gone}
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in lists.items()]
        settings.write_text("\n".join(["[rules]", *lines]) + "\n", encoding="utf-8")
        yield settings


def _with_rules(config: Config, settings: Path) -> Config:
    return replace(config, rules=(*config.rules, settings))
