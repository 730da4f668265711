"""What the model and the counts make of a candidate."""

from __future__ import annotations

from dataclasses import replace

from zhengben import resources
from zhengben.lm.scorer import LanguageModel
from zhengben.spelling.candidates import Candidate
from zhengben.spelling.confusion import Likeness
from zhengben.spelling.figures import Figures
from zhengben.spelling.judgement import LEAST_GAIN, Judge, Suspicion

JUDGE = Judge(LanguageModel.load(resources.MODEL), Figures.load().judgement)
TEXT = "坚持以经济建没为中心"
MEANT = Candidate(
    position=TEXT.index("没"),
    replacement="设",
    likeness=Likeness.SHAPE,
    gain=3.0,
    weakest_pair=8.0,
    weakest_before=1.0,
    total=16.0,
    standing_total=14.0,
    recurrences=1,
)


def judged(candidate: Candidate) -> Suspicion:
    suspicion = JUDGE.judge(TEXT, [candidate])
    assert suspicion is not None
    return suspicion


def test_what_was_meant_wins_among_candidates() -> None:
    suspicion = JUDGE.judge(TEXT, [replace(MEANT, replacement="煤"), MEANT])
    assert suspicion is not None
    assert suspicion.candidate.replacement == "设"
    assert suspicion.gain > LEAST_GAIN


def test_what_the_model_does_not_prefer_is_no_suspicion() -> None:
    assert JUDGE.judge("坚持以经济建设为中心", [replace(MEANT, replacement="没")]) is None


def test_what_a_writer_repeats_is_less_probably_a_slip() -> None:
    assert judged(replace(MEANT, recurrences=3)).log_odds < judged(MEANT).log_odds - 2


def test_the_further_apart_the_less_probable() -> None:
    ranked = [judged(replace(MEANT, likeness=likeness)).log_odds for likeness in (Likeness.SAME_TONE, Likeness.SHAPE)]
    assert ranked[0] > ranked[1]


def test_only_the_line_itself_is_judged() -> None:
    alone = judged(MEANT).gain
    lines = JUDGE.judge(f"上文\n{TEXT}\n下文", [replace(MEANT, position=MEANT.position + 3)])
    assert lines is not None
    assert lines.gain == alone
