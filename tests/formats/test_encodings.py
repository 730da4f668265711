from __future__ import annotations

import pytest

from zhengben.errors import InputError
from zhengben.formats.encodings import decode

SIMPLIFIED = "各科室要在月底之前把本年度的工作总结交到办公室，内容要实，数字要准。\r\n逾期不交的，不再另行通知。"
TRADITIONAL = "各科室要在月底之前把本年度的工作總結交到辦公室，內容要實，數字要準。\r\n逾期不交的，不再另行通知。"
MIXED = "打开 README.md，在第 12 行写上 version = 3，然后保存。\n<b>注意</b>：不要改动其他的行。"
SHORT = "请大家准时到会"
LATIN = "Nothing but plain letters.\n"


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, MIXED, SHORT, LATIN])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)  # fmt: skip
def test_text_is_read_in_the_encoding_it_was_written_in(text, encoding):
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("text", [TRADITIONAL, "請大家準時到會", "香港特別行政區的啲街坊而家喺邊度呀？我哋都係香港人"])
def test_big5_is_told_from_gb18030(text):
    assert decode(text.encode("big5hkscs")).text == text


@pytest.mark.parametrize(
    ("data", "encoding", "mark"),
    [
        (SIMPLIFIED.encode("gbk"), "gbk", b""),
        ((SIMPLIFIED + "㑇𠮷").encode("gb18030"), "gb18030", b""),
        (SIMPLIFIED.encode("utf-8-sig"), "utf-8", b"\xef\xbb\xbf"),
        (b"\xff\xfe" + SIMPLIFIED.encode("utf-16-le"), "utf-16-le", b"\xff\xfe"),
        (b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be"), "utf-16-be", b"\xfe\xff"),
        (b"", "utf-8", b""),
    ],
)
def test_encoding_and_mark_are_remembered_for_writing(data, encoding, mark):
    decoded = decode(data)
    assert (decoded.encoding, decoded.mark) == (encoding, mark)
    assert decoded.mark + decoded.text.encode(decoded.encoding) == data


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert decode(SHORT.encode("utf-8-sig")).text == SHORT


def test_names_without_one_common_character_are_read_as_gbk():
    names = "翟曦\n郗雯\n濮淼\n"
    assert decode(names.encode("gbk")).text == names


def test_stray_control_characters_do_not_make_a_text_binary():
    text = f"\x00{SHORT}\x07\x00。"
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"PK\x03\x04\x14\x00word/document.xml", "a Word document"),
        (b"PK\x03\x04\x14\x00something", "a zip archive"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "an old Office document"),
        (bytes(4096), "binary data"),
        (bytes(range(32)) * 8, "binary data"),
        (bytes(range(256)) * 16, "not text in UTF-8, GB18030, Big5 or UTF-16"),
        (SIMPLIFIED.encode()[:-2], "looks like utf-8 but has a damaged byte at byte"),
        (SIMPLIFIED.encode("gbk") + b"\xff", "looks like gb18030 but has a damaged byte at byte 96"),
        (SIMPLIFIED.encode("utf-16") + b"\x00\xd8", "lone surrogate"),
        (f"{SHORT}\ud800".encode("utf-8", "surrogatepass"), "lone surrogate at byte 21"),
        ("Das Übermaß an Größe hört für uns natürlich auf".encode("latin-1"), "not text in UTF-8"),
    ],
    ids=range(13),
)
def test_what_is_no_sound_text_is_refused_with_its_cause(data, cause):
    with pytest.raises(InputError, match=cause):
        decode(data)
