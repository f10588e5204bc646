# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What follows from points out of a maximum, whoever has them: the percent, how it is shown, its symbol and verdict.

>>> from gradecalc.rounding import Rounding
>>> table = Yardsticks(Rounding(), [Yardstick(10, None, PassRule(Fraction(50)))])
>>> found = table.reached(0, Fraction(17, 2), 10)
>>> found.shown, found.passed.name
('85.00', 'MET')
>>> table.reached(0, Fraction(17, 2), 10) is found
True

Marks repeat, in a class and from item to item, so what was worked out is kept, and all reports of a plan share it.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final, NamedTuple

from ..exact import Exact, percent_of
from ..quotients import as_fraction
from ..rounding import Rounding
from ..schemes import GradeScheme
from ..verdicts import Verdict
from .passing import PassRule

MOST_KEPT: Final = 1 << 13
"""The most that is kept for a plan."""


class Reached(NamedTuple):
    """What points come to; without points, or out of 0, there is no percent."""

    points: Fraction | None
    out_of: Fraction
    percent: Fraction | None
    shown: str
    """The percent, or else the points; empty where there are none."""
    symbol: str | None
    passed: Verdict | None


class Yardstick(NamedTuple):
    """By what the points of a line are measured."""

    usually_out_of: Exact | None
    """None where each learner has another maximum."""
    scheme: GradeScheme | None
    passing: PassRule


class Yardsticks:
    """What points come to at each line; lines that are measured alike share what is kept."""

    __slots__ = ("_alike", "_known", "_lines", "_shown", "usually_out_of")

    def __init__(self, shown: Rounding, lines: Iterable[Yardstick]) -> None:
        self._shown, self._lines = shown, tuple(lines)
        self.usually_out_of = [each.usually_out_of for each in self._lines]
        places: dict[object, int] = {}
        self._alike = [places.setdefault(_told_apart(each), len(places)) for each in self._lines]
        self._known: dict[tuple[int, int | None, int], Reached] = {}

    def reached(self, line: int, points: Exact | None, out_of: Exact) -> Reached:
        """Return what points at a line come to."""
        usually = self.usually_out_of[line]
        if usually is None or (out_of is not usually and out_of != usually):
            return self._work_out(line, points, out_of)
        over, under = (None, 1) if points is None else points.as_integer_ratio()
        place = self._alike[line], over, under
        found = self._known.get(place)
        if found is None:
            found = self._work_out(line, points, out_of)
            if len(self._known) < MOST_KEPT:
                self._known[place] = found
        return found

    def _work_out(self, line: int, points: Exact | None, out_of: Exact) -> Reached:
        _, scheme, passing = self._lines[line]
        if points is None or not out_of:
            own, shown = (None, "") if points is None else (as_fraction(points), self._shown.show(points))
            return Reached(own, as_fraction(out_of), None, shown, None, passing.judge(None))
        percent = percent_of(points, out_of)
        symbol = None if scheme is None else scheme.symbol(percent)
        shown, passed = self._shown.show(percent), passing.judge(percent)
        return Reached(as_fraction(points), as_fraction(out_of), percent, shown, symbol, passed)


def _told_apart(line: Yardstick) -> tuple[object, ...]:
    """Return by what a measure is another, at no cost for each band; the lines keep their schemes."""
    return line.usually_out_of, id(line.scheme), line.passing.pass_mark
