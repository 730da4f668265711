"""pycorrector's own Corrector behind the common door."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from zhengben import Cleaner
from zhengben.config import STAGES, Config
from zhengben.errors import DependencyError, ModelError
from zhengben.spelling.backends import torchless
from zhengben.spelling.backends.pycorrector import CONFIDENCE, PycorrectorBackend

ONLY_SPELLING = frozenset(STAGES) - {"spelling"}


class Answering:
    """A Corrector that answers from a table."""

    def __init__(self, answers: dict[str, str]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def correct(self, clause: str) -> dict[str, Any]:
        self.asked.append(clause)
        return {"source": clause, "target": self.answers.get(clause, clause), "errors": [("x", "y", 999)]}


def test_it_really_runs_without_torch() -> None:
    text = "少先队员因该为老人让坐。"
    edits = Cleaner(Config(spelling="pycorrector", disabled=ONLY_SPELLING)).clean(text).edits
    assert ("因", "应") in [(edit.original, edit.replacement) for edit in edits]
    assert {edit.rule for edit in edits} == {"spelling/pycorrector"}
    assert all(edit.status == "suggested" and edit.confidence == CONFIDENCE for edit in edits)
    assert "torch" not in sys.modules


def test_answers_are_aligned_inside_their_clause() -> None:
    corrector = Answering({"少先队员因该": "少先队员应该", "长了一截": "长了一大截", "多余的的字": "多余的字"})
    text = "少先队员因该，\n长了一截 abc 多余的的字。"
    slips = PycorrectorBackend(corrector).find(text)
    assert corrector.asked == ["少先队员因该", "长了一截", "多余的的字"]
    repaired = text
    for slip in reversed(slips):
        repaired = repaired[: slip.start] + slip.replacement + repaired[slip.end :]
    assert repaired == "少先队员应该，\n长了一大截 abc 多余的字。"


def test_long_runs_are_given_in_pieces() -> None:
    corrector = Answering({})
    PycorrectorBackend(corrector).find("长" * 1000)
    assert max(map(len, corrector.asked)) <= 60
    assert "".join(corrector.asked) == "长" * len("".join(corrector.asked))


def test_a_missing_package_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torchless, "find_spec", lambda name: None)
    monkeypatch.delitem(sys.modules, "pycorrector.corrector", raising=False)
    with pytest.raises(DependencyError, match="pip install pycorrector"):
        Cleaner(Config(spelling="pycorrector", disabled=ONLY_SPELLING)).clean("少先队员因该让坐。")


def test_a_missing_model_is_an_error_and_no_download(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        PycorrectorBackend.open(Config(spelling="pycorrector", model=tmp_path / "none.klm"))
