"""What the counts of words in documents say: which are missing where they should stand, which stand there too often."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DISPERSION: Final = 1.5
"""Overdispersion of word counts over documents: an ordinary word is absent more often than chance would have it."""

RESIDUE: Final = 0.03
"""Share of an original's usual count that a document still holds where its pair is active: other repairs wrote it."""

COUNTER_LIMIT: Final = -3.0
"""log10 evidence that the presence of an original in a document may add against its pair."""

SURPLUS_LIMIT: Final = 0.5
"""log10 evidence that the surplus of a form in a document may add: most often a topic explains it."""


def absence(found: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """log10 likelihood ratio of the counts of words, replaced in their documents or not."""
    import numpy as np

    size = 1 / DISPERSION
    residue = RESIDUE * expected
    most = np.arange(int(found.max(initial=0)))
    rising = np.concatenate(([0.0], np.cumsum(np.log(most + size))))[found.astype(np.intp)]
    replaced = found * np.log(residue) - residue
    sound = rising - (size + found) * np.log1p(expected / size) + found * np.log(expected / size)
    return np.maximum((replaced - sound) / math.log(10), COUNTER_LIMIT)


def surplus(found: NDArray[np.float64], usual: NDArray[np.float64], more: NDArray[np.float64]) -> NDArray[np.float64]:
    """log10 likelihood ratio of the counts of a form, if it also stands for words that occur ``more`` often, or alone.

    ``found`` and ``usual`` have a row a document, ``more`` has a column a word, too.
    """
    import numpy as np

    size = 1 / DISPERSION
    found, usual = found[:, None], usual[:, None]
    fewer = np.log1p(usual / size) - np.log1p((usual + more) / size)
    ratio: NDArray[np.float64] = ((size + found) * fewer + found * np.log1p(more / usual)) / math.log(10)
    return np.minimum(ratio, SURPLUS_LIMIT)
