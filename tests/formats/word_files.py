"""Word documents for tests, made of markup, and a reader of them that shares nothing with the program's own."""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ROOTS = {"footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments", "header": "hdr", "footer": "ftr"}
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


def run(text: str, properties: str = "") -> str:
    """A run of plain text."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph; what is no markup among its ``runs`` becomes a run."""
    content = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def table(*rows: list[str]) -> str:
    """A table; cells hold the markup of their paragraphs, or text."""
    width = max(map(len, rows))
    cells = [
        "<w:tr>"
        + "".join(f"<w:tc><w:tcPr><w:tcW w:w='2000' w:type='dxa'/></w:tcPr>{_blocks(cell)}</w:tc>" for cell in row)
        + "</w:tr>"
        for row in rows
    ]
    grid = "<w:gridCol w:w='2000'/>" * width
    head = f"<w:tblPr><w:tblW w:w='0' w:type='auto'/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    return f"<w:tbl>{head}{''.join(cells)}</w:tbl>"


def _blocks(cell: str) -> str:
    return cell if cell.startswith("<") else paragraph(cell)


def field(instruction: str, result: str) -> str:
    """A complex field."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    code = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return marks[0] + code + marks[1] + result + marks[2]


def text_box(content: str) -> str:
    """A run with a text box and the copy of it that older programs read."""
    geometry = (
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="3000000" cy="900000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
    )
    shape = (
        '<wp:inline><wp:extent cx="3000000" cy="900000"/><wp:docPr id="7" name="Box"/><a:graphic><a:graphicData'
        ' uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f'<wps:wsp><wps:cNvSpPr txBox="1"/>{geometry}<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>'
        "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>"
    )
    older = (
        '<v:shape style="width:200pt;height:60pt"><v:textbox>'
        f"<w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape>"
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{shape}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{older}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def note(number: int, content: str) -> str:
    """A run that refers to a footnote, whose markup is ``footnote(number, content)``."""
    return f'<w:r>{content}<w:footnoteReference w:id="{number}"/></w:r>'


def footnote(number: int, *paragraphs: str) -> str:
    """The markup of a footnote."""
    return f'<w:footnote w:id="{number}">{"".join(paragraphs)}</w:footnote>'


def word_file(*blocks: str, extra: dict[str, bytes] | None = None, **parts: str) -> bytes:
    """A document of ``blocks``; ``parts`` are the contents of footnotes, comments, header and so on."""
    references = "".join(
        f'<w:{kind}Reference w:type="default" r:id="{kind}"/>' for kind in ("header", "footer") if kind in parts
    )
    section = f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{name}+xml"/>' for name in parts)
    relations = "".join(f'<Relationship Id="{name}" Type="{_RELATION}/{name}" Target="{name}.xml"/>' for name in parts)
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": _relationships(
            f'<Relationship Id="rId1" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{''.join(blocks)}{section}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relationships(relations),
    }
    files |= {
        f"word/{name}.xml": f"<w:{_ROOTS[name]} {NAMESPACES}>{content}</w:{_ROOTS[name]}>"
        for name, content in parts.items()
    }
    return zipped({name: (DECLARATION + content).encode() for name, content in files.items()} | (extra or {}))


def zipped(files: dict[str, bytes]) -> bytes:
    """An archive of ``files``."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The files in an archive, in order."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _relationships(content: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{content}</Relationships>'
    )


def settled(data: bytes, *, accept: bool) -> bytes:
    """The document after accepting or rejecting the program's revisions, its comments removed."""
    files = unzipped(data)
    for name, content in files.items():
        if name.startswith("word/") and name.endswith(".xml"):
            root = etree.fromstring(content)
            _settle(root, accept)
            files[name] = etree.tostring(root)
    return zipped(files)


def characters(data: bytes, name: str = "word/document.xml") -> list[tuple[str, str, str]]:
    """What a part holds, one entry a character, object or paragraph: with its formatting and its wrapper."""
    root = etree.fromstring(unzipped(data)[name])
    found: list[tuple[str, str, str]] = []
    for element in root.iter(f"{{{W}}}p", f"{{{W}}}r"):
        if element.tag.endswith("}p"):
            found.append(("¶", _markup(element.find(f"{{{W}}}pPr")), ""))
            continue
        formatting, wrapper = _markup(element.find(f"{{{W}}}rPr")), element.getparent().tag
        for node in element:
            name = etree.QName(node).localname
            if name in {"t", "delText"}:
                found += [(character, formatting, wrapper) for character in node.text or ""]
            elif name != "rPr":
                found.append((_markup(node) if len(node) == 0 else name, formatting, wrapper))
    return found


def _settle(root: etree._Element, accept: bool) -> None:
    kept = f"{{{W}}}ins" if accept else f"{{{W}}}del"
    for element in [element for element in root.iter(f"{{{W}}}ins", f"{{{W}}}del") if _is_ours(element)]:
        if element.getparent().tag == f"{{{W}}}rPr":
            _settle_mark(element, accept)
        elif element.tag == kept:
            _unwrap(element)
        else:
            element.getparent().remove(element)
    for mark in [mark for mark in root.iter(f"{{{W}}}del") if mark.get("merge")]:
        _merge_with_next(mark)
    for run_element in [reference.getparent() for reference in root.iter(f"{{{W}}}commentReference")]:
        if run_element.getparent() is not None:
            run_element.getparent().remove(run_element)


def _is_ours(element: etree._Element) -> bool:
    return element.get(f"{{{W}}}author", "").startswith("Zhengben·")


def _unwrap(element: etree._Element) -> None:
    for text in list(element.iter(f"{{{W}}}delText")):
        text.tag = f"{{{W}}}t"
    for child in list(element):
        element.addprevious(child)
    element.getparent().remove(element)


def _settle_mark(element: etree._Element, accept: bool) -> None:
    if accept:
        element.set("merge", "1")
    else:
        _drop_with_empty_parents(element)


def _drop_with_empty_parents(mark: etree._Element) -> None:
    parent = mark.getparent()
    parent.remove(mark)
    while len(parent) == 0 and not parent.attrib and not parent.tag.endswith("}p"):
        empty, parent = parent, parent.getparent()
        parent.remove(empty)


def _merge_with_next(mark: etree._Element) -> None:
    """A paragraph whose mark goes gives its content to the next, whose properties win."""
    paragraph = next(mark.iterancestors(f"{{{W}}}p"))
    heir = paragraph.getnext()
    place = 1 if len(heir) and heir[0].tag.endswith("}pPr") else 0
    for child in reversed([child for child in paragraph if not child.tag.endswith("}pPr")]):
        heir.insert(place, child)
    paragraph.getparent().remove(paragraph)


def _markup(element: etree._Element | None) -> str:
    return "" if element is None else etree.tostring(element, method="c14n", exclusive=True, with_tail=False).decode()
