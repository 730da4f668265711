"""Speed as ratios to one raw pass of the language model over the same text, and what fresh processes cost."""

from __future__ import annotations

import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from zhengben import resources
from zhengben.cleaner import Cleaner
from zhengben.config import STAGES, Config
from zhengben.evaluation.rates import ratio

LEAST_ROUNDS: Final = 3
MOST_ROUNDS: Final = 40
SECONDS: Final = 4.0
"""How often texts are read, and how long: short ones more often, or a moment's disturbance would decide."""

PYCORRECTOR_CHARACTERS: Final = 2000
MEMORY_BYTES: Final = 1_000_000
SHORT_TEXT: Final = "我们要不断提高学习力量，准时总结经验。"
_MEGABYTE: Final = 1024 * 1024
_LAUNCHER: Final = """
import resource, subprocess, sys, time
begin = time.perf_counter()
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, code)
"""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a text is read. ``ratio`` compares with the raw pass of the model over the same text; 1 is as fast."""

    name: str
    characters: int
    seconds: float
    ratio: float | None = None

    @property
    def per_second(self) -> float:
        """Code points a second."""
        return ratio(self.characters, self.seconds, 0.0)


@dataclass(frozen=True, slots=True)
class ProcessCost:
    """A fresh process: wall time in seconds, peak memory in megabytes."""

    name: str
    seconds: float
    megabytes: float


def measure_paces(sound: Sequence[str], damaged: Sequence[str]) -> list[Pace]:
    """The paces of cleaning: sound documents, then damaged ones, through every stage and without spelling."""
    return [*_paces("sound", sound), *_paces("damaged", damaged)]


def _paces(kind: str, texts: Sequence[str]) -> list[Pace]:
    complete, without_spelling = Cleaner(), Cleaner(Config(disabled=frozenset({"spelling"})))
    works = {
        f"raw model pass, {kind}": _raw_pass(texts),
        f"{kind}, every stage": lambda: [complete.clean(text) for text in texts],
        f"{kind}, without spelling": lambda: [without_spelling.clean(text) for text in texts],
    }
    seconds = _best(works)
    raw = next(iter(seconds.values()))
    characters = sum(map(len, texts))
    return [Pace(name, characters, taken, ratio(raw, taken, 0.0)) for name, taken in seconds.items()]


def pycorrector_pace(text: str) -> Pace:
    """pycorrector's Corrector with the shipped model, in this process: call it in one of its own."""
    text = text[:PYCORRECTOR_CHARACTERS]
    cleaner = Cleaner(Config(spelling="pycorrector", disabled=frozenset(STAGES) - {"spelling"}))
    cleaner.clean(text[:100])
    begin = time.perf_counter()
    cleaner.clean(text)
    return Pace("pycorrector, same model", len(text), time.perf_counter() - begin)


def measure_processes(sound: Sequence[str]) -> list[ProcessCost]:
    """What a user waits for in a fresh process, and how much memory a text of one megabyte takes."""
    command = [sys.executable, "-m", "zhengben"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        short, long = folder / "short.txt", folder / "long.txt"
        short.write_text(SHORT_TEXT + "\n", encoding="utf-8")
        long.write_bytes(_megabyte(sound))
        clean = [*command, "clean", "--report", "none", "-o", str(folder / "out")]
        return [
            _cost("zhengben --help", [*command, "--help"]),
            _cost("one short text, cold", [*clean, str(short)]),
            _cost("a text of 1 MB", [*clean, str(long)]),
        ]


def _raw_pass(texts: Iterable[str]) -> Callable[[], object]:
    """KenLM's own score, line by line: its characters spaced as it asks, and nothing else."""
    import kenlm

    model: Any = kenlm.Model(str(resources.MODEL))
    lines = [line for text in texts for line in text.split("\n") if line]
    return lambda: [model.score(" ".join(line)) for line in lines]


def _best(works: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """The shortest time of each work, in seconds, all of them in turn so that what disturbs one disturbs the others.

    The first round loads and fills caches and is not counted.
    """
    best = dict.fromkeys(works, math.inf)
    begun = time.perf_counter()
    for number in range(MOST_ROUNDS):
        for name, work in works.items():
            begin = time.perf_counter()
            work()
            if number:
                best[name] = min(best[name], time.perf_counter() - begin)
        if number >= LEAST_ROUNDS and time.perf_counter() - begun > SECONDS:
            break
    return best


def _megabyte(texts: Sequence[str]) -> bytes:
    content = "\n".join(texts)
    while len(content.encode()) < MEMORY_BYTES:
        content += "\n" + content
    return content.encode()[:MEMORY_BYTES].decode(errors="ignore").encode()


def _cost(name: str, command: Sequence[str]) -> ProcessCost:
    """Run a command from a small process of its own: a child starts with the peak memory of its parent."""
    launcher = [sys.executable, "-c", _LAUNCHER, *command]
    answer = subprocess.run(launcher, check=True, capture_output=True, text=True).stdout.split()
    seconds, peak, code = float(answer[0]), int(answer[1]), int(answer[2])
    if code:
        raise RuntimeError(f"{name} ended with exit code {code}")
    return ProcessCost(name, seconds, peak / (_MEGABYTE if sys.platform == "darwin" else 1024))
