"""Character classes that several kinds of damage share, as the inside of a regex class."""

from __future__ import annotations

HAN = "\u3400-\u4dbf\u4e00-\u9fff\u3007\U00020000-\U0003134f"
CLOSING = "”’〞）》〉」』】〕"
FULL_WIDTH_PUNCTUATION = "，。、；：？！…—·" + CLOSING
