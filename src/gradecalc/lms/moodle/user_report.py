# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What Moodle's user report shows beside each grade: its weight in its category, and what it adds to the course.

>>> from gradecalc import grade
>>> from gradecalc.lms.moodle import read
>>> course = read({"name": "course", "children": [{"name": "Quiz", "max": 150, "grade": 80},
...     {"name": "Bonus", "max": 100, "grade": 90, "coef": 1}]})
>>> shown = weigh(grade(course.gradebook, course.marks["learner"]))
>>> shown["Bonus"].weight, shown["Bonus"].contribution
(Fraction(14, 27), Fraction(7, 15))

An extra credit weighs no more than it moved the total, so that of several the one that crosses the top weighs less and
those after it nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from typing import Final

from ...exact import Exact
from ...gradebook.contributions import WHOLE
from ...gradebook.tree import ROOT_ID
from ...report.layouts import How
from ...report.report import Report
from ...report.results import Treatment
from ...values import frozen
from .grade_bounds import Bounds, standardise


class AggregationStatus(Enum):
    """What became of a grade in its category, in Moodle's words."""

    USED = "used"
    EXTRA_CREDIT = "extra_credit"
    DROPPED = "dropped"
    """By a rule, or because it is excluded for this learner."""
    EMPTY = "empty"
    UNKNOWN = "unknown"
    """Its category does not aggregate it."""


_STATUSES: Final[Mapping[Treatment, AggregationStatus]] = {
    Treatment.COUNTED: AggregationStatus.USED,
    Treatment.COUNTED_AS_ZERO: AggregationStatus.USED,
    Treatment.BONUS: AggregationStatus.EXTRA_CREDIT,
    Treatment.DROPPED: AggregationStatus.DROPPED,
    Treatment.EXEMPT: AggregationStatus.DROPPED,
    Treatment.LEFT_OUT: AggregationStatus.EMPTY,
    Treatment.NOT_COUNTED: AggregationStatus.UNKNOWN,
}


@frozen
class UserReportLine:
    """What is shown beside a grade: its weight in its category and what it adds to the course, where 1 is all of it."""

    weight: Fraction
    contribution: Fraction
    status: AggregationStatus


@frozen
class _Line:
    """A line that counts: its place, the share of its maximum that was reached, its weight as shown, and its share.

    The `share` is what full marks add to the category; a mean shows the same `weight` for each, whatever that is.
    """

    line: int
    reached: Fraction
    weight: Fraction
    share: Fraction
    bonus: bool

    @property
    def adds(self) -> Fraction:
        """What it adds to the category, where 1 is all of it."""
        return self.share * self.reached


def weigh(report: Report) -> dict[str, UserReportLine]:
    """Return what is shown beside each grade of a report, by id."""
    headings = report.layout.headings
    weights: dict[int, Fraction] = {}
    effective = {0: Fraction(1)}
    shown: dict[str, UserReportLine] = {}
    for line, (heading, below) in enumerate(zip(headings, report.layout.below, strict=True)):
        counting = [each for child in below if (each := _counting(report, child)) is not None]
        limit = None if _exceeds(report, line) else Fraction(bool(report.columns.out_of[line]))
        weights.update(_weigh(counting, limit))
        if line:
            weight = weights.get(line, Fraction(0))
            effective[line] = effective[heading.parent] * weight
            contribution = effective[line] * (_reached(report, line) or 0)
            shown[heading.id] = UserReportLine(weight, contribution, _STATUSES[report.columns.treatments[line]])
    return shown


def total_without_hidden(report: Report, minima: Mapping[str, Exact], id: str = ROOT_ID) -> Fraction | None:  # noqa: A002
    """Return a total as learners see it where totals are shown without hidden items.

    There a category under natural weighting begins at the sum of its items' least grades (`minima`, by id), and what
    was reached is spread over the range from there; any other category, which is none of those ids, begins at 0.
    """
    result = report[id]
    if result.percent is None:
        return result.points
    least = _least(report, minima, report.layout.index[id])
    return Fraction(standardise(result.percent, Bounds(0, 100), Bounds(least, result.out_of)))


def _least(report: Report, minima: Mapping[str, Exact], line: int) -> Exact:
    heading = report.layout.headings[line]
    if not heading.branch or heading.id not in minima:
        return minima.get(heading.id, 0)
    below = report.layout.below[line]
    counted = [child for child in below if report.columns.shares[child] and not _is_bonus(report, child)]
    return sum(_least(report, minima, child) for child in counted)


def _is_bonus(report: Report, line: int) -> bool:
    return report.columns.treatments[line] is Treatment.BONUS


def _reached(report: Report, line: int) -> Fraction | None:
    points, out_of = report.columns.points[line], report.columns.out_of[line]
    return None if points is None else Fraction(points) / out_of if out_of else Fraction(1)


def _counting(report: Report, line: int) -> _Line | None:
    treatment, reached = report.columns.treatments[line], _reached(report, line)
    if reached is None or _STATUSES[treatment] not in (AggregationStatus.USED, AggregationStatus.EXTRA_CREDIT):
        return None
    parent = report.layout.headings[line].parent
    whole = report.columns.wholes[parent]
    share = Fraction(report.columns.shares[line])
    share = share if whole is None else share / whole if whole else Fraction(0)
    counted = whole if report.layout.headings[parent].how is How.MEAN else None
    return _Line(line, reached, Fraction(1) / counted if counted else share, share, _is_bonus(report, line))


def _exceeds(report: Report, line: int) -> bool:
    """Return whether what was computed for a category is above its maximum, which only unlimited grades let it be."""
    override = dict(report.columns.overrides).get(line)
    if override is None:
        return (_reached(report, line) or 0) > 1
    return (override.computed or 0) > WHOLE


def _weigh(lines: Sequence[_Line], limit: Fraction | None) -> Iterator[tuple[int, Fraction]]:
    """Yield each line's weight, that of extra credit as far as it moved the total, which ends at a limit if there is.

    Extra credits are credited one at a time, from the lowest; whatever the method, one rule holds for all. Alone they
    have no weight.
    """
    own = [each for each in lines if not each.bonus]
    yield from ((each.line, each.weight) for each in own)
    so_far = sum((each.adds for each in own), Fraction(0))
    for each in sorted((each for each in lines if each.bonus and own), key=_by_reached):
        room = each.adds if limit is None else max(limit - so_far, Fraction(0))
        moved = min(each.adds, room)
        yield each.line, _weight_of(each, moved)
        so_far += moved


def _weight_of(extra: _Line, moved: Fraction) -> Fraction:
    """Return what extra credit weighs that moved the total so far: as shown where nothing stopped it."""
    if not extra.adds or moved == extra.adds:
        return extra.weight if extra.adds else Fraction(0)
    return moved / extra.reached


def _by_reached(line: _Line) -> Fraction:
    return line.reached
