"""Damaged documents as counts: which strings they overuse, where these stand, and which words are missing there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import add
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zhengben.lm.bigrams import Bigrams

FEWEST_SITES: Final = 5
"""Occurrences below which a form is not looked at."""

OVERUSED: Final = 20.0
"""How many times its expected count makes a string that is no word a form."""

DOCUMENT_SITES: Final = 4
"""Places of a form that are judged in one document."""

MOST_DOCUMENTS: Final = 100
"""Documents in which the places of one form are judged: those with the most for their length."""

WINDOW: Final = 6
"""Code points of context on either side."""

SAME: Final = 0.9
"""Share of the places of a string from which on its neighbour belongs to it."""

_PAIR: Final = re.compile("[\u4e00-\u9fff]{2}")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_FORM_OR_WORD: Final = re.compile("[\u4e00-\u9fff]{1,2}")


@dataclass(frozen=True, slots=True)
class Site:
    """Where a form stands: the text on both sides, and the number of its document."""

    before: str
    after: str
    document: int


class SoundRates:
    """How often a character, or two side by side, stand in sound text, per Han character."""

    def __init__(self, bigrams: Bigrams, han: int) -> None:
        self.bigrams = bigrams
        self._han = han
        self._known: dict[str, float] = {}

    def rate(self, word: str) -> float:
        """Never zero: half an occurrence is added. A longer string is as frequent as its rarest two characters."""
        if word not in self._known:
            self._known[word] = (self._count(word) + 0.5) / self._han
        return self._known[word]

    def _count(self, word: str) -> float:
        if len(word) > 1:
            return min(self.bigrams.count(left, right) for left, right in pairwise(word))
        return float(2.0 ** self.totals[ord(word)] - 1.0) if ord(word) < len(self.totals) else 0.0

    def common_characters(self, most: int) -> set[str]:
        """The most frequent characters of sound text."""
        import numpy as np

        return {chr(code) for code in np.argsort(-self.totals, kind="stable")[:most]}

    @cached_property
    def totals(self) -> NDArray[np.float32]:
        """log2(1 + count) of each character of the basic plane."""
        return self.bigrams.log2_totals()


class Words:
    """Words of one length that may be missing from documents, as arrays."""

    def __init__(self, words: Iterable[str], counts: Sequence[Counter[str]], rates: SoundRates) -> None:
        import numpy as np

        self.words = sorted(words)
        self.rates = np.array([rates.rate(word) for word in self.words], dtype=np.float64)
        self.found = np.array([[each.get(word, 0) for word in self.words] for each in counts], dtype=np.float64)
        self.first = np.array([ord(word[0]) for word in self.words], dtype=np.uint32)
        self.last = np.array([ord(word[-1]) for word in self.words], dtype=np.uint32)


class Corpus:
    """Documents as counts of characters and of pairs of them, and the words that may be missing from them."""

    def __init__(
        self, texts: Sequence[str], rates: SoundRates, words: Iterable[str], forms: Iterable[str] = ()
    ) -> None:
        """``words`` may be missing, ``forms`` and ``words`` may be what stands in their place."""
        import numpy as np

        self.texts = texts
        self.rates = rates
        self.pairs = [Counter(pair for pair in map(add, text, text[1:]) if _PAIR.match(pair)) for text in texts]
        self.characters = [Counter(_HAN.findall(text)) for text in texts]
        self.han = np.array([sum(counts.values()) for counts in self.pairs], dtype=np.float64)
        known = {word for word in words if _FORM_OR_WORD.fullmatch(word)}
        pairs = {word for word in known if len(word) == 2}
        self._possible = pairs | set(forms)
        self.words = {
            1: Words((word for word in known if len(word) == 1), self.characters, rates),
            2: Words(pairs, self.pairs, rates),
        }

    def is_word(self, form: str) -> bool:
        """Whether ``form`` is one of the words or forms that are known."""
        return form in self._possible

    def count(self, word: str, document: int) -> int:
        """How often a document holds ``word``."""
        if len(word) > 2:
            return self.texts[document].count(word)
        return (self.characters if len(word) == 1 else self.pairs)[document][word]

    def forms(self) -> list[str]:
        """Strings that may be damaged forms: words, and what occurs far more often than in sound text."""
        size = float(self.han.sum())
        characters = {char for char, count in _total(self.characters).items() if self._overused(char, count, size)}
        forms = set(characters)
        for pair, count in _total(self.pairs).items():
            if count < FEWEST_SITES or not characters.isdisjoint(pair):
                continue
            if pair in self._possible:
                forms.add(pair)
            elif self._overused(pair, count, size):
                forms.add(self._extended(pair, count))
        return sorted(forms)

    def _overused(self, form: str, count: int, size: float) -> bool:
        return count >= FEWEST_SITES and count > OVERUSED * self.rates.rate(form) * size

    def _extended(self, pair: str, count: int) -> str:
        """An unknown pair with the character that nearly always stands beside it: a piece of a form is none."""
        beside: Counter[str] = Counter()
        for document, _ in self._documents_with(pair):
            text = self.texts[document]
            for match in re.finditer(pair, text):
                start, end = match.span()
                left, right = text[max(0, start - 1) : start], text[end : end + 1]
                beside.update(char + pair for char in _HAN.findall(left))
                beside.update(pair + char for char in _HAN.findall(right))
        longer, together = beside.most_common(1)[0] if beside else (pair, 0)
        return longer if together >= SAME * count else pair

    def _documents_with(self, form: str) -> Iterator[tuple[int, int]]:
        yield from ((number, self.count(form, number)) for number in self._holders[form[:2]])

    @cached_property
    def _holders(self) -> dict[str, list[int]]:
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for number, (characters, pairs) in enumerate(zip(self.characters, self.pairs, strict=True)):
            for form in (*characters, *pairs):
                holders[form].append(number)
        return holders

    def sites(self, form: str) -> list[Site]:
        """Places of ``form``, a few in each document that holds it, document by document."""
        known: set[tuple[str, str]] = set()
        chosen: list[Site] = []
        for number in self._densest(form):
            # The same words around a form again are a footer or a quotation, not a second witness.
            fresh = {(site.before, site.after): site for site in self._sites_in(number, form)}
            chosen += [site for key, site in fresh.items() if key not in known][:DOCUMENT_SITES]
            known.update(fresh)
        return chosen

    def _densest(self, form: str) -> list[int]:
        """The documents with the most occurrences of a form for their length, by number."""
        density = {number: count / float(self.han[number]) for number, count in self._documents_with(form) if count}
        return sorted(sorted(density, key=lambda number: (-density[number], number))[:MOST_DOCUMENTS])

    def _sites_in(self, document: int, form: str) -> Iterator[Site]:
        text = self.texts[document]
        return (self._site(text, match, document) for match in re.finditer(form, text))

    def _site(self, text: str, match: re.Match[str], document: int) -> Site:
        before = text[max(0, match.start() - WINDOW) : match.start()].rsplit("\n", 1)[-1]
        after = text[match.end() : match.end() + WINDOW].split("\n", 1)[0]
        return Site(before, after, document)


def _total(counts: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return total
