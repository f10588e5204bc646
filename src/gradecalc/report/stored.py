# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A value of a stored report and the path to it, read as what must stand there or refused with that path.

>>> line = Stored({"points": "2/3", "parent": True}, "lines[4]")
>>> line.field("points").number()
Fraction(2, 3)
>>> line.field("parent").text()
Traceback (most recent call last):
gradecalc.errors.DefinitionError: lines[4].parent: this report is damaged: True stands where a text is due
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction
from typing import Any, Final, TypeVar

from ..errors import DefinitionError, Problem, nearest
from ..exact import Exact, describe, read_result
from ..fields import find_problems, join
from ..values import frozen

LONGEST_NUMBER: Final = 20_000
"""The most characters that a number in a stored report may have."""

MOST_WHOLE: Final = 2**53 - 1
"""The largest whole number that is stored as one: beyond it, and other numbers, are texts."""

_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+|/0*[1-9][0-9]*)?")
_LONGEST_KEY: Final = 60
_Kind = TypeVar("_Kind", bound=Enum)
_Value = TypeVar("_Value")


@frozen(eq=False)
class Stored:
    """A value and the path to it; each question raises `DefinitionError` if something else stands there."""

    value: Any
    path: str
    what: str = "report"
    """What it is a part of, for messages."""

    def field(self, name: str) -> Stored:
        """Return what an object has under a name, which has to be there."""
        if not isinstance(self.value, Mapping):
            raise self.refusal("an object")
        if name not in self.value:
            raise self._damaged(join(self.path, name), "this is missing")
        return Stored(self.value[name], join(self.path, name), self.what)

    def has_only(self, *names: str) -> None:
        """Refuse an object with a key that is none of these."""
        if not isinstance(self.value, Mapping):
            raise self.refusal("an object")
        for each in self.value:
            if each not in names:
                hint = nearest(each, names) if isinstance(each, str) else ""
                key = each if isinstance(each, str) and len(each) <= _LONGEST_KEY else describe(each)
                raise self._damaged(join(self.path, key), f"there is no such key{hint}")

    def optional(self, read: Callable[[Stored], _Value]) -> _Value | None:
        """Return what is read here, if anything stands here."""
        return None if self.value is None else read(self)

    def entries(self, most: int) -> list[Stored]:
        """Return the values of an array of at most so many."""
        if not isinstance(self.value, (list, tuple)):
            raise self.refusal("an array")
        if len(self.value) > most:
            raise self._damaged(self.path, f"there are more than {most} here")
        return [Stored(value, f"{self.path}[{nth}]", self.what) for nth, value in enumerate(self.value)]

    def text(self) -> str:
        """Return a text."""
        if isinstance(self.value, str):
            return self.value
        raise self.refusal("a text")

    def name(self) -> str:
        """Return a text that is not empty."""
        if self.text():
            return self.text()
        raise self.refusal("a text that is not empty")

    def truth(self) -> bool:
        """Return true or false."""
        if isinstance(self.value, bool):
            return self.value
        raise self.refusal("true or false")

    def whole(self, least: int, most: int) -> int:
        """Return a whole number between two bounds."""
        if type(self.value) is int and least <= self.value <= most:
            return self.value
        raise self.refusal(f"a whole number from {least} to {most}")

    def number(self) -> Exact:
        """Return the exact number that a text states."""
        text = self.value
        if isinstance(text, str) and len(text) <= LONGEST_NUMBER and _NUMBER.fullmatch(text):
            return read_result(text)
        raise self.refusal(f"the text of an exact number of at most {LONGEST_NUMBER} characters")

    def exact(self) -> Exact:
        """Return the exact number that a whole number states, or else a text."""
        return self.whole(-MOST_WHOLE, MOST_WHOLE) if type(self.value) is int else self.number()

    def fraction(self) -> Fraction:
        """Return the exact number that a text states, as fields of definitions have it."""
        return Fraction(self.number())

    def amount(self) -> Exact:
        """Return the exact number of 0 or more that a text states."""
        if self.number() >= 0:
            return self.number()
        raise self.refusal("a number of 0 or more")

    def choice(self, kind: type[_Kind]) -> _Kind:
        """Return the member of an enumeration that has this value."""
        for member in kind:
            if isinstance(self.value, str) and member.value == self.value:
                return member
        raise self.refusal(f"one of: {', '.join(str(member.value) for member in kind)}")

    def sound(self, definition: _Value) -> _Value:
        """Return a part of a definition that was read from here, if nothing is wrong in it."""
        problems = tuple(find_problems(definition, self.path))
        if problems:
            raise DefinitionError(problems)
        return definition

    def refusal(self, due: str) -> DefinitionError:
        """Return the error that something else stands here than what is due."""
        return self._damaged(self.path, f"{describe(self.value)} stands where {due} is due")

    def changed(self) -> DefinitionError:
        """Return the error that something is not as it was written."""
        return self._damaged(self.path, f"it is not as it was written, of which {describe(self.value)} is the digest")

    def _damaged(self, path: str, why: str) -> DefinitionError:
        return DefinitionError([Problem("damaged", path, f"this {self.what} is damaged: {why}")])


def not_this_format(what: str, form: str) -> DefinitionError:
    """Return the error that data is not of a format at all."""
    return DefinitionError([Problem("wrong_format", "format", f"this is not a {what} of format {form!r}")])
