"""Proposes pairs of words that an unknown table seems to have swapped in a set of damaged documents.

What gives a pair away: documents that hold the damaged form lack the original although they should hold it, and
where the form stands there the language model would rather read the original, more so than in documents that hold both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhengben.workshop.agreement import Groups
from zhengben.workshop.case import Case
from zhengben.workshop.counts import surplus
from zhengben.workshop.originals import Originals
from zhengben.workshop.readings import read, rivalled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zhengben.lm.scorer import LanguageModel
    from zhengben.workshop.corpus import Corpus

FEWEST_DOCUMENTS: Final = 2
"""Documents that must speak for a pair."""

NO_WORD: Final = -1.5
"""log10 odds for a form that is no word: more often a name or a piece of one than what a table writes."""

LEAST_SCORE: Final = 3.0
"""log10 evidence that is worth a reviewer's look."""

SHOWN: Final = 3
"""Places of a pair that a reviewer sees."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair that may be missing from the tables, with its evidence.

    ``score`` is log10 evidence over all documents that hold the form, ``documents`` how many speak for the pair.
    ``gain`` is the mean log10 P(original) - log10 P(form) at their ``sites``; ``missed`` is how often these documents
    should hold the original, and ``present`` how often they do.
    """

    wrong: str
    right: str
    score: float
    sites: int
    documents: int
    gain: float
    missed: float
    present: int = 0
    examples: tuple[str, ...] = ()


def mine(
    corpus: Corpus,
    model: LanguageModel,
    known: frozenset[tuple[str, str]] = frozenset(),
    groups: Iterable[frozenset[int]] = (),
) -> list[Proposal]:
    """Pairs that an unknown table may hold, best first; ``known`` pairs (form, original) are left out.

    ``groups`` are numbers of documents that seem to have met the same tables.
    """
    miner = _Miner(corpus, model, known, Groups.of(groups, len(corpus.texts)))
    proposals = [proposal for form in corpus.forms() for proposal in miner.propose(form)]
    return list(_without_pieces(sorted(proposals, key=lambda found: (-found.score, found.wrong, found.right))))


def _without_pieces(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Leave out forms that hold the form of a better proposal: it is what makes them conspicuous."""
    seen: set[str] = set()
    for proposal in proposals:
        form = proposal.wrong
        pieces = {form[begin:end] for begin in range(len(form)) for end in range(begin + 1, len(form) + 1)} - {form}
        if seen.isdisjoint(pieces):
            seen.add(form)
            yield proposal


class _Miner:
    """Looks for the originals of forms."""

    def __init__(self, corpus: Corpus, model: LanguageModel, known: frozenset[tuple[str, str]], groups: Groups) -> None:
        self._corpus, self._model, self._known, self._groups = corpus, model, known, groups
        self._originals = {length: Originals(corpus, words, groups) for length, words in corpus.words.items()}

    def propose(self, form: str) -> Iterator[Proposal]:
        """The best original of a form, and a second one for what the first leaves unexplained."""
        case = self._case(form)
        if case is None:
            return
        evidence = case.place_evidence()
        first, proposal = self._best(case, evidence, case.surplus)
        if proposal is None:
            return
        yield proposal
        left = rivalled(evidence, case.readings, first)
        second, proposal = self._best(case, left, case.surplus.clip(max=0.0))
        if proposal is not None and second != first:
            yield proposal

    def _case(self, form: str) -> Case | None:
        """All that is to be weighed for a form, unless too few documents hold it or nothing may have stood there."""
        import numpy as np

        corpus = self._corpus
        sites = corpus.sites(form)
        documents = np.array(sorted({site.document for site in sites}), dtype=np.intp)
        if len(documents) < FEWEST_DOCUMENTS:
            return None
        originals = self._originals[1 if len(form) == 1 else 2]
        found = np.array([corpus.count(form, int(document)) for document in documents], dtype=np.float64)
        chosen = [
            number
            for number in originals.choose(form, sites, documents, found)
            if (form, originals.words[number]) not in self._known
        ]
        if not chosen:
            return None
        words, rates = [originals.words[number] for number in chosen], originals.rates[chosen]
        rate, han = corpus.rates.rate(form), corpus.han[documents]
        return Case(
            form,
            sites,
            documents,
            words,
            rates / rate,
            originals.absence[documents][:, chosen].astype(np.float64),
            surplus(found, han * rate, han[:, None] * rates),
            read(self._model, form, sites, words, rates),
        )

    def _best(
        self, case: Case, evidence: NDArray[np.float64], surplus: NDArray[np.float64]
    ) -> tuple[int, Proposal | None]:
        """The word that documents agree on most, if enough of them speak for it."""
        import numpy as np

        by_document = case.by_document(evidence, surplus)
        scores = self._groups.agreement(by_document, case.documents) + case.kinship()
        scores += 0.0 if self._corpus.is_word(case.form) else NO_WORD
        scores[(by_document > 0).sum(axis=0) < FEWEST_DOCUMENTS] = -np.inf
        best = int(scores.argmax())
        if scores[best] < LEAST_SCORE:
            return best, None
        speaking = frozenset(case.documents[by_document[:, best] > 0].tolist())
        return best, self._proposal(case, best, float(scores[best]), speaking)

    def _proposal(self, case: Case, number: int, score: float, speaking: frozenset[int]) -> Proposal:
        corpus, word = self._corpus, case.words[number]
        theirs = [place for place, site in enumerate(case.sites) if site.document in speaking]
        gains = case.readings.gains[number, theirs]
        shown = sorted(zip(-gains, theirs, strict=True))[:SHOWN]
        return Proposal(
            case.form,
            word,
            score,
            len(theirs),
            len(speaking),
            float(gains.mean()),
            corpus.rates.rate(word) * sum(float(corpus.han[document]) for document in speaking),
            sum(corpus.count(word, document) for document in speaking),
            tuple(case.shown(place) for _, place in shown),
        )
