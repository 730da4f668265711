from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.laws import assert_round_trip, cleaned, read, replacing
from zhengben.errors import InputError
from zhengben.formats import WriteOptions
from zhengben.formats.subtitles import Subtitles

TIMES = "00:00:01,000 --> 00:00:02,500"
SRT = f"1\r\n{TIMES}\r\n为人民效\r\n<i>劳</i>\r\n\r\n2\r\n{TIMES} X1:40 X2:600\r\n{{\\an8}}提高水平\r\n"
VTT = """WEBVTT 力量

NOTE 力量
力量

STYLE
::cue { color: red }

开场
00:01.000 --> 00:02.000 align:start
<v 老师>大家好 &amp; <00:01.500><c.big>再见</c></v>
"""


def test_the_text_is_what_is_spoken():
    assert read(Subtitles(), SRT.encode(), "a.srt").text == "为人民效\n劳\n提高水平"
    assert read(Subtitles(), VTT.encode(), "a.vtt").text == "大家好 & 再见"


EDITS = {
    "a word broken at a line end": ([("效\n劳", "服\n务")], SRT.replace("效", "服").replace("劳", "务")),
    "a removed line leaves no blank line": ([("为人民效", "")], SRT.replace("为人民效\r\n", "")),
    "a removed last line leaves no blank line": ([("劳", "")], SRT.replace("\r\n<i>劳</i>", "<i></i>")),
    "an edit from cue to cue is left out": ([("劳\n提", "务提")], SRT),
}


@pytest.mark.parametrize(("pairs", "written"), EDITS.values(), ids=EDITS)
def test_edits_are_made_in_the_cues(pairs, written):
    assert cleaned(Subtitles(), SRT.encode(), "a.srt", *pairs).decode() == written


def test_lines_that_are_removed_together_leave_no_blank_line():
    cue = f"1\n{TIMES}\n甲\n乙\n丙\n"
    assert cleaned(Subtitles(), cue.encode(), "a.srt", ("甲\n乙", "")).decode() == f"1\n{TIMES}\n丙\n"


def test_references_of_webvtt_stay_and_new_text_is_escaped():
    written = cleaned(Subtitles(), VTT.encode(), "a.vtt", ("再见", "<再见>")).decode()
    assert written == VTT.replace("再见", "&lt;再见&gt;")


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig", "utf-16"])
def test_the_encoding_stays_when_asked(encoding):
    subtitles = SRT.replace("效", "服务的效")
    written = cleaned(Subtitles(), subtitles.encode(encoding), "a.srt", ("水平", "能力"))
    assert written == subtitles.replace("水平", "能力").encode(encoding)


def test_clean_subtitles_are_utf8_unless_asked_otherwise():
    document = read(Subtitles(), SRT.encode("gbk"), "a.srt")
    written = Subtitles().write(document, replacing(document.text, ("水平", "能力")), WriteOptions())
    assert written == SRT.replace("水平", "能力").encode()


LINES = st.lists(st.sampled_from(["甲", "乙丙", "<i>丁</i>", "{\\an8}戊", "a<b", "&", "1"]), min_size=1, max_size=3)


@given(st.lists(LINES, max_size=4), st.sampled_from(["\n", "\r\n"]), st.data())
def test_round_trip(cues, newline, data):
    body = (newline * 2).join(newline.join(["1", TIMES, *lines]) for lines in cues)
    written, result = assert_round_trip(data.draw, Subtitles(), body.encode(), "a.srt")
    assert written.decode().count("-->") == len(cues)
    assert len(result.source.split("\n")) >= len(result.text.split("\n"))


HOSTILE = {
    "no times": ("甲\n乙\n".encode(), "a.srt", "is not SubRip"),
    "no signature": (SRT.encode(), "a.vtt", "is not WebVTT"),
    "a PDF": (b"%PDF-1.7", "a.srt", "is a PDF document"),
    "binary data": (b"\x00\x01\x02\x03" * 50, "a.srt", "not text"),
}


@pytest.mark.parametrize(("data", "name", "message"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_subtitles_is_refused_in_one_line(data, name, message):
    with pytest.raises(InputError, match=message) as caught:
        read(Subtitles(), data, name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("unit", ["<i>", "<", "{\\", "&", "0:", "甲\n", f"{TIMES}\n"])
def test_endless_lines_are_read_in_one_pass(unit):
    data = f"1\n{TIMES}\n{unit * 50_000}\n".encode()
    document = read(Subtitles(), data, "a.srt")
    assert Subtitles().write(document, replacing(document.text), WriteOptions()) == data


def test_an_empty_file_is_no_error():
    assert read(Subtitles(), b"", "a.srt").text == ""
