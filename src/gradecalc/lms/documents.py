# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Parsed JSON, read totally: each question has an answer of its type, and what is odd becomes a `Problem`.

>>> problems = []
>>> item = Document({"name": "Essay", "max": "ten"}, "items[3]", problems)
>>> item.text("name"), item.number("max")
('Essay', None)
>>> str(problems[0])
"items[3].max: max is 'ten'; it must be a number in decimals"

What is absent or null has the default, silently: whether it may be absent is for the reader of the document to say.
Systems write numbers and truth values as text too (`"7.5"`, `0`, `"true"`); both are read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final, Generic, TypeVar

from attrs import field

from ..errors import Problem, Severity
from ..exact import (
    Exact,
    NumberError,
    describe,
    read_number,
    read_text,
)
from ..fields import join
from ..moments import utc, what_is_wrong
from ..values import frozen

_Value = TypeVar("_Value")
_Default = TypeVar("_Default")

_TRUTHS: Final[Mapping[str, bool]] = {"true": True, "1": True, "false": False, "0": False}
_MOST: Final = 1_000_000


@frozen
class Expected(Generic[_Value]):
    """What a value must be, in words that follow "it must be", and how it is read.

    `read` raises `ValueError` or `KeyError` for any other value; it is never asked about None.
    """

    what: str
    read: Callable[[Any], _Value] = field(repr=False)


@frozen(eq=False)
class Document:
    """A value of parsed JSON, the path to it, and the list that its problems go to.

    A name asks for a field of an object; a value that is no object has none. One that is not `quoted` in problems may
    say who somebody is.
    """

    value: Any = field(repr=False)
    path: str
    problems: list[Problem] = field(repr=False)
    quoted: bool = True

    def get(self, name: str) -> Document:
        """Return the document in a field, which holds None where there is no such field."""
        value = self.value.get(name) if isinstance(self.value, Mapping) else None
        return Document(value, join(self.path, name), self.problems, self.quoted)

    def look(self, name: str) -> Any:
        """Return the value in a field, or in a field within others (`scoring.weight`); None where there is none."""
        value = self.value
        for each in name.split("."):
            value = value.get(each) if isinstance(value, Mapping) else None
        return value

    def find(self, name: str) -> Document:
        """Return the document with that value."""
        found = self
        for each in name.split("."):
            found = found.get(each)
        return found

    def entries(self) -> Iterator[Document]:
        """Yield each value of this array; anything but an array is a problem."""
        if self.value is None:
            return
        if not isinstance(self.value, (list, tuple)):
            self.report("wrong_value", f"{describe(self.value)} is no array")
            return
        for nth, value in enumerate(self.value):
            yield Document(value, f"{self.path}[{nth}]", self.problems, self.quoted)

    def records(self) -> Iterator[Document]:
        """Yield each object of this array; anything else in it is a problem, and so is anything but an array."""
        for each in self.entries():
            if isinstance(each.value, Mapping):
                yield each
            else:
                each.report("wrong_value", f"{describe(each.value)} is no object")

    def text(self, name: str) -> str:
        """Return a text, empty by default."""
        return self.get(name).read(TEXT, "", name)

    def key(self, name: str) -> str:
        """Return what identifies something, a text or a whole number, as text; empty by default."""
        return self.get(name).read(KEY, "", name)

    def number(self, name: str) -> Exact | None:
        """Return an exact number, None by default."""
        return self.get(name).read(NUMBER, None, name)

    def amount(self, name: str) -> Exact | None:
        """Return a number of 0 or more, None by default."""
        return self.get(name).read(AMOUNT, None, name)

    def count(self, name: str) -> int:
        """Return a whole number of 0 or more, 0 by default."""
        return self.get(name).read(COUNT, 0, name)

    def truth(self, name: str, *, default: bool = False) -> bool:
        """Return whether something is so."""
        return self.get(name).read(TRUTH, default, name)

    def choice(self, name: str, table: Mapping[str, _Value], default: _Default) -> _Value | _Default:
        """Return what a table has under a text or a whole number; its keys are texts."""
        return self.get(name).read(one_of(table), default, name)

    def read(self, expected: Expected[_Value], default: _Default, name: str) -> _Value | _Default:
        """Return this value read as expected, or the default where there is none or it is something else."""
        if self.value is None:
            return default
        try:
            return expected.read(self.value)
        except (ValueError, KeyError):
            found = describe(self.value) if self.quoted else "something else"
            self.report("wrong_value", f"{name} is {found}; it must be {expected.what}")
            return default

    def report(self, code: str, message: str, severity: Severity = Severity.ERROR) -> None:
        """Add a problem whose path leads here."""
        self.problems.append(Problem(code, self.path, message, severity))


def read_document(content: Any, path: str, problems: list[Problem]) -> Document:
    """Return the document that a text or bytes of JSON state, its numbers exact, or that parsed JSON is.

    Anything else, such as a path, and text that is no JSON, is a problem that says so, and a document of nothing.

    >>> problems = []
    >>> read_document(b'{"max": 7.10}', "", problems).number("max")
    Fraction(71, 10)
    >>> read_document("quiz.json", "items", problems).value, str(problems[0])
    (None, 'items: this text is no JSON (line 1, column 1); give text, bytes or parsed JSON: read a file first')
    """
    if isinstance(content, (str, bytes, bytearray)):
        return Document(_parse(content, path, problems), path, problems)
    if content is None or isinstance(content, (Mapping, list, tuple, int, float, Decimal)):
        return Document(content, path, problems)
    problems.append(Problem("not_a_document", path, f"{describe(content)} is no document; {_TAKEN}"))
    return Document(None, path, problems)


def read_decimal(text: str) -> Exact:
    """Return the number that a text states in decimals; raises `NumberError` for any other, fractions included.

    No system writes fractions, and whoever types `8/10` means eight points out of ten.
    """
    if "/" in text:
        raise NumberError(f"{describe(text)} is not a number in decimals")
    return read_text(text)


_TAKEN: Final = "give text, bytes or parsed JSON: read a file first"


def _parse(content: str | bytes | bytearray, path: str, problems: list[Problem]) -> Any:
    try:
        text = content.removeprefix("\ufeff") if isinstance(content, str) else content
        return json.loads(text, parse_float=Decimal, parse_constant=Decimal) if text.strip() else None
    except json.JSONDecodeError as error:
        why = f"this text is no JSON (line {error.lineno}, column {error.colno})"
    except UnicodeDecodeError:
        why = "these bytes are no text in UTF-8, UTF-16 or UTF-32"
    except RecursionError:
        why = "this is nested too deep to be read"
    except (ValueError, ArithmeticError):
        why = "a number in this text is too long to be read"
    problems.append(Problem("not_json", path, f"{why}; {_TAKEN}"))
    return None


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise ValueError


def _key(value: Any) -> str:
    return value if isinstance(value, str) else str(_whole(value))


def _listed(value: Any) -> tuple[str, ...]:
    return tuple(each.strip() for each in _key(value).split(",") if each.strip())


def _number(value: Any) -> Exact:
    return read_decimal(value) if isinstance(value, str) else read_number(value)


def _amount(value: Any) -> Exact:
    number = _number(value)
    if number < 0:
        raise NumberError
    return number


def _whole(value: Any) -> int:
    number = _number(value)
    if isinstance(number, int):
        return number
    raise NumberError


def _count(value: Any) -> int:
    number = _whole(value)
    if 0 <= number <= _MOST:
        return number
    raise NumberError


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    return _TRUTHS[_key(value).lower()]


def _moment(value: Any, *, assumed: bool) -> datetime:
    found = datetime.fromisoformat(_text(value))
    if found.utcoffset() is None and assumed:
        found = found.replace(tzinfo=UTC)
    if what_is_wrong(found):
        raise ValueError
    return utc(found)


def _object(value: Any) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    raise ValueError


TEXT: Final = Expected("a text", _text)
KEY: Final = Expected("a text or a whole number", _key)
"""What identifies something; read as text."""
LISTED: Final = Expected("texts with commas between them", _listed)
OBJECT: Final = Expected("an object", _object)
NUMBER: Final = Expected("a number in decimals", _number)
AMOUNT: Final = Expected("a number of 0 or more in decimals", _amount)
COUNT: Final = Expected(f"a whole number from 0 to {_MOST}", _count)
TRUTH: Final = Expected("true or false", _truth)
NOT: Final = Expected("true or false", lambda value: not _truth(value))
"""A truth that is stated the other way round."""
PRESENT: Final = Expected("anything", lambda _: True)
"""Whether anything is stated."""
MOMENT: Final = Expected("a date and time with its zone", lambda value: _moment(value, assumed=False))
"""A moment, read in UTC."""
MOMENT_IN_UTC: Final = Expected("a date and time, in UTC if it has no zone", lambda value: _moment(value, assumed=True))


def one_of(table: Mapping[str, _Value]) -> Expected[_Value]:
    """Expect a text or a whole number that is a key of a table, and read it as what stands there."""
    return Expected(f"one of: {', '.join(table)}", lambda value: table[_key(value)])
