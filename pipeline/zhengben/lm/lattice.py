"""Decides all damaged places of a stretch of text together, by exact search over the language model's states.

Where two places stand close, each is part of the other's context (提高效劳力量): decided one by one, each would be
judged in a damaged neighbourhood. Here every combination of repairs is weighed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log, log1p
from typing import Final

from zhengben.lm.scorer import LanguageModel, State

_LOG10: Final = log(10.0)
_LONGEST_CLUSTER: Final = 1000
"""Code points after which a chain of close places is cut in two, so that memory stays bounded on any input."""


@dataclass(frozen=True, slots=True)
class Arc:
    """A possible repair: the code points `start`..`end` of the text read `replacement` instead.

    `log10_bias` is added to the model's log10 probability when the repair is taken: what is known beforehand.
    An empty span inserts, an empty replacement deletes.
    """

    start: int
    end: int
    replacement: str
    log10_bias: float = 0.0


@dataclass(frozen=True, slots=True)
class Decoding:
    """The best combination of repairs, and how probable each repair is.

    `path`: the repairs taken, in text order. `marginals`: for each arc, in the order given, the probability
    (forward-backward, over all combinations) that it is part of the truth. `gain`: log10 of the best combination,
    biases included, over the text left as it is.
    """

    path: tuple[Arc, ...]
    marginals: tuple[float, ...]
    gain: float


@dataclass(slots=True)
class _Node:
    """A point of the lattice: all ways to arrive at a position in one state of the model."""

    state: State
    total: float
    best: float
    previous: _Node | None = None
    taken: int = -1
    outlook: float = 0.0
    reached: bool = False


@dataclass(slots=True)
class _Edge:
    source: _Node
    target: _Node
    weight: float
    arc: int


def decode(
    model: LanguageModel,
    text: str,
    arcs: Sequence[Arc],
    *,
    before: str = "",
    after: str = "",
    beam: int = 64,
) -> Decoding:
    """Find the best combination of non-overlapping `arcs` over `text`, and each arc's posterior probability.

    Leaving the text as it is needs no arc. `before` and `after` are context that cannot change (a line break in
    `before` makes a sentence begin there). Exact as long as no position has more than `beam` states; beyond that
    the best `beam` are kept. Only the windows around arcs are scored: order - 1 characters on each side. Places
    further apart than that cannot influence each other and are decoded on their own, so the time is linear.
    Raises ValueError for an arc outside the text or one that changes nothing.
    """
    _check(text, arcs)
    marginals = [0.0] * len(arcs)
    path: list[Arc] = []
    gain = 0.0
    for cluster in _clusters(arcs, model.order - 1):
        search = _Search(model, text, arcs, cluster, before, after, beam)
        path += [arcs[index] for index in search.path()]
        gain += search.gain()
        for index, marginal in search.marginals().items():
            marginals[index] = marginal
    return Decoding(tuple(path), tuple(marginals), gain)


def _check(text: str, arcs: Sequence[Arc]) -> None:
    for arc in arcs:
        if not 0 <= arc.start <= arc.end <= len(text):
            raise ValueError(f"{arc} lies outside the text of {len(text)} code points")
        if text[arc.start : arc.end] == arc.replacement:
            raise ValueError(f"{arc} changes nothing")


def _clusters(arcs: Sequence[Arc], reach: int) -> Iterator[list[int]]:
    """Group the arcs' indices, in text order, so that arcs of different groups lie `reach` or more apart."""
    cluster: list[int] = []
    end = 0
    for index in sorted(range(len(arcs)), key=lambda i: (arcs[i].start, arcs[i].end)):
        arc = arcs[index]
        too_long = cluster and arc.start >= end and arc.start - arcs[cluster[0]].start > _LONGEST_CLUSTER
        if cluster and (arc.start - end >= reach or too_long):
            yield cluster
            cluster = []
        end = max(end, arc.end) if cluster else arc.end
        cluster.append(index)
    if cluster:
        yield cluster


def _add(left: float, right: float) -> float:
    """log10 of the sum of two probabilities given as log10."""
    high, low = (left, right) if left >= right else (right, left)
    return high + log1p(exp((low - high) * _LOG10)) / _LOG10


class _Search:
    """Forward-backward and Viterbi over one cluster of arcs."""

    def __init__(
        self,
        model: LanguageModel,
        text: str,
        arcs: Sequence[Arc],
        cluster: list[int],
        before: str,
        after: str,
        beam: int,
    ) -> None:
        reach = model.order - 1
        self._model, self._arcs, self._beam = model, arcs, beam
        self._start = arcs[cluster[0]].start
        end = max(arcs[index].end for index in cluster)
        self._text = text[self._start : end]
        self._tail = _until_line_break((text[end : end + reach] + after[:reach])[:reach])
        self._by_start: dict[int, list[int]] = {}
        for index in cluster:
            self._by_start.setdefault(arcs[index].start - self._start, []).append(index)
        left = text[max(0, self._start - reach) : self._start]
        left = before[len(before) - min(len(before), reach - len(left)) :] + left if len(left) < reach else left
        self._initial = model.run(model.begin(), left)[0]
        self._edges: list[_Edge] = []
        self._final = self._search()

    def path(self) -> list[int]:
        """The arcs of the best combination, in text order."""
        taken: list[int] = []
        node: _Node | None = self._final
        while node is not None:
            if node.taken >= 0:
                taken.append(node.taken)
            node = node.previous
        return taken[::-1]

    def gain(self) -> float:
        """log10 of the best combination over the untouched text."""
        return self._final.best - self._model.run(self._initial, self._text + self._tail)[1]

    def marginals(self) -> dict[int, float]:
        """The posterior of each arc: backward over the edges, which were laid in topological order."""
        self._final.reached = True
        found: dict[int, float] = {}
        for edge in reversed(self._edges):
            if not edge.target.reached:
                continue
            outlook = edge.weight + edge.target.outlook
            source = edge.source
            source.outlook = _add(source.outlook, outlook) if source.reached else outlook
            source.reached = True
            if edge.arc >= 0:
                share = exp((source.total + outlook - self._final.total) * _LOG10)
                found[edge.arc] = min(1.0, found.get(edge.arc, 0.0) + share)
        return found

    def _search(self) -> _Node:
        length = len(self._text)
        columns: list[dict[State, _Node]] = [{} for _ in range(length + 1)]
        columns[0][self._initial] = _Node(self._initial, 0.0, 0.0)
        for position in range(length + 1):
            nodes = self._survivors(columns[position])
            columns[position] = {}
            nodes = self._insert(nodes, position)
            if position == length:
                return self._finish(nodes)
            self._step(nodes, position, columns)
        raise AssertionError("the last column always ends the search")

    def _survivors(self, column: dict[State, _Node]) -> list[_Node]:
        nodes = list(column.values())
        if len(nodes) > self._beam:
            nodes.sort(key=lambda node: node.total, reverse=True)
            del nodes[self._beam :]
        return nodes

    def _insert(self, nodes: list[_Node], position: int) -> list[_Node]:
        """Take at most one insertion at this position; both what was inserted into and what was not go on."""
        insertions = [i for i in self._by_start.get(position, ()) if self._arcs[i].end == self._arcs[i].start]
        if not insertions:
            return nodes
        column: dict[State, _Node] = {}
        for node in nodes:
            self._lay(node, "", 0.0, -1, column)
            for index in insertions:
                self._lay(node, self._arcs[index].replacement, self._arcs[index].log10_bias, index, column)
        return list(column.values())

    def _step(self, nodes: list[_Node], position: int, columns: list[dict[State, _Node]]) -> None:
        char = self._text[position]
        replacements = [i for i in self._by_start.get(position, ()) if self._arcs[i].end > self._arcs[i].start]
        for node in nodes:
            self._lay(node, char, 0.0, -1, columns[position + 1])
            for index in replacements:
                arc = self._arcs[index]
                self._lay(node, arc.replacement, arc.log10_bias, index, columns[arc.end - self._start])

    def _finish(self, nodes: list[_Node]) -> _Node:
        """Score the characters behind the last arc, whose context still differs; all ways meet in one node."""
        final: dict[State, _Node] = {}
        for node in nodes:
            weight = self._model.run(node.state, self._tail)[1]
            self._join(node, self._model.begin(), weight, -1, final)
        return final[self._model.begin()]

    def _lay(self, source: _Node, chars: str, bias: float, arc: int, column: dict[State, _Node]) -> None:
        if len(chars) == 1:
            state, weight = self._model.advance(source.state, chars)
        else:
            state, weight = self._model.run(source.state, chars)
        self._join(source, state, weight + bias, arc, column)

    def _join(self, source: _Node, state: State, weight: float, arc: int, column: dict[State, _Node]) -> None:
        total, best = source.total + weight, source.best + weight
        target = column.get(state)
        if target is None:
            target = column[state] = _Node(state, total, best, source, arc)
        else:
            target.total = _add(target.total, total)
            if best > target.best:
                target.best, target.previous, target.taken = best, source, arc
        self._edges.append(_Edge(source, target, weight, arc))


def _until_line_break(text: str) -> str:
    """What follows a line break does not depend on what stands before it."""
    return text[: text.index("\n") + 1] if "\n" in text else text
