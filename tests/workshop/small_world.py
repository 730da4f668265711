"""A few sound sentences, the words that may be missing from them, and a language model of nothing else."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise

import numpy as np

SOUND = (
    "窗口人员为办事群众提供优质服务。",
    "养老机构的服务水平有了明显提升。",
    "志愿者走进社区开展上门服务活动。",
    "图书馆延长开放时间服务读者。",
    "乡镇设立便民服务中心。",
    "企业把售后服务当作生命线。",
    "夏天的果园里到处是成熟的桃子。",
    "孩子们在河边捡到许多圆石头。",
)
WORDS = ("服务", "效劳", "群众", "社区", "读者", "企业", "中心", "孩子", "果园")


class SmallModel:
    """A character bigram model of the sound sentences; probabilities in log10."""

    def __init__(self):
        self.pairs = Counter(a + b for sentence in SOUND for a, b in pairwise(sentence))
        self.characters = Counter("".join(SOUND))
        self.total = sum(self.pairs.values())

    def score(self, text):
        steps = ((self.pairs[a + b] + 0.01) / (self.characters[a] + 1) for a, b in pairwise(text))
        begins = (self.characters[text[0]] + 0.01) / self.total if text else 1.0
        return math.log10(begins) + sum(map(math.log10, steps))

    def begin(self):
        return ""

    def run(self, state, text):
        return text[-1:] or state, self.score(state + text) - self.score(state)

    def count(self, left, right):
        return self.pairs[left + right]

    def log2_counts(self, left, right):
        return np.array([math.log2(1 + self.pairs[chr(a) + chr(b)]) for a, b in zip(left, right, strict=True)])

    def log2_totals(self):
        return np.zeros(0x10000)
