"""Word documents that mean harm or are no Word documents: one line each, nothing fetched, nothing run."""

from __future__ import annotations

import pytest

from formats.word_files import W, paragraph, run, table, unzipped, word_file, zipped
from zhengben.errors import InputError
from zhengben.formats import Limits, Source, WriteOptions
from zhengben.formats.docx import WordDocument
from zhengben.model import Edit, Result

SOUND = word_file(paragraph("提高力量"))
BODY = "word/document.xml"


def _with(name: str, content: bytes | None) -> bytes:
    """The sound document with one file of it replaced or taken out."""
    files = unzipped(SOUND) | ({name: content} if content is not None else {})
    return zipped({each: files[each] for each in files if content is not None or each != name})


def _body(text: str) -> bytes:
    return _with(BODY, text.encode())


def _relation(target: str, mode: str = "") -> bytes:
    content = unzipped(SOUND)["_rels/.rels"].replace(b'Target="word/document.xml"', f'Target="{target}"{mode}'.encode())
    return _with("_rels/.rels", content)


_STEPS = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
LAUGHS = f'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">{_STEPS}]>'
NESTED = table([table([paragraph("甲")]) + paragraph("乙")])
HOSTILE = {
    "a bomb": (_with("word/media/a.bmp", bytes(12_000_000)), "zip bomb"),
    "entities that expand": (_body(f'{LAUGHS}<w:document xmlns:w="{W}">&i;</w:document>'), "not sound XML .*entity"),
    "an entity that is a file": (
        _body('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
        "declares entities",
    ),
    "endless nesting": (word_file("<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000), "not sound XML"),
    "half a body": (_body(f'<w:document xmlns:w="{W}"><w:body>'), "not sound XML"),
    "half a file": (SOUND[: len(SOUND) // 2], "truncated or damaged"),
    "a body that lies outside": (_relation("http://a.cn/x.xml", ' TargetMode="External"'), "has no body"),
    "a body above the archive": (_relation("../../etc/passwd"), "has no body"),
    "no body": (_with(BODY, None), "has no body"),
    "no relations": (_with("_rels/.rels", None), "not a Word document"),
    "a spreadsheet": (_body('<workbook xmlns="u"/>'), "not of Word"),
    "a strict document": (
        _body('<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'),
        "a Strict Open XML document",
    ),
    "an old document by a new name": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Office document"),
    "a text by the wrong name": ("你好".encode(), "is not a Word document"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_refused_in_one_line(what):
    data, reason = HOSTILE[what]
    with pytest.raises(InputError, match=reason) as refusal:
        WordDocument().read(Source("文件.docx", data), Limits())
    assert "\n" not in str(refusal.value)


ODD = {
    "no paragraphs": _body(f'<w:document xmlns:w="{W}"><w:body/></w:document>'),
    "no body element": _body(f'<w:document xmlns:w="{W}"/>'),
    "fields that never end": word_file(paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 50, "甲")),
    "fields that end before they begin": word_file(paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "甲")),
    "tables in tables": word_file(NESTED),
    "comments and instructions": word_file("<!-- x --><?y z?>" + paragraph("<!-- x -->", "甲", "<?y z?>")),
    "a part that is listed but missing": _with(
        "word/_rels/document.xml.rels",
        unzipped(word_file(header=""))["word/_rels/document.xml.rels"],
    ),
    "a picture and a template from the network": _with(
        "word/_rels/document.xml.rels",
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"'
        b' Target="http://a.cn/header.xml" TargetMode="External"/></Relationships>',
    ),
}


@pytest.mark.parametrize("what", ODD)
def test_odd_documents_are_read_and_written(what):
    document = WordDocument().read(Source("文件.docx", ODD[what]), Limits())
    suggestion = Edit(0, 0, "", "丙", "gaps", "gaps/x", status="suggested")
    result = WordDocument().fit(document, Result(document.text, document.text, (suggestion,)))
    written = WordDocument().write(document, result, WriteOptions())
    assert WordDocument().read(Source("文件.docx", written), Limits()).text == document.text


def test_a_run_with_two_thousand_edits_is_cut_in_one_go():
    text = "力量和" * 2_000
    document = WordDocument().read(Source("文件.docx", word_file(paragraph(run(text)))), Limits())
    edits = tuple(Edit(at, at + 2, "力量", "能力", "restore", "B/力量") for at in range(0, len(text), 3))
    result = WordDocument().fit(document, Result(text, text.replace("力量", "能力"), edits))
    written = WordDocument().write(document, result, WriteOptions(track=False))
    assert WordDocument().read(Source("文件.docx", written), Limits()).text == result.text
