# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What comes out of a statement: percents as quotients of doubles, the final as text, and its symbol."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import gcd
from typing import Final

from attrs import evolve

from ...rounding import Rounding
from ...schemes import GradeScheme
from .arithmetic import Column, WholeNumbers, most_of_rounding, times
from .dialects import Dialect, text
from .held import Held

_MOST_PLACES: Final = 6
"""With more, a final is written digit by digit."""


class Outcomes:
    """The texts of what comes out, once every register holds what it comes to."""

    def __init__(self, held: Held, units: Mapping[int, int], dialect: Dialect) -> None:
        self._held, self._units, self._dialect = held, units, dialect

    def percent(self, line: int) -> str:
        """Return a percent, of who has one."""
        reached, possible = self._factors(line)
        kind = self._kind(line, reached, possible)
        over, under = self._pair(line, reached, possible, kind)
        double = self._dialect.double
        if kind.whole != double:
            over, under = f"CAST({over} AS {double})", f"CAST({under} AS {double})"
        return f"{over} / ({under})"

    def steps(self, shown: Rounding) -> list[Column]:
        """Return the final in steps of the last place that is shown, as the column `steps`."""
        kind, reached, possible = self._of_steps(shown)
        scale = 10 ** abs(shown.places)
        reached, possible = (reached * scale, possible) if shown.places > 0 else (reached, possible * scale)
        shared = gcd(reached, possible)
        over, under = self._pair(0, reached // shared, possible // shared, kind)
        columns, steps = kind.rounded_in_columns("f", over, under, evolve(shown, places=0))
        return [*columns, ("steps", steps)]

    def shown(self, shown: Rounding) -> str:
        """Return steps of the last place as a decimal text."""
        scale, (kind, _, _) = 10 ** abs(shown.places), self._of_steps(shown)
        if shown.places <= 0:
            return self._dialect.written.format(times("steps", scale))
        if kind.fastest and shown.places <= _MOST_PLACES:
            return f"CAST({self._dialect.decimal.format('steps', scale, shown.places)} AS VARCHAR)"
        whole = kind.quotient("abs(steps)", scale)
        part = self._dialect.written.format(f"(abs(steps) - {whole} * {scale})")
        digits = f"{self._dialect.written.format(whole)} || '.' || lpad({part}, {shown.places}, '0')"
        return f"CASE WHEN steps < 0 THEN '-' ELSE '' END || {digits}"

    def symbol(self, scheme: GradeScheme | None, missed: Sequence[tuple[int, str]]) -> str:
        """Return the symbol of who has a final; `missed` are those of hurdles, each with what `told` says of it."""
        bands = scheme.bands if scheme else ()
        reached, possible = self._factors(0)
        starts = [Fraction(band.start) for band in bands[1:]]
        most = max((max(start.denominator, abs(start.numerator)) for start in starts), default=1)
        kind = self._kind(0, reached * most, possible * most)
        cases = [f"WHEN told = {place} THEN {text(symbol)}" for place, symbol in missed]
        for band in reversed(bands[1:]):
            left, right = reached * Fraction(band.start).denominator, possible * Fraction(band.start).numerator
            shared = gcd(left, right)
            over, under = self._pair(0, left // shared, right // shared, kind)
            cases.append(f"WHEN {over} {'>' if band.exclusive else '>='} {under} THEN {text(band.symbol)}")
        lowest = text(bands[0].symbol) if bands else "NULL"
        return f"CASE {' '.join(cases)} ELSE {lowest} END" if cases else lowest

    def _of_steps(self, shown: Rounding) -> tuple[WholeNumbers, int, int]:
        reached, possible = self._factors(0)
        width = self._held.width(0)
        most = most_of_rounding(width.reached * reached, width.possible * possible, shown)
        return WholeNumbers(self._dialect, most * 10 ** max(-shown.places, 0)), reached, possible

    def _factors(self, line: int) -> tuple[int, int]:
        """Return by what a pair is multiplied so that its quotient is a percent."""
        factor = Fraction(100, self._units[line])
        return factor.numerator, factor.denominator

    def _kind(self, line: int, reached: int, possible: int) -> WholeNumbers:
        width = self._held.width(line)
        return WholeNumbers(self._dialect, max(width.reached * reached, width.possible * possible))

    def _pair(self, line: int, reached: int, possible: int, kind: WholeNumbers) -> tuple[str, str]:
        return times(self._held.reached(line, kind), reached), self._held.possible(line, kind, possible)


def missed_symbols(symbols: Sequence[str | None]) -> Iterator[tuple[int, str]]:
    """Yield the symbols that hurdles set, each with its number."""
    return ((place, symbol) for place, symbol in enumerate(symbols, start=1) if symbol)
