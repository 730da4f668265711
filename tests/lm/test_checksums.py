from __future__ import annotations

from pathlib import Path

import pytest

from zhengben.errors import ModelError
from zhengben.lm.checksums import SIDECAR, record, verify


def test_what_was_recorded_passes_until_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "data.bin"
    path.write_bytes(b"abc")
    record([path], tmp_path / SIDECAR)
    verify(path)
    for content in (b"abd", b"ab", b"abcd"):
        path.write_bytes(content)
        with pytest.raises(ModelError, match=r"data\.bin: the file is damaged or incomplete"):
            verify(path)


def test_a_file_without_a_record_passes(tmp_path: Path) -> None:
    path = tmp_path / "own.bin"
    path.write_bytes(b"abc")
    verify(path)
    (tmp_path / SIDECAR).write_text("{}", encoding="utf-8")
    verify(path)


@pytest.mark.parametrize("record_text", ["", "[]", '{"data.bin": 3}', '{"data.bin": {}}'])
def test_a_malformed_record_is_an_error(record_text: str, tmp_path: Path) -> None:
    (tmp_path / "data.bin").write_bytes(b"abc")
    (tmp_path / SIDECAR).write_text(record_text, encoding="utf-8")
    with pytest.raises(ModelError, match="malformed"):
        verify(tmp_path / "data.bin")


def test_a_missing_file_and_a_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        verify(tmp_path / "none.bin")
