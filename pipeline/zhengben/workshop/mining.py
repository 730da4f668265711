"""Proposes pairs of words that an unknown table seems to have swapped in a set of damaged documents.

What gives a pair away: documents that hold the damaged form lack the original although they should hold it, and
where the form stands the language model would rather read the original, which fits there as it fits where it stands
in these documents itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Final

from zhengben.workshop.corpus import Corpus, Site

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zhengben.lm.scorer import LanguageModel

FEWEST_DOCUMENTS: Final = (2, 3)
"""Documents that must speak for a pair, out of a few and out of many: two often belong to one work and its terms."""

MANY_DOCUMENTS: Final = 20

FEWEST_EXPECTED: Final = 1.5
"""Occurrences of an original that must be missed, over all documents, for its absence to mean something."""

FINALISTS: Final = 24
"""Originals of a form that the language model judges, after a look at the neighbouring characters."""

PROBED_DOCUMENTS: Final = 6
PROBED_SITES: Final = 3
"""Documents, and places in each, at which the model looks first."""

SHRINKAGE: Final = 1.5
"""Places without a word to say that are added to those of each document when finalists are chosen."""

MOST_TELLING: Final = 4
"""Documents that choose the finalists."""

GAIN_LIMITS: Final = (-1.5, 1.5)
"""log10 evidence that the gain at one place may take away or add."""

SYNONYM_GAIN: Final = 1.0
"""log10 gain that any near-synonym has here and there in sound text."""

GAIN_WEIGHT: Final = 0.6
"""log10 evidence for each log10 of gain."""

FIT_LIMIT: Final = 1.5
"""log10 likelihood ratio that the fit at one place may add or take away."""

FIT_SPREAD: Final = 1.2
"""Standard deviation of a word's fit, log10, over the places where it stands in sound text."""

STRAY_FIT: Final = -0.5
"""log10 by which a word is more probable in a place of another word than anywhere."""

USUAL_FIT: Final = 1.8
"""log10 by which a word is more probable in its own place than anywhere, before its places are looked at."""

CHANCE: Final = 0.9
"""log10 by which the likeliest words of a place are less probable than all finalists together, where none belongs."""

PREFERENCE_LIMIT: Final = 1.5
"""log10 evidence that the preference for a word before all other finalists may add or take away at one place."""

OWN_SITES: Final = 12
"""Places of an original in these documents that tell how well it fits where it belongs."""

DOCUMENT_LIMIT: Final = 2.5
"""log10 evidence that one document may add."""

DOCUMENT_PRIOR: Final = -1.0
"""log10 odds, before any evidence, that a pair was active in a document that holds its form."""

COUNTER_LIMIT: Final = -3.0
"""log10 evidence that the presence of an original in a document may add against its pair."""

RESIDUE: Final = 0.03
"""Share of an original's usual count that a document still holds where its pair is active: other repairs wrote it."""

KINSHIP: Final = (-0.3, 1.4)
"""log10 odds for words that share no character and for those that do: of the shipped pairs 72 % share one."""

DISPERSION: Final = 1.5
"""Overdispersion of word counts over documents: an ordinary word is absent more often than chance would have it."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair that may be missing from the tables, with its evidence.

    ``score`` is log10 evidence, summed over ``documents`` that speak for the pair. ``gain`` is the mean log10
    P(original) - log10 P(form) at their ``sites``; ``missed`` is how often these documents should hold the
    original, and ``present`` how often they do.
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


def mine(corpus: Corpus, model: LanguageModel, known: frozenset[tuple[str, str]] = frozenset()) -> list[Proposal]:
    """Pairs that an unknown table may hold, best first; ``known`` pairs (form, original) are left out."""
    fits = _Fits(corpus, model)
    proposals = [proposal for form in corpus.forms() for proposal in _propose(form, fits, known)]
    return sorted(proposals, key=lambda proposal: (-proposal.score, proposal.wrong))


def _propose(form: str, fits: _Fits, known: frozenset[tuple[str, str]]) -> Iterator[Proposal]:
    """The best original of a form, if documents speak for one."""
    sites = fits.corpus.sites(form)
    probes = _first_of_each(sites)
    words = [word for word in _finalists(form, probes, fits.corpus) if (form, word) not in known]
    words = _promising(form, probes, words, fits)
    judged = [proposal for proposal in _Judge(form, sites, words, fits).proposals() if proposal.score > 0]
    yield from sorted(judged, key=lambda proposal: -proposal.score)[:1]


def _finalists(form: str, sites: Sequence[Site], corpus: Corpus) -> list[str]:
    """The words that fit best beside the neighbouring characters, in documents that lack them."""
    import numpy as np

    words = corpus.words_like(form)
    if not sites or not words.words:
        return []
    each, place = np.unique([site.document for site in sites], return_inverse=True)
    expected = corpus.han[each][:, None] * words.rates
    lacking = words.found[each] <= RESIDUE * expected
    fits = np.zeros((len(each), len(words.words)))
    np.add.at(fits, place, [_neighbourly(site, corpus, words.first, words.last) for site in sites])
    fits -= fits.mean(axis=1, keepdims=True)
    fits /= (np.bincount(place) + SHRINKAGE)[:, None]
    best = np.sort(np.where(lacking, fits, 0.0), axis=0)[-MOST_TELLING:].sum(axis=0)
    best[(expected * lacking).sum(axis=0) < FEWEST_EXPECTED] = -np.inf
    order = np.argsort(-best, kind="stable")[: FINALISTS + 1]
    return [words.words[number] for number in order if np.isfinite(best[number]) and words.words[number] != form]


def _first_of_each(sites: Sequence[Site]) -> list[Site]:
    """The first places of a form in the documents that overuse it most."""
    documents = list(dict.fromkeys(site.document for site in sites))[:PROBED_DOCUMENTS]
    theirs = ([site for site in sites if site.document == document] for document in documents)
    return [site for found in theirs for site in found[:PROBED_SITES]]


def _promising(form: str, probes: Sequence[Site], words: Sequence[str], fits: _Fits) -> list[str]:
    """Those of ``words`` that the model prefers at two places or more; of most forms, none."""
    least = [fits.score(site.before + form + site.after) + SYNONYM_GAIN for site in probes]
    return [
        word
        for word in words
        if sum(fits.score(site.before + word + site.after) > own for site, own in zip(probes, least, strict=True)) > 1
    ]


def _neighbourly(
    site: Site, corpus: Corpus, first: NDArray[np.uint32], last: NDArray[np.uint32]
) -> NDArray[np.float64]:
    """How much more often words of these characters stand beside the site's neighbours than by chance, log2."""
    import numpy as np

    fit = np.zeros(len(first))
    lookup, totals = corpus.rates.bigrams.log2_counts, corpus.rates.totals
    if site.before:
        fit += lookup(np.full_like(first, ord(site.before[-1])), first) - totals[first]
    if site.after:
        fit += lookup(last, np.full_like(last, ord(site.after[0]))) - totals[last]
    return fit


class _Fits:
    """How well words fit into places: log10 P(word in its place) beyond chance."""

    def __init__(self, corpus: Corpus, model: LanguageModel) -> None:
        self.corpus = corpus
        self.score = model.score
        self._usual: dict[str, float] = {}

    def fit(self, word: str, site: Site, apart: float) -> float:
        """``apart`` is the log10 probability of the two sides of the site."""
        return self.score(site.before + word + site.after) - apart - math.log10(self.corpus.rates.rate(word))

    def apart(self, site: Site) -> float:
        return self.score(site.before) + self.score(site.after)

    def usual(self, word: str) -> float:
        """How well the word fits where it stands in these documents; few places are helped by what is usual."""
        if word not in self._usual:
            own = [self.fit(word, site, self.apart(site)) for site in self.corpus.sites(word, OWN_SITES)]
            self._usual[word] = fmean([*own[:OWN_SITES], *[USUAL_FIT] * 4])
        return self._usual[word]


class _Judge:
    """Weighs the possible originals of one form, document by document."""

    def __init__(self, form: str, sites: Sequence[Site], words: Sequence[str], fits: _Fits) -> None:
        import numpy as np

        self._form = form
        self._sites = sites
        self._words = words
        self._fits = fits
        self._corpus = fits.corpus
        self._own = np.array([fits.score(site.before + form + site.after) for site in sites])
        self._apart = np.array([fits.apart(site) for site in sites])
        self._repaired = np.array([[fits.score(site.before + word + site.after) for site in sites] for word in words])

    def proposals(self) -> Iterator[Proposal]:
        """What speaks for each of the words."""
        import numpy as np

        if not self._words:
            return
        highest = np.maximum(self._repaired.max(axis=0), self._own)
        everything = np.power(10.0, self._repaired - highest).sum(axis=0) + np.power(10.0, self._own - highest)
        shares = self._repaired - highest - np.log10(everything)
        gains = self._repaired - self._own
        evidence = np.clip((gains - SYNONYM_GAIN) * GAIN_WEIGHT, *GAIN_LIMITS)
        preferences = np.clip(shares + CHANCE, -PREFERENCE_LIMIT, PREFERENCE_LIMIT)
        for number, word in enumerate(self._words):
            rate = math.log10(self._corpus.rates.rate(word))
            fits = _fit_evidence(self._repaired[number] - self._apart - rate, self._fits.usual(word))
            yield self._summed(word, gains[number], evidence[number] + fits + preferences[number])

    def _absence(self, word: str, document: int) -> float:
        """log10 likelihood ratio of the word's count, the pair being active or not."""
        expected = self._corpus.rates.rate(word) * float(self._corpus.han[document])
        found = self._corpus.count(word, document)
        residue = RESIDUE * expected
        active = found * math.log10(residue) - residue / math.log(10) - math.lgamma(found + 1) / math.log(10)
        return max(active - _log10_count(found, expected), COUNTER_LIMIT)

    def _summed(self, word: str, gains: NDArray[np.float64], evidence: NDArray[np.float64]) -> Proposal:
        corpus, sites = self._corpus, self._sites
        totals: dict[int, float] = {}
        for site, value in zip(sites, evidence, strict=True):
            totals[site.document] = totals.get(site.document, DOCUMENT_PRIOR) + float(value)
        with_absence = {document: total + self._absence(word, document) for document, total in totals.items()}
        speaking = {document: min(value, DOCUMENT_LIMIT) for document, value in with_absence.items() if value > 0}
        theirs = [number for number, site in enumerate(sites) if site.document in speaking]
        share = len(speaking) / max(len(totals), 1)
        kinship = KINSHIP[not set(word).isdisjoint(self._form)]
        agreed = len(speaking) >= FEWEST_DOCUMENTS[len(corpus.texts) >= MANY_DOCUMENTS]
        score = sum(speaking.values()) * math.sqrt(share) + kinship if agreed else 0.0
        missed = sum(corpus.rates.rate(word) * float(corpus.han[document]) for document in speaking)
        present = sum(corpus.count(word, document) for document in speaking)
        shown = tuple(f"{sites[number].before}【{self._form}】{sites[number].after}" for number in theirs[:3])
        gain = fmean(gains[theirs]) if theirs else 0.0
        return Proposal(self._form, word, score, len(theirs), len(speaking), gain, missed, present, shown)


def _fit_evidence(fits: NDArray[np.float64], usual: float) -> NDArray[np.float64]:
    """log10 likelihood ratios of fits: the word belongs there, or another does."""
    import numpy as np

    distances = (fits - (usual + STRAY_FIT) / 2) * (usual - STRAY_FIT) / FIT_SPREAD**2
    limited: NDArray[np.float64] = np.clip(distances / math.log(10), -FIT_LIMIT, FIT_LIMIT)
    return limited


def _log10_count(found: int, expected: float) -> float:
    """log10 probability of a count by the negative binomial."""
    size = 1 / DISPERSION
    terms = math.lgamma(found + size) - math.lgamma(size) - math.lgamma(found + 1)
    return (terms - (size + found) * math.log1p(expected / size) + found * math.log(expected / size)) / math.log(10)
