# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Whole numbers in SQL: rounding, and tables that are looked up in, without a fraction anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from ...errors import DefinitionError, Problem
from ...exact import RoundingMode
from ...rounding import Rounding
from .dialects import Dialect


class WholeNumbers:
    """How a dialect calculates with one type of whole number: the narrowest that holds so much, `room` times over."""

    room: Final = 4

    def __init__(self, dialect: Dialect, most: int) -> None:
        self.dialect = dialect
        self.whole = next((name for name, limit in dialect.whole if limit is None or most * self.room <= limit), "")
        if not self.whole:
            message = "its numbers may be wider than any of the database; the exact engine takes it"
            raise DefinitionError([Problem("not_in_sql", "", message)])

    def widened(self, number: str) -> str:
        """Return a whole number of a narrower type as one of this."""
        return number if self.whole == self.dialect.whole[0][0] else f"CAST({number} AS {self.whole})"

    def number(self, value: int) -> str:
        """Return a number, of the type that all are of."""
        return f"CAST({value} AS {self.whole})"

    def rounded(self, over: str, under: str, rounding: Rounding) -> str:
        """Return a quotient in steps of a rounding; `under` is above zero (R1 to R4)."""
        scale = 10 ** abs(rounding.places)
        if rounding.places >= 0:
            over = f"({times(over, scale)})"
        else:
            under = f"({times(under, scale)})"
        steps = self.dialect.quotient.format(f"abs({over})", under)
        rest = f"(abs({over}) - {steps} * {under})"
        more = self._goes_up(rest, under, steps, rounding)
        return f"(CASE WHEN {over} < 0 THEN -1 ELSE 1 END * ({steps} + CASE WHEN {more} THEN 1 ELSE 0 END))"

    def _goes_up(self, rest: str, under: str, steps: str, rounding: Rounding) -> str:
        turn, part = rounding.up_from.numerator, rounding.up_from.denominator
        left, right = times(rest, part), times(under, turn)
        match rounding.mode:
            case RoundingMode.HALF_UP:
                return f"{left} >= {right}"
            case RoundingMode.HALF_DOWN:
                return f"{left} > {right}"
            case RoundingMode.HALF_EVEN:
                return f"({left} > {right} OR ({left} = {right} AND {steps} % 2 = 1))"
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


def times(text: str, factor: int) -> str:
    """Return a text times a number, which is not written where it is one."""
    return text if factor == 1 else f"{text} * {factor}"
