"""How much a document may ask for: options of the command line before the section ``[limits]`` of ``zhengben.toml``."""

from __future__ import annotations

import sys
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from zhengben.errors import UsageError

if TYPE_CHECKING:
    from zhengben.formats.base import Limits

_MEBIBYTE: Final = 1024 * 1024
# The keys of the section, the limits they set and the unit they are in.
_KEYS: Final = MappingProxyType(
    {
        "max_size_mib": ("max_bytes", _MEBIBYTE),
        "max_entries": ("max_entries", 1),
        "max_expanded_mib": ("max_expanded_bytes", _MEBIBYTE),
        "max_expansion": ("max_expansion", 1),
        "max_markup_mib": ("max_markup_bytes", _MEBIBYTE),
        "max_pieces": ("max_pieces", 1),
        "max_pages": ("max_pages", 1),
        "max_pixels": ("max_pixels", 1),
        "max_seconds": ("max_seconds", 1),
        "max_memory_mib": ("max_memory_bytes", _MEBIBYTE),
    }
)


def limits_of(settings: Path | None, max_size: float | None, time_limit: float | None) -> Limits:
    """The limits of one call: ``max_size`` is in MiB, ``time_limit`` in seconds.

    Raises `UsageError` for a section that says what it can't.
    """
    from zhengben.formats.base import Limits

    chosen = dict(_section(settings)) if settings else {}
    if max_size is not None:
        chosen["max_size_mib"] = max_size
    if time_limit is not None:
        chosen["max_seconds"] = time_limit
    given: dict[str, Any] = {_KEYS[key][0]: _in_units(key, value) for key, value in chosen.items()}
    return Limits(**given)


def limits_here(max_size: float | None, time_limit: float | None) -> Limits:
    """As `limits_of`, with the settings that hold for the folder in which the program was started."""
    from zhengben.rulebook.settings import find_settings

    return limits_of(find_settings(Path.cwd()), max_size, time_limit)


def _in_units(key: str, value: float) -> float | int:
    return float(value) if key == "max_seconds" else int(value * _KEYS[key][1])


def _section(path: Path) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    try:
        section = tomllib.loads(path.read_text(encoding="utf-8")).get("limits", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}  # Whoever reads the rules of the same file says what is wrong with it.
    if not isinstance(section, dict):
        raise UsageError(f"{path}: limits must be a section [limits]")
    if unknown := sorted(set(section) - set(_KEYS)):
        raise UsageError(f"{path}: [limits] knows no key {', '.join(unknown)}: choose from {', '.join(_KEYS)}")
    for key, value in section.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise UsageError(f"{path}: [limits] {key} must be a number above 0")
    return section
