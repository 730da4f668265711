from __future__ import annotations

import pytest

from zhengben.errors import OutputError
from zhengben.outputs import write_together


def _state(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_all_outputs_are_written_and_nothing_else_is_left(tmp_path):
    write_together({tmp_path / "a": b"1", tmp_path / "b": b"2"}, overwrite=False)
    assert _state(tmp_path) == {"a": b"1", "b": b"2"}


def test_folders_are_made_as_needed(tmp_path):
    write_together({tmp_path / "x/y/a": b"1"}, overwrite=False)
    assert (tmp_path / "x/y/a").read_bytes() == b"1"


def test_nothing_is_written_where_one_output_exists(tmp_path):
    (tmp_path / "b").write_bytes(b"old")
    with pytest.raises(OutputError, match="b exists already; use --force"):
        write_together({tmp_path / "a": b"1", tmp_path / "b": b"2"}, overwrite=False)
    assert _state(tmp_path) == {"b": b"old"}


def test_an_output_that_appears_meanwhile_is_kept_and_the_others_are_taken_back(tmp_path, monkeypatch):
    (tmp_path / "b").write_bytes(b"somebody else's")
    monkeypatch.setattr("zhengben.outputs.refuse_existing", lambda targets: None)
    with pytest.raises(OutputError, match="exists already"):
        write_together({tmp_path / "a": b"1", tmp_path / "b": b"2"}, overwrite=False)
    assert _state(tmp_path) == {"b": b"somebody else's"}


def test_replaced_files_come_back_where_a_later_one_cannot_be_written(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="folder cannot be written"):
        write_together({tmp_path / "a": b"new", tmp_path / "n": b"n", tmp_path / "folder": b""}, overwrite=True)
    assert _state(tmp_path) == {"a": b"old"}


def test_an_interruption_takes_everything_back(tmp_path, monkeypatch):
    def interrupted(self):
        raise KeyboardInterrupt

    monkeypatch.setattr("zhengben.outputs._Writing.commit", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_together({tmp_path / "a": b"1"}, overwrite=False)
    assert _state(tmp_path) == {}


def test_a_link_is_replaced_and_what_it_points_to_is_left_alone(tmp_path):
    (tmp_path / "source").write_bytes(b"source")
    (tmp_path / "a").symlink_to(tmp_path / "source")
    write_together({tmp_path / "a": b"1"}, overwrite=True)
    assert _state(tmp_path) == {"a": b"1", "source": b"source"}


@pytest.mark.parametrize("overwrite", [True, False])
def test_file_systems_without_hard_links_will_do(tmp_path, monkeypatch, overwrite):
    def refuse(source, target):
        raise PermissionError("no hard links here")

    monkeypatch.setattr("os.link", refuse)
    write_together({tmp_path / "a": b"1"}, overwrite=overwrite)
    assert _state(tmp_path) == {"a": b"1"}
