"""All that is weighed to tell which word a form stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhengben.workshop.corpus import Site
from zhengben.workshop.readings import Readings, place_evidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ABSENCE_WEIGHT: Final = 1.2
"""log10 evidence for each log10 by which the count of an original speaks for its having been replaced."""

PLACES_LIMITS: Final = (-9.0, 4.0)
"""log10 evidence that the places of one document may add."""

DOCUMENT_LIMITS: Final = (-3.0, 3.5)
"""log10 evidence that one document may add."""

HELD: Final = -0.5
"""log10 evidence of absence below which a document holds the original, so that the pair is not active there."""

KINSHIP: Final = (-0.3, 1.4)
"""log10 odds for words that share no character and for those that do: of the shipped pairs 72 % share one."""


@dataclass(frozen=True, slots=True)
class Case:
    """A form, its places, the documents that hold it (rows) and the words that may have stood there (columns)."""

    form: str
    sites: Sequence[Site]
    documents: NDArray[np.intp]
    words: Sequence[str]
    frequency: NDArray[np.float64]
    absence: NDArray[np.float64]
    surplus: NDArray[np.float64]
    readings: Readings

    def place_evidence(self) -> NDArray[np.float64]:
        """log10 evidence of each place (column) for each word (row)."""
        import numpy as np

        unreplaced = (self.absence < HELD)[self._rows()].T
        return place_evidence(self.readings, np.log10(self.frequency), unreplaced)

    def by_document(self, evidence: NDArray[np.float64], surplus: NDArray[np.float64]) -> NDArray[np.float64]:
        """log10 evidence of each document for each word: its places and its counts."""
        import numpy as np

        places = np.zeros(self.absence.shape)
        np.add.at(places, self._rows(), evidence.T)
        total = ABSENCE_WEIGHT * self.absence + surplus + np.clip(places, *PLACES_LIMITS)
        return np.clip(total, *DOCUMENT_LIMITS)

    def kinship(self) -> NDArray[np.float64]:
        """log10 odds for each word to have become this form, by their characters."""
        import numpy as np

        return np.array([KINSHIP[not set(word).isdisjoint(self.form)] for word in self.words])

    def shown(self, place: int) -> str:
        """A place with its surroundings."""
        site = self.sites[place]
        return f"{site.before}【{self.form}】{site.after}"

    def _rows(self) -> NDArray[np.intp]:
        """The row of each place's document."""
        import numpy as np

        return np.searchsorted(self.documents, [site.document for site in self.sites])
