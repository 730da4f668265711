"""The odds at a site: what the neighbourhood says of each possible original."""

from __future__ import annotations

import pytest

from restore.cases import calibration, context_rule, rulebook, suspects
from zhengben import resources
from zhengben.lm.scorer import LanguageModel
from zhengben.restore.calibration import PairModel
from zhengben.restore.hypothesis import Hypothesis
from zhengben.restore.likelihood import HIGHEST, LOWEST, Likelihood

RULES = rulebook(context_rule("A", "进展", "进行"), context_rule("B", "进展", "发展"))
CERTAIN = PairModel(0.0, 1.0, 8.0, 2.0, 0.0, 0.0, 1.0, 1.0)
"""Whatever the model says, the damaged word is out of the question."""

FIGURES = {"进展\t进行": CERTAIN, "进展\t发展": CERTAIN}
SENTENCES = {
    "经营者应当每年对仓库里的消防设备进展全面检查。": "进行",
    "他在会上说，这座小城的经济社会进展水平还不高。": "发展",
}


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return LanguageModel.load(resources.MODEL)


@pytest.mark.parametrize(("text", "original"), SENTENCES.items())
def test_no_original_is_too_certain_and_the_best_keeps_its_lead(text: str, original: str, model: LanguageModel) -> None:
    likelihood = Likelihood(model, calibration(FIGURES))
    (found,) = likelihood.screening_log_odds(suspects(text, RULES), Hypothesis(text)).values()
    odds = {right: float(values[0]) for right, values in found.items()}
    (other,) = odds.keys() - {original}
    assert LOWEST <= odds[other] < odds[original] - 2.0
    assert odds[original] == HIGHEST
