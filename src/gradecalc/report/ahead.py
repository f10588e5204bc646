# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Some figures of a report before the whole of it is found: percents, and what follows from these alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

from ..verdicts import Verdict
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
        """Return the percent of a line, or None where it has none or that is not known; the final's is known."""
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
        return self.whole().result(line) if percent is None else Result.ahead(self, line, percent)

    def find(self, name: str, line: int) -> Any:
        """Return what follows from a percent that is known, and else what the whole report has."""
        follow = _FOLLOWING.get(name)
        try:
            return self.whole().find(name, line) if follow is None else follow(self, line, self.percent(line))
        except LookupError:
            return self.whole().find(name, line)


def _shown(report: Ahead, _: int, percent: Fraction) -> str:
    return report.layout.shown.show(percent)


def _symbol(report: Ahead, line: int, percent: Fraction) -> str | None:
    scheme = report.layout.headings[line].scheme or report.layout.scheme
    by_scheme = None if scheme is None else scheme.symbol(percent)
    return by_scheme if line else report.symbol() or by_scheme


def _passed(report: Ahead, line: int, percent: Fraction) -> Verdict | None:
    return report.layout.headings[line].passing.judge(percent) if line else report.passed(percent)


_FOLLOWING: Final[Mapping[str, Callable[[Ahead, int, Any], Any]]] = {
    "shown": _shown,
    "symbol": _symbol,
    "passed": _passed,
}
"""What follows from a percent alone: nobody set a symbol, and nothing is exempt."""
