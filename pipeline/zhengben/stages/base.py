"""The contract of a stage: a text and its context in, edits and notices out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from zhengben.config import Config
from zhengben.model import Edit, EngineVerdict, Notice
from zhengben.spans import Spans as Spans

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
    ``doubtful`` are spans of the current text that a recognition of characters was not sure of.
    """

    config: Config
    toolbox: Toolbox
    protected: Spans = field(default_factory=Spans)
    settled: Spans = field(default_factory=Spans)
    dossier: Dossier = field(default_factory=Dossier)
    doubtful: Spans = field(default_factory=Spans)


class Stage(Protocol):
    """One step of the pipeline. A stage keeps no state of a document between two calls."""

    name: str

    def run(self, text: str, context: Context) -> StageOutput:
        """Return edits on ``text``. Must be linear in its length and must not raise on any text."""
        ...
