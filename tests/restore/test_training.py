"""The recipe on a corpus of a few lines: everything but the fit of the confidence, which needs the language models."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn")

from restore.cases import context_rule, rulebook
from zhengben import resources
from zhengben.lm.scorer import LanguageModel
from zhengben.restore.calibration import Calibration, ConfidenceModel
from zhengben.restore.context_features import TABLE_BITS
from zhengben.restore.sites import Lexicon
from zhengben.restore.training.collecting import REACH, Sample, collect, usable
from zhengben.restore.training.confidence import fit, fitting_documents
from zhengben.restore.training.contexts import FEWEST_SAMPLES, learn, scores, table
from zhengben.restore.training.odds import Observations, Source, Wider, observe, read_pairs
from zhengben.restore.training.pairs import forms_of, word_pairs
from zhengben.restore.training.shares import count_uses, pseudocounts

RULES = rulebook(
    context_rule("A", "开展", "发展", "进行"),
    context_rule("A", "标准", "规范", not_after=("国家",)),
    context_rule("B", "容", "内容"),
    context_rule("B", "不肯定", "肯定"),
    identify=[context_rule("I", "恬静", "安静")],
)
PAIRS = {pair.key: pair for pair in word_pairs(Lexicon(RULES))}


def test_every_damaged_word_is_paired_with_each_of_its_originals() -> None:
    assert sorted(PAIRS) == ["不肯定\t肯定", "容\t内容", "开展\t发展", "开展\t进行", "恬静\t安静", "标准\t规范"]
    assert "发展" in forms_of(list(PAIRS.values()))


def test_occurrences_are_collected_with_what_stands_around_them() -> None:
    (sample,) = collect(["全面发展。"], ["发展"], 5)["发展"]
    assert sample == Sample("\n全面", "。\n")
    (long,) = collect(["左" * 50 + "发展" + "右" * 50], ["发展"], 5)["发展"]
    assert long == Sample("左" * REACH, "右" * REACH)


def test_the_occurrences_kept_do_not_depend_on_the_order_of_the_corpus() -> None:
    paragraphs = [f"第{number}次发展" for number in range(50)]
    kept = collect(paragraphs, ["发展"], 10)
    assert len(kept["发展"]) == 10
    assert collect(paragraphs[::-1], ["发展"], 10) == kept


USABLE = [
    ("a free place", "标准\t规范", "标准", Sample("按照", "执行"), True),
    ("a guard forbids", "标准\t规范", "标准", Sample("国家", "执行"), False),
    ("a guard would forbid the damaged word", "标准\t规范", "规范", Sample("国家", "执行"), False),
    ("part of the original", "容\t内容", "容", Sample("内", "丰富"), False),
    ("beside the original", "容\t内容", "容", Sample("从", "走来"), True),
    ("part of the damaged word", "不肯定\t肯定", "肯定", Sample("不", "的事"), False),
    ("the original by itself", "不肯定\t肯定", "肯定", Sample("很", "的事"), True),
]


@pytest.mark.parametrize(("key", "word", "sample", "kept"), [c[1:] for c in USABLE], ids=[c[0] for c in USABLE])
def test_places_that_could_not_be_sites_do_not_train(key: str, word: str, sample: Sample, kept: bool) -> None:
    assert bool(usable([sample], PAIRS[key], word, RULES)) == kept


def test_words_are_counted_as_the_product_counts_them() -> None:
    documents = ["开展，开展，发展。国家标准，规范。", "内容丰富", "不肯定", "天气很好"]
    pairs = list(PAIRS.values())
    uses = dict(zip([pair.key for pair in pairs], count_uses(documents, pairs, RULES, Lexicon(RULES)), strict=True))
    assert uses["开展\t发展"] == [(1, 2)]
    assert uses["开展\t进行"] == [(0, 2)]
    assert uses["标准\t规范"] == [(1, 0)]
    assert uses["容\t内容"] == [(1, 0)]
    assert uses["不肯定\t肯定"] == [(0, 1)]
    assert uses["恬静\t安静"] == []


def test_shares_follow_the_counts() -> None:
    usual, rare, mixed = (pseudocounts(uses) for uses in ([(3, 0)] * 30, [(0, 3)] * 30, [(3, 0), (0, 3)] * 15))
    assert usual[0] > 10 * usual[1]
    assert rare[1] > 10 * rare[0]
    assert mixed[0] == pytest.approx(mixed[1], rel=0.01)
    assert sum(pseudocounts([(1, 1)] * 30)) > sum(mixed)


NEAR = [Sample("经济社会", "很快。\n")] * FEWEST_SAMPLES
FAR = [Sample("今天下午", "活动。\n")] * FEWEST_SAMPLES


def test_a_neighbourhood_speaks_for_the_word_it_was_seen_with() -> None:
    learnt = learn(FAR, NEAR)
    assert learnt is not None
    weights = table([("开展", "发展", learnt)])
    assert weights.shape == (1 << TABLE_BITS,)
    original, damaged, other = scores([NEAR[0], FAR[0], Sample("甲", "乙")], "开展", "发展", weights)
    assert original > 0.5 and damaged < -0.5
    assert abs(other) < 0.5


def test_few_occurrences_teach_nothing() -> None:
    assert learn(FAR[1:], NEAR) is None


def test_training_twice_gives_the_same_table() -> None:
    first, second = (learn(FAR, NEAR) for _ in range(2))
    assert first is not None and second is not None
    assert (table([("a", "b", first)]) == table([("a", "b", second)])).all()


def observations(
    ratios: list[float], originals: int, frequency_ratio: float = 0.0, **said: list[float]
) -> Observations:
    is_original = np.arange(len(ratios)) >= len(ratios) - originals
    figures = {Source(source): np.array(each) for source, each in {"model": ratios, **said}.items()}
    return Observations(figures, is_original, frequency_ratio)


def test_a_pair_whose_ratios_tell_its_words_apart_is_read_more_sharply() -> None:
    telling = observations([-2.0, -1.0] * 100 + [1.0, 2.0] * 100, 200)
    mute = observations([-2.0, 2.0] * 200, 200)
    (sharp, dull, unknown), mean = read_pairs([telling, mute, observations([], 0)])
    assert sharp.screening[1] > dull.screening[1]
    assert unknown.screening == mean
    assert len(sharp.coefficients) == 6


def test_a_word_that_is_too_likely_everywhere_is_corrected_by_the_bias() -> None:
    shifted = observations([0.0, 1.0] * 100 + [2.0, 3.0] * 100, 200)
    (reading,), _ = read_pairs([shifted])
    assert reading.screening[0] < -0.5


MUTE = [-2.0, 2.0] * 200
TELLING = [-3.0] * 200 + [3.0] * 200
USELESS = [-3.0, 3.0] * 200


def test_a_network_is_heeded_as_far_as_it_tells_the_words_apart() -> None:
    telling = observations(MUTE, 200, contexts=[0.0] * 400, network=TELLING)
    useless = observations(MUTE, 200, 0.5, contexts=[0.0] * 400, network=USELESS)
    strange = observations(MUTE, 200, 1.0, contexts=[0.0] * 400)
    (heeded, doubted, unheard), _ = read_pairs([telling, useless, strange])
    assert heeded.coefficients[5] > doubted.coefficients[5] + 0.3
    assert unheard.coefficients[5] == 0.0


def test_a_pair_too_rare_for_weights_of_its_own_is_read_by_the_network_all_the_same() -> None:
    known = observations(MUTE, 200, contexts=[0.0] * 400, network=TELLING)
    rare = observations([1.0], 1, 2.0, network=[2.0])
    (_, reading), _ = read_pairs([known, rare])
    assert reading.coefficients[4] == 0.0
    assert reading.coefficients[5] > 0.5


def test_the_model_is_asked_for_both_words() -> None:
    model = LanguageModel.load(resources.MODEL)
    pair = PAIRS["开展\t发展"]
    damaged, original = [Sample("组织", "活动\n")], [Sample("经济社会", "水平\n")]
    wider = Wider(np.zeros(1 << TABLE_BITS, np.int8), Calibration.load().network)
    seen = observe(pair, damaged, original, model, wider, 0.0, has_contexts=False)
    assert seen.sources == (Source.MODEL, Source.NETWORK)
    assert all(said[0] < 0 < said[1] for said in seen.said.values())
    assert seen.is_original.tolist() == [False, True]


def test_confidence_corrects_probabilities_that_promise_too_much() -> None:
    honest = [(0.9, True)] * 90 + [(0.9, False)] * 10 + [(0.2, True)] * 20 + [(0.2, False)] * 80
    model = fit(honest)
    assert model.bias == pytest.approx(0.0, abs=0.05)
    assert model.weight == pytest.approx(1.0, abs=0.05)
    boastful = fit([(0.99, True)] * 90 + [(0.99, False)] * 10 + [(0.01, True)] * 10 + [(0.01, False)] * 90)
    assert boastful.weight == pytest.approx(math.log(9) / math.log(99), abs=0.01)
    assert fit([]) == ConfidenceModel()


def test_confidence_is_fitted_on_whole_documents_of_the_fold(tmp_path: Path) -> None:
    rows = [f"gov\tgov-1\t{'发展' * 600}{number}" for number in range(4)] + ["news\tnews-1\t太短"]
    (tmp_path / "calibration.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    found = list(fitting_documents(tmp_path, {"gov": "gov", "news": "news"}))
    assert [document.genre for document in found] == ["gov", "gov"]
    assert all(len(document.text) >= 2000 for document in found)
