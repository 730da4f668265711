"""Which pairs of words are learnt: all that an engine's table may have exchanged and the document decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhengben.restore.sites import Lexicon
    from zhengben.rulebook import Rule


@dataclass(frozen=True, slots=True)
class WordPair:
    """A damaged word, what it may have been, and the rules that say so."""

    wrong: str
    right: str
    rules: tuple[Rule, ...]

    @property
    def words(self) -> tuple[str, str]:
        """The damaged word and the original."""
        return self.wrong, self.right

    @property
    def key(self) -> str:
        """The name of the pair in `pairs.json`."""
        return f"{self.wrong}\t{self.right}"


def word_pairs(lexicon: Lexicon) -> list[WordPair]:
    """Every damaged word of the tables with each of its originals, sorted."""
    pairs = (
        WordPair(entry.wrong, right, tuple(claim.rule for claim in claims))
        for entry in lexicon.entries.values()
        for right, claims in entry.claims.items()
        if right != entry.wrong
    )
    return sorted(pairs, key=lambda pair: pair.key)


def forms_of(pairs: Sequence[WordPair]) -> list[str]:
    """All words of the pairs, sorted."""
    return sorted({word for pair in pairs for word in (pair.wrong, pair.right)})
