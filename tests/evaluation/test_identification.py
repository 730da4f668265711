from __future__ import annotations

import pytest

from zhengben.evaluation.identification import Identification
from zhengben.model import EngineVerdict


def verdicts(**probabilities):
    return [EngineVerdict(engine, engine, probability) for engine, probability in probabilities.items()]


def test_engines_are_counted_over_all_documents_together():
    total = Identification()
    total.add("AB", verdicts(A=0.9, B=0.75, E=0.74))
    total.add("B", verdicts(B=0.8, G=0.76))
    total.add("E", verdicts(E=0.2))

    figures = total.figures()
    assert (figures["documents"], figures["invented"], figures["missed"]) == (3, 1, 1)
    assert figures["exact"] == pytest.approx(1 / 3)
    assert figures["f1"] == pytest.approx(2 * 3 / (2 * 3 + 1 + 1))


def test_a_sound_document_without_verdicts_is_exact():
    total = Identification()
    total.add("", [])

    assert (total.exact, total.f1) == (1, 1.0)
