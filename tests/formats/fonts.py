"""What tests that recognise printed text need, and how they are skipped without it."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from zhengben.evaluation.pages import find_font


def chinese_font() -> tuple[str, int]:
    font = find_font()
    assert font is not None
    return font.path, font.face


needs_recognition = pytest.mark.skipif(
    find_spec("rapidocr") is None or find_spec("onnxruntime") is None or find_font() is None,
    reason="needs zhengben[ocr] and a Chinese font such as fonts-noto-cjk",
)

needs_font = pytest.mark.skipif(
    find_font() is None,
    reason="needs a Chinese font such as fonts-noto-cjk: PDFium loses characters of fonts that it does not find",
)
