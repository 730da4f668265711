"""The few characters of a Chinese text that are not Chinese."""

from __future__ import annotations


def latin_part(text: str) -> str:
    """The characters of `text` below U+0100, in order.

    Whoever looks for something that cannot do without one looks here first: it is done at once, and in most of a
    Chinese document there is none.
    """
    return text.encode("latin-1", errors="ignore").decode("latin-1")
