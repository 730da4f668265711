"""A small world of tables and figures, in which every number can be checked by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from zhengben.restore.calibration import Calibration, ConfidenceModel, PairModel
from zhengben.restore.network import PAIR_BITS, WINDOW, Network
from zhengben.restore.sites import Lexicon, Suspect
from zhengben.restore.trial import Trial, put_on_trial
from zhengben.rulebook import Rule, Rulebook, Table

EVEN = PairModel(0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0)
"""A pair whose words are equally usual, and of which no document shows more than another."""


def rulebook(*rules: Rule, identify: Sequence[Rule] = ()) -> Rulebook:
    engines = sorted({rule.engine for rule in rules})
    tables = [Table(engine, "", tuple(rule for rule in rules if rule.engine == engine)) for engine in engines]
    rewriters = sorted({rule.engine for rule in identify})
    known = [Table(engine, "", tuple(r for r in identify if r.engine == engine), identify=True) for engine in rewriters]
    return Rulebook([*tables, *known])


def context_rule(engine: str, wrong: str, *rights: str, seen: int = 5, **guards: tuple[str, ...]) -> Rule:
    return Rule(engine, wrong, rights, "context", seen=seen, **guards)  # type: ignore[arg-type]


def calibration(pairs: Mapping[str, PairModel] | None = None, directory: Path = Path("none")) -> Calibration:
    return Calibration(pairs or {}, EVEN, ConfidenceModel(), directory)


def suspects(text: str, rules: Rulebook) -> list[Suspect]:
    return Lexicon(rules).suspects(text, rules.screen(text))


def trials(text: str, rules: Rulebook, log_odds: float | Mapping[str, float]) -> list[Trial]:
    """The trials of a text whose sites all speak with these natural-log odds for the original."""
    found = suspects(text, rules)
    odds = {}
    for suspect in found:
        value = log_odds if isinstance(log_odds, float) else log_odds[suspect.wrong]
        odds[suspect.wrong] = {right: np.full(len(suspect.spans), value) for right in suspect.claims}
    return put_on_trial(found, odds, calibration())


def codes_of(characters: str) -> np.ndarray:
    """The code points of characters."""
    return np.array([ord(character) for character in characters], dtype=np.uint32)


def small_network(weights: Mapping[str, float], words: Mapping[str, float]) -> Network:
    """A network that adds up the weights of the characters next to a site; below zero the sum counts as zero.

    What it says of a word is that sum times the figure of the word.
    """
    alphabet = "".join(sorted(weights))
    vectors = np.array([[0.0], *([weights[character]] for character in alphabet)], dtype=np.float32)
    nearest = np.zeros((2 * WINDOW, 1), np.float32)
    nearest[[0, WINDOW]] = 1.0
    known = sorted(words)
    return Network(
        characters=codes_of(alphabet),
        character_vectors=vectors,
        pair_vectors=np.zeros(((1 << PAIR_BITS) + 1, 1), np.float32),
        first_layer=nearest,
        first_biases=np.zeros(1, np.float32),
        second_layer=np.ones((1, 1), np.float32),
        second_biases=np.zeros(1, np.float32),
        words=np.array(known),
        word_vectors=np.array([[words[word]] for word in known], np.float32),
        word_biases=np.zeros(len(known), np.float32),
    )
