"""Sizes and checksums of shipped data files, kept beside them: a damaged file is found before it is mapped."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final

from zhengben.errors import ModelError

SIDECAR: Final = "checksums.json"
_BLOCK: Final = 1 << 20


def sha256(path: Path) -> str:
    """The SHA-256 of a file, read in blocks of 1 MB. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def record(paths: list[Path], sidecar: Path) -> None:
    """Write size and checksum of each file, by name, to `sidecar`; what it says of other files stays.

    Raises ModelError where the sidecar that is there is malformed.
    """
    entries = _entries(sidecar) if sidecar.is_file() else {}
    entries |= {path.name: {"size": path.stat().st_size, "sha256": sha256(path)} for path in paths}
    sidecar.write_text(json.dumps(dict(sorted(entries.items())), indent=2) + "\n", encoding="utf-8")


def verify(path: Path) -> None:
    """Compare a data file with the record beside it; a file without a record (the user's own) passes.

    Raises ModelError when the file is missing, unreadable, or not what was recorded.
    """
    try:
        size = path.stat().st_size
        expected = _recorded(path)
        if expected is not None and (size != expected["size"] or sha256(path) != expected["sha256"]):
            raise ModelError(
                f"{path}: the file is damaged or incomplete (it does not match {SIDECAR}); reinstall zhengben"
            )
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {error.strerror or error}") from error


def _recorded(path: Path) -> dict[str, object] | None:
    sidecar = path.with_name(SIDECAR)
    if not sidecar.is_file():
        return None
    return _entries(sidecar).get(path.name)


def _entries(sidecar: Path) -> dict[str, dict[str, object]]:
    try:
        recorded = json.loads(sidecar.read_text(encoding="utf-8")).items()
        return {name: {"size": entry["size"], "sha256": entry["sha256"]} for name, entry in recorded}
    except (ValueError, AttributeError, TypeError, KeyError) as error:
        raise ModelError(f"{sidecar}: the record of checksums is malformed; reinstall zhengben") from error
