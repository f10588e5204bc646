# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What the cells of a grade file say, each text read once: a class writes the same few hundred texts over and over.

>>> memo = CellMemo(decimal(comma=True), {"ex": Word(EXEMPT)}, legend := Legend(), odd := [])
>>> codes = [memo[text] for text in ("7,5", " EX ", "", "seven", "7,50")]
>>> codes, [legend.values[code] for code in codes], odd
([1, 2, 0, 3, 1], [Fraction(15, 2), EXEMPT, None, 'seven', Fraction(15, 2)], ['EX', 'seven'])

A text that there is something to say of is odd, and is never remembered: it is said wherever it stands. An
exemption is odd too, since a file that has several words for it is to be told so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from ..errors import Severity
from ..exact import Exact, NumberError, describe, ratio, simplest, write_exact
from ..marks import EXEMPT, MarkValue
from ..values import frozen
from .documents import Expected, read_decimal
from .mark_rows import MOST_REMEMBERED, NO_VALUE, Legend
from .unshown import unshown

_THOUSANDS: Final = re.compile(r"[-+]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")


@frozen
class Word:
    """What a word in a cell stands for, and what is to be said where one stands, if anything is."""

    value: MarkValue = None
    code: str = ""
    message: str = ""
    severity: Severity = Severity.NOTICE


DASHES: Final[Mapping[str, Word]] = {
    each: Word(None, "dash", f"{each!r} stands where a grade would; it is read as none")
    for each in ("-", "--", "---", "–", "—")
}
"""What people, and some systems, write where there is no grade."""


class CellMemo(dict[str, int]):
    """What each text means in the cells of some columns, by its code in a legend; a text that is new is read.

    `words` are in lower case. What is odd goes to the list `odd`, and its value is what it means nevertheless.
    """

    def __init__(self, expected: Expected[Any], words: Mapping[str, Word], legend: Legend, odd: list[str]) -> None:
        super().__init__({"": NO_VALUE})
        self.expected = expected
        self.words = words
        self.legend = legend
        self.odd = odd

    def __missing__(self, cell: str) -> int:
        text = cell.strip()
        if not text:
            return NO_VALUE
        word = self.words.get(text.casefold())
        try:
            value = self.expected.read(text) if word is None else word.value
        except (ValueError, KeyError):
            self.odd.append(text)
            return self.legend.code(unshown(text))
        code = self.legend.code(unshown(value) if isinstance(value, str) else value)
        if word is not None and (word.message or word.value is EXEMPT):
            self.odd.append(text)
        elif len(self) < MOST_REMEMBERED:
            self[cell] = code
        return code


def decimal(*, comma: bool) -> Expected[Exact]:
    """Return what a number is in a file with decimal points, or commas; thousands may be parted by the other."""
    return _WITH_COMMA if comma else _WITH_POINT


def share_of(out_of: Exact, number: Expected[Exact]) -> Expected[Exact]:
    """Return what a mark is in points: a number, a percent such as `87%`, or points out of what the item is out of.

    >>> share_of(10, decimal(comma=False)).read("8.5/10")
    Fraction(17, 2)
    """

    def _read(text: str) -> Exact:
        percent = text.removesuffix("%").rstrip()
        if percent != text:
            return ratio(out_of * number.read(percent), 100)
        points, stroke, whole = text.partition("/")
        if stroke and number.read(whole.lstrip()) != out_of:
            raise ValueError
        return number.read(points.rstrip())

    beside = f", a percent, or points out of {write_exact(out_of)}" if out_of else ", or a percent"
    return Expected(f"{number.what}{beside}", _read)


def complete_or(out_of: Exact, number: Expected[Exact]) -> Expected[Exact]:
    """Return what a mark is in points: a number, a percent, or whether the work is complete, for all or nothing."""
    either = share_of(out_of, number)
    words: dict[str, Exact] = {"complete": out_of, "incomplete": 0}

    def _read(text: str) -> Exact:
        word = words.get(text.casefold())
        return either.read(text) if word is None else word

    return Expected(either.what, _read)


def percent_of(out_of: Exact, number: Expected[Exact]) -> Expected[Exact]:
    """Return what a mark is in points where the cell has its percent, with or without the sign."""
    return Expected(f"{number.what}, in percent", lambda text: ratio(out_of * _percent(text, number), 100))


def percent(number: Expected[Exact]) -> Expected[Exact]:
    """Return what a percent is, with or without its sign."""
    return Expected(f"{number.what}, in percent", lambda text: _percent(text, number))


def symbol_or(number: Expected[Exact]) -> Expected[Exact | str]:
    """Return what a mark of a scheme is: its points where the cell has a number, and else its symbol."""

    def _read(text: str) -> Exact | str:
        try:
            return number.read(text)
        except (ValueError, KeyError):
            return text

    return Expected(f"{number.what}, or a symbol", _read)


def part_of(out_of: Exact, number: Expected[Exact]) -> Expected[Exact]:
    """Return what a share of 1 is of a whole, such as 100."""
    return Expected(f"{number.what}, a share of 1", lambda text: simplest(out_of * number.read(text)))


def exempting(tokens: Any) -> dict[str, Word]:
    """Return the words that exempt: one, or several."""
    every = [tokens] if isinstance(tokens, str) else tokens
    return {token.strip().casefold(): _EXEMPTS for token in every}


def _percent(text: str, number: Expected[Exact]) -> Exact:
    return number.read(text.removesuffix("%").rstrip())


def _read_point(text: str) -> Exact:
    if "," in text and _THOUSANDS.fullmatch(text):
        return read_decimal(text.replace(",", ""))
    return read_decimal(text)


def _read_comma(text: str) -> Exact:
    swapped = text.translate(_SWAPPED)
    if "," in swapped and not _THOUSANDS.fullmatch(swapped):
        raise NumberError(f"{describe(text)} is not a number with a decimal comma")
    return _read_point(swapped)


_EXEMPTS: Final = Word(EXEMPT)
_SWAPPED: Final = str.maketrans(",.", ".,")
_WITH_POINT: Final = Expected("a number in decimals", _read_point)
_WITH_COMMA: Final = Expected("a number with a decimal comma", _read_comma)
