"""Makes characters visible that a page would hide or obey: controls, zero-width marks, blanks.

They are shown by their code points, because few fonts have the control pictures.
"""

from __future__ import annotations

from zhengben.model import Edit

_HIDDEN = (
    *(code for code in range(0x20) if chr(code) not in "\t\n"),
    *range(0x7F, 0xA0),
    0xAD,
    0x61C,
    *range(0x200B, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
)
_MARKS = {code: f"⟨U+{code:04X}⟩" for code in _HIDDEN}
_BLANKS = {**_MARKS, 0x20: "␣", 0x09: "⇥", 0xA0: "⍽", 0x3000: "□"}


def visible(text: str) -> str:
    """Text with control and formatting characters shown by their code points.

    Line ends become line feeds, which is what a page would make of them.
    """
    return _folded(text).translate(_MARKS)


def visible_sides(edit: Edit) -> tuple[str, str]:
    """Both sides of an edit; blanks and line ends are marked where they are what changes."""
    return visible_side(edit.original, edit.replacement), visible_side(edit.replacement, edit.original)


def visible_side(text: str, other: str) -> str:
    """One side of an edit, given the other one."""
    blanks_matter = "".join(text.split()) == "".join(other.split())
    shown = _folded(text).translate(_BLANKS if blanks_matter else _MARKS)
    return shown.replace("\n", "↵\n").removesuffix("\n")


def _folded(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
