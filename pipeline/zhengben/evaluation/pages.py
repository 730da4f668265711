"""Text printed on pages, as a printer and a scanner leave it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

DOTS_PER_INCH: Final = 200
A4: Final = (1654, 2339)
"""A page at 200 dpi, in pixels."""

MARGIN: Final = 210
CHARACTER: Final = 33
"""12 points at 200 dpi."""

LINE: Final = 56
INDENT: Final = 2

# Faults of a cheap scanner: turned by a third of a degree, a soft lens, noise, grey ink on grey paper.
TURN: Final = 0.35
BLUR: Final = 0.9
NOISE: Final = 14.0
INK, PAPER = 60, 235

_PLACES: Final = (
    ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/System/Library/Fonts/Supplemental/Songti.ttc", 0),
    ("C:/Windows/Fonts/simsun.ttc", 0),
)
_NO_BEGINNING: Final = frozenset("，。、；：？！”’）》】」』…—")


class Font(NamedTuple):
    """A font file and the number of the face in it."""

    path: str
    face: int = 0


def find_font() -> Font | None:
    """A font for simplified Chinese, None where the machine has none that is known."""
    for path, index in _PLACES:
        if Path(path).is_file():
            return Font(path, index)
    return _from_fontconfig()


def print_pages(text: str, font: Font) -> Iterator[Image]:
    """Set ``text`` on pages, a line of it a paragraph, indented and broken as office programs do."""
    from PIL import Image, ImageDraw, ImageFont

    face = ImageFont.truetype(font.path, CHARACTER, index=font.face)
    lines = [line for paragraph in text.splitlines() if paragraph.strip() for line in _broken(paragraph.strip(), face)]
    lines_a_page = (A4[1] - 2 * MARGIN) // LINE
    for first in range(0, len(lines), lines_a_page):
        page = Image.new("L", A4, 255)
        draw = ImageDraw.Draw(page)
        for number, (indent, line) in enumerate(lines[first : first + lines_a_page]):
            draw.text((MARGIN + indent * CHARACTER, MARGIN + number * LINE), line, font=face, fill=0)
        yield page


def scanned(page: Image, seed: int) -> Image:
    """The page as a cheap scanner gives it back. The same seed gives the same noise."""
    from io import BytesIO

    import numpy
    from PIL import Image, ImageFilter

    random = Random(seed)
    turned = page.rotate(random.choice((-1, 1)) * TURN, Image.Resampling.BICUBIC, fillcolor=255)
    soft = numpy.asarray(turned.filter(ImageFilter.GaussianBlur(BLUR)), dtype=numpy.float32)
    noise = numpy.random.default_rng(seed).normal(0.0, NOISE, soft.shape)
    grey = numpy.clip(INK + soft / 255 * (PAPER - INK) + noise, 0, 255).astype(numpy.uint8)
    target = BytesIO()
    Image.fromarray(grey).save(target, "JPEG", quality=60)
    return Image.open(target)


def pixels(page: Image) -> NDArray[Any]:
    """The page as recognition takes it."""
    import numpy

    return numpy.asarray(page.convert("RGB"))


def _broken(paragraph: str, face: FreeTypeFont) -> Iterator[tuple[int, str]]:
    """The lines of a paragraph, each with its indent in characters."""
    indent, line, width = INDENT, "", float(INDENT * CHARACTER)
    for character in paragraph:
        length = face.getlength(character)
        if line and width + length > A4[0] - 2 * MARGIN and character not in _NO_BEGINNING:
            yield indent, line
            indent, line, width = 0, "", 0.0
        line += character
        width += length
    if line:
        yield indent, line


def _from_fontconfig() -> Font | None:
    program = shutil.which("fc-match")
    if program is None:
        return None
    answer = subprocess.run(
        [program, "-f", "%{file}\t%{index}\t%{lang}", ":lang=zh-cn"], capture_output=True, text=True, check=False
    )
    path, _, rest = answer.stdout.partition("\t")
    index, _, languages = rest.partition("\t")
    return Font(path, int(index) & 0xFFFF) if "zh-cn" in languages.split("|") and index.isdecimal() else None
