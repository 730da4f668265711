"""Rules and tables as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

Apply = Literal["certain", "context", "suggest"]
APPLY: Final[tuple[str, ...]] = get_args(Apply)


@dataclass(frozen=True, slots=True)
class Rule:
    """One damaged form and what it was before.

    ``rights`` are the possible originals, most likely first; ``""`` is a deletion. ``certain`` rules
    are applied wherever their guards allow it, ``suggest`` rules offered there, ``context`` rules
    decided by the language model and the document. The guards ``not_after`` and ``not_before`` forbid
    a neighbour, ``after`` and ``before`` ask for one: literals, or regular expressions between
    slashes. ``seen`` is the number of independent damaged documents in which the pair was observed.
    """

    engine: str
    wrong: str
    rights: tuple[str, ...]
    apply: Apply = "context"
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    fires: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    seen: int = 0
    note: str = ""
    source: str = ""
    line: int = 0

    @property
    def id(self) -> str:
        """The name an `Edit` bears: ``ENGINE/wrong``."""
        return f"{self.engine}/{self.wrong}"

    @property
    def right(self) -> str:
        """The most likely original."""
        return self.rights[0]

    @property
    def is_protection(self) -> bool:
        """Whether the rule maps its form to itself, which keeps every stage of rules off it."""
        return self.rights == (self.wrong,)

    @property
    def is_guarded(self) -> bool:
        return bool(self.not_after or self.not_before or self.after or self.before)

    @property
    def where(self) -> str:
        """File, line and rule, as every message names them."""
        return f"{self.source}:{self.line}: {self.id}"


@dataclass(frozen=True, slots=True)
class Table:
    """The rules of one file. ``identify`` tables name an engine and repair nothing."""

    engine: str
    title: str
    rules: tuple[Rule, ...]
    identify: bool = False
    source: str = ""
