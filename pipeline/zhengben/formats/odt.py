"""OpenDocument texts: paragraphs, headings, tables, notes, text boxes, headers and footers."""

from __future__ import annotations

from zhengben.errors import InputError
from zhengben.formats.base import Limits, Source
from zhengben.formats.containers import Archive, open_archive
from zhengben.formats.flow import Vocabulary
from zhengben.formats.packages import Package, PackageFormat, gather_part, markup_of
from zhengben.formats.textnodes import OBJECT, Gatherer
from zhengben.model import Document

KIND = "an OpenDocument text (.odt)"
MIME_TYPE = b"application/vnd.oasis.opendocument.text"

_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_FIELDS = """author-initials author-name bibliography-mark bookmark-ref chapter conditional-text creation-date
creation-time creator database-display database-name database-row-number date description editing-cycles
editing-duration expression file-name hidden-paragraph hidden-text initial-creator keywords measure
modification-date modification-time note-ref page-continuation page-count page-number page-variable-get
page-variable-set paragraph-count placeholder print-date print-time printed-by reference-ref script
sender-city sender-company sender-country sender-email sender-fax sender-firstname sender-initials
sender-lastname sender-phone-private sender-phone-work sender-position sender-postal-code
sender-state-or-province sender-street sender-title sequence sequence-ref sheet-name subject table-count
table-formula template-name text-input time title user-defined user-field-get user-field-input
variable-get variable-input variable-set word-count character-count image-count object-count"""
_SHAPES = """caption circle connector control custom-shape ellipse frame g line measure path polygon polyline rect
regular-polygon"""


def _names(namespace: str, names: str) -> frozenset[str]:
    return frozenset(_NAMESPACE % namespace + name for name in names.split())


_PARAGRAPHS = _names("text", "p h")
_SILENT = (
    # The text that tracked deletions took out, notes' numbers, readings, comments, what screen readers say.
    _names("text", "tracked-changes note-citation ruby-text")
    | _names("office", "annotation annotation-end forms scripts")
    | _names("svg-compatible", "title desc")
    | _names("drawing", "image object object-ole plugin applet")
)

VOCABULARY = Vocabulary(
    blocks=_PARAGRAPHS,
    text=_PARAGRAPHS,
    silent=dict.fromkeys(_SILENT, frozenset()),
    protected=_names("text", _FIELDS),
    objects={
        **dict.fromkeys(_names("text", "line-break"), "\n"),
        **dict.fromkeys(_names("text", "tab"), "\t"),
        **dict.fromkeys(_names("text", "s"), " "),
    },
    nested={**dict.fromkeys(_names("drawing", _SHAPES), OBJECT), **dict.fromkeys(_names("text", "note"), "")},
    collapses=True,
)


class OpenDocumentText(PackageFormat):
    """A text document of LibreOffice or OpenOffice."""

    name = "odt"

    def read(self, source: Source, limits: Limits) -> Document:
        archive = open_archive(source.data, KIND, limits)
        _refuse_others(archive)
        gatherer = Gatherer(limits.max_pieces)
        names = [name for name in ("content.xml", "styles.xml") if name in archive]
        parts = {
            name: gather_part(data, name, VOCABULARY, gatherer) for name, data in markup_of(archive, names).items()
        }
        package = Package(archive, parts, gatherer.finish())
        return Document(package.nodes.text, source.name, protect=package.nodes.protect, origin=package)


def _refuse_others(archive: Archive) -> None:
    if "mimetype" not in archive or "content.xml" not in archive:
        raise InputError(f"is not {KIND}: it has no {'content.xml' if 'mimetype' in archive else 'mimetype'}")
    if archive.read("mimetype").strip() != MIME_TYPE:
        raise InputError(f"is not {KIND}; check its name")
    manifest = "META-INF/manifest.xml"
    if manifest in archive and b"encryption-data" in archive.read_markup(manifest):
        raise InputError("is encrypted with a password; save it without one")
