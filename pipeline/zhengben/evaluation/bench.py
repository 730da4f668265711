"""Speed as ratios to one raw pass of the language model over the same text, and what fresh processes cost."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from zhengben import resources
from zhengben.cleaner import Cleaner
from zhengben.config import STAGES, Config
from zhengben.evaluation.rates import ratio

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


def measure_paces(sound: Sequence[str], damaged: Sequence[str], say: Callable[[str], None]) -> list[Pace]:
    """The paces of cleaning: sound documents through every stage and without spelling, and damaged documents."""
    say("sound text, every stage")
    raw_sound, raw_damaged = _raw_pace("raw model pass, sound", sound), _raw_pace("raw model pass, damaged", damaged)
    complete = Cleaner()
    without_spelling = Cleaner(Config(disabled=frozenset({"spelling"})))
    return [
        raw_sound,
        _cleaning_pace("sound, every stage", complete, sound, raw_sound),
        _cleaning_pace("sound, without spelling", without_spelling, sound, raw_sound),
        raw_damaged,
        _cleaning_pace("damaged, every stage", complete, damaged, raw_damaged),
        _cleaning_pace("damaged, without spelling", without_spelling, damaged, raw_damaged),
    ]


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


def _cleaning_pace(name: str, cleaner: Cleaner, texts: Sequence[str], raw: Pace) -> Pace:
    for text in texts[:1]:
        cleaner.clean(text)
    seconds = _best(lambda: [cleaner.clean(text) for text in texts])
    characters = sum(map(len, texts))
    return Pace(name, characters, seconds, ratio(raw.seconds, seconds, 0.0))


def _raw_pace(name: str, texts: Iterable[str]) -> Pace:
    """KenLM's own score, line by line: its characters spaced as it asks, and nothing else."""
    import kenlm

    model: Any = kenlm.Model(str(resources.MODEL))
    characters = sum(map(len, texts))
    lines = [line for text in texts for line in text.split("\n") if line]
    model.score(" ".join(lines[0]))
    return Pace(name, characters, _best(lambda: [model.score(" ".join(line)) for line in lines]), 1.0)


def _best(work: Callable[[], object], times: int = 3) -> float:
    """The shortest of a few runs: what the work takes when nothing else disturbs."""
    runs = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        runs.append(time.perf_counter() - begin)
    return min(runs)


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
