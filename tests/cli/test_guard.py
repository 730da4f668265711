from __future__ import annotations

import os
import signal
import subprocess
import sys

import click
import pytest

from zhengben.cli import SUBCOMMANDS, main
from zhengben.cli.guard import exit_code, one_line
from zhengben.errors import RuleError

COMMAND = [sys.executable, "-m", "zhengben"]


def _failing_with(error: BaseException) -> click.Command:
    @click.command()
    @click.option("--debug", is_flag=True)
    def command(debug: bool) -> None:
        raise error

    return command


def test_an_error_that_the_user_can_repair_is_one_line(capsys):
    assert exit_code(_failing_with(RuleError("A.yaml:3: no right side; add one")), []) == 2
    assert capsys.readouterr().err == "zhengben: A.yaml:3: no right side; add one\n"


def test_a_bug_is_one_line_that_says_how_to_report_it(capsys):
    assert exit_code(_failing_with(KeyError("x")), []) == 2
    error = capsys.readouterr().err
    assert error.startswith("zhengben: KeyError: 'x'; this is a bug in zhengben")
    assert error.count("\n") == 1


def test_debug_shows_the_traceback_of_a_bug(capsys):
    assert exit_code(_failing_with(KeyError("x")), ["--debug"]) == 2
    assert "Traceback" in capsys.readouterr().err


def test_an_interruption_ends_without_a_word_and_with_its_own_code(capsys):
    assert exit_code(_failing_with(KeyboardInterrupt()), []) == 130
    assert capsys.readouterr().err.strip() == ""


def test_a_bug_in_one_document_does_not_take_the_others_along(tmp_path, monkeypatch, capsys):
    from zhengben.cleaner import Cleaner

    clean = Cleaner.clean

    def fail_on_some(self, text, **more):
        if "坏" in text:
            raise IndexError("list index out of range")
        return clean(self, text, **more)

    monkeypatch.setattr(Cleaner, "clean", fail_on_some)
    for name, text in (("a.txt", "坏"), ("b.txt", "好")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = [str(tmp_path / name) for name in ("a.txt", "b.txt")]
    assert main(["clean", *files, "--report", "none"]) == 2
    assert "a.txt: IndexError: list index out of range; this is a bug" in capsys.readouterr().err
    assert (tmp_path / "b.clean.txt").exists()
    assert not (tmp_path / "a.clean.txt").exists()
    assert main(["check", *files]) == 2


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise there")
def test_a_closed_pipe_ends_quietly(tmp_path):
    (tmp_path / "long.txt").write_text("办事要讲原那么。\n" * 5000, encoding="utf-8")
    command = [*COMMAND, "check", "long.txt", "--disable", "restore,spelling,gaps"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_a_termination_leaves_nothing_half_written(tmp_path):
    code = (
        "import time, zhengben.outputs as o\n"
        "def wait(self): print('staged', flush=True); time.sleep(60)\n"
        "o._Writing.commit = wait\n"
        "from zhengben.cli import main\n"
        "raise SystemExit(main(['clean', 'a.txt', '--report', 'json']))\n"
    )
    (tmp_path / "a.txt").write_text("没有错。", encoding="utf-8")
    with subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"staged\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 143
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_every_subcommand_that_is_there_loads_and_explains_itself(capsys):
    for name, command in SUBCOMMANDS.items():
        if command.is_there:
            assert main([name, "--help"]) == 0, name
    assert "Usage: zhengben clean" in capsys.readouterr().out


def test_help_loads_none_of_the_heavy_packages():
    code = (
        "import sys; from zhengben.cli import main; main(['--help'])\n"
        "heavy = {'numpy', 'rich', 'jinja2', 'opencc', 'kenlm', 'pycorrector', 'ruamel', 'regex', 'ahocorasick_rs',\n"
        "         'jsonschema', 'zhengben.cleaner', 'zhengben.rulebook'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("中文　a", "中文　a"), ("a\nb", r"a\nb"), ("\x1b[2J", r"\x1b[2J"), ("\u200b", r"\u200b"), ("\ud800", r"\ud800")],
)
def test_what_would_leave_the_line_or_steer_the_terminal_is_escaped(text, shown):
    assert one_line(text) == shown
