from __future__ import annotations

import pytest

from zhengben.errors import InputError
from zhengben.formats.xml import parse, serialised

LAUGHS = '<!DOCTYPE a [<!ENTITY a "哈"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
HOSTILE = {
    "entities that expand": (LAUGHS, "declares entities"),
    "an entity that is a file": (
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "declares entities",
    ),
    "an entity from the network": ('<!DOCTYPE a [<!ENTITY x SYSTEM "http://a.cn/x">]><a>&x;</a>', "declares entities"),
    "parameter entities": ('<!DOCTYPE a [<!ENTITY % p SYSTEM "http://a.cn/p"> %p;]><a/>', "declares entities"),
    "a document type": ('<!DOCTYPE a SYSTEM "http://a.cn/a.dtd"><a/>', "declares a document type"),
    "endless nesting": ("<a>" * 100_000 + "</a>" * 100_000, "not sound XML"),
    "half a document": ("<a><b>", "not sound XML"),
    "no XML": ("你好", "not sound XML"),
    "nothing": ("", "not sound XML"),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_refused_in_one_line(what, encoding):
    text, reason = HOSTILE[what]
    with pytest.raises(InputError, match=reason) as refusal:
        parse(text.encode(encoding), "a.xml")
    assert "\n" not in str(refusal.value) and "a.xml" in str(refusal.value)


def test_a_document_type_is_let_through_where_it_is_usual_and_never_fetched():
    data = b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://a.cn/x.dtd"><html>&nbsp;</html>'
    tree = parse(data, "a.xhtml", allow_doctype=True)
    assert serialised(tree, data).endswith(b"<html>&nbsp;</html>")


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<a xmlns:x="u" x:b="1"> 中 <x:c/><![CDATA[<]]></a>',
        "<?xml version='1.0'?>\n<!-- 注 --><a>\n\t<b>中</b>\n</a>",
        "<a>中</a>",
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_what_is_not_edited_is_written_as_it_was(text, mark):
    data = (mark + text).encode()
    assert serialised(parse(data, "a.xml"), data) == data


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_other_encodings_stay(encoding):
    data = f'<?xml version="1.0" encoding="{encoding}"?><a>中</a>'.encode(encoding)
    written = serialised(parse(data, "a.xml"), data)
    assert "中" in written.decode(encoding)
    assert parse(written, "a.xml").getroot().text == "中"
