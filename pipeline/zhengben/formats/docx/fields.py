"""Fields: what a program computes (page numbers, tables of contents) is left alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhengben.formats.docx.names import Element, w

_OF_THE_AUTHOR = frozenset({"HYPERLINK"})
"""Fields whose result is text that somebody has written."""


def is_authors(instruction: str) -> bool:
    """Whether the result of a field is text of the author's, by its instruction."""
    return instruction.split()[:1] != [] and instruction.split()[0].upper() in _OF_THE_AUTHOR


@dataclass(slots=True)
class _OpenField:
    instruction: str = ""
    shows_result: bool = False


@dataclass(slots=True)
class Fields:
    """The complex fields open at one point of a part; they may span paragraphs."""

    _open: list[_OpenField] = field(default_factory=list)

    def meet(self, mark: Element) -> None:
        """Take in a ``w:fldChar``; a stray one changes nothing."""
        kind = mark.get(w("fldCharType"))
        if kind == "begin":
            self._open.append(_OpenField())
        elif kind == "separate" and self._open:
            self._open[-1].shows_result = True
        elif kind == "end" and self._open:
            self._open.pop()

    def instruct(self, text: str) -> None:
        """Take in a piece of an instruction."""
        if self._open and not self._open[-1].shows_result:
            self._open[-1].instruction += text

    @property
    def hides_text(self) -> bool:
        """Whether text here belongs to an instruction, which nobody reads."""
        return any(not field.shows_result for field in self._open)

    @property
    def is_computed(self) -> bool:
        """Whether text here was computed by a program."""
        return any(not is_authors(field.instruction) for field in self._open)
