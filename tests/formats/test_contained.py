from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from zhengben.errors import InputError
from zhengben.formats import Limits, Source, WriteOptions
from zhengben.formats.base import MEBIBYTE
from zhengben.formats.contained import MEMORY_CAN_BE_LIMITED, Contained
from zhengben.model import Result

SOURCE = Source("letter.bad", "材料".encode())


def _format(name: str) -> Contained:
    return Contained(f"formats.misbehaving:{name}")


def test_a_sound_parser_reads_and_writes_from_its_own_process():
    document = _format("Sound").read(SOURCE, Limits())
    assert document.text == "材料"
    assert _format("Sound").write(document, Result("材料", "文件"), WriteOptions()) == "文件!".encode()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Crashing", "crashes its parser"),
        ("Leaving", "crashes its parser .exit code 7"),
        ("Failing", "KeyError"),
        ("Recursing", "nested too deeply"),
        ("Refusing", "^is not to its taste$"),
    ],
)
def test_whatever_happens_to_a_parser_is_told_in_one_line(name, message):
    with pytest.raises(InputError, match=message) as caught:
        _format(name).read(SOURCE, Limits())
    assert len(str(caught.value).splitlines()) == 1


def test_a_parser_that_hangs_is_ended_with_all_that_it_started(tmp_path):
    told = tmp_path / "numbers"
    with pytest.raises(InputError, match="more than 3 seconds"):
        _format("Hanging").read(Source("x.bad", str(told).encode()), Limits(max_seconds=3))
    for number in map(int, told.read_text().split()):
        _wait_for_end(number)


@pytest.mark.skipif(not MEMORY_CAN_BE_LIMITED, reason="the platform cannot limit memory")
def test_a_parser_that_devours_memory_is_stopped():
    with pytest.raises(InputError, match="more than 512 MiB of memory"):
        _format("Devouring").read(SOURCE, Limits(max_memory_bytes=512 * MEBIBYTE))


def _wait_for_end(number: int) -> None:
    for _ in range(100):
        if not _is_running(number):
            return
        time.sleep(0.05)
    pytest.fail(f"process {number} goes on")


def _is_running(number: int) -> bool:
    status = Path(f"/proc/{number}/stat")
    if status.parent.parent.joinpath("self").exists():
        return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True
