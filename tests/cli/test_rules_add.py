"""On a terminal, `rules add` asks for whatever is not given, and writes only when told to."""

from __future__ import annotations

import io

import pytest

from zhengben.cli import main


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def type_in(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def run(arguments, *answers):
        monkeypatch.setattr("sys.stdin", Terminal("".join(f"{answer}\n" for answer in answers)))
        return main(["rules", "add", "mine.yaml", *arguments])

    return run


def test_everything_is_asked_for(type_in, tmp_path):
    answers = ("效牢", "服务|效力", "suggest", "无|有", "", "热情效牢广大市民", "", "", "y")
    assert type_in((), *answers) == 0
    rule = (tmp_path / "mine.yaml").read_text(encoding="utf-8").split("rules:\n")[1]
    assert rule == (
        "  - wrong: 效牢\n    right: [服务, 效力]\n    apply: suggest\n    not_after: [无, 有]\n"
        "    fires: [热情效牢广大市民]\n    seen: 0\n"
    )


def test_what_is_given_is_not_asked_for(type_in, tmp_path):
    given = ("--wrong", "效牢", "--right", "服务", "--apply", "certain", "--fires", "热情效牢广大市民")
    assert type_in(given, "", "", "", "y") == 0
    assert "wrong: 效牢" in (tmp_path / "mine.yaml").read_text(encoding="utf-8")


def test_nothing_is_written_without_a_yes(type_in, tmp_path):
    assert type_in((), "效牢", "服务", "", "", "", "", "", "n") == 0
    assert not (tmp_path / "mine.yaml").exists()
