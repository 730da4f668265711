"""Draws the reliability diagram and the precision–recall curve as SVG."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from zhengben.evaluation.rates import Bin, CurvePoint

_SIZE, _MARGIN = 420, 52
_INK, _GRID, _LINE, _DIAGONAL = "#222", "#ddd", "#1f6feb", "#999"


def reliability_diagram(bins: Sequence[Bin], title: str, error: float) -> str:
    """Confidence against the share that was right, one point for each bin, over the whole unit square."""
    axis = _Axis(0.0, 1.0, 0.0, 1.0)
    points = [(axis.x(part.confidence), axis.y(part.accuracy)) for part in bins]
    body = [
        f'<line x1="{axis.x(0):.1f}" y1="{axis.y(0):.1f}" x2="{axis.x(1):.1f}" y2="{axis.y(1):.1f}" '
        f'stroke="{_DIAGONAL}" stroke-dasharray="4 4"/>',
        _polyline(points),
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{_LINE}"/>' for x, y in points),
        f'<text x="{axis.x(0.98):.1f}" y="{axis.y(0.04):.1f}" text-anchor="end">'
        f"n = {sum(part.count for part in bins):,}, ECE = {error:.3f}</text>",
    ]
    return _drawing(title, axis, "confidence", "share that is right", body)


def precision_recall_curve(
    curve: Sequence[CurvePoint], title: str, applied: CurvePoint | None, lowest_precision: float = 0.8
) -> str:
    """Recall against precision; ``applied`` is the point at which edits are applied."""
    axis = _Axis(0.0, 1.0, lowest_precision, 1.0)
    shown = [(axis.x(p.recall), axis.y(p.precision)) for p in curve if p.precision >= lowest_precision]
    body = [_polyline(_thinned(shown))]
    if applied is not None:
        x, y = axis.x(applied.recall), axis.y(max(applied.precision, lowest_precision))
        body += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{_LINE}"/>',
            f'<text x="{x - 8:.1f}" y="{y + 18:.1f}" text-anchor="end">'
            f"applied: P {applied.precision:.3f}, R {applied.recall:.3f}</text>",
        ]
    return _drawing(title, axis, "recall", "precision", body)


class _Axis:
    def __init__(self, left: float, right: float, bottom: float, top: float) -> None:
        self.left, self.right, self.bottom, self.top = left, right, bottom, top

    def x(self, value: float) -> float:
        return _MARGIN + (value - self.left) / (self.right - self.left) * (_SIZE - 2 * _MARGIN)

    def y(self, value: float) -> float:
        return _SIZE - _MARGIN - (value - self.bottom) / (self.top - self.bottom) * (_SIZE - 2 * _MARGIN)

    def ticks(self, low: float, high: float) -> list[float]:
        return [low + (high - low) * step / 5 for step in range(6)]

    def grid(self) -> Iterable[str]:
        for value in self.ticks(self.left, self.right):
            x = self.x(value)
            yield f'<line x1="{x:.1f}" y1="{_MARGIN}" x2="{x:.1f}" y2="{_SIZE - _MARGIN}" stroke="{_GRID}"/>'
            yield f'<text x="{x:.1f}" y="{_SIZE - _MARGIN + 18}" text-anchor="middle">{value:.2g}</text>'
        for value in self.ticks(self.bottom, self.top):
            y = self.y(value)
            yield f'<line x1="{_MARGIN}" y1="{y:.1f}" x2="{_SIZE - _MARGIN}" y2="{y:.1f}" stroke="{_GRID}"/>'
            yield f'<text x="{_MARGIN - 8}" y="{y + 4:.1f}" text-anchor="end">{value:.2f}</text>'


def _polyline(points: Sequence[tuple[float, float]]) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{_LINE}" stroke-width="2"/>'


def _thinned(points: Sequence[tuple[float, float]], most: int = 400) -> list[tuple[float, float]]:
    step = max(1, len(points) // most)
    return [*points[::step], *points[-1:]]


def _drawing(title: str, axis: _Axis, across: str, upward: str, body: Iterable[str]) -> str:
    middle = _SIZE / 2
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE}" width="{_SIZE}" height="{_SIZE}" '
        f'font-family="sans-serif" font-size="12" fill="{_INK}" role="img" aria-label="{escape(title)}">',
        f'<rect width="{_SIZE}" height="{_SIZE}" fill="#fff"/>',
        f'<text x="{middle}" y="26" text-anchor="middle" font-size="14">{escape(title)}</text>',
        *axis.grid(),
        *body,
        f'<text x="{middle}" y="{_SIZE - 10}" text-anchor="middle">{escape(across)}</text>',
        f'<text x="14" y="{middle}" text-anchor="middle" transform="rotate(-90 14 {middle})">{escape(upward)}</text>',
        "</svg>",
    ]
    return "\n".join(lines) + "\n"
