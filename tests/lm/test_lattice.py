from __future__ import annotations

from itertools import combinations
from math import isclose

import pytest
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


def test_neighbours_decide_each_other() -> None:
    """The right neighbour is itself damaged: both repairs are taken, each nearly certain."""
    text = "我们要努力提高效劳力量，改进工作。"
    service, ability = Arc(7, 9, "服务"), Arc(9, 11, "能力")
    decoding = decode(MODEL, text, [service, ability])
    assert decoding.path == (service, ability)
    assert min(decoding.marginals) > 0.99
    assert decoding.gain > 4


def test_sound_words_are_left_alone() -> None:
    decoding = decode(MODEL, "凝聚起推动发展的强大力量，开展主题活动。", [Arc(10, 12, "能力"), Arc(13, 15, "发展")])
    assert decoding.path == ()
    assert decoding.gain == 0
    assert max(decoding.marginals) < 0.05


def test_alternatives_at_one_place_share_the_probability() -> None:
    text = "假设遇到突发情况，要立即报告。"
    arcs = [Arc(0, 2, "如果"), Arc(0, 2, "若"), Arc(0, 2, "倘若")]
    decoding = decode(MODEL, text, arcs, before="\n")
    assert len(decoding.path) == 1
    assert sum(decoding.marginals) <= 1 + 1e-9
    assert decoding.marginals[arcs.index(decoding.path[0])] == max(decoding.marginals)


def test_a_bias_tips_the_scales() -> None:
    text = "推动工作"
    marginals = [decode(MODEL, text, [Arc(0, 2, "推进", bias)]).marginals[0] for bias in (-9.0, 0.0, 9.0)]
    assert marginals[0] < 0.001 < marginals[1] < 0.999 < marginals[2]


def test_context_outside_the_text_counts() -> None:
    arc = Arc(0, 2, "能力")
    assert decode(MODEL, "力量", [arc], before="提高服务", after="和水平").path == (arc,)
    assert decode(MODEL, "力量", [arc], before="凝聚起强大", after="。").path == ()


def test_places_far_apart_are_decided_as_if_alone() -> None:
    first, second = "提高效劳水平，", "增强学习力量。"
    gap = "这是一段毫无问题的文字，"
    arcs = [Arc(2, 4, "服务"), Arc(len(first + gap) + 4, len(first + gap) + 6, "能力")]
    together = decode(MODEL, first + gap + second, arcs)
    alone = [decode(MODEL, first + gap + second, [arc]) for arc in arcs]
    assert together.marginals == tuple(each.marginals[0] for each in alone)
    assert isclose(together.gain, sum(each.gain for each in alone))


def test_a_narrow_beam_still_gives_a_path_of_disjoint_repairs() -> None:
    text = "力量效劳" * 10
    arcs = [Arc(i, i + 2, text[i + 2 : i + 4] or "能力") for i in range(0, len(text) - 1, 2)]
    decoding = decode(MODEL, text, arcs, beam=1)
    assert all(first.end <= second.start for first, second in zip(decoding.path, decoding.path[1:], strict=False))
    assert all(0 <= marginal <= 1 for marginal in decoding.marginals)


def test_an_endless_chain_of_places_is_cut_without_losing_any() -> None:
    text = "力量" * 1500
    arcs = [Arc(i, i + 2, "能力", 5.0) for i in range(0, len(text), 2)]
    decoding = decode(MODEL, text, arcs)
    assert decoding.path == tuple(arcs)


def test_no_arcs_no_work() -> None:
    decoding = decode(MODEL, "任何文字", [])
    assert (decoding.path, decoding.marginals, decoding.gain) == ((), (), 0.0)


@pytest.mark.parametrize("arc", [Arc(-1, 1, "甲"), Arc(1, 5, "甲"), Arc(2, 1, "甲"), Arc(0, 2, "任何"), Arc(1, 1, "")])
def test_an_arc_outside_the_text_or_without_a_change_is_an_error(arc: Arc) -> None:
    with pytest.raises(ValueError, match=r"lies outside|changes nothing"):
        decode(MODEL, "任何文字", [arc])
