from __future__ import annotations

from itertools import combinations
from math import isclose

from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben import resources
from zhengben.lm.lattice import Arc, decode
from zhengben.lm.scorer import LanguageModel

MODEL = LanguageModel.load(resources.MODEL)
CHARS = "提高服务能力效劳量，的𠮷"


def compatible(chosen: tuple[int, ...], arcs: list[Arc]) -> bool:
    """No overlap, and no two insertions at one place."""
    ordered = [arcs[index] for index in chosen]
    for first, second in combinations(ordered, 2):
        if first.start == first.end and second.start == second.end:
            if first.start == second.start:
                return False
        elif first.start < second.end and second.start < first.end:
            return False
    return True


def repaired(text: str, arcs: list[Arc]) -> str:
    for arc in sorted(arcs, key=lambda arc: (arc.start, arc.end), reverse=True):
        text = text[: arc.start] + arc.replacement + text[arc.end :]
    return text


def all_combinations(text: str, arcs: list[Arc], before: str, after: str) -> dict[tuple[int, ...], float]:
    """Every combination of arcs, with its log10 weight: the slow truth."""
    weights = {}
    for size in range(len(arcs) + 1):
        for chosen in combinations(range(len(arcs)), size):
            if compatible(chosen, arcs):
                whole = before + repaired(text, [arcs[index] for index in chosen]) + after
                weights[chosen] = MODEL.score(whole) + sum(arcs[index].log10_bias for index in chosen)
    return weights


@st.composite
def problems(draw: st.DrawFn) -> tuple[str, list[Arc], str, str]:
    text = draw(st.text(CHARS + "\n", min_size=1, max_size=12))
    arcs: list[Arc] = []
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 3)))
        replacement = draw(st.text(CHARS, max_size=3).filter(lambda r, s=start, e=end: r != text[s:e]))
        arcs.append(Arc(start, end, replacement, draw(st.sampled_from([-2.0, 0.0, 1.5]))))
    return text, arcs, draw(st.text(CHARS + "\n", max_size=5)), draw(st.text(CHARS, max_size=5))


@settings(max_examples=150, deadline=None)
@given(problems())
def test_decoding_equals_trying_every_combination(problem: tuple[str, list[Arc], str, str]) -> None:
    text, arcs, before, after = problem
    weights = all_combinations(text, arcs, before, after)
    best = max(weights.values())
    total = sum(10 ** (weight - best) for weight in weights.values())

    decoding = decode(MODEL, text, arcs, before=before, after=after, beam=10_000)

    assert isclose(decoding.gain, best - weights[()], abs_tol=1e-4)
    chosen = tuple(sorted(arcs.index(arc) for arc in decoding.path))
    taken = MODEL.score(before + repaired(text, list(decoding.path)) + after) + sum(a.log10_bias for a in decoding.path)
    assert isclose(taken, best, abs_tol=1e-4), chosen
    for index, marginal in enumerate(decoding.marginals):
        expected = sum(10 ** (weight - best) for arcs_, weight in weights.items() if index in arcs_) / total
        assert isclose(marginal, expected, abs_tol=1e-4)
