# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a source states as results, and whether a computed figure is one that it would state so.

>>> from fractions import Fraction
>>> agrees(Fraction(6302, 100), Fraction(630208, 10000), 2), agrees(Fraction(6302, 100), Fraction(6303, 100), 2)
(True, False)

A column of figures states as many decimals as the longest of them has, and six at the most: what stands beyond carries
the rounding of what was added up. Rules J1 to J4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from ..exact import Exact, ratio, write_exact, write_short
from ..gradebook.contributions import WHOLE
from ..marks import UngradedPolicy
from ..reasons import Note
from ..report.layouts import How
from ..report.report import Report
from ..report.results import Treatment
from .imported import Imported, Recorded

MOST_PLACES: Final = 6
"""The most decimals of a stated figure that are compared."""

LEAST_PLACES: Final = 2
"""The least decimals of points out of a maximum: who states a fraction states it exactly, or nearly so."""

Results = Mapping[str, Mapping[str, Recorded]]
"""Results by learner, and then by what they are of."""

KEEPS_POINTS: Final = frozenset({How.SUM_OF_POINTS, How.MARKED})
"""How a line comes about whose points are its own, and not a share of 100."""

_POLICIES: Final[Mapping[str, UngradedPolicy]] = {
    "current": UngradedPolicy.LEAVE_OUT,
    "final": UngradedPolicy.AS_ZERO,
}
_FINAL: Final = " (final)"
_NOT_COMPUTED: Final = frozenset({"adjusted", "override", "unposted"})


class Decimals(NamedTuple):
    """How many decimals of each figure of a result are compared."""

    points: int = 0
    out_of: int = 0
    percent: int = 0

    def with_those_of(self, stated: Recorded) -> Decimals:
        """Return the decimals of a column that has this result too."""
        return Decimals(
            max(self.points, _decimals(stated.points)),
            max(self.out_of, _decimals(stated.out_of)),
            max(self.percent, _decimals(stated.percent)),
        )


def decimals_of(results: Results) -> dict[str, Decimals]:
    """Return the decimals that a source states, by what results are of: the longest figure speaks for its column."""
    found: dict[str, Decimals] = {}
    for row in results.values():
        for of, stated in row.items():
            found[of] = found.get(of, Decimals()).with_those_of(stated)
    return found


def agrees(stated: Exact, computed: Exact, places: int) -> bool:
    """Return whether a figure may have been rounded, either way at a half, to what is stated with so many decimals."""
    half = Fraction(1, 2 * 10**places)
    return -half <= stated - computed <= half


def _decimals(value: Exact | None) -> int:
    """Return how many decimals a figure is written with, up to the most that are compared."""
    text = "" if value is None else write_exact(value)
    return MOST_PLACES if "/" in text else min(len(text.partition(".")[2]), MOST_PLACES)


def is_stated(recorded: Recorded) -> bool:
    """Return whether a result states anything at all."""
    return recorded.points is not None or recorded.percent is not None or bool(recorded.symbol)


def stated_finals(imported: Imported, learner: str) -> dict[str, Recorded]:
    """Return the finals of a learner that the source computed, by its names for them (J5).

    What somebody set by hand, or what is not posted, stands for the final only where nothing else is stated.
    """
    given = imported.finals.get(learner)
    finals = {name: each for name, each in given.items() if is_stated(each)} if given else {}
    computed = {name: each for name, each in finals.items() if _NOT_COMPUTED.isdisjoint(words(name))}
    return computed or finals


def words(name: str) -> list[str]:
    """Return the words of a source's name for a final, in lower case."""
    return name.casefold().replace("_", " ").split()


def policy_of(imported: Imported, final: str) -> UngradedPolicy | None:
    """Return the policy that a final of this name is computed with whatever the gradebook says (J9), or None."""
    named = [word for word in words(final) if word in _POLICIES] if imported.system == "canvas" else []
    return _POLICIES[named[0]] if named else None


def lines_beside(imported: Imported, learner: str, final: str) -> dict[str, Recorded]:
    """Return what the source states below a final of this name, by the ids of lines (J9)."""
    stated = imported.recorded.get(learner, {})
    if policy_of(imported, final) is not UngradedPolicy.AS_ZERO:
        return {of: each for of, each in stated.items() if is_stated(each)}
    return {of.removesuffix(_FINAL): each for of, each in stated.items() if of.endswith(_FINAL) and is_stated(each)}


class Figure(NamedTuple):
    """What a report has on a line, as far as it is compared: no result is made of it, since many are looked at."""

    name: str
    points: Exact | None
    out_of: Exact
    how: How
    symbol: str | None = None

    @classmethod
    def of(cls, report: Report, line: int, *, symbol: bool) -> Figure:
        """Return the figure on a line, with its symbol where that is asked for; what is exempt has none."""
        heading, columns = report.layout.headings[line], report.columns
        points = None if columns.treatments[line] is Treatment.EXEMPT else columns.points[line]
        looked_up = report[heading.id].symbol if symbol else None
        return cls(heading.name, points, columns.out_of[line], heading.how, looked_up)

    @property
    def percent(self) -> Exact | None:
        """The percent, where there is one."""
        return None if self.points is None or not self.out_of else ratio(100 * self.points, self.out_of)


def part_ways(stated: Recorded, report: Report, line: int, decimals: Decimals) -> Note | None:
    """Return how a line of a report differs from what is stated of it, None where it does not."""
    return next(_differences(stated, Figure.of(report, line, symbol=bool(stated.symbol)), decimals), None)


def is_share(stated: Recorded, how: How) -> bool:
    """Return whether a percent alone tells whether a line of this kind comes to what is stated."""
    of_points = stated.points is not None and (stated.out_of is None or how in KEEPS_POINTS)
    return not (of_points or stated.symbol)


def share_agrees(stated: Recorded, percent: Exact, how: How, decimals: Decimals) -> bool | None:
    """Return whether a percent alone is what is stated; None where points or a symbol are stated that it is not."""
    if not is_share(stated, how):
        return None
    return next(_differences(stated, Figure("", percent, WHOLE, how), decimals), None) is None


def _differences(stated: Recorded, found: Figure, decimals: Decimals) -> Iterator[Note]:
    percent = found.percent
    if percent is None and not (found.points is not None and _states_points_alone(stated)):
        yield from _without_score(stated, found.name)
        return
    if percent is not None and stated.percent is not None and not agrees(stated.percent, percent, decimals.percent):
        yield "percent", found.name, stated.percent, percent
    if stated.points is not None:
        yield from _points(stated, found, decimals)
    if stated.symbol and found.symbol is not None and stated.symbol != found.symbol:
        yield "symbol", found.name, stated.symbol, found.symbol


def _states_points_alone(stated: Recorded) -> bool:
    return stated.points is not None and stated.out_of is None and stated.percent is None


def _without_score(stated: Recorded, name: str) -> Iterator[Note]:
    """Yield that something is stated and nothing computed; 0 points out of 0, or of no maximum, are nothing (J4)."""
    if stated.percent is not None:
        yield "no_score", name, f"{write_short(stated.percent)} %"
    elif stated.points is not None and (stated.points or stated.out_of):
        of = "" if stated.out_of is None else f" out of {write_short(stated.out_of)}"
        yield "no_score", name, f"{write_short(stated.points)}{of}"


def _points(stated: Recorded, found: Figure, decimals: Decimals) -> Iterator[Note]:
    """Yield how points differ: both figures where points are summed, and elsewhere the share that they are (J3)."""
    points, out_of, computed, whole = stated.points or 0, stated.out_of, found.points or 0, found.out_of
    if out_of is None:
        if not agrees(points, computed, decimals.points):
            yield "points", found.name, points, computed
        return
    if found.how not in KEEPS_POINTS and whole:
        computed, whole = ratio(computed * out_of, whole), out_of
    fine = (max(each, LEAST_PLACES) for each in (decimals.points, decimals.out_of))
    if not all(map(agrees, (points, out_of), (computed, whole), fine)):
        yield "out_of", found.name, points, out_of, found.points or 0, found.out_of
