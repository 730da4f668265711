"""Stray blanks inside running Chinese.

A blank between two Chinese characters may be meant: in headings, names, columns, labels, slogans.
It is surely stray where it splits a word (学 生), and likely so where blanks split words all over
the document. A lone blank elsewhere may mark a word that was lost; it is left for a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from zhengben.model import Edit
from zhengben.resources import DATA
from zhengben.stages.normalizing.characters import HAN

WORDS = DATA / "two_character_words.txt"
"""Two-character words that hold together: in 35 M characters of sound prose at least 150 times,
pointwise mutual information at least 2.5 bits (3.5 where neighbours vary less), and an entropy of
their neighbours on either side of at least 3 bits, which drops pairs that straddle two words."""

BLANKS = " \u00a0" + "".join(map(chr, range(0x2002, 0x200B)))
LONGEST_PIECE = 12
LONGEST_LABEL = 4
DENSE = 400
"""Code points per blank below which a document counts as full of stray blanks."""

_SPLITS_WORD, _SPLITS_MASK, _AMONG_MANY, _LONE = 0.96, 0.93, 0.85, 0.5

_BLANKS = re.compile(f"[{BLANKS}]{{1,2}}(?=[{HAN}])")
_HAN = re.compile(f"[{HAN}]")
_RUNNING = re.compile("[，。；！？,;!?]")
_COLUMNS = re.compile(f"[{HAN}：:](?:[{BLANKS}]{{3,}}|[\t\u3000]+)(?=[{HAN}])")
_LABEL = re.compile(
    "[\\s\u3000]*(?:第[一二三四五六七八九十百千零〇0-9]{1,7}[章节条款编部分篇项讲课届次期卷回集]之?[一二三四五六七八九十]?"
    "|[（(]?[一二三四五六七八九十0-9]{1,3}[）)]?|附[件录表图则]?[一二三四五六七八九十0-9]{0,3}|.{0,6}[问答图表注按])$"
)
_DATELINE = re.compile("(?:[日社讯]电|讯|报道|消息|摄|编辑|作者|记者)$")
_MASKED_WORDS = ("共产党", "习近平", "毛泽东", "邓小平", "江泽民", "胡锦涛", "法轮功", "国民党", "总书记", "政治局")
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方"
    "石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧阳庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕"
    "聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游裴席卫查屈鲍覃霍翁隋植甘景薄单包司柏宁柯阮桂闵"
)
_AFTER_NAME = re.compile(
    "(?:同志|先生|女士|主任|书记|主席|副|说|介绍|表示|主持|代表|等|为|任|担任|出席|教授|博士|[、，。；,;）)\n]|$)"
)
_BEFORE_NAME = re.compile("(?:[、，：（(,:“由与和及有是叫向对请]|同志|记者|主任|书记|局长|县长|市长|校长|主席|^)$")
_OPENING, _CLOSING = "“‘《〈「『（(", "”’》〉」』〞）)"


@dataclass(frozen=True, slots=True)
class _Site:
    """A blank between two characters, with the Chinese on either side up to the next other sign."""

    start: int
    end: int
    left: str
    right: str
    delimiter_before: str
    delimiter_after: str

    @property
    def splits_word(self) -> bool:
        return self.left[-1] + self.right[0] in _words()


def stray_blanks(text: str) -> Iterator[Edit]:
    """Close blanks inside running Chinese. A lone one between whole words is only suggested."""
    judged = [(site, _verdict(text, site, line)) for line, site in _sites_in_running_lines(text)]
    splits = sum(verdict >= _SPLITS_MASK for _, verdict in judged)
    likely = sum(verdict > 0 for _, verdict in judged)
    dense = splits > 1 or likely * DENSE > len(text)
    for site, verdict in judged:
        if verdict:
            confidence = verdict if verdict >= _SPLITS_MASK else _AMONG_MANY if dense else _LONE
            reason = "中文词句中的多余空格，删除" if confidence > _LONE else "中文间孤立的空格：多余，或此处缺了词"
            original = text[site.start : site.end]
            yield Edit(
                site.start, site.end, original, "",
                "normalize", "normalize/blank", confidence=confidence, reason=reason,
            )  # fmt: skip


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(WORDS.read_text(encoding="utf-8").split())


def _sites_in_running_lines(text: str) -> Iterator[tuple[int, _Site]]:
    """The blanks between Chinese in lines of prose, each with the start of its line."""
    line_start, line_end, is_running = 0, -1, False
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        if not start or not _HAN.match(text, start - 1):
            continue
        if start > line_end:
            line_start = text.rfind("\n", max(line_end, 0), start) + 1
            line_end = text.find("\n", end)
            line_end = len(text) if line_end < 0 else line_end
            is_running = line_end - line_start >= LONGEST_PIECE and _is_prose(text, line_start, line_end)
        if is_running:
            yield line_start, _site(text, start, end)


def _is_prose(text: str, start: int, end: int) -> bool:
    return bool(_RUNNING.search(text, start, end)) and not _COLUMNS.search(text, start, end)


def _site(text: str, start: int, end: int) -> _Site:
    left, right = start, end
    while left > max(0, start - LONGEST_PIECE) and _HAN.match(text, left - 1):
        left -= 1
    while right < min(len(text), end + LONGEST_PIECE) and _HAN.match(text, right):
        right += 1
    return _Site(start, end, text[left:start], text[end:right], text[left - 1 : left], text[right : right + 1])


def _verdict(text: str, site: _Site, line_start: int) -> float:
    """A confidence where the blank is surely stray, a token one where the document decides, or 0."""
    before = text[max(line_start, site.start - 3 * LONGEST_PIECE) : site.start]
    whole_prefix = before if site.start - line_start <= 3 * LONGEST_PIECE else "…" + before
    if _splits_masked_word(text, site):
        return _SPLITS_MASK
    if _is_name(text, site, whole_prefix) or _is_spaced_label(text, site, line_start):
        return 0.0
    if site.splits_word:
        return _SPLITS_WORD
    if _LABEL.match(whole_prefix) or _DATELINE.search(before) or _is_parallel(site):
        return 0.0
    if _stands_first(site, line_start):
        return 0.0
    return _SPLITS_MASK if _is_chain(text, site) else _LONE


def _stands_first(site: _Site, line_start: int) -> bool:
    """A short word at the beginning of a line, set off by a blank, is a label."""
    return site.start - line_start <= LONGEST_LABEL and len(site.left) == site.start - line_start


def _is_name(text: str, site: _Site, before: str) -> bool:
    """李 明 set apart to align with three characters, or names in a row."""
    first = site.left[-1] if len(site.left) == 1 else ""
    after = text[site.end + 1 : site.end + 4]
    single = first in _SURNAMES and first != "" and (len(site.right) == 1 or bool(_AFTER_NAME.match(after)))
    in_context = (
        site.left[-1] in _SURNAMES
        and bool(_BEFORE_NAME.search(before[:-1]))
        and (len(site.right) == 1 or bool(_AFTER_NAME.match(after)))
    )
    in_row = len(site.left) <= 3 and len(site.right) <= 3 and {site.left[0], site.right[0]} <= _SURNAMES
    return single or in_context or in_row


def _is_spaced_label(text: str, site: _Site, line_start: int) -> bool:
    """抄 送： or 目 的 观察…: characters spaced out from the beginning of a line or sentence."""
    start = site.start
    while (
        start - 2 >= max(line_start, site.start - 2 * LONGEST_PIECE)
        and text[start - 2] == " "
        and _HAN.match(text, start - 1)
    ):
        start -= 2
    before = "\n" if start - 1 <= line_start else text[start - 2]
    end = site.end
    while end + 1 < min(len(text), site.end + 2 * LONGEST_PIECE) and text[end + 1] == " ":
        end += 2
    if text[end + 1 : end + 2] in ("：", ":"):
        return before in "\n。；;，,、 \u3000"
    return before in "\n。；;" and (start < site.start or end > site.end)


def _splits_masked_word(text: str, site: _Site) -> bool:
    """共 产 党: a word spaced out to pass a filter."""
    around = text[max(0, site.start - 6) : site.end + 6]
    closed = around.replace(" ", "")
    return any(
        word in closed and word not in around and site.left[-1] + site.right[0] in word for word in _MASKED_WORDS
    )


def _is_parallel(site: _Site) -> bool:
    """Slogans and quoted phrases set side by side: 不忘初心 牢记使命."""
    quoted = site.delimiter_before != "" and site.delimiter_before in _OPENING and site.delimiter_after in _CLOSING
    both_long = min(len(site.left), len(site.right)) >= 4 and abs(len(site.left) - len(site.right)) <= 1
    return (quoted and site.delimiter_after != "") or (both_long and len(site.left) < LONGEST_PIECE)


def _is_chain(text: str, site: _Site) -> bool:
    """Whether one of the sides is a single character between two blanks, as in 坚持 不 懈."""
    alone_left = len(site.left) == 1 and site.delimiter_before == " "
    alone_right = len(site.right) == 1 and site.delimiter_after == " "
    return (alone_left or alone_right) and not (
        {site.left[-1], site.right[0]} & (_SURNAMES | set("甲乙丙丁戊东南西北"))
    )
