from __future__ import annotations

from xml.etree import ElementTree

from zhengben.evaluation.figures import precision_recall_curve, reliability_diagram
from zhengben.evaluation.rates import Bin, CurvePoint

SVG = "{http://www.w3.org/2000/svg}"


def test_the_reliability_diagram_has_a_point_for_each_bin():
    bins = [Bin(10, 0.5, 0.4), Bin(10, 0.9, 1.0)]
    drawing = ElementTree.fromstring(reliability_diagram(bins, "A & B <c>", 0.05))

    assert len(drawing.findall(f"{SVG}circle")) == 2
    assert drawing.get("aria-label") == "A & B <c>"
    assert "n = 20, ECE = 0.050" in [text.text for text in drawing.iter(f"{SVG}text")]


def test_a_point_on_the_diagonal_is_drawn_there():
    drawing = ElementTree.fromstring(reliability_diagram([Bin(1, 0.5, 0.5)], "t", 0.0))

    point = drawing.find(f"{SVG}circle")
    assert point.get("cx") == point.get("cy")


def test_the_curve_shows_where_edits_are_applied():
    curve = [CurvePoint(0.9, 1.0, 0.5), CurvePoint(0.8, 0.9, 0.8), CurvePoint(0.1, 0.1, 1.0)]
    drawing = ElementTree.fromstring(precision_recall_curve(curve, "t", curve[1]))

    assert len(drawing.find(f"{SVG}polyline").get("points").split()) == 2 + 1
    assert any("P 0.900, R 0.800" in (text.text or "") for text in drawing.iter(f"{SVG}text"))


def test_an_empty_curve_is_drawn_without_a_line():
    drawing = ElementTree.fromstring(precision_recall_curve([], "t", None))

    assert drawing.find(f"{SVG}polyline").get("points") == ""
