"""Word documents (.docx, .docm): in place, with every edit as a tracked change and a comment."""

from __future__ import annotations

from zhengben.formats.base import Limits, Source, WriteOptions
from zhengben.formats.docx.gathering import gather
from zhengben.formats.docx.package import Package
from zhengben.formats.docx.planning import fit
from zhengben.formats.docx.writing import write
from zhengben.model import Document, Notice, Result


class WordDocument:
    """A Word document. Parts and runs that no edit touches keep their bytes and their formatting."""

    name = "docx"
    parses_to_fit = True

    def read(self, source: Source, limits: Limits) -> Document:
        package = Package.open(source.data, limits)
        layout = gather(package)
        return Document(
            layout.text,
            source.name,
            protect=tuple(layout.protect),
            notices=tuple(_notices(package)),
            origin=(source.data, limits),
        )

    def fit(self, document: Document, result: Result) -> Result:
        return fit(gather(_reopened(document)), result)

    def write(self, document: Document, result: Result, options: WriteOptions) -> bytes:
        return write(_reopened(document), result, track=options.track)

    def output_suffix(self, source: Source) -> str:
        return source.suffix or ".docx"


def _reopened(document: Document) -> Package:
    """The document parsed afresh: a tree takes ten times the room of its text, and writing changes it."""
    data, limits = document.origin
    return Package.open(data, limits)


def _notices(package: Package) -> list[Notice]:
    found = []
    if package.has_macros:
        found.append(Notice(0, 0, "macros", "文档含有宏，已原样保留，未运行也未检查"))
    if package.is_signed:
        found.append(Notice(0, 0, "signature", "文档有数字签名，修改之后签名失效，需要重新签署"))
    return found
