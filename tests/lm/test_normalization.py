from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben.lm.normalization import normalize


@settings(deadline=None)
@given(st.text())
def test_offsets_keep_their_meaning(text: str) -> None:
    assert len(normalize(text)) == len(text)


@settings(deadline=None)
@given(st.text())
def test_normalizing_twice_changes_nothing_more(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("好,不好;(是)?", "好，不好；（是）？"),
        ("“热点〞和「重点」", "“热点”和“重点”"),
        ("２０２１年5月", "0000年0月"),
        ("ＡＢc", "aaa"),
        ("〔2006〕35号", "（0000）00号"),
        ("学 生\u3000们", "学▁生▁们"),
        ("一\n二\r三", "一\n二\n三"),
        ("全面发展。", "全面发展。"),
    ],
)
def test_one_form_for_what_damaged_documents_mix(text: str, form: str) -> None:
    assert normalize(text) == form
