"""Writes the outputs of one document: all of them whole, or none."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from zhengben.errors import OutputError


def refuse_existing(targets: Iterable[Path]) -> None:
    """Raise `OutputError` for the first target that exists: asked before the work, not after it."""
    for target in targets:
        if os.path.lexists(target):
            raise OutputError(f"{target} exists already; use --force to overwrite it, or -o for another folder")


def write_together(contents: Mapping[Path, bytes], *, overwrite: bool) -> None:
    """Write every target, or leave everything as it was.

    Each file is written aside in its own folder and renamed when all of them are there. Folders are
    made as needed. Raises `OutputError` when a target exists and ``overwrite`` is off, or when a
    place is not writable.
    """
    if not overwrite:
        refuse_existing(contents)
    writing = _Writing(overwrite)
    try:
        for target, data in contents.items():
            writing.stage(target, data)
        writing.commit()
    except OSError as error:
        place, cause = error.filename or "an output", error.strerror or error
        raise OutputError(f"{place} cannot be written: {cause}; choose another folder with -o") from None
    finally:
        writing.clean_up()


class _Writing:
    """Files on their way to their places, and what is needed to take them back."""

    def __init__(self, overwrite: bool) -> None:
        self._overwrite = overwrite
        self._staged: dict[Path, Path] = {}
        self._kept: dict[Path, Path] = {}
        self._placed: list[Path] = []
        self._done = False

    def stage(self, target: Path, data: bytes) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        self._staged[target] = aside = _aside(target)
        aside.write_bytes(data)
        aside.chmod(_mode_for(target))

    def commit(self) -> None:
        for target, aside in self._staged.items():
            if self._overwrite and target.exists():
                self._keep(target)
                aside.replace(target)
            else:
                _place(aside, target)
            self._placed.append(target)
        self._done = True

    def clean_up(self) -> None:
        """Undo what was placed unless all of it was, and remove the files aside."""
        for target in () if self._done else reversed(self._placed):
            with contextlib.suppress(OSError):
                self._kept.pop(target).replace(target) if target in self._kept else target.unlink()
        for aside in (*self._staged.values(), *self._kept.values()):
            with contextlib.suppress(OSError):
                aside.unlink(missing_ok=True)

    def _keep(self, target: Path) -> None:
        self._kept[target] = aside = _aside(target)
        shutil.copy2(target, aside)


def _place(aside: Path, target: Path) -> None:
    """Rename without replacing what someone else may have written there meanwhile."""
    try:
        os.link(aside, target)
    except FileExistsError:
        raise OutputError(f"{target} exists already; use --force to overwrite it") from None
    except OSError:
        # Not every file system has hard links (FAT, some network drives).
        aside.rename(target)


def _aside(target: Path) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".tmp", dir=target.parent)
    os.close(handle)
    return Path(name)


def _mode_for(target: Path) -> int:
    """The permissions of the file that is replaced, or those that the umask leaves to a new one."""
    if target.is_file():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
