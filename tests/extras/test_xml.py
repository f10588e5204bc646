# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""XML is read as a plain tree, and no document does harm."""

import pickle
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import DefinitionError
from gradecalc.extras.xml import (
    MAX_DEPTH,
    MAX_LENGTH,
    Element,
    parse,
)

LAUGHS = "".join(f'<!ENTITY l{nth + 1} "{f"&l{nth};" * 10}">' for nth in range(9))


def test_a_document_is_a_tree_of_plain_elements():
    """Tags, attributes, the text before the first child, and children in their order."""
    tree = parse("<?xml version='1.0'?><a b='1'>x &amp; y<c/>z<d><!-- no -->w</d></a>")
    assert Element("a", {"b": "1"}, "x & y", (Element("c"), Element("d", text="w"))) == tree
    assert tree == pickle.loads(pickle.dumps(tree))  # noqa: S301 - our own
    assert hash(tree) == hash(parse("<a b='2'>x &amp; y<c/>z<d>w</d></a>"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_bytes_are_read_as_they_declare(encoding):
    """The declaration of a document says how its bytes are to be read."""
    assert "Zoë" == parse(f"<?xml version='1.0' encoding='{encoding}'?><a>Zoë</a>".encode(encoding)).text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"<!DOCTYPE a [<!ENTITY l0 'ha'>{LAUGHS}]><a>&l9;</a>", "unsafe_xml"),
        ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "unsafe_xml"),
        ("<!DOCTYPE a SYSTEM 'http://127.0.0.1/a.dtd'><a/>", "unsafe_xml"),
        ("<a>" * (MAX_DEPTH + 1) + "</a>" * (MAX_DEPTH + 1), "too_deep"),
        (" " * (MAX_LENGTH + 1), "too_long"),
        ("<a>&x;</a>", "unreadable_xml"),
        ("<a></b>", "unreadable_xml"),
        ("<a/><b/>", "unreadable_xml"),
        ("", "unreadable_xml"),
        ("<a>\ud800</a>", "unreadable_xml"),
        (b"<a>\xff</a>", "unreadable_xml"),
        (b"<?xml version='1.0' encoding='nope'?><a/>", "unreadable_xml"),
    ],
)
def test_what_is_unsafe_or_no_xml_is_refused(text, code):
    """Document types, entities, bombs, depth and length are refused by name, before they cost anything."""
    with pytest.raises(DefinitionError) as refused:
        parse(text)
    assert [code] == [each.code for each in refused.value.problems]


def test_elements_nest_to_the_stated_depth():
    """The bound itself is allowed."""
    assert "a" == parse("<a>" * MAX_DEPTH + "</a>" * MAX_DEPTH).tag


@given(st.text() | st.binary() | st.text(alphabet="<>/a='&; !?[]-", max_size=30))
def test_any_text_is_a_tree_or_refused(text):
    """Nothing but a definition error comes out of a text that is no document."""
    with suppress(DefinitionError):
        assert isinstance(parse(text), Element)
