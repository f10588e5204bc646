# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Some figures of a report before the whole of it is found: percents, and what follows from these alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import attrgetter
from typing import Any, Final

from ..marks import EXEMPT, UNGRADED, NoScore
from ..quotients import as_fraction
from ..reasons import Lack
from ..verdicts import Verdict
from .later import NOT_FOUND, new
from .layouts import Heading, Layout
from .origins import Origin
from .results import Columns, Finder, Result, Treatment, enter_finder, enter_line, enter_percent


class Ahead:
    """The base of what knows some percents of a report, and who finds the rest, once."""

    __slots__ = ("layout", "lines")

    layout: Layout
    """The layout of the report."""
    lines: Finder | None
    """What knows the whole report, once somebody asked for that."""

    def percent(self, line: int) -> Fraction | None:
        """Return the percent of a line that is computed, or None where it has none or that is not known.

        The final's is known, and that of an item may be by its own mark; not that of a blank, which may count.
        """
        raise NotImplementedError

    def symbol(self) -> str | None:
        """Return the symbol that a missed hurdle gives the final, if one does; raises `LookupError` if not known."""
        raise NotImplementedError

    def passed(self, percent: Fraction) -> Verdict | None:
        """Return whether the final is passed; raises `LookupError` if that is not known."""
        raise NotImplementedError

    def without_score(self, line: int) -> NoScore | None:
        """Return `EXEMPT` or `UNGRADED` where a line has no recorded score, and None where it has one (U10)."""
        return self.whole().without_score(line)

    def work_out(self) -> Finder:
        """Return what knows the whole report."""
        raise NotImplementedError

    def whole(self) -> Finder:
        """Return the same, found once."""
        if self.lines is None:
            self.lines = self.work_out()
        return self.lines

    @property
    def columns(self) -> Columns:
        """What the evaluator found."""
        return self.whole().columns

    @property
    def origin(self) -> Origin | None:
        """What the report was graded from."""
        return self.whole().origin

    def result(self, line: int) -> Result:
        """Return the result of a line, with its percent if that is known."""
        if self.lines is not None:
            return self.lines.result(line)
        percent = None if self.layout.marked[line] else self.percent(line)
        made = new(Result)
        enter_finder(made, self)
        enter_line(made, line)
        if percent is not None:
            enter_percent(made, percent)
        return made

    def find(self, name: str, line: int) -> Any:
        """Return what follows from a percent that is known, or from the layout, and else what the lines find alone."""
        same = _FOR_ALL.get(name)
        if same is not None:
            return same(self.layout.headings[line])
        if name == "lack" and self.lines is None and self.layout.marked[line]:
            return _LACKS[self.without_score(line)]
        follow = _FOLLOWING.get(name) if self.lines is None else None
        percent = None if follow is None else self.percent(line)
        if follow is None or percent is None:
            return self.whole().find(name, line)
        try:
            return follow(self, line, percent)
        except LookupError:
            return NOT_FOUND

    def fill(self, line: int, made: Result) -> None:
        """Enter all fields of the result of a line."""
        self.whole().fill(line, made)

    def complete(self, line: int) -> Result:
        """Return the result of a line with all its fields."""
        return self.whole().complete(line)


def _shown(report: Ahead, _: int, percent: Fraction) -> str:
    return report.layout.shown.show(percent)


def _symbol(report: Ahead, line: int, percent: Fraction) -> str | None:
    scheme = report.layout.headings[line].scheme or report.layout.scheme
    by_scheme = None if scheme is None else scheme.symbol(percent)
    return by_scheme if line else report.symbol() or by_scheme


def _passed(report: Ahead, line: int, percent: Fraction) -> Verdict | None:
    return report.layout.headings[line].passing.judge(percent) if line else report.passed(percent)


def _lack(_: Ahead, line: int, __: Fraction) -> None:
    """Return that the final lacks no score where it has a percent; another branch may be a zero of blanks."""
    if line:
        raise LookupError(line)


def _points(report: Ahead, line: int, percent: Fraction) -> Fraction:
    return percent * _out_of(report, line, percent) / 100


def _out_of(report: Ahead, line: int, _: Fraction) -> Fraction:
    """Return what an item is out of for everybody whose mark does not say otherwise."""
    maximum = report.layout.headings[line].max_points
    if maximum is None or not report.layout.marked[line]:
        raise LookupError(line)
    return as_fraction(maximum)


def _treatment(_: Ahead, line: int, __: Fraction) -> Treatment:
    if line:
        raise LookupError(line)
    return Treatment.COUNTED


_LACKS: Final[Mapping[NoScore | None, Lack | None]] = {EXEMPT: Lack.EXEMPT, UNGRADED: Lack.UNGRADED, None: None}
"""What an item lacks by its own mark."""

_FOLLOWING: Final[Mapping[str, Callable[[Ahead, int, Fraction], Any]]] = {
    "percent": lambda _, __, percent: percent,
    "points": _points,
    "out_of": _out_of,
    "lack": _lack,
    "treatment": _treatment,
    "shown": _shown,
    "symbol": _symbol,
    "passed": _passed,
}
"""What follows from a percent alone: nobody set a symbol, and nothing is exempt."""

_FOR_ALL: Final[Mapping[str, Callable[[Heading], str]]] = {"id": attrgetter("id"), "name": attrgetter("name")}
"""What is so for every learner."""
