# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A language: the texts of all that is said, by room and code, and the separators of its numbers.

>>> from .reasons import ReasonTexts, Shown
>>> french = Language("fr", {"exam": {"late": "rendu avec {0} jours de retard"}}, decimal=",", grouping="\u202f")
>>> late = ReasonTexts("exam", {"late": "handed in {0} days late"}).reason("late", 7.5)
>>> late, french.say(late), french.say(late).code
('handed in 7.5 days late', 'rendu avec 7,5 jours de retard', 'late')

Texts are made at the edge alone: an outline holds what is said with its codes and arguments, in English, and is put
into a language when somebody reads it. What has no code is a name, a symbol or a formula, and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from attrs import field

from .errors import DefinitionError, Problem
from .exact import ABOUT, describe
from .reasons import NUMBERS, Said, say
from .values import frozen

Texts = Mapping[str, Mapping[str, str]]
"""The texts of a language: by room, and in each by code, with a place `{0}`, `{1}`, … for each argument."""

_NUMBER: Final = re.compile(r"([0-9]+)(?:\.([0-9]+))?")


def _as_texts(texts: Texts) -> Texts:
    return MappingProxyType({room: MappingProxyType(dict(said)) for room, said in texts.items()})


@frozen
class Language:
    """A language by its `code` as HTML has it, such as `de`; where it has no text, the English one stands.

    `decimal` separates the decimals of a number, and `grouping`, if there is one, groups of three digits of a number
    that has `grouped_from` digits or more before its decimals (LA2).
    """

    code: str
    texts: Texts = field(default=MappingProxyType({}), converter=_as_texts, hash=False, repr=False)
    decimal: str = field(default=".", kw_only=True)
    grouping: str = field(default="", kw_only=True)
    grouped_from: int = field(default=5, kw_only=True)

    def say(self, text: str) -> str:
        """Return what the library says in this language, still with its code, and any other text as it is (LA3)."""
        template = self.texts.get(text.room, {}).get(text.code) if isinstance(text, Said) else None
        if template is None or not isinstance(text, Said):
            return text
        return text.in_words(template.format(*map(self._argument, text.arguments, text.told)))

    def number(self, text: str) -> str:
        """Return the text of a number with the separators of this language.

        >>> Language("de", decimal=",", grouping=".").number("-12345.678")
        '-12.345,678'
        """
        return _NUMBER.sub(self._separated, text)

    def _argument(self, argument: object, told: str) -> str:
        if isinstance(argument, Said):
            return self.say(argument)
        if isinstance(argument, Enum):
            return self.say(say(argument, told))
        if isinstance(argument, tuple):
            return ", ".join(self._argument(each, str(each)) for each in argument)
        return self._figure(told) if isinstance(argument, (int, float, Decimal, Fraction)) else told

    def _figure(self, text: str) -> str:
        if not text.startswith(ABOUT):
            return self.number(text)
        return self.say(NUMBERS.reason("about", self.number(text.removeprefix(ABOUT))))

    def _separated(self, number: re.Match[str]) -> str:
        whole, decimals = number.groups()
        if self.grouping and len(whole) >= self.grouped_from:
            first = len(whole) % 3
            groups = [whole[at : at + 3] for at in range(first, len(whole), 3)]
            whole = self.grouping.join([whole[:first], *groups] if first else groups)
        return whole if decimals is None else f"{whole}{self.decimal}{decimals}"

    def __reduce__(self) -> tuple[object, ...]:
        texts = {room: dict(said) for room, said in self.texts.items()}
        return _language, (self.code, texts, self.decimal, self.grouping, self.grouped_from)


def require_language(value: object) -> None:
    """Refuse what is no language, such as the code of one; raises `DefinitionError`."""
    if not isinstance(value, Language):
        message = f"language is {describe(value)}; it must be a Language, such as gradecalc.languages.LANGUAGES['de']"
        raise DefinitionError([Problem("wrong_type", "language", message)])


def _language(code: str, texts: Texts, decimal: str, grouping: str, grouped_from: int) -> Language:
    return Language(code, texts, decimal=decimal, grouping=grouping, grouped_from=grouped_from)


AS_WRITTEN: Final = Language("en")
"""English, as this library writes its texts."""
