from __future__ import annotations

import pytest

from zhengben.errors import InputError
from zhengben.phrases import occurrences, read_phrases


def test_phrases_stand_one_a_line_between_blank_lines_and_comments(tmp_path):
    path = tmp_path / "keep.txt"
    path.write_bytes("# 书名\r\n  甲乙 \r\n\r\n丙\n甲乙\n".encode("utf-8-sig"))
    assert read_phrases(path) == ("甲乙", "丙")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"keep\.txt: no such file"):
        read_phrases(tmp_path / "keep.txt")


def test_every_occurrence_is_found_in_code_points_also_where_two_overlap():
    assert sorted(occurrences("𠮷甲乙甲乙丙", ("甲乙", "乙甲", "戊"))) == [(1, 3), (2, 4), (3, 5)]


def test_no_phrases_no_occurrences():
    assert occurrences("甲乙", ()) == ()
