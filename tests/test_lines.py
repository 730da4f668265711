from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhengben.lines import LineIndex


@given(st.lists(st.text(alphabet="ab\u2028\x0c\x85", max_size=4), min_size=1), st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_character_stands_where_an_editor_shows_it(lines, newline):
    text = newline.join(lines)
    index = LineIndex(text)
    offset = 0
    for number, line in enumerate(lines, 1):
        for column in range(len(line) + 1):
            assert index.position(offset + column) == (number, column + 1)
        offset += len(line) + len(newline)
