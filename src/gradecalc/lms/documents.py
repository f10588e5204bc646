# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Parsed JSON, read totally: each question has an answer of its type, and what is odd becomes a `Problem`.

>>> problems = []
>>> item = Document({"name": "Essay", "max": "ten"}, "items[3]", problems)
>>> item.text("name"), item.number("max")
('Essay', None)
>>> str(problems[0])
"items[3].max: max is 'ten'; it must be a number"

What is absent or null has the default, silently: whether it may be absent is for the reader of the document to say.
Systems write numbers and truth values as text too (`"7.5"`, `0`, `"true"`); both are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar

from attrs import field, frozen

from ..errors import Problem, Severity
from ..exact import (
    Exact,
    NumberError,
    describe,
    read_number,
    read_text,
)
from ..fields import join

_Value = TypeVar("_Value")
_Default = TypeVar("_Default")

_TRUTHS: Final[Mapping[str, bool]] = {"true": True, "1": True, "false": False, "0": False}
_MOST: Final = 1_000_000


@frozen(eq=False)
class Document:
    """A value of parsed JSON, the path to it, and the list that its problems go to.

    A name asks for a field of an object; a value that is no object has none.
    """

    value: Any = field(repr=False)
    path: str
    problems: list[Problem] = field(repr=False)

    def get(self, name: str) -> Document:
        """Return the document in a field, which holds None where there is no such field."""
        value = self.value.get(name) if isinstance(self.value, Mapping) else None
        return Document(value, join(self.path, name), self.problems)

    def records(self) -> Iterator[Document]:
        """Yield each object of this array; anything else in it is a problem, and so is anything but an array."""
        if self.value is None:
            return
        if not isinstance(self.value, (list, tuple)):
            self.report("wrong_value", f"{describe(self.value)} is no array")
            return
        for nth, value in enumerate(self.value):
            each = Document(value, f"{self.path}[{nth}]", self.problems)
            if isinstance(value, Mapping):
                yield each
            else:
                each.report("wrong_value", f"{describe(value)} is no object")

    def text(self, name: str) -> str:
        """Return a text, empty by default."""
        return self._read(name, _text, "", "a text")

    def key(self, name: str) -> str:
        """Return what identifies something, a text or a whole number, as text; empty by default."""
        return self._read(name, _key, "", "a text or a whole number")

    def number(self, name: str) -> Exact | None:
        """Return an exact number, None by default."""
        return self._read(name, _number, None, "a number")

    def amount(self, name: str) -> Exact | None:
        """Return a number of 0 or more, None by default."""
        return self._read(name, _amount, None, "a number of 0 or more")

    def count(self, name: str) -> int:
        """Return a whole number of 0 or more, 0 by default."""
        return self._read(name, _count, 0, f"a whole number from 0 to {_MOST}")

    def truth(self, name: str, *, default: bool = False) -> bool:
        """Return whether something is so."""
        return self._read(name, _truth, default, "true or false")

    def choice(self, name: str, table: Mapping[str, _Value], default: _Default) -> _Value | _Default:
        """Return what a table has for a text or a whole number, which it lists as text."""
        return self._read(name, lambda value: table[_key(value)], default, f"one of: {', '.join(table)}")

    def report(self, code: str, message: str, severity: Severity = Severity.ERROR) -> None:
        """Add a problem whose path leads here."""
        self.problems.append(Problem(code, self.path, message, severity))

    def _read(self, name: str, read: Callable[[Any], _Value], default: _Default, what: str) -> _Value | _Default:
        found = self.get(name)
        if found.value is None:
            return default
        try:
            return read(found.value)
        except (ValueError, KeyError):
            found.report("wrong_value", f"{name} is {describe(found.value)}; it must be {what}")
            return default


def read_decimal(text: str) -> Exact:
    """Return the number that a text states in decimals; raises `NumberError` for any other, fractions included.

    No system writes fractions, and whoever types `8/10` means eight points out of ten.
    """
    if "/" in text:
        raise NumberError(f"{describe(text)} is not a number in decimals")
    return read_text(text)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise ValueError


def _key(value: Any) -> str:
    return value if isinstance(value, str) else str(_whole(value))


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
