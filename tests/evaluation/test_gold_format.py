from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.errors import InputError
from zhengben.evaluation.gold import Duty, Gold, Mark, from_edits
from zhengben.evaluation.gold_format import parse_gold, print_gold, read_gold
from zhengben.model import Edit

pieces = st.text(alphabet="字词?+-{}|/\\\n 。", max_size=5)


@st.composite
def golds(draw):
    text, marks = draw(pieces), []
    for _ in range(draw(st.integers(0, 4))):
        duty = draw(st.sampled_from(Duty))
        damaged = draw(pieces if duty is Duty.GAP else pieces.filter(bool))
        removal = duty is not Duty.GAP and draw(st.booleans())
        readings = pieces.filter(lambda reading, damaged=damaged: reading != damaged)
        originals = draw(st.lists(readings, min_size=1, max_size=3).map(tuple))
        originals = ("",) if removal else originals
        marks.append(Mark(len(text), len(text) + len(damaged), damaged, originals, duty))
        text += damaged + draw(pieces)
    engines = draw(st.none() | st.lists(st.sampled_from("ABEG"), unique=True).map(tuple))
    return Gold(text, tuple(marks), engines, draw(st.sampled_from(["", "speech"])))


@given(golds())
def test_what_is_printed_reads_back_the_same(gold):
    assert parse_gold(print_gold(gold)) == gold


def test_all_kinds_of_marks_are_read():
    gold = parse_gold(
        "---\nengines: A B\ngenre: speech\n---\n{四周|四面}八方{?格外|非常/十分}{-广告}{?-2023}具体,{+ |电话}好"
    )

    assert gold.text == "四周八方格外广告2023具体, 好"
    assert gold.original == "四面八方非常具体,电话好"
    assert (gold.engines, gold.genre) == (("A", "B"), "speech")
    assert [(mark.damaged, mark.originals, mark.duty) for mark in gold.marks] == [
        ("四周", ("四面",), Duty.MUST),
        ("格外", ("非常", "十分"), Duty.MAY),
        ("广告", ("",), Duty.MUST),
        ("2023", ("",), Duty.MAY),
        (" ", ("电话",), Duty.GAP),
    ]


@pytest.mark.parametrize(
    ("content", "text", "damaged"),
    [
        (r"\{甲\|乙\}\/\\", r"{甲|乙}/\ ".strip(), []),
        (r"{\?甲|乙}", "?甲", ["?甲"]),
        (r"{甲\/乙|甲\|乙}", "甲/乙", ["甲/乙"]),
        (r"{a/b|c/d}", "a/b", ["a/b"]),
    ],
)
def test_a_backslash_takes_a_sign_as_it_is(content, text, damaged):
    gold = parse_gold(content)

    assert gold.text == text
    assert [mark.damaged for mark in gold.marks] == damaged


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("甲\n{乙|丙", "line 2: a { without its }"),
        ("甲\n\n乙}", "line 3: a } without its {"),
        ("{甲{乙|丙}}", "line 1: a { without its }"),
        ("{甲}", "line 1: expected"),
        ("{-甲|乙}", "line 1: expected"),
        ("{甲|乙|丙}", "line 1: expected"),
        ("{+甲}", "line 1: expected"),
        ("{甲|甲}", "line 1: a mark that marks nothing"),
        ("{|甲}", "line 1: a mark that marks nothing"),
        ("{-}", "line 1: a mark that marks nothing"),
        ("甲\\", "line 1: a backslash at the end"),
        ("---\nengines: A\n文", "line 1: the header has no closing ---"),
        ("---\nengine: A\n---\n文", "line 2: expected 'engines:' or 'genre:'"),
        ("---\ngenre: x\n---\n甲\n{", "line 5: a { without its }"),
    ],
)
def test_a_mistake_is_named_with_its_line(content, problem):
    with pytest.raises(ValueError, match=problem.replace("{", r"\{").replace("}", r"\}")):
        parse_gold(content)


def test_reading_a_file_names_it_and_the_mistake(tmp_path):
    path = tmp_path / "speech.gold.txt"
    path.write_text("{甲|乙}", encoding="utf-8")
    assert read_gold(path).name == "speech"

    path.write_text("{甲", encoding="utf-8")
    with pytest.raises(InputError, match=r"speech\.gold\.txt: line 1: a \{ without its \}"):
        read_gold(path)

    path.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="cannot read the gold file"):
        read_gold(path)


def test_edits_become_marks_and_insertions_gaps():
    edits = (Edit(0, 2, "力量", "能力", "damage", "B/力量"), Edit(3, 3, "", "电话", "damage", "/"))
    gold = from_edits("力量打来", edits, engines=["B"], genre="news", name="x")

    assert print_gold(gold) == "---\nengines: B\ngenre: news\n---\n{力量|能力}打{+|电话}来"


CORPORA = Path(__file__).parents[2] / "corpora"


@pytest.mark.parametrize("path", sorted((CORPORA / "eval").glob("*.gold.txt")), ids=lambda path: path.name)
def test_the_gold_of_the_repository_prints_back_byte_for_byte(path):
    content = path.read_text(encoding="utf-8")
    gold = read_gold(path)

    assert print_gold(gold) == content
    assert gold.engines is not None
    assert bool(gold.marks) != path.name.startswith("sound-")


@pytest.mark.parametrize("path", sorted((CORPORA / "samples").glob("*.txt")), ids=lambda path: path.name)
def test_a_sample_is_its_gold_without_the_marks(path):
    assert read_gold(CORPORA / "eval" / f"{path.stem}.gold.txt").text == path.read_text(encoding="utf-8")
