"""What the wider neighbourhood says of pairs of words at their sites: beyond the reach of the language model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from zhengben.restore.context_features import WEIGHT_SCALE, features, pair_code, weight_indices

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhengben.restore.calibration import Calibration
    from zhengben.restore.neighbourhoods import Neighbourhoods, Places

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]


class WiderContext:
    """The hashed weights and the network, as some pairs of words (damaged, original) heed them."""

    def __init__(self, calibration: Calibration, pairs: Sequence[tuple[str, str]]) -> None:
        models = [calibration.pair(*pair) for pair in pairs]
        self._table = calibration.context_weights
        self._codes = np.array([pair_code(*pair) for pair in pairs])
        self._table_weights = np.array([model.context_weight for model in models]) / WEIGHT_SCALE
        self._network = calibration.network
        self._vectors, self._figures = self._network.comparisons(pairs)
        self._network_weights = np.array([model.network_weight for model in models])

    def log_odds(self, neighbourhoods: Neighbourhoods, places: Places, sites: Numbers, pairs: Numbers) -> Floats:
        """What they add to the natural-log odds of an original, for each site and pair that are asked about.

        ``places`` holds start and end of a site in each row; ``sites`` numbers these rows, ``pairs`` the pairs.
        """
        starts, ends = places.T
        codes, exist = features(neighbourhoods, starts, ends)
        weights = self._table[weight_indices(codes[sites], self._codes[pairs, None])] * exist[sites]
        read = self._network.read(neighbourhoods, starts, ends)
        compared = np.einsum("ij,ij->i", read[sites], self._vectors[pairs]) + self._figures[pairs]
        said: Floats = self._table_weights[pairs] * weights.sum(axis=1) + self._network_weights[pairs] * compared
        return said
