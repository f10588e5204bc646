# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The calculated and the adjusted final grade side by side, which one is released, and whether a stored one is stale.

The adjusted final is the mark that somebody keyed by the gradebook's own id; the calculated one is what it replaced.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import Final

from ..exact import Exact, write_exact
from ..outline import Explained, Outline
from ..reasons import NUMBERS, ReasonTexts, Shown
from ..rounding import Rounding, RoundingOf
from ..values import frozen
from .report import Report
from .results import NO_GRADE_SHOWN
from .rows import with_symbol

STORED = Rounding(9, of=RoundingOf.POINTS)
"""How a final is rounded when it is stored with nine decimals, as Brightspace does."""


FINALS: Final = ReasonTexts(
    "finals",
    {
        "adjusted": "adjusted final",
        "calculated": "calculated final",
        "final": "Final grade",
        "released": "released",
    },
)
"""What is said of the two finals."""


class WhichFinal(Enum):
    """Which of the two final grades."""

    CALCULATED = "calculated"
    ADJUSTED = "adjusted"


@frozen
class FinalGrades(Explained):
    """Both final grades in percent, None where there is none, and the one that the learner sees.

    `released` may be None though the other exists: an adjusted final that nobody has entered is not filled in.
    """

    calculated: Fraction | None
    adjusted: Fraction | None
    which: WhichFinal
    symbol: str | None
    shown: str

    @property
    def released(self) -> Fraction | None:
        """The percent of the one that is released."""
        return self.adjusted if self.which is WhichFinal.ADJUSTED else self.calculated

    def outline(self) -> Outline:
        """Return both as rows, with which one is released."""
        rows = [
            Outline(FINALS.phrase(which.value), _percent(value), [FINALS.phrase("released")] * (which is self.which))
            for which, value in ((WhichFinal.CALCULATED, self.calculated), (WhichFinal.ADJUSTED, self.adjusted))
        ]
        released = self.released
        shown = self.shown if released is None else NUMBERS.phrase("number", Shown(released, self.shown))
        return Outline(FINALS.phrase("final"), with_symbol(shown, self.symbol), (), tuple(rows))


def final_grades(report: Report, which: WhichFinal = WhichFinal.CALCULATED) -> FinalGrades:
    """Return both final grades of a report, and how the released one is shown (Z1, Z2)."""
    final = report.final
    adjusted = final.percent if final.overridden else None
    released = adjusted if which is WhichFinal.ADJUSTED else final.computed
    scheme = report.layout.scheme
    symbol = _symbol_set(report, which)
    if symbol is None and released is not None and scheme is not None:
        symbol = scheme.symbol(released)
    shown = NO_GRADE_SHOWN if released is None else report.layout.shown.show(released)
    return FinalGrades(final.computed, adjusted, which, symbol, shown)


def _symbol_set(report: Report, which: WhichFinal) -> str | None:
    """Return the symbol that somebody set for the adjusted final, or a missed hurdle for the calculated one."""
    code, place = ("symbol_set", 0) if which is WhichFinal.ADJUSTED else ("hurdle_symbol", 2)
    return next((str(each.arguments[place]) for each in report.final.reasons if each.code == code), None)


class Staleness(Enum):
    """Why a stored grade is no longer today's."""

    DEFINITION = "the definition has changed"
    RULES = "the rules of the library have changed"
    FIGURE = "the calculated final is another"


def staleness(stored: Report, fresh: Report) -> tuple[Staleness, ...]:
    """Return why a stored report is stale beside one graded today; of one that is not, nothing (Z3)."""
    differs = {
        Staleness.DEFINITION: stored.digest != fresh.digest,
        Staleness.RULES: stored.rules != fresh.rules,
        Staleness.FIGURE: stored.final.computed != fresh.final.computed,
    }
    return tuple(reason for reason, holds in differs.items() if holds)


def stored_final_is_stale(
    points: Exact | None, out_of: Exact | None, fresh: Report, *, stored_to: Rounding | None = STORED
) -> bool:
    """Return whether a final that a system stored as points out of a maximum is not the one calculated today (Z4).

    The two are compared in percent, after the rounding that the system stores with; None compares exactly.
    """
    today = fresh.final.computed
    if points is None or not out_of or today is None:
        return (points is None or not out_of) is not (today is None)
    then = Fraction(points * 100) / out_of
    if stored_to is None:
        return then != today
    scale = Fraction(out_of, 100)
    return stored_to.apply(today * scale) != stored_to.apply(Fraction(points))


def _percent(value: Fraction | None) -> str:
    return NO_GRADE_SHOWN if value is None else NUMBERS.phrase("percent", value, show=write_exact)
