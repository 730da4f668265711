"""Recognises printed text in pictures of pages, with RapidOCR and the models that its package brings.

Nothing is ever fetched: models that are not in the package count as missing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from zhengben.errors import DependencyError
from zhengben.formats.pdf.layout import NOWHERE, Box, Glyph, Line, is_han

if TYPE_CHECKING:
    from numpy.typing import NDArray

DOUBTFUL: Final = 0.8
"""Characters recognised with a lower probability than this are passed on as doubtful."""

SAME_ROW: Final = 0.5
"""Pieces of text stand in one row where they share this part of the height of the lower one."""

WIDE_GAP: Final = 2.0
"""Heights of a character that pieces of one line stand apart, at most."""

MOST_PIXELS_A_SIDE: Final = 2600
"""An A4 page at 200 dpi is 2,339 pixels high; larger pictures are made smaller."""

DETECTION_SIDE: Final = 1408
"""Lines are found in a smaller picture, so many pixels high or wide, and read in the full one: three times as fast."""

_MODELS: Final = {"Det": "*_det_*.onnx", "Cls": "*_cls_*.onnx", "Rec": "*_rec_*.onnx"}
_ADVICE: Final = "install it with: pip install 'zhengben[ocr]'"


class _Piece(NamedTuple):
    """What was recognised in one place."""

    glyphs: tuple[Glyph, ...]
    box: Box


class Recognizer:
    """Recognises the text of one picture after the other."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def lines(self, picture: NDArray[Any], scale: float) -> tuple[Line, ...]:
        """The lines of a picture (rows, columns, RGB) from top to bottom, in pixels times ``scale``."""
        found = self._engine(picture, return_word_box=True, return_single_char_box=True)
        if not found.txts:
            return ()
        pieces = [_piece(characters, picture.shape[0], scale) for characters in found.word_results]
        return tuple(Line.of(_glyphs(row)) for row in _rows([piece for piece in pieces if piece.glyphs]))


def load_recognizer() -> Recognizer:
    """Load the models. Raises `DependencyError` where the packages or their models are not installed."""
    if missing := [name for name in ("rapidocr", "onnxruntime") if find_spec(name) is None]:
        raise DependencyError(f"recognising text needs {', '.join(missing)}; {_ADVICE}")
    import rapidocr
    from rapidocr import RapidOCR

    folder = Path(rapidocr.__file__).parent / "models"
    settings: dict[str, Any] = {
        "Global.log_level": "critical",
        "Global.max_side_len": MOST_PIXELS_A_SIDE,
        "Det.limit_type": "max",
        "Det.limit_side_len": DETECTION_SIDE,
        # Threads that wait for work use up as much time as those that have some.
        "EngineConfig.onnxruntime.intra_op_num_threads": max(1, (os.cpu_count() or 1) // 2),
    }
    for part, pattern in _MODELS.items():
        model = next(iter(sorted(folder.glob(pattern))), None)
        if model is None:
            raise DependencyError(f"this version of rapidocr brings no models; {_ADVICE}")
        settings[f"{part}.model_path"] = str(model)
    return Recognizer(RapidOCR(params=settings))


def _piece(characters: Iterable[tuple[str, float, Any]], height: int, scale: float) -> _Piece:
    glyphs: list[Glyph] = []
    for text, probability, corners in characters:
        box = _upright(corners, height, scale)
        glyphs += (Glyph(character, box, probability < DOUBTFUL) for character in text)
    boxes = [glyph.box for glyph in glyphs]
    return _Piece(tuple(glyphs), _around(boxes) if boxes else NOWHERE)


def _upright(corners: Sequence[Sequence[float]], height: int, scale: float) -> Box:
    """A box that grows upwards from four corners in pixels, which grow downwards."""
    across, down = zip(*corners, strict=True)
    return Box(min(across) * scale, (height - max(down)) * scale, max(across) * scale, (height - min(down)) * scale)


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )


def _rows(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Pieces from top to bottom; those of one row from left to right, together unless far apart."""
    levels: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.box.middle):
        if not levels or not _is_level(levels[-1][-1].box, piece.box):
            levels.append([])
        levels[-1].append(piece)
    rows: list[list[_Piece]] = []
    for level in levels:
        last: Box | None = None
        for piece in sorted(level, key=lambda piece: piece.box.left):
            if last is None or piece.box.left - last.right > WIDE_GAP * last.height:
                rows.append([])
            rows[-1].append(piece)
            last = piece.box
    return rows


def _is_level(one: Box, other: Box) -> bool:
    return min(one.top, other.top) - max(one.bottom, other.bottom) > SAME_ROW * min(one.height, other.height)


def _glyphs(row: Sequence[_Piece]) -> list[Glyph]:
    glyphs = list(row[0].glyphs)
    for piece in row[1:]:
        if not (is_han(glyphs[-1].character) or is_han(piece.glyphs[0].character)):
            glyphs.append(Glyph(" ", NOWHERE))
        glyphs += piece.glyphs
    return glyphs
