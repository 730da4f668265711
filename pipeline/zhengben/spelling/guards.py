"""Where a rare character is likely to be meant: names, abbreviations, numbers, variants that are both in use."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from zhengben import resources
from zhengben.errors import ModelError

RARE_WORDS: Final = resources.DATA / "rare_words.txt"
"""Words of two characters of jieba's dictionary (MIT) that training holds a hundred times at most: ordinary words of
other fields than its own (登机, 际遇)."""

NUMERALS: Final = frozenset("〇零一二三四五六七八九十百千万亿两半")

NATIONS: Final = frozenset(
    "中美英法德俄日韩朝印巴菲泰越老缅柬蒙马新澳墨古智秘哥阿沙伊埃南苏尼肯坦津赞乌哈吉塔土格亚白波捷匈塞希意西葡荷比卢"
    "瑞挪丹芬冰爱加欧非拉东盟以黎叙约科卡阿苏刚安莫纳博多贝布摩突利喀几孟斯圭委厄乔爱拉立罗保克黑斐汤萨密所瓦文"
)
"""Single characters that stand for a state or a region beside another one (中哥, 中非)."""

_DIPLOMATIC: Final = frozenset("中方赴访驻援两对")

VARIANTS: Final = frozenset(
    frozenset(pair)
    for pair in (
        "做作", "像象", "他她", "他它", "她它", "的地", "的得", "地得", "到至", "或和", "或与", "和与", "结接", "决绝",
        "副幅", "曝暴", "订定", "身生", "性生", "与于", "账帐", "分份", "那哪", "须需", "及即", "即既", "以已", "在再",
        "采彩", "片遍", "板版", "辩辨", "辨辫", "界届", "值质", "像相", "象相", "师士", "员元", "度渡", "交缴", "侧测",
        "只支", "支枝", "仓舱", "圆元", "圆园", "词辞", "叠迭", "折拆", "唯惟", "惟维", "唯维", "园圆", "坐座", "长常",
        "常长", "源原", "原缘", "记纪", "记计", "制治", "治置", "振震", "振镇", "合和", "城成", "工公", "其期", "者着",
        "据具", "力利", "利立", "权全", "查察", "型形", "州洲", "杆竿", "炼练", "厉励", "历厉", "洋阳", "材才", "遇于",
        "招找", "列例", "号日", "斤公", "捡拣", "撰纂", "户房", "甚什",
    )
)  # fmt: skip
"""Characters that both make sense in too many places for a few neighbours to decide."""

ALL_BUT_CERTAIN: Final = 0.95

_TRANSLITERATING: Final = frozenset(
    "阿埃艾爱安奥巴邦鲍贝本比彼宾波勃博伯布查茨达代戴丹得德登蒂迪丁顿多厄恩尔法菲费芬弗夫福盖戈格葛古哈海汉赫亨胡华怀霍"
    "基吉加贾杰金卡凯坎康考柯科克肯库夸奎拉莱赖兰朗劳勒雷黎里利莉莲列林琳隆娄卢鲁路伦罗洛马玛迈麦曼梅门蒙米密缪摩莫默姆"
    "穆拿纳奈南内尼涅纽努诺欧帕潘庞佩彭蓬皮珀普齐奇乔琼丘让热日荣茹瑞若萨塞赛桑瑟沙莎尚绍舍史斯丝司苏索塔泰坦汤唐陶特藤"
    "提汀图土托瓦万旺威韦维魏温文翁沃乌伍西希锡夏香肖谢辛休修许雅亚延扬耶叶伊因英尤约泽扎詹兹卒佐"
)

_SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付傅邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵钱严覃武戴莫孔汤翁康殷牛"
)

_BEFORE_A_NAME: Final = frozenset("者员长记任授席师士生人是和与及、，。：；（(“\n 　,:;民委理兵")
_QUOTING: Final = re.compile(
    r"(?:曰|云|诗|词|赋|经|古人|古语|古训|古话|谚|俗话|有言|典|吟|诵)[^“”。]{0,8}[“‘][^”’。\n]{0,40}$"
)
_CLASSICAL: Final = re.compile("[乎矣焉哉兮曰耶吾汝尔]")
_NEAR: Final = 8
_COINAGE: Final = re.compile(r"[“‘\"][^“”‘’\"，。\n]{0,8}$")
_CLOSING: Final = re.compile(r"[^“”‘’\"，。\n]{0,8}[”’\"]")
_TITLE: Final = re.compile(r"《[^《》\n]{0,40}$")
_REACH: Final = 52


def is_abbreviation(text: str, place: int) -> bool:
    """Whether the character stands for a state: 中哥两国, 赴泰投资."""
    if text[place] not in NATIONS:
        return False
    left, right = text[max(0, place - 1) : place], text[place + 1 : place + 2]
    if text[place] in (left, right):
        return False
    return left in _DIPLOMATIC or left in NATIONS or right in NATIONS or right == "方"


def why_doubtful(text: str, place: int, replacement: str, confidence: float) -> str:
    """Why a replacement at `place` should be left to a person, in Chinese, or empty where nothing speaks for that.

    That both of two variants are in use, or that what stands there is a word too, is no reason where the `confidence`
    is high all the same (工做).
    """
    standing = text[place]
    if confidence < ALL_BUT_CERTAIN:
        if frozenset((standing, replacement)) in VARIANTS:
            return "两种写法都常见"
        for word in (text[max(0, place - 1) : place + 1], text[place : place + 2]):
            if word in _rare_words():
                return f"“{word}”本身也是词"
    if standing in NUMERALS or replacement in NUMERALS:
        return "涉及数目"
    if _is_transliteration(text, place):
        return "可能是译名"
    if _is_personal_name(text, place):
        return "可能是人名"
    before = text[max(0, place - _REACH) : place]
    if _TITLE.search(before):
        return "在书名或文件名中"
    if _COINAGE.search(before) and _CLOSING.match(text, place + 1):
        return "在引号中，可能是有意的用法"
    around = text[max(0, place - _NEAR) : place + 1 + _NEAR]
    return "可能是引文" if _QUOTING.search(before) or _CLASSICAL.search(around) else ""


@cache
def _rare_words() -> frozenset[str]:
    try:
        return frozenset(RARE_WORDS.read_text("utf-8").split())
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"{RARE_WORDS}: the list of words is missing or damaged; reinstall zhengben") from error


def _is_transliteration(text: str, place: int) -> bool:
    around = text[max(0, place - 4) : place + 5]
    if "·" in around or "・" in around or "•" in around:
        return True
    start = end = place
    while start > place - 4 and start > 0 and text[start - 1] in _TRANSLITERATING:
        start -= 1
    while end < place + 4 and end + 1 < len(text) and text[end + 1] in _TRANSLITERATING:
        end += 1
    return end - start >= 3


def _is_personal_name(text: str, place: int) -> bool:
    """Whether a surname stands one or two places before, at the beginning of a phrase."""
    for surname in (place - 1, place - 2):
        if surname >= 0 and text[surname] in _SURNAMES and (surname == 0 or text[surname - 1] in _BEFORE_A_NAME):
            return True
    return text[place] in _SURNAMES and (place == 0 or text[place - 1] in _BEFORE_A_NAME)
