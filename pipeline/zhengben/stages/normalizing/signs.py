"""Damage that can be seen but not repaired: masked words, rewritten years, wrong encodings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengben.model import Notice
from zhengben.stages.normalizing.characters import HAN

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_READING = f"[a-z]{{0,3}}[{_TONED}][a-z{_TONED}]{{0,3}}\\)"
_SIGNS = (
    ("masked-word", "***", re.compile(f"\\*{{3,4}}(?=[{HAN}])"), "此处的词被星号遮去，需查原文补上"),
    ("masked-word", "党的", re.compile("党的[xX×]{1,2}(?:大|届|精神)"), "届次被遮去，需查原文补上"),
    ("masked-word", "20", re.compile("20[xX×]{2}年?"), "年份被遮去，需查原文补上"),
    ("masked-word", "--", re.compile("[邓江毛胡]--(?=[理思、，,的“])"), "人名被遮去，需查原文补上"),
    ("masked-word", "以为核心的", re.compile("以为核心的"), "“以”后缺人名，需查原文补上"),
    ("rewritten-year", "学年", re.compile("(20[0-9]{2})[-—–~～至]\\1学年"), "起止年份相同，年份可能被改写"),
    ("lost-character", "\ufffd", re.compile("\ufffd+"), "此处有字在转码时丢失"),
    ("lost-character", "?", re.compile(rf"\?(?={_READING})"), "此处有字在转码时丢失"),
)
"""Kind, what every match holds, pattern, and reason."""

_MISREAD_RUN = re.compile("[\u4e00-\u9fff€鈥]{4,400}")
_MISREAD_MARKER = re.compile("[鐨鍙鍒鍦涓鏄鏈锛銆鈥浠闂棬绗骞鍜岃瑕]")
MARKERS_PER_RUN = 3


def unrepairable_signs(text: str) -> Iterator[Notice]:
    """What a reader should know: the original cannot be told from the text."""
    for kind, held, pattern, reason in _SIGNS:
        if held in text:
            yield from (Notice(*match.span(), kind, reason) for match in pattern.finditer(text))
    yield from _misread_encodings(text)


def _misread_encodings(text: str) -> Iterator[Notice]:
    """Runs that become readable UTF-8 when written as GBK: they were read in the wrong encoding."""
    if not _MISREAD_MARKER.search(text):
        return
    end = -1
    for marker in _MISREAD_MARKER.finditer(text):
        if marker.start() < end:
            continue
        run = _MISREAD_RUN.match(text, marker.start())
        if run is None:
            continue
        end = run.end()
        if len(_MISREAD_MARKER.findall(run.group())) >= MARKERS_PER_RUN and _reads_as_utf8(run.group()):
            yield Notice(run.start(), run.end(), "misread-encoding", "这一段是按错误编码读出的乱码，请换编码重新读入")


def _reads_as_utf8(run: str) -> bool:
    """Whether most of the run's GBK bytes are UTF-8 of Chinese characters (some bytes may be lost)."""
    decoded = run.encode("gb18030", errors="replace").decode("utf-8", errors="replace")
    readable = sum("\u4e00" <= character <= "\u9fff" or character in "，。、；：" for character in decoded)
    return 3 * readable >= len(run) and 2 * readable >= len(decoded)
