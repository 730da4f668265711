"""The contract of a stage: a text and its context in, edits and notices out."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from typing import TYPE_CHECKING, Protocol

from zhengben.config import Config
from zhengben.model import Edit, EngineVerdict, Notice, PositionMap, Span

if TYPE_CHECKING:
    from zhengben.rulebook.screening import Screening
    from zhengben.toolbox import Toolbox


@dataclass(frozen=True, slots=True)
class StageOutput:
    """Edits on the text the stage was given, and notices. Applied edits are disjoint, and so are
    suggestions among themselves; ``engines`` is filled by the stage that identifies them."""

    edits: tuple[Edit, ...] = ()
    notices: tuple[Notice, ...] = ()
    engines: tuple[EngineVerdict, ...] = ()


class Spans:
    """A sorted set of disjoint spans that answers in logarithmic time whether it is touched."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[Span | tuple[int, int]] = ()) -> None:
        # A long text in Latin script has millions of words: arrays hold them in a few bytes, and what comes in
        # order is never gathered for sorting.
        self._starts = array("q")
        self._ends = array("q")
        late = []
        for span in spans:
            if self._starts and span[0] < self._starts[-1]:
                late.append(span)
            else:
                self._append(*span)
        if late:
            both = Spans(merge(self, sorted(late)))
            self._starts, self._ends = both._starts, both._ends

    def __bool__(self) -> bool:
        return bool(self._starts)

    def __iter__(self) -> Iterator[Span]:
        return iter(map(Span, self._starts, self._ends))

    def overlaps(self, start: int, end: int) -> bool:
        """Whether the range shares a code point with a span; an insertion counts strictly inside one."""
        first = bisect_right(self._ends, start)
        return first < len(self._starts) and self._starts[first] < end

    def moved(self, positions: PositionMap) -> Spans:
        """The spans on the output of some edits; what stands between two edits moves as one."""
        moved, index = Spans(), 0
        for begin, end, shift in positions.stretches():
            while index < len(self._starts) and self._starts[index] < begin:
                moved._append(*positions.to_output(self._starts[index], self._ends[index]))
                index += 1
            after = bisect_right(self._ends, end, index)
            if index < after:
                moved._append(self._starts[index] + shift, self._ends[index] + shift)
                moved._starts.extend(start + shift for start in self._starts[index + 1 : after])
                moved._ends.extend(end + shift for end in self._ends[index + 1 : after])
                index = after
        return moved

    def _append(self, start: int, end: int) -> None:
        """Add a span that no other begins behind; touching ones become one."""
        if start >= end:
            return
        if self._ends and start <= self._ends[-1]:
            self._ends[-1] = max(self._ends[-1], end)
        else:
            self._starts.append(start)
            self._ends.append(end)


@dataclass(slots=True)
class Dossier:
    """What is learnt about a document once and read by later stages.

    ``screened`` is the text as it was before any rule edit and ``screening`` the counts of all rule forms in
    it: evidence would be destroyed by counting after them. ``certain`` are the edits, on ``screened``, that
    certain rules then made. ``mispaired_quotes`` counts 〞 and 〝 that were repaired: the mark of one engine.
    ``engines`` are those that `restore` holds to have hit the document.
    """

    screened: str | None = None
    screening: Screening | None = None
    certain: tuple[Edit, ...] = ()
    mispaired_quotes: int = 0
    engines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What a stage may know beyond its text.

    ``protected`` are spans of the current text that no edit may touch. ``settled`` are replacements
    that earlier stages have made: no later stage decides them again. ``toolbox`` loads the language
    model, the rules and their counts when first asked for. ``dossier`` belongs to this document.
    """

    config: Config
    toolbox: Toolbox
    protected: Spans = field(default_factory=Spans)
    settled: Spans = field(default_factory=Spans)
    dossier: Dossier = field(default_factory=Dossier)


class Stage(Protocol):
    """One step of the pipeline. A stage keeps no state of a document between two calls."""

    name: str

    def run(self, text: str, context: Context) -> StageOutput:
        """Return edits on ``text``. Must be linear in its length and must not raise on any text."""
        ...
