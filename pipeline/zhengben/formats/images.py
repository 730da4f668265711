"""Pictures of pages: scans and photographs, one page or several, read by recognition."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from zhengben.errors import InputError
from zhengben.formats.base import Limits, Source, WriteOptions
from zhengben.formats.ocr import load_recognizer
from zhengben.formats.pdf.layout import Page
from zhengben.formats.pdf.origin import document_of, page_list
from zhengben.formats.pdf.writing import CHOICES, write_pages
from zhengben.formats.signatures import describe_binary
from zhengben.model import Document, Notice, Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

KINDS: Final = ("PNG", "JPEG", "TIFF")


class Image:
    """A picture of a page, or a TIFF of several. The text is written as plain text, Markdown or a Word document."""

    name = "image"
    choices = CHOICES

    def read(self, source: Source, limits: Limits) -> Document:
        recognizer = load_recognizer()
        pages = []
        for picture in pictures(source.data, limits):
            height, width = picture.shape[:2]
            pages.append(Page(width, height, recognizer.lines(picture, 1.0)))
        where = f"第 {page_list(range(1, len(pages) + 1))} 页" if len(pages) > 1 else "全文"
        notice = Notice(0, 0, "recognised-pages", f"{where}由文字识别读出，请对照原件核对")
        return document_of(source.name, pages, [notice])

    def fit(self, document: Document, result: Result) -> Result:
        return result

    def write(self, document: Document, result: Result, options: WriteOptions) -> bytes:
        return write_pages(document, result, options)

    def output_suffix(self, source: Source) -> str:
        return CHOICES[0]


def pictures(data: bytes, limits: Limits) -> Iterator[NDArray[Any]]:
    """The pages as pixels. Raises `InputError` for what is no picture, damaged or too large."""
    import numpy
    from PIL import Image as Pillow
    from PIL import ImageOps, ImageSequence, UnidentifiedImageError

    Pillow.MAX_IMAGE_PIXELS = limits.max_pixels
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            with Pillow.open(BytesIO(data), formats=KINDS) as picture:
                _refuse_many(getattr(picture, "n_frames", 1), limits)
                for frame in ImageSequence.Iterator(picture):
                    _refuse_large(frame.size, limits)
                    yield numpy.asarray(ImageOps.exif_transpose(frame).convert("RGB"))
    except UnidentifiedImageError:
        actual = describe_binary(data)
        advice = f"is {actual}; name it as what it is" if actual else "is no PNG, JPEG or TIFF image; check its name"
        raise InputError(advice if not _is_picture(data) else "is a damaged image; fetch it again") from None
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        raise InputError(_too_large(limits)) from None
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        cause = " ".join(str(error).split())[:120]
        raise InputError(f"is a truncated or damaged image ({cause}); fetch it again") from None


def _is_picture(data: bytes) -> bool:
    return data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*"))


def _refuse_many(frames: int, limits: Limits) -> None:
    if frames > limits.max_pages:
        raise InputError(f"has {frames:,} pages, more than {limits.max_pages:,}; split it")


def _refuse_large(size: tuple[int, int], limits: Limits) -> None:
    if size[0] * size[1] > limits.max_pixels:
        raise InputError(_too_large(limits))


def _too_large(limits: Limits) -> str:
    return f"has more than {limits.max_pixels:,} pixels; make it smaller or split it"
