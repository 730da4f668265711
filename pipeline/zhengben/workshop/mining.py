"""Proposes pairs of words that an unknown table seems to have swapped in a set of damaged documents.

What gives a pair away: documents that hold the damaged form lack the original although they should hold it, and
where the form stands the language model would rather read the original, which fits there as words fit in sound text.
Only words of two characters are looked for: most tables hold little else.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zhengben.lm.bigrams import Bigrams
    from zhengben.lm.scorer import LanguageModel

FEWEST_SITES: Final = 5
"""Occurrences below which a form is not looked at."""

FEWEST_DOCUMENTS: Final = 2
"""Documents that must speak for a pair."""

FEWEST_EXPECTED: Final = 1.5
"""Occurrences of an original that must be missed, over all documents, for its absence to mean something."""

SITES: Final = 48
"""Places of a form after which no further document is asked."""

DOCUMENT_SITES: Final = 6
"""Places of a form that are judged in one document."""

FINALISTS: Final = 32
"""Originals of a form that the language model judges, after a look at the neighbouring characters."""

WINDOW: Final = 6
"""Code points of context on either side."""

GAIN_LIMIT: Final = 2.0
"""log10 gain that one place may add or take away."""

FIT_WEIGHT: Final = 1.5
"""How much more the fit of an original counts than its gain: any common word gains over a rare name."""

DOCUMENT_LIMIT: Final = 4.0
"""log10 evidence that one document may add."""

DOCUMENT_PRIOR: Final = -1.0
"""log10 odds, before any evidence, that a pair was active in a document that holds its form."""

USUAL_FIT: Final = 1.5
"""log10 by which a word is more probable in its sentence than alone, in sound text."""

KINSHIP: Final = (-0.3, 1.4)
"""log10 odds for words that share no character and for those that do: of the shipped pairs 72 % share one."""

DISPERSION: Final = 1.5
"""Overdispersion of word counts over documents: an ordinary word is absent more often than chance would have it."""

_WORD: Final = re.compile("[\u4e00-\u9fff]{2}")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair that may be missing from the tables, with its evidence.

    ``score`` is log10 evidence, summed over ``documents`` that speak for the pair. ``gain`` is the mean log10
    P(original) - log10 P(form) at their ``sites``; ``missed`` is how often these documents should hold the
    original, which they never do.
    """

    wrong: str
    right: str
    score: float
    sites: int
    documents: int
    gain: float
    missed: float
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """Where a form stands: the text on both sides, and the number of its document."""

    before: str
    after: str
    document: int


class SoundRates:
    """How often two characters stand side by side in sound text, per Han character."""

    def __init__(self, bigrams: Bigrams, han: int) -> None:
        self.bigrams = bigrams
        self._han = han
        self._known: dict[str, float] = {}

    def rate(self, word: str) -> float:
        """Never zero: half an occurrence is added."""
        if word not in self._known:
            self._known[word] = (self.bigrams.count(*word) + 0.5) / self._han
        return self._known[word]


class Corpus:
    """Documents as counts of two-character strings, and the words that may be missing from them."""

    def __init__(self, texts: Sequence[str], rates: SoundRates, words: Iterable[str]) -> None:
        import numpy as np

        self.texts = texts
        self.rates = rates
        self.words = sorted({word for word in words if _WORD.fullmatch(word)})
        self.pairs = [Counter(pair for pair in map(add, text, text[1:]) if _WORD.match(pair)) for text in texts]
        self.han = np.array([sum(counts.values()) for counts in self.pairs], dtype=np.float64)
        self.found = np.array([[counts.get(word, 0) for word in self.words] for counts in self.pairs], dtype=np.float64)

    @cached_property
    def word_rates(self) -> NDArray[np.float64]:
        import numpy as np

        return np.array([self.rates.rate(word) for word in self.words], dtype=np.float64)

    @cached_property
    def characters(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """First and second characters of the words, as code points."""
        import numpy as np

        first, second = ([ord(word[place]) for word in self.words] for place in (0, 1))
        return np.array(first, dtype=np.uint32), np.array(second, dtype=np.uint32)

    def forms(self) -> list[str]:
        """Strings that may be damaged forms: words, and what occurs far more often than in sound text."""
        total: Counter[str] = Counter()
        for counts in self.pairs:
            total.update(counts)
        known = set(self.words)
        size = float(self.han.sum())
        return sorted(
            form
            for form, count in total.items()
            if count >= FEWEST_SITES and (form in known or count > 20 * self.rates.rate(form) * size)
        )

    def sites(self, form: str) -> list[Site]:
        """Places of ``form`` in the documents that overuse it most: where a pair was active, its form is frequent."""
        rate = self.rates.rate(form)
        overuse = {
            number: _surprise(counts[form], rate * float(self.han[number]))
            for number, counts in enumerate(self.pairs)
            if form in counts
        }
        chosen: list[Site] = []
        for number in sorted(overuse, key=lambda number: (-overuse[number], number)):
            text = self.texts[number]
            found = (self._site(text, match.start(), number) for match in re.finditer(form, text))
            # The same words around a form again are a footer or a quotation, not a second witness.
            fresh = {(site.before, site.after): site for site in found}
            known = {(site.before, site.after) for site in chosen}
            chosen += [site for key, site in fresh.items() if key not in known][:DOCUMENT_SITES]
            if len(chosen) >= SITES:
                break
        return chosen

    def _site(self, text: str, start: int, document: int) -> Site:
        before = text[max(0, start - WINDOW) : start].rsplit("\n", 1)[-1]
        after = text[start + 2 : start + 2 + WINDOW].split("\n", 1)[0]
        return Site(before, after, document)

    def missing(self, sites: Sequence[Site]) -> NDArray[np.bool_]:
        """For each site and word, whether its document lacks the word."""
        import numpy as np

        lacking: NDArray[np.bool_] = self.found[np.array([site.document for site in sites])] == 0
        return lacking

    def finalists(self, form: str, sites: Sequence[Site]) -> list[str]:
        """The words that fit best beside the neighbouring characters where their documents lack them."""
        import numpy as np

        lacking = self.missing(sites)
        documents = np.array(sorted({site.document for site in sites}))
        missed = ((self.found[documents] == 0) * self.han[documents][:, None]).sum(axis=0) * self.word_rates
        fits = np.array([self._fits(site) for site in sites])
        support = lacking.sum(axis=0)
        mean = (fits * lacking).sum(axis=0) / np.maximum(support, 1)
        mean[(support < FEWEST_SITES) | (missed < FEWEST_EXPECTED)] = -np.inf
        best = np.argsort(-mean, kind="stable")[: FINALISTS + 1]
        return [self.words[place] for place in best if np.isfinite(mean[place]) and self.words[place] != form]

    def _fits(self, site: Site) -> NDArray[np.float64]:
        """How much more often each word stands beside the site's neighbours than by chance, log2."""
        import numpy as np

        first, second = self.characters
        fit = np.zeros(len(self.words))
        lookup, totals = self.rates.bigrams.log2_counts, self._totals
        if site.before:
            fit += lookup(np.full_like(first, ord(site.before[-1])), first) - totals[first]
        if site.after:
            fit += lookup(second, np.full_like(second, ord(site.after[0]))) - totals[second]
        return fit

    @cached_property
    def _totals(self) -> NDArray[np.float32]:
        return self.rates.bigrams.log2_totals()


def mine(corpus: Corpus, model: LanguageModel, known: frozenset[tuple[str, str]] = frozenset()) -> list[Proposal]:
    """Pairs that an unknown table may hold, best first; ``known`` pairs (form, original) are left out."""
    proposals = [proposal for form in corpus.forms() for proposal in _propose(form, corpus, model, known)]
    return sorted(proposals, key=lambda proposal: (-proposal.score, proposal.wrong))


def _propose(form: str, corpus: Corpus, model: LanguageModel, known: frozenset[tuple[str, str]]) -> Iterator[Proposal]:
    """The best original of a form, if any document speaks for one."""
    sites = corpus.sites(form)
    words = [word for word in corpus.finalists(form, sites) if (form, word) not in known]
    judge = _Judge(form, sites, corpus, model)
    judged = [proposal for proposal in map(judge.proposal, words) if proposal.score > 0]
    yield from sorted(judged, key=lambda proposal: -proposal.score)[:1]


class _Judge:
    """Weighs the possible originals of one form, document by document."""

    def __init__(self, form: str, sites: Sequence[Site], corpus: Corpus, model: LanguageModel) -> None:
        self._form = form
        self._sites = sites
        self._corpus = corpus
        self._score = model.score
        self._own = [model.score(site.before + form + site.after) for site in sites]
        self._apart = [model.score(site.before) + model.score(site.after) for site in sites]

    def proposal(self, word: str) -> Proposal:
        usual = math.log10(self._corpus.rates.rate(word))
        values: dict[int, list[tuple[float, float]]] = {}
        for number, site in enumerate(self._sites):
            if word in self._corpus.pairs[site.document]:
                continue
            repaired = self._score(site.before + word + site.after)
            gain = max(-GAIN_LIMIT, min(GAIN_LIMIT, repaired - self._own[number]))
            fit = repaired - self._apart[number] - usual - USUAL_FIT
            values.setdefault(site.document, []).append((gain, FIT_WEIGHT * max(-GAIN_LIMIT, min(0.0, fit))))
        return self._summed(word, values)

    def _summed(self, word: str, values: Mapping[int, list[tuple[float, float]]]) -> Proposal:
        rate = self._corpus.rates.rate(word)
        speaking: list[tuple[float, int]] = []
        for document, pairs in values.items():
            missed = rate * float(self._corpus.han[document])
            absence = math.log10(1 + DISPERSION * missed) / DISPERSION
            evidence = sum(gain + fit for gain, fit in pairs) + absence + DOCUMENT_PRIOR
            if evidence > 0:
                speaking.append((min(evidence, DOCUMENT_LIMIT), document))
        gains = [gain for _, document in speaking for gain, _ in values[document]]
        missed = sum(rate * float(self._corpus.han[document]) for _, document in speaking)
        share = len(speaking) / max(len(values), 1)
        agreed = len(speaking) >= FEWEST_DOCUMENTS
        kinship = KINSHIP[not set(word).isdisjoint(self._form)]
        score = sum(evidence for evidence, _ in speaking) * math.sqrt(share) + kinship if agreed else 0.0
        gain = sum(gains) / max(len(gains), 1)
        documents = {document for _, document in speaking}
        shown = tuple(
            f"{site.before}【{self._form}】{site.after}" for site in self._sites if site.document in documents
        )
        return Proposal(self._form, word, score, len(gains), len(speaking), gain, missed, shown[:3])


def _surprise(found: float, expected: float) -> float:
    """Signed Poisson log-likelihood ratio (natural) of a count against its expectation."""
    ratio = expected - found + found * math.log(found / expected)
    return ratio if found > expected else -ratio
