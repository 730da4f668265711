"""Which engines the counts of a document's words leave under suspicion."""

from __future__ import annotations

import pytest

from restore.cases import calibration, context_rule, rulebook
from zhengben.restore.calibration import PairModel
from zhengben.restore.sites import Lexicon
from zhengben.restore.survivors import Roll
from zhengben.restore.suspicion import Suspicion
from zhengben.rulebook import Rulebook

SHARED = ("力量能力", "学问知识", "争辩研究", "效劳服务")
ALONE = ("根底基础", "局部部分", "准时及时", "答复回答")
RULES = rulebook(
    *(context_rule("B", words[:2], words[2:]) for words in (*SHARED, *ALONE)),
    *(context_rule("E", words[:2], words[2:]) for words in SHARED),
)
USUAL = PairModel(0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 4.0, 0.2)
"""An original that is used twenty times as often as the word that replaces it."""

EITHER = PairModel(0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.5, 1.0)
"""Two words that are about equally usual."""

PAIRS = {f"{words[:2]}\t{words[2:]}": USUAL for words in (*SHARED, *ALONE)}


def suspicion(rules: Rulebook, pairs: dict[str, PairModel]) -> Suspicion:
    lexicon = Lexicon(rules)
    return Suspicion(lexicon, Roll(lexicon.entries.values()), calibration(pairs))


SUSPICION = suspicion(RULES, PAIRS)


def damaged(*words: str) -> str:
    return "，".join(each[:2] for each in words for _ in range(3))


CASES = [
    ("originals throughout", "能力，知识，研究，服务，基础，部分" * 3, set()),
    ("both words in use", damaged(*SHARED) + "能力，知识，研究，服务", set()),
    ("forms of one engine alone", damaged(*ALONE), {"B"}),
    ("forms that both write and those of one", damaged(*SHARED, *ALONE), {"B"}),
    ("forms that both write", damaged(*SHARED), {"B"}),
    ("nothing", "", set()),
]


@pytest.mark.parametrize(("text", "engines"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_an_engine_is_suspected_of_what_no_stronger_one_explains(text: str, engines: set[str]) -> None:
    assert SUSPICION.engines(RULES.screen(text).counts) == engines


def test_an_engine_beside_another_needs_less_but_forms_of_its_own() -> None:
    counts = RULES.screen(damaged(*ALONE, *SHARED)).counts
    assert SUSPICION.engines_beside(counts) == {"B"}
    own = rulebook(*RULES.rules, context_rule("E", "方法", "办法"))
    beside = suspicion(own, {**PAIRS, "方法\t办法": EITHER})
    counts = own.screen(damaged(*ALONE, *SHARED) + "方法，方法").counts
    assert beside.engines(counts) == {"B"}
    assert beside.engines_beside(counts) == {"B", "E"}


def test_originals_that_are_left_clear_their_engine() -> None:
    left = "，".join(each[2:] for each in SHARED)
    assert SUSPICION.engines(RULES.screen(damaged(*ALONE)).counts) == {"B"}
    assert SUSPICION.engines(RULES.screen(f"{damaged(ALONE[0])}，{left}").counts) == set()
