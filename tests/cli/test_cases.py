"""Runs every case of ``cases/``: arguments and files in, output, files and exit code out.

Keys of a case: ``says`` (what is promised), ``command`` (arguments), ``files`` (name: text, or
``{text, encoding}``, or ``{hex}``), ``stdin`` (the same), ``exit``, ``stdout`` and ``stderr`` (all of
it, or a list of pieces that must be in it), ``writes`` (name: text, ``{text, encoding}``, or null
where it is enough that the file is there). Whatever else changes in the folder is a failure.
"""

from __future__ import annotations

import io
import shlex
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from zhengben.cli import main

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_command_line_keeps_its_promise(path, tmp_path, monkeypatch, capfdbinary):
    case = YAML(typ="safe").load(path)
    before = {name: _bytes(content) for name, content in case.get("files", {}).items()}
    for name, data in before.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(_bytes(case.get("stdin", "")))))

    code = main(shlex.split(case["command"]))

    output = capfdbinary.readouterr()
    seen = f"stdout: {output.out.decode(errors='replace')}\nstderr: {output.err.decode(errors='replace')}"
    assert code == case["exit"], seen
    _agrees(case.get("stdout"), output.out)
    _agrees(case.get("stderr"), output.err)
    assert b"Traceback" not in output.err
    _folder_agrees(tmp_path, {**before, **case.get("writes", {})})


def test_there_are_cases_for_the_main_commands():
    commands = {YAML(typ="safe").load(path)["command"].split()[0] for path in CASES}
    assert {"clean", "check", "apply"} <= commands


def _bytes(content: Any) -> bytes:
    if isinstance(content, dict):
        if "hex" in content:
            return bytes.fromhex(content["hex"])
        return content["text"].encode(content["encoding"])
    return content if isinstance(content, bytes) else content.encode()


def _agrees(expected: str | list[str] | None, actual: bytes) -> None:
    text = actual.decode()
    if isinstance(expected, str):
        assert text == expected
    for piece in expected if isinstance(expected, list) else ():
        assert piece in text


def _folder_agrees(folder: Path, expected: dict[str, Any]) -> None:
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    assert sorted(found) == sorted(expected)
    for name, content in expected.items():
        if content is not None:
            assert found[name].read_bytes() == _bytes(content), name
