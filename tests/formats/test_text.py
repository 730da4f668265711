from __future__ import annotations

import pytest

from zhengben.errors import InputError, OutputError
from zhengben.formats import Limits, Source, WriteOptions, format_of, load
from zhengben.formats.text import PlainText
from zhengben.model import Edit, Result

LETTER = "请各位准时到会，\r\n把材料带齐。"


def _result(text: str, original: str, replacement: str) -> Result:
    start = text.index(original)
    edit = Edit(start, start + len(original), original, replacement, "rules", "X/x")
    return Result(text, text.replace(original, replacement), (edit,))


def _read(data: bytes):
    return PlainText().read(Source("letter.txt", data), Limits())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16", "big5"])
def test_clean_text_is_utf8_without_a_mark_and_keeps_its_newlines(encoding):
    text = LETTER.replace("请", "").replace("时", "").replace("会", "").replace("带齐", "")
    document = _read(text.encode(encoding))
    result = _result(document.text, "材料", "文件")
    assert PlainText().write(document, result, WriteOptions()) == text.replace("材料", "文件").encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16", "utf-16-be"])
def test_the_encoding_and_its_mark_are_kept_when_asked(encoding):
    document = _read(LETTER.encode(encoding))
    result = _result(LETTER, "材料", "文件")
    written = PlainText().write(document, result, WriteOptions(encoding="same"))
    assert written == LETTER.replace("材料", "文件").encode(encoding)


def test_a_character_that_the_encoding_lacks_is_refused_with_its_place():
    document = _read(LETTER.encode("gbk"))
    with pytest.raises(OutputError, match=r"U\+20BB7\) at line 2, column 2 .* gbk"):
        PlainText().write(document, _result(LETTER, "材料", "𠮷"), WriteOptions(encoding="same"))


def test_a_file_without_a_known_suffix_is_read_as_text():
    source = Source("README", LETTER.encode())
    assert format_of(source).read(source, Limits()).text == LETTER
    assert format_of(source).output_suffix(source) == ".txt"


@pytest.mark.parametrize("size", [11, 1000])
def test_a_file_beyond_the_limit_is_refused(tmp_path, size):
    path = tmp_path / "big.txt"
    path.write_bytes(b"x" * size)
    with pytest.raises(InputError, match="larger than 10 bytes"):
        load(path, Limits(max_bytes=10))


def test_a_file_at_the_limit_is_read(tmp_path):
    path = tmp_path / "big.txt"
    path.write_bytes(b"x" * 10)
    assert load(path, Limits(max_bytes=10)).data == b"x" * 10
