"""The wheel, built from the checkout and installed into an environment of its own, does the main job."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CHECKOUT = Path(__file__).resolve().parents[1]
LARGEST_WHEEL = 70 * 1024 * 1024
# Whose modules bear another name; only needed for what is not installed here.
DISTRIBUTIONS = {"PIL": ["pillow"], "sklearn": ["scikit-learn"]}


def _run(*command: object, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_"))}
    done = subprocess.run([*map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--disable-pip-version-check")
    _run(sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", folder, CHECKOUT, cwd=folder)
    return next(folder.glob("zhengben-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The programs of an environment that holds the wheel; it borrows the dependencies of this one."""
    place = tmp_path_factory.mktemp("elsewhere") / "env"
    venv.create(place, with_pip=False)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    options = ("--no-deps", "--no-index", "--quiet", "--disable-pip-version-check")
    _run(sys.executable, "-m", "pip", "--python", place, "install", *options, wheel, cwd=place)
    own = Path(
        _run(programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=place).strip()
    )
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (own / "borrowed.pth").write_text("\n".join(sorted(borrowed)) + "\n")
    return programs


def test_the_installed_package_is_the_one_from_the_wheel(installed, tmp_path):
    found = _run(installed / "python", "-c", "import zhengben; print(zhengben.__file__)", cwd=tmp_path)
    assert Path(found.strip()).is_relative_to(installed.parent)


def test_the_installed_command_cleans_a_document(installed, tmp_path):
    (tmp_path / "sample.txt").write_text("办事要讲原那么。\n", encoding="utf-8")
    _run(installed / "zhengben", "clean", "sample.txt", "-o", "out", cwd=tmp_path)
    assert (tmp_path / "out/sample.clean.txt").read_text(encoding="utf-8") == "办事要讲原则。\n"
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "sample.clean.txt",
        "sample.report.html",
        "sample.report.json",
    }


def test_the_installed_version_is_the_one_that_the_command_prints(installed, wheel, tmp_path):
    assert _run(installed / "zhengben", "--version", cwd=tmp_path) == f"zhengben {wheel.name.split('-')[1]}\n"


def test_the_python_face_works_from_the_wheel(installed, tmp_path):
    code = "from zhengben import Cleaner, clean; print(clean('办事要讲原那么。').text)"
    assert _run(installed / "python", "-X", "utf8", "-c", code, cwd=tmp_path) == "办事要讲原则。\n"


def test_the_wheel_carries_tables_model_and_licence_and_nothing_of_the_workshop(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {"zhengben/rules/A.yaml", "zhengben/data/char5.klm", "zhengben/py.typed"} <= set(names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"zhengben"}
    assert not [name for name in names if "__pycache__" in name or name.startswith("zhengben/tests")]
    assert wheel.stat().st_size < LARGEST_WHEEL


def test_every_package_that_is_imported_is_declared():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    declared = {_normal(re.split(r"[^\w.-]", requirement)[0]) for requirement in requirements}
    distributions = DISTRIBUTIONS | dict(packages_distributions())
    imported = {name for path in (CHECKOUT / "pipeline").rglob("*.py") for name in _imports(path)}
    foreign = imported - set(sys.stdlib_module_names) - {"zhengben"}
    names = {name: {_normal(found) for found in distributions.get(name, [name])} for name in foreign - {"tomllib"}}
    assert [name for name, found in names.items() if not declared & found] == []


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
