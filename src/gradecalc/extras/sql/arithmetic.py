# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Whole numbers in SQL: rounding, and tables that are looked up in, without a fraction anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Final

from ...errors import DefinitionError, Problem
from ...exact import RoundingMode
from ...rounding import Rounding
from .dialects import Dialect

_MOST_IN_A_ROW: Final = 100
"""To a parser a sum of so many is so deep."""

_SHORT: Final = 20
"""So long a text is said again where it is used again, and no column is made of it."""

Column = tuple[str, str]
"""A name and what it is."""


class WholeNumbers:
    """How a dialect calculates with one type of whole number: the fastest that holds so much, `room` times over."""

    room: Final = 4

    def __init__(self, dialect: Dialect, most: int) -> None:
        found = [each for each in dialect.whole if each.limit is None or most * self.room <= each.limit]
        if not found:
            message = "its numbers may be wider than any of the database; the exact engine takes it"
            raise DefinitionError([Problem("not_in_sql", "", message)])
        self.dialect, self._type = dialect, found[0]
        self.whole = self._type.name

    @property
    def fastest(self) -> bool:
        """Whether this is the fastest type, as which marks are read."""
        return self._type is self.dialect.whole[0]

    def widened(self, number: str, of: str) -> str:
        """Return a whole number of another type as one of this."""
        return number if self.whole == of else self.dialect.widened.format(number, self.whole)

    def number(self, value: int) -> str:
        """Return a number, of the type that all are of."""
        return f"CAST({value} AS {self.whole})"

    def quotient(self, over: str, under: str | int) -> str:
        """Return the whole quotient of two numbers, of which neither is negative and the second above zero."""
        return self._type.quotient.format(over, under)

    def one_if(self, flag: str) -> str:
        """Return one of this type where something holds, and else zero."""
        return self.widened(self.dialect.one_if.format(flag), self.dialect.double)

    def share(self, over: str | int, under: str) -> str:
        """Return the quotient of two numbers of which the second divides the first."""
        return self._type.share.format(over, under)

    def rounded(self, over: str, under: str, rounding: Rounding) -> str:
        """Return a quotient in steps of a rounding; `under` is above zero (R1 to R4)."""
        over, under = _scaled(over, under, rounding)
        if rounding.mode is RoundingMode.HALF_EVEN:
            return _signed(over, self._to_even(over, under, self.quotient(f"abs({over})", under), rounding.up_from))
        return _signed(over, self._at_once(over, under, rounding))

    def rounded_in_columns(self, stem: str, over: str, under: str, rounding: Rounding) -> tuple[list[Column], str]:
        """Return the same as text over columns, so that nothing that is long is said twice."""
        columns = []
        over, under = _scaled(over, under, rounding)
        if max(len(over), len(under)) > _SHORT:
            columns = [(f"{stem}_o", over), (f"{stem}_u", under)]
            over, under = f"{stem}_o", f"{stem}_u"
        if rounding.mode is RoundingMode.HALF_EVEN:
            columns.append((f"{stem}_q", self.quotient(f"abs({over})", under)))
            return columns, _signed(over, self._to_even(over, under, f"{stem}_q", rounding.up_from))
        return columns, _signed(over, self._at_once(over, under, rounding))

    def _at_once(self, over: str, under: str, rounding: Rounding) -> str:
        """Return a quotient rounded: what is added to its upper part lifts it into the next step where it turns."""
        turn, part = rounding.up_from.numerator, rounding.up_from.denominator
        match rounding.mode:
            case RoundingMode.HALF_UP:
                return self._lifted(over, under, part, _plus(under, part - turn))
            case RoundingMode.HALF_DOWN if turn < part:
                return self._lifted(over, under, part, f"{_plus(under, part - turn)} - 1")
            case RoundingMode.UP:
                return self._lifted(over, under, 1, f" + {under} - 1")
            case _:
                return self.quotient(f"abs({over})", under)

    def _lifted(self, over: str, under: str, part: int, lift: str) -> str:
        return self.quotient(f"({times(f'abs({over})', part)}{lift})", f"({times(under, part)})")

    def _to_even(self, over: str, under: str, down: str, up_from: Fraction) -> str:
        left = times(f"(abs({over}) - {down} * {under})", up_from.denominator)
        right = times(under, up_from.numerator)
        more = f"({left} > {right} OR ({left} = {right} AND {down} > 2 * {self.quotient(down, 2)}))"
        return f"({down} + CASE WHEN {more} THEN 1 ELSE 0 END)"

    def lookup(self, table: Sequence[int], place: str) -> str:
        """Return the entry of a table at a whole number, by the runs in which entries are equal."""
        runs, start = [], 0
        for value, run in groupby(table):
            runs.append((start, value))
            start += len(list(run))
        if len(runs) == 1:
            return str(runs[0][1])
        cases = " ".join(f"WHEN {place} >= {start} THEN {value}" for start, value in reversed(runs[1:]))
        return f"(CASE {cases} ELSE {runs[0][1]} END)"


def _scaled(over: str, under: str, rounding: Rounding) -> tuple[str, str]:
    scale = 10 ** abs(rounding.places)
    if scale == 1:
        return over, under
    return (f"({times(over, scale)})", under) if rounding.places > 0 else (over, f"({times(under, scale)})")


def _plus(text: str, factor: int) -> str:
    """Return that a text so many times is added, or nothing where that is no time."""
    return f" + {times(text, factor)}" if factor else ""


def _signed(over: str, steps: str) -> str:
    return f"(CASE WHEN {over} < 0 THEN -1 ELSE 1 END * {steps})"


def most_of_rounding(over: int, under: int, rounding: Rounding) -> int:
    """Return the most that a number can be on the way to a quotient in steps of a rounding."""
    scale, turn = 10 ** abs(rounding.places), rounding.up_from
    upper, lower = (scale, 1) if rounding.places > 0 else (1, scale)
    return max((over * upper + under * lower) * turn.denominator, under * lower * turn.numerator)


def twice_the_least(one: str, other: str) -> str:
    """Return twice the lesser of two numbers, which takes a database no look at which it is."""
    return f"{one} + {other} - abs({one} - {other})"


def times(text: str, factor: int) -> str:
    """Return a text times a number, which is not written where it is one."""
    return text if factor == 1 else f"{text} * {factor}"


def total(parts: Iterable[str]) -> str:
    """Return a sum in brackets, or what it is of where that is one; nothing is 0."""
    every = list(parts)
    return every[0] if len(every) == 1 else joined(" + ", every or ["0"])


def joined(sign: str, parts: Sequence[str]) -> str:
    """Return parts with a sign between them, in brackets, and so many in brackets of their own that none is deep."""
    while len(parts) > _MOST_IN_A_ROW:
        starts = range(0, len(parts), _MOST_IN_A_ROW)
        parts = [f"({sign.join(parts[start : start + _MOST_IN_A_ROW])})" for start in starts]
    return f"({sign.join(parts)})"
