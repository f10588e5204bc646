# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""XML as a plain tree, read so that no document does harm; needs defusedxml.

>>> parse("<item id='3'><name>Essay</name></item>").children[0].text
'Essay'

A document type, entities of its own and anything outside it are refused, and so is what is too long or too deep.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import ParseError

from attrs import field
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from ..errors import DefinitionError, Problem
from ..values import frozen

MAX_LENGTH: Final = 5_000_000
"""The most characters, or bytes, that a document may have: a course's grades have a hundredth of that."""

MAX_DEPTH: Final = 100
"""The deepest that elements may nest."""


@frozen
class Element:
    """An element: its tag, its attributes, the text before its first child, and its children."""

    tag: str
    attributes: Mapping[str, str] = field(factory=dict, hash=False)
    text: str = ""
    children: tuple[Element, ...] = ()


def parse(text: str | bytes) -> Element:
    """Return the root of a document; raises `DefinitionError` for what is not XML, or not safe to read."""
    if len(text) > MAX_LENGTH:
        raise _refusal("too_long", f"the document is longer than {MAX_LENGTH}; split it")
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    try:
        parser.feed(text)
        parser.close()
    except DefusedXmlException as error:
        raise _refusal("unsafe_xml", f"the document declares what is not safe to read ({error}); remove it") from None
    except (ParseError, LookupError, ValueError) as error:
        raise _refusal("unreadable_xml", f"the document is no XML: {error}") from None
    return builder.root


class _Builder:
    """What the parser tells of a document, made into elements; `texts` holds what stands before the first child."""

    def __init__(self) -> None:
        self.open: list[tuple[str, dict[str, str], list[str], list[Element]]] = [("", {}, [], [])]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        if len(self.open) > MAX_DEPTH:
            raise _refusal("too_deep", f"elements nest deeper than {MAX_DEPTH} levels; flatten them")
        self.open.append((tag, dict(attributes), [], []))

    def data(self, text: str) -> None:
        """Add text to the open element, unless a child stands before it."""
        _, _, texts, children = self.open[-1]
        if not children:
            texts.append(text)

    def end(self, _: str) -> None:
        """Close the open element, which then is a child of the one around it."""
        tag, attributes, texts, children = self.open.pop()
        self.open[-1][3].append(Element(tag, attributes, "".join(texts), tuple(children)))

    @property
    def root(self) -> Element:
        """The outermost element."""
        return self.open[0][3][0]


def _refusal(code: str, message: str) -> DefinitionError:
    return DefinitionError([Problem(code, "", message)])
