"""What a backend of the spelling stage finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from zhengben.model import Span


@dataclass(frozen=True, slots=True)
class Slip:
    """A place that may be wrong: code points `start`..`end` of the text should read `replacement`.

    `confidence` is the probability that this is so. `only_suggest` is why it must not be applied whatever its
    confidence, in Chinese, or empty.
    """

    start: int
    end: int
    replacement: str
    confidence: float
    rule: str
    only_suggest: str = ""


class Backend(Protocol):
    """Finds slips in a text. Holds tables only and may be shared between threads."""

    def find(self, text: str, doubtful: Iterable[Span] = ()) -> list[Slip]:
        """Slips in the order of the text, none overlapping another. Must not raise on any text.

        ``doubtful`` are characters that a recognition was not sure of, in order: slips are likelier there.
        """
        ...
