"""Puts pip into this environment from the package index, for systems whose Python comes without ensurepip."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

INDEX = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + "/pip/"
LINK = re.compile(r'href="([^"]*/pip-([0-9.]+)-py3-none-any\.whl[^"]*)"')


def main() -> None:
    with urlopen(INDEX) as answer:
        links = LINK.findall(answer.read().decode())
    link, _ = max(links, key=lambda found: [int(number) for number in found[1].split(".")])
    address, fragment = urldefrag(urljoin(INDEX, link))
    with urlopen(address) as answer:
        wheel = answer.read()
    if fragment != f"sha256={hashlib.sha256(wheel).hexdigest()}":
        sys.exit(f"{address}: checksum does not match the index")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, address.rpartition("/")[2])
        path.write_bytes(wheel)
        subprocess.run([sys.executable, f"{path}/pip", "install", "--no-index", str(path)], check=True)


if __name__ == "__main__":
    main()
