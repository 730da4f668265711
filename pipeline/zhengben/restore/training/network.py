"""Teaches a small network which word stands where, by predicting words of sound text from what surrounds them.

Two tasks share everything but their losses. *Telling apart*: which word of its confusion set (all words that some pair
exchanges with it) stands at a place. *Filling in*: which of the words of the batch stands at a place where any frequent
word stands; that one is learnt from many more places, and makes the vectors of rare words mean something (a table in
`corpora/eval/README.md` says what it brings). Trained with PyTorch, of the extra "train".
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np
import torch

from zhengben.restore.network import NOTHING, PAIR_BITS, WINDOW, Network, describe
from zhengben.restore.training.lesson import Occurrences

if TYPE_CHECKING:
    from zhengben.restore.training.lesson import Lesson

VECTOR: Final = 48
HIDDEN: Final = 256
"""Sizes of the vectors of places and of both layers. Larger ones (64, 512) were only tried without filling in, where
the log loss of single places fell from .203 to .202."""

PLACES_LOST: Final = 0.15
HIDDEN_LOST: Final = 0.2
"""Shares of places, and of the figures of a layer, that are left out at random while learning (dropout)."""

TOLD_APART: Final = 1024
FILLED_IN: Final = 2048
FILLING_WEIGHT: Final = 0.3
ANY_FORM_WEIGHT: Final = 0.1
"""Places of a batch for each task, and how much its loss counts beside that of telling apart; "any form" is telling
a word apart from all words of all pairs."""

HIGHEST_RATE: Final = 2e-3
DECAY: Final = 0.01
WARMING_UP: Final = 0.03
STEPS: Final = 12_000

RARITY: Final = 0.5
"""Places are drawn with their word's frequency to the power of minus this, so that rare words are learnt, too."""

_SEED: Final = 11
_REPORTED: Final = 500


def learn(lesson: Lesson, steps: int = STEPS) -> Network:
    """Train a network for so many batches. The same on the same machine with the same number of threads."""
    torch.manual_seed(_SEED)
    model = _model(lesson)
    optimizer = torch.optim.AdamW(model.parameters(), lr=HIGHEST_RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, HIGHEST_RATE, steps, pct_start=WARMING_UP, cycle_momentum=False
    )
    told_apart = _batches(lesson.told_apart, TOLD_APART, len(lesson.words))
    filled_in = _batches(lesson.filled_in, FILLED_IN, len(lesson.words))
    total = 0.0
    for step in range(1, steps + 1):
        loss = _loss(model, lesson, next(told_apart), next(filled_in))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        total += float(loss.detach())
        if step % _REPORTED == 0:
            print(f"  {step} of {steps}: loss {total / _REPORTED:.3f}", file=sys.stderr, flush=True)
            total = 0.0
    return _learnt(model, lesson)


def _batches(occurrences: Occurrences, size: int, words: int) -> Iterator[Occurrences]:
    """Endless batches, drawn with replacement so that rare words are met more often than they stand in the text."""
    random = np.random.default_rng(_SEED)
    counts = np.bincount(occurrences.words, minlength=words)
    cumulative = np.cumsum(counts[occurrences.words].astype(float) ** -RARITY)
    while True:
        drawn = np.searchsorted(cumulative, random.random(size) * cumulative[-1])
        yield Occurrences(*(column[drawn] for column in occurrences))


def _model(lesson: Lesson) -> torch.nn.ModuleDict:
    nn = torch.nn
    parts = {
        "characters": nn.Embedding(len(lesson.alphabet.characters) + 1, VECTOR, padding_idx=NOTHING),
        "pairs": nn.Embedding((1 << PAIR_BITS) + 1, VECTOR, padding_idx=NOTHING),
        "first": nn.Linear(2 * WINDOW * VECTOR, HIDDEN),
        "second": nn.Linear(HIDDEN, HIDDEN),
        "words": nn.Embedding(len(lesson.words), HIDDEN),
        "biases": nn.Embedding(len(lesson.words), 1),
    }
    for name, spread in (("characters", 0.1), ("pairs", 0.05), ("words", 0.05), ("biases", 0.0)):
        nn.init.normal_(parts[name].weight, std=spread)
    for name in ("characters", "pairs"):
        parts[name].weight.data[NOTHING] = 0.0
    return nn.ModuleDict(parts)


def _read(model: torch.nn.ModuleDict, lesson: Lesson, places: Occurrences) -> torch.Tensor:
    """As `Network.read` does it, with dropout."""
    starts, ends = places.starts, places.starts + places.lengths
    characters, pairs = map(torch.from_numpy, describe(lesson.alphabet, lesson.neighbourhoods, starts, ends))
    lost = torch.nn.functional.dropout
    vectors = model["characters"](characters) + model["pairs"](pairs)
    kept = torch.nn.functional.dropout1d(vectors, PLACES_LOST).flatten(1)
    hidden = lost(torch.relu(model["first"](kept)), HIDDEN_LOST)
    return lost(torch.relu(model["second"](hidden)), HIDDEN_LOST)


def _scores(model: torch.nn.ModuleDict, hidden: torch.Tensor, words: torch.Tensor) -> torch.Tensor:
    return hidden @ model["words"](words).T + model["biases"](words).T


def _loss(model: torch.nn.ModuleDict, lesson: Lesson, told_apart: Occurrences, filled_in: Occurrences) -> torch.Tensor:
    cross_entropy = torch.nn.functional.cross_entropy
    forms = torch.arange(len(lesson.forms))
    right = torch.from_numpy(told_apart.words)
    scores = _scores(model, _read(model, lesson, told_apart), forms)
    others = torch.from_numpy(~lesson.confusion[told_apart.words])
    there, rows = np.unique(filled_in.words, return_inverse=True)
    among = _scores(model, _read(model, lesson, filled_in), torch.from_numpy(there))
    return (
        cross_entropy(scores.masked_fill(others, -torch.inf), right)
        + ANY_FORM_WEIGHT * cross_entropy(scores, right)
        + FILLING_WEIGHT * cross_entropy(among, torch.from_numpy(rows))
    )


def _learnt(model: torch.nn.ModuleDict, lesson: Lesson) -> Network:
    """What is shipped: of words, only the forms of pairs that were met."""
    parts = {name: figures.detach().numpy() for name, figures in model.state_dict().items()}
    met = np.flatnonzero(np.bincount(lesson.told_apart.words, minlength=len(lesson.forms)))
    return Network(
        characters=lesson.alphabet.characters,
        character_vectors=parts["characters.weight"],
        pair_vectors=parts["pairs.weight"],
        first_layer=parts["first.weight"].T.copy(),
        first_biases=parts["first.bias"],
        second_layer=parts["second.weight"].T.copy(),
        second_biases=parts["second.bias"],
        words=np.array(lesson.forms)[met],
        word_vectors=parts["words.weight"][met],
        word_biases=parts["biases.weight"][met, 0],
    )
