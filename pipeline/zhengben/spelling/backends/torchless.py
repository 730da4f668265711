"""Imports pycorrector's Corrector alone: the package itself pulls in torch, which it does not declare."""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any, Final

from zhengben.errors import DependencyError

_PACKAGE: Final = "pycorrector"
_DATA_DIR: Final = "PYCORRECTOR_DATA_DIR"


def corrector_class() -> Any:
    """The class `pycorrector.corrector.Corrector`. Raises `DependencyError` when it cannot be imported."""
    try:
        with _bare_package(), _own_data_folder(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            corrector = import_module(f"{_PACKAGE}.corrector").Corrector
            _silence_loggers()
            return corrector
    except ImportError as error:
        missing = error.name or _PACKAGE
        raise DependencyError(
            f"spelling 'pycorrector' needs the package {missing}: install it with 'pip install {_PACKAGE}'"
        ) from error


@contextmanager
def _bare_package() -> Iterator[None]:
    """Stand in for the package while its submodules are imported, so that its ``__init__`` does not run."""
    if _PACKAGE in sys.modules:
        yield
        return
    spec = find_spec(_PACKAGE)
    if spec is None or spec.submodule_search_locations is None:
        raise ImportError(f"No module named {_PACKAGE!r}", name=_PACKAGE)
    bare = ModuleType(_PACKAGE)
    bare.__path__ = list(spec.submodule_search_locations)
    sys.modules[_PACKAGE] = bare
    try:
        yield
    finally:
        del sys.modules[_PACKAGE]


@contextmanager
def _own_data_folder() -> Iterator[None]:
    """Keep it from making a folder in the user's home, which it does on import for models it would download."""
    given = os.environ.get(_DATA_DIR)
    os.environ[_DATA_DIR] = given or tempfile.gettempdir()
    try:
        yield
    finally:
        if given is None:
            del os.environ[_DATA_DIR]


def _silence_loggers() -> None:
    """Its loggers, and jieba's, write to standard error at every start."""
    import logging

    import_module("loguru").logger.disable(_PACKAGE)
    import_module("jieba").setLogLevel(logging.WARNING)
