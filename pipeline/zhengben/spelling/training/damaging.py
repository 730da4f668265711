"""Sound text with characters exchanged for confusable ones, drawn by seed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhengben.spelling.confusion import ConfusionSets

SPACING: Final = 150.0
"""Code points between two slips, on average: further apart than any window reaches, mostly."""

LEAST_SPACING: Final = 6

LIKENESS_SHARES: Final = (2.0, 3.0, 1.0, 0.7, 0.3)
"""How often people and programs take one of two characters for the other, by `Likeness`; an estimate."""

FREQUENCY_EXPONENT: Final = 0.5
"""What is written by mistake is mostly a frequent character: drawn by this power of its frequency."""


class Damager:
    """Exchanges characters; the same seed and texts give the same slips."""

    def __init__(self, confusion: ConfusionSets, log2_totals: NDArray[np.float32], seed: int) -> None:
        self._confusion = confusion
        shares = np.array(LIKENESS_SHARES)[confusion.likeness]
        totals = log2_totals[confusion.partners]
        self._weights = shares * np.exp2(totals * FREQUENCY_EXPONENT) * (totals > 0)
        self._random = random.Random(seed)

    def damage(self, text: str) -> tuple[str, dict[int, str]]:
        """The text with slips, and what stood at each of them."""
        characters, meant = list(text), {}
        place = 0
        while (place := place + int(self._random.expovariate(1.0 / SPACING)) + LEAST_SPACING) < len(text) - 1:
            slip = self._slip(text[place])
            if slip:
                meant[place], characters[place] = text[place], slip
        return "".join(characters), meant

    def _slip(self, char: str) -> str:
        """What may be written for the character, or nothing where none is known."""
        if ord(char) > 0xFFFF:
            return ""
        begin, end = self._confusion.offsets[ord(char) : ord(char) + 2]
        weights = self._weights[begin:end]
        if not weights.any():
            return ""
        return chr(self._random.choices(self._confusion.partners[begin:end].tolist(), weights.tolist())[0])
