# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Some figures of a report before the whole of it is found: percents, and what follows from these alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

from ..verdicts import Verdict
from .later import NOT_FOUND
from .layouts import Layout
from .origins import Origin
from .results import Columns, Finder, Result


class Ahead:
    """The base of what knows some percents of a report, and who finds the rest."""

    __slots__ = ()

    @property
    def layout(self) -> Layout:
        """The layout of the report."""
        raise NotImplementedError

    def percent(self, line: int) -> Fraction | None:
        """Return the percent of a line that is computed, or None where it has none or that is not known.

        The final's is known; what an item comes to is not, for its blanks may count.
        """
        raise NotImplementedError

    def symbol(self) -> str | None:
        """Return the symbol that a missed hurdle gives the final, if one does; raises `LookupError` if not known."""
        raise NotImplementedError

    def passed(self, percent: Fraction) -> Verdict | None:
        """Return whether the final is passed; raises `LookupError` if that is not known."""
        raise NotImplementedError

    def whole(self) -> Finder:
        """Return what knows the whole report."""
        raise NotImplementedError

    def found(self) -> Finder | None:
        """Return the same, if somebody asked for it before."""
        raise NotImplementedError

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
        percent = self.percent(line)
        if percent is not None:
            return Result.ahead(self, line, percent)
        found = self.found()
        return Result.of(self, line) if found is None else found.result(line)

    def find(self, name: str, line: int) -> Any:
        """Return what follows from a percent that is known."""
        follow = _FOLLOWING.get(name)
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


_FOLLOWING: Final[Mapping[str, Callable[[Ahead, int, Fraction], Any]]] = {
    "shown": _shown,
    "symbol": _symbol,
    "passed": _passed,
}
"""What follows from a percent alone: nobody set a symbol, and nothing is exempt."""
