# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Whole numbers in SQL: rounding, and tables that are looked up in, without a fraction anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from ...errors import DefinitionError, Problem
from ...exact import RoundingMode
from ...rounding import Rounding
from .dialects import Dialect

_MOST_IN_A_ROW: Final = 100
"""To a parser a sum of so many is so deep."""

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

    def share(self, over: str | int, under: str) -> str:
        """Return the quotient of two numbers of which the second divides the first."""
        return self._type.share.format(over, under)

    def rounded(self, over: str, under: str, rounding: Rounding) -> str:
        """Return a quotient in steps of a rounding; `under` is above zero (R1 to R4)."""
        over, under = _scaled(over, under, rounding)
        down = self.quotient(f"abs({over})", under)
        return _signed(over, self._up(over, under, down, rounding))

    def rounded_in_columns(self, stem: str, over: str, under: str, rounding: Rounding) -> tuple[list[Column], str]:
        """Return the same as text over columns, none of which says anything twice."""
        over, under = _scaled(over, under, rounding)
        columns = [(f"{stem}_o", over), (f"{stem}_u", under)]
        columns.append((f"{stem}_q", self.quotient(f"abs({stem}_o)", f"{stem}_u")))
        return columns, _signed(f"{stem}_o", self._up(f"{stem}_o", f"{stem}_u", f"{stem}_q", rounding))

    def _up(self, over: str, under: str, down: str, rounding: Rounding) -> str:
        more = self._goes_up(f"(abs({over}) - {down} * {under})", under, down, rounding)
        return f"({down} + CASE WHEN {more} THEN 1 ELSE 0 END)"

    def _goes_up(self, rest: str, under: str, down: str, rounding: Rounding) -> str:
        turn, part = rounding.up_from.numerator, rounding.up_from.denominator
        left, right = times(rest, part), times(under, turn)
        match rounding.mode:
            case RoundingMode.HALF_UP:
                return f"{left} >= {right}"
            case RoundingMode.HALF_DOWN:
                return f"{left} > {right}"
            case RoundingMode.HALF_EVEN:
                return f"({left} > {right} OR ({left} = {right} AND {down} > 2 * {self.quotient(down, 2)}))"
            case RoundingMode.UP:
                return f"{rest} > 0"
            case RoundingMode.DOWN:
                return "FALSE"

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


def _signed(over: str, steps: str) -> str:
    return f"(CASE WHEN {over} < 0 THEN -1 ELSE 1 END * {steps})"


def most_of_rounding(over: int, under: int, rounding: Rounding) -> int:
    """Return the most that a number can be on the way to a quotient in steps of a rounding."""
    scale, turn = 10 ** abs(rounding.places), rounding.up_from
    upper, lower = (scale, 1) if rounding.places > 0 else (1, scale)
    return max((over * upper + under * lower) * turn.denominator, under * lower * turn.numerator)


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
