"""Documents are witnesses of one table where the same engine damaged them."""

from __future__ import annotations

from types import SimpleNamespace

from zhengben.workshop.prospecting import same_engines


def result(**probabilities):
    verdicts = [SimpleNamespace(engine=engine, probability=value) for engine, value in probabilities.items()]
    return SimpleNamespace(engines=verdicts)


def test_documents_are_grouped_by_the_engines_that_damaged_them():
    results = [result(A=0.9, B=0.8), result(A=0.7, B=0.1), result(B=0.6), result(E=0.9), result()]
    assert same_engines(results) == [frozenset({0, 1}), frozenset({0, 2})]
