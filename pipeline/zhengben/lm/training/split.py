"""Who is trained on, and who is held out: drawn by a hash of a paragraph's first characters.

A paragraph's fate depends on nothing but its own beginning, so the same text, met again in another file or another
release of a source, falls on the same side.
"""

from __future__ import annotations

import hashlib
from typing import Final

from zhengben.lm.training.sources import Shares

KEY_LENGTH: Final = 20
"""Code points of the stripped paragraph that are hashed."""


def fraction(paragraph: str, salt: str) -> float:
    """A number in 0..1, uniform over paragraphs: SHA-1 of salt, zero byte and key, its first 8 bytes over 2**64."""
    key = f"{salt}\0{paragraph[:KEY_LENGTH]}".encode()
    return int.from_bytes(hashlib.sha1(key, usedforsecurity=False).digest()[:8], "big") / 2**64


def is_held_out(paragraph: str, shares: Shares) -> bool:
    """Whether no model may be trained on `paragraph`."""
    return fraction(paragraph, shares.held_out_salt) < shares.held_out


def is_calibration(paragraph: str, shares: Shares) -> bool:
    """Whether a paragraph of the training share belongs to the fold that the calibration model does not see."""
    return fraction(paragraph, shares.calibration_salt) < shares.calibration


def is_sampled(paragraph: str, weight: float, shares: Shares) -> bool:
    """Whether `paragraph`, of a source of the given weight, is used in training at all."""
    return fraction(paragraph, shares.sampling_salt) < weight
