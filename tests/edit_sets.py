"""Hypothesis strategies for texts and edit sets, shared by the property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from zhengben.model import Edit

TEXTS = st.text(alphabet="甲乙a𠮷\n", max_size=12)
REPLACEMENTS = st.text(alphabet="甲丙b", max_size=3)


@st.composite
def edit_sets(draw, text: str, stage: str = "x", status: str = "applied") -> tuple[Edit, ...]:
    """Any edit set that the laws allow on ``text``: sorted, disjoint, not empty, apart at insertions."""
    edits: list[Edit] = []
    position = 0
    while position <= len(text) and draw(st.booleans()):
        start = draw(st.integers(position, len(text)))
        end = draw(st.integers(start, min(len(text), start + 3)))
        replacement = draw(REPLACEMENTS.filter(lambda new, old=text[start:end]: new != old))
        if edits and start == edits[-1].end and (start == end or edits[-1].is_insertion):
            position = start + 1
            continue
        confidence = draw(st.sampled_from([0.5, 0.8, 1.0]))
        edits.append(Edit(start, end, text[start:end], replacement, stage, f"{stage}/r", "", confidence, status))
        position = end
    return tuple(edits)


@st.composite
def spans(draw, text: str) -> tuple[int, int]:
    """A span of ``text``, often an empty one."""
    start = draw(st.integers(0, len(text)))
    return start, draw(st.integers(start, len(text)))
