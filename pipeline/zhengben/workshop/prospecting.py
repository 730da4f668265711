"""From a folder of damaged documents to a table ready for review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from zhengben import resources
from zhengben.batch import find_inputs
from zhengben.cleaner import Cleaner
from zhengben.config import Config
from zhengben.errors import InputError
from zhengben.model import Result
from zhengben.rulebook import Rule, Rulebook, Table
from zhengben.toolbox import Toolbox
from zhengben.workflow import open_input
from zhengben.workshop.corpus import Corpus, SoundRates
from zhengben.workshop.mining import Proposal, mine
from zhengben.workshop.reviews import Review

ENGINE = "mined"
COMMON_CHARACTERS = 500
"""Characters that a table may have replaced by look-alikes."""

_UNNEEDED_STAGES = frozenset({"spelling", "gaps"})


def prospect(folder: Path, config: Config) -> list[Proposal]:
    """Pairs that the documents of ``folder`` speak for and no table holds, best first.

    What the tables know is repaired first, so that only the unknown is left to find. Raises `InputError`
    for a folder that is not there, `ModelError` without a model.
    """
    return prospect_texts(_documents(folder), config)


def prospect_texts(damaged: Iterable[str], config: Config) -> list[Proposal]:
    """The same for texts. Raises `ModelError` without a model."""
    from zhengben.lm.bigrams import Bigrams

    cleaner = Cleaner(replace(config, disabled=config.disabled | _UNNEEDED_STAGES))
    results = [cleaner.clean(text) for text in damaged]
    toolbox = Toolbox(config)
    rates = SoundRates(Bigrams.load(), toolbox.form_counts.han)
    words = vocabulary(toolbox.rulebook)
    forms = words | {rule.wrong for rule in toolbox.rulebook.rules}
    missing = words | rates.common_characters(COMMON_CHARACTERS)
    corpus = Corpus([result.text for result in results], rates, missing, forms)
    return mine(corpus, toolbox.language_model, known_pairs(toolbox.rulebook), same_engines(results))


def same_engines(results: Iterable[Result]) -> list[frozenset[int]]:
    """Numbers of the documents of each engine: an unknown pair of its table is active in these, if anywhere."""
    documents: defaultdict[str, set[int]] = defaultdict(set)
    for number, result in enumerate(results):
        for verdict in result.engines:
            if verdict.probability > 0.5:
                documents[verdict.engine].add(number)
    return [frozenset(numbers) for _, numbers in sorted(documents.items()) if len(numbers) > 1]


def vocabulary(rulebook: Rulebook) -> set[str]:
    """Words that a table may have replaced, or written: the usual ones, and whatever other tables replace."""
    words = {*_words("two_character_words.txt"), *_words("gap_words.txt")}
    return words | {right for rule in rulebook.rules for right in rule.rights}


def known_pairs(rulebook: Rulebook) -> frozenset[tuple[str, str]]:
    """Every damaged form of the tables with each of its originals."""
    return frozenset((rule.wrong, right) for rule in rulebook.rules for right in rule.rights)


def _words(name: str) -> list[str]:
    return (resources.DATA / name).read_text(encoding="utf-8").split()


def table_for_review(proposals: Iterable[Proposal]) -> Table:
    """The proposals as context rules, each with its evidence; examples are left to whoever accepts them."""
    by_form: defaultdict[str, list[Proposal]] = defaultdict(list)
    for found in proposals:
        by_form[found.wrong].append(found)
    rules = tuple(
        Rule(
            ENGINE,
            form,
            tuple(found.right for found in these),
            seen=max(found.documents for found in these),
            note="。".join(map(evidence, these)),
        )
        for form, these in by_form.items()
    )
    return Table(ENGINE, "挖掘所得，待审", rules)


def evidence(proposal: Proposal) -> str:
    """What speaks for a proposal, for the person who reviews it."""
    right = proposal.right
    return (
        f"{proposal.documents} 份文档 {proposal.sites} 处；"
        f"本应有“{right}”约 {proposal.missed:.0f} 次，实有 {proposal.present} 次；"
        f"语言模型偏向“{right}” {proposal.gain:.1f}（log10）；证据合计 {proposal.score:.1f}"
    )


def unknown_pairs(reviews: Iterable[Review], rulebook: Rulebook) -> Iterator[Review]:
    """Pairs that reviewers mostly accepted, more than once, and that no table holds."""
    known = known_pairs(rulebook)
    for review in reviews:
        if review.accepted > 1 and review.share > 0.5 and (review.wrong, review.right) not in known:
            yield review


def doubtful_rules(reviews: Iterable[Review], rulebook: Rulebook) -> Iterator[Review]:
    """Pairs of the tables that reviewers reject as often as they accept them: they want a guard."""
    for review in reviews:
        if review.rejected > 1 and review.share <= 0.5 and any(rulebook.rule(name) for name in review.rules):
            yield review


def _documents(folder: Path) -> Iterator[str]:
    inputs, refusals = find_inputs([str(folder)], recursive=True)
    if refusals and not inputs:
        raise InputError(f"{refusals[0].shown}: {refusals[0].error}")
    for found in inputs:
        try:
            yield open_input(found).document.text
        except InputError as error:
            raise InputError(f"{found.shown}: {error}") from None
