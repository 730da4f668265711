"""The user's settings of rules: the section ``[rules]`` of ``zhengben.toml``."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhengben.errors import RuleError

FILE_NAME = "zhengben.toml"
_KEYS = ("tables", "disable", "protect")


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """Tables to add, rules to disable (``ENGINE/wrong`` or a whole ``ENGINE``) and words to leave alone."""

    tables: tuple[Path, ...] = ()
    disable: tuple[str, ...] = ()
    protect: tuple[str, ...] = ()

    def joined(self, other: RuleSettings) -> RuleSettings:
        return RuleSettings(self.tables + other.tables, self.disable + other.disable, self.protect + other.protect)


def find_settings(folder: Path) -> Path | None:
    """The ``zhengben.toml`` of ``folder`` or of its nearest parent that has one."""
    folder = folder.resolve()
    candidates = (place / FILE_NAME for place in (folder, *folder.parents))
    return next((path for path in candidates if path.is_file()), None)


def read_settings(path: Path) -> RuleSettings:
    """Read the section ``[rules]``; its tables are relative to the file. Raises `RuleError`."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    try:
        section = tomllib.loads(path.read_text(encoding="utf-8")).get("rules", {})
    except OSError as error:
        raise RuleError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise RuleError(f"{path}: is not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{path}: is not TOML: {error}") from None
    if not isinstance(section, dict):
        raise RuleError(f"{path}: rules must be a section [rules]")
    unknown = sorted(set(section) - set(_KEYS))
    if unknown:
        raise RuleError(f"{path}: [rules] knows no key {', '.join(unknown)}: choose from {', '.join(_KEYS)}")
    lists = {key: _strings(path, key, section.get(key, [])) for key in _KEYS}
    tables = tuple(path.parent / name for name in lists["tables"])
    return RuleSettings(tables, lists["disable"], lists["protect"])


def _strings(path: Path, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise RuleError(f"{path}: [rules] {key} must be a list of strings")
    return tuple(value)
