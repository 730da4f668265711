"""How far documents agree that a pair is active in them: a table leaves its traces in the documents that met it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ANYWHERE: Final = 0.05
"""Share of documents in which a pair is active before any evidence, where nothing is known of tables."""

OF_A_GROUP: Final = 0.6
"""Share of a group's documents in which a pair of its table is active."""

OUTSIDE: Final = 0.03
"""Share of the documents outside the groups of a pair in which it is active."""

GROUP_COST: Final = 0.8
"""log10 odds against a pair's being of one group's table more."""

MOST_GROUPS: Final = 3
"""Groups whose tables may share a pair."""


class Groups:
    """Documents that seem to have met the same table; a document may be in several groups or in none."""

    def __init__(self, members: NDArray[np.bool_]) -> None:
        """``members`` has a row a group, a column a document."""
        self._members = members

    @classmethod
    def of(cls, groups: Iterable[frozenset[int]], documents: int) -> Groups:
        """The groups with these numbers of documents, of which there are ``documents`` in all."""
        import numpy as np

        rows = [[number in group for number in range(documents)] for group in groups]
        return cls(np.array(rows, dtype=bool).reshape(len(rows), documents))

    def among(self, documents: NDArray[np.intp]) -> NDArray[np.bool_]:
        """The groups' parts of these documents, a row a group."""
        return self._members[:, documents]

    def agreement(self, evidence: NDArray[np.float64], documents: NDArray[np.intp]) -> NDArray[np.float64]:
        """log10 evidence for pairs: of one that is active anywhere, or of one that belongs to groups.

        ``evidence`` is that of each document (row) for each pair (column) to be active there, in log10.
        """
        import numpy as np

        outside = _mixed(evidence, OUTSIDE)
        gained = _mixed(evidence, OF_A_GROUP) - outside
        members = self.among(documents)
        covered = np.zeros(evidence.shape, dtype=bool)
        total: NDArray[np.float64] = outside.sum(axis=0)
        for _ in range(min(MOST_GROUPS, len(members))):
            gains = members.astype(np.float64) @ np.where(covered, 0.0, gained) - GROUP_COST
            best = gains.argmax(axis=0)
            total = total + np.maximum(gains.max(axis=0), 0.0)
            covered |= members[best].T & (gains.max(axis=0) > 0)
        best_of_both: NDArray[np.float64] = np.maximum(total, _mixed(evidence, ANYWHERE).sum(axis=0))
        return best_of_both


def _mixed(evidence: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """log10 likelihood ratios of documents of which a share met the pair: with it or without."""
    import numpy as np

    mixed: NDArray[np.float64] = np.log10(1 - share + share * np.power(10.0, evidence))
    return mixed
