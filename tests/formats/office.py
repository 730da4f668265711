"""LibreOffice for tests: one program for the session, given documents one by one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

DRIVER = Path(__file__).with_name("office_driver.py")
WORD = "MS Word 2007 XML"
PDF = "writer_pdf_Export"
SYSTEM_PYTHON = "/usr/bin/python3"
NEEDED = "ZHENGBEN_NEEDS_OFFICE"
MISSING = "LibreOffice Writer with python3-uno is not installed: apt-get install libreoffice-writer python3-uno"


class Office:
    """A LibreOffice that answers."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process = process
        self._folder = folder
        self._count = 0

    def save(self, data: bytes, action: str = "", wanted: str = WORD) -> tuple[dict[str, Any], bytes]:
        """Open a document, accept or reject what is tracked in it, save it: what was seen, and the new bytes."""
        self._count += 1
        source, target = self._folder / f"{self._count}.docx", self._folder / f"{self._count}.out"
        source.write_bytes(data)
        answer = self._ask({"source": str(source), "target": str(target), "filter": wanted, "action": action})
        return answer, target.read_bytes()

    def _ask(self, request: dict[str, str]) -> dict[str, Any]:
        assert self._process.stdin and self._process.stdout
        print(json.dumps(request), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        assert answer, "LibreOffice has died"
        seen: dict[str, Any] = json.loads(answer)
        assert seen["loaded"], "LibreOffice does not open the document without repair"
        return seen


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """LibreOffice; skipped where it is missing, unless the environment says that it must be there."""
    program = shutil.which("soffice")
    has_uno = (
        Path(SYSTEM_PYTHON).exists()
        and not subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True).returncode
    )
    if program is None or not has_uno:
        if os.environ.get(NEEDED):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    folder = tmp_path_factory.mktemp("office")
    command = [SYSTEM_PYTHON, str(DRIVER), program, str(folder / "profile")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stdin
        assert process.stdout.readline(), "LibreOffice does not start"
        yield Office(process, folder)
        process.stdin.close()
        process.wait(60)
