"""What the training programs share: steps that run in order, and files that are shipped whole or not at all."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from zhengben import resources
from zhengben.errors import ZhengbenError
from zhengben.lm.checksums import SIDECAR, record


def parser_of(program: str, description: str | None, steps: Sequence[str]) -> argparse.ArgumentParser:
    """A command line that names steps, the list of sources, the build folder and where to ship to."""
    parser = argparse.ArgumentParser(prog=f"python -m {program}", description=description)
    parser.add_argument("steps", nargs="*", metavar="STEP", help=f"some of: {', '.join(steps)} (default: all)")
    parser.add_argument("--sources", type=Path, default=Path("corpora/sources.toml"))
    parser.add_argument("--build", type=Path, default=Path("build/lm"), help="folder for what is not shipped")
    parser.add_argument("--output", type=Path, default=resources.DATA)
    return parser


def run_steps(
    parser: argparse.ArgumentParser,
    steps: Sequence[str],
    job_of: Callable[[argparse.Namespace], object],
    arguments: Sequence[str] | None,
) -> int:
    """Run the named steps of a job, by default all, in their order; each is a method. Returns the exit code."""
    options = parser.parse_args(arguments)
    if unknown := set(options.steps) - set(steps):
        parser.error(f"unknown step: {', '.join(sorted(unknown))}")
    try:
        job = job_of(options)
        for step in steps:
            if not options.steps or step in options.steps:
                print(f"{step} ...", file=sys.stderr)
                getattr(job, step)()
    except ZhengbenError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def ship(path: Path, write: Callable[[Path], object]) -> None:
    """Write a shipped file whole or not at all, and record what it must be."""
    draft = path.with_suffix(".new")
    write(draft)
    draft.replace(path)
    record([path], path.parent / SIDECAR)
