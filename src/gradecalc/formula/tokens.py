# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The words of a Brightspace formula, each with its place in the text.

>>> [token.text for token in tokens("MAX{[Quiz 1.Percent], .5}", PROPERTIES)]
['MAX', '{', '[Quiz 1.Percent]', ',', '.5', '}', '']

A reference stands in square brackets, and a name may hold brackets and dots itself: the reference ends at the first
closing bracket that a known property stands before, after a dot (F6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final, NamedTuple, NoReturn

from ..errors import FormulaError, nearest
from ..exact import (
    MAX_DIGITS,
    NumberError,
    describe,
    read_text,
)
from .nodes import (
    Constant,
    Property,
    Reference,
    Span,
)
from .operators import Operator

_LONGEST_PROPERTY: Final = 100
_EACH: Final = "each"

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>[.0-9][.\w]*)|(?P<name>\w+)|(?P<operator><>|<=|>=|[-+*/=<>])"
    r"|(?P<opening>[({])|(?P<closing>[)}])|(?P<comma>,)|(?P<item>\[)|(?P<end>\Z))"
)
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
_MARK_IN_NAME: Final = re.compile(r"[].[]")
_OPERATORS: Final = {operator.symbol: operator for operator in Operator}
_MEANT: Final = dict(zip("≤≥≠!÷;&|", ("<=", ">=", "<>", "<>", "/", ",", "AND", "OR"), strict=True))


class TokenKind(Enum):
    """The kinds of words, as messages call them."""

    NUMBER = "number"
    ITEM = "item"
    NAME = "name"
    OPERATOR = "operator"
    OPENING = "opening bracket"
    CLOSING = "closing bracket"
    COMMA = "comma"
    END = "end"


class Token(NamedTuple):
    """A word: its kind, its text and place, and what it is where it stands for itself."""

    kind: TokenKind
    text: str
    span: Span
    operator: Operator | None = None
    operand: Constant | Reference | None = None


def property_key(name: str) -> str:
    """Return what the spellings of a property have in common: case and blanks do not matter."""
    return "".join(name.split()).casefold()


PROPERTIES: Final[Mapping[str, Property]] = MappingProxyType(
    {
        property_key(name): asked
        for name, asked in (
            ("Points Received", Property.POINTS),
            ("Points", Property.POINTS),
            ("Max Points", Property.MAX_POINTS),
            ("Percent", Property.PERCENT),
        )
    }
)
"""The properties of an item in English, by key."""


def tokens(source: str, properties: Mapping[str, Property]) -> Iterator[Token]:
    """Yield the words of a text, the last being its end; raises `FormulaError` at what is not a word."""
    kind, end = None, 0
    while kind is not TokenKind.END:
        match = _TOKEN.match(source, end)
        if match is None or match.lastgroup is None:
            _refuse_character(source, end)
        kind = TokenKind[match.lastgroup.upper()]
        token = _token(kind, source, match.span(kind.name.lower()), properties)
        end = token.span[1]
        yield token


def _token(kind: TokenKind, source: str, span: Span, properties: Mapping[str, Property]) -> Token:
    text = source[slice(*span)]
    if kind is TokenKind.NUMBER:
        return Token(kind, text, span, operand=_constant(source, text, span))
    if kind is TokenKind.ITEM:
        reference = _reference(source, span[0], properties)
        return Token(kind, source[slice(*reference.span)], reference.span, operand=reference)
    operator = _OPERATORS.get(text.upper())
    return Token(kind if operator is None else TokenKind.OPERATOR, text, span, operator)


def _constant(source: str, text: str, span: Span) -> Constant:
    if _NUMBER.fullmatch(text) is None:
        message = f"{describe(text)} is not a number; one is written with digits and at most one point, as in 3.25"
        raise FormulaError("invalid_terminal", message, span, source)
    try:
        return Constant(read_text(text), span)
    except NumberError:
        message = f"a number has at most {MAX_DIGITS} digits before and after the point"
        raise FormulaError("number_too_long", message, span, source) from None


def _reference(source: str, start: int, properties: Mapping[str, Property]) -> Reference:
    dot, nested, partner = start, 0, 0
    for mark in _MARK_IN_NAME.finditer(source, start + 1):
        place = mark.start()
        if mark[0] == ".":
            dot = place
        elif mark[0] == "[":
            if partner:
                break
            nested += 1
        else:
            asked = _property(source, dot, place, properties) if dot > start else None
            if asked is not None:
                each, its = asked
                return _named(Reference(source[start + 1 : dot], its, (start, place + 1), each=each), source)
            partner = partner or (0 if nested else place)
            nested -= 1
    return _refuse_reference(source, start, partner, properties)


def _property(source: str, dot: int, end: int, properties: Mapping[str, Property]) -> tuple[bool, Property] | None:
    """Return the property that stands between a dot and a bracket, and whether it is that of each child."""
    if end - dot > _LONGEST_PROPERTY:
        return None
    key = property_key(source[dot + 1 : end])
    for each, found in ((False, properties.get(key)), (True, properties.get(key.removeprefix(_EACH)))):
        if found is not None:
            return each, found
    return None


def _named(reference: Reference, source: str) -> Reference:
    if reference.name and not reference.name.isspace():
        return reference
    message = "no item is named; a reference is written as [Item name.Points]"
    raise FormulaError("invalid_terminal", message, reference.span, source)


def _refuse_reference(source: str, start: int, partner: int, properties: Mapping[str, Property]) -> NoReturn:
    if not partner:
        message = "this square bracket is never closed; a reference is written as [Item name.Points]"
        raise FormulaError("unbalanced_parentheses", message, (start, start + 1), source)
    name, dot, asked = source[start + 1 : partner].rpartition(".")
    if not dot:
        message = f"{describe(asked)} has no property; write [Item name.Points], .Percent or .Max Points"
        raise FormulaError("unknown_property", message, (start, partner + 1), source)
    known = (*(each.value for each in Property), *(key for key in properties if key not in PROPERTIES))
    message = f"{describe(asked)} is not a property of an item{nearest(asked, known)}"
    place = start + len(name) + 2
    raise FormulaError("unknown_property", message, (place, max(partner, place + 1)), source)


def _refuse_character(source: str, end: int) -> NoReturn:
    place = end + len(source[end:]) - len(source[end:].lstrip())
    meant = _MEANT.get(source[place])
    message = f"unexpected {describe(source[place])}{f'; write {describe(meant)}' if meant else ''}"
    raise FormulaError("unexpected_token", message, (place, place + 1), source)
