"""Which drawings an evaluation yields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengben.config import APPLY_CONFIDENCE
from zhengben.evaluation.figures import precision_recall_curve, reliability_diagram

if TYPE_CHECKING:
    from zhengben.evaluation.measure import Evaluation


def drawings(evaluation: Evaluation) -> dict[str, str]:
    """The reliability diagram and the precision–recall curve of the damaged documents, by file name; none without."""
    if not evaluation.candidates:
        return {}
    curve = evaluation.curve()
    applied = [point for point in curve if point.threshold >= APPLY_CONFIDENCE]
    return {
        "reliability.svg": reliability_diagram(
            evaluation.bins(), "Confidence and outcome", evaluation.calibration_error()
        ),
        "precision_recall.svg": precision_recall_curve(
            curve, "Repairs in damaged documents", applied[-1] if applied else None
        ),
    }
