# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A Canvas course as a gradebook: of the whole course, or of one grading period.

A group sums points. A course sums the points of its groups, or weighs their percents, scaled up to 100 where weights
are missing and never down. A course of weighted periods is a course like that for each, and weighs those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from attrs import evolve

from ...gradebook.aggregation import SumOfPoints
from ...gradebook.items import GradeItem
from ...gradebook.tree import Category, Empty, Gradebook
from ...gradebook.weights import Rescale, WeightedMean, Weightless
from ...marks import ItemKind, UngradedPolicy
from .calculators import Calculator
from .course import Assignment, AssignmentGroup, Course
from .entry import GradingType
from .ids import group_id, period_id
from .periods import GradingPeriod

OUTSIDE: Final = "outside"
"""The id of the category of what falls in no period of a course whose periods are weighted; it never counts."""

_WEIGHTED: Final = WeightedMean(rescale=Rescale.UP)
_WEIGHTED_PERIODS: Final = WeightedMean(rescale=Rescale.UP, weightless=Weightless.ZERO)
_KINDS: Final = {
    GradingType.PASS_FAIL: ItemKind.PASS_FAIL,
    GradingType.LETTER_GRADE: ItemKind.SELECTBOX,
    GradingType.GPA_SCALE: ItemKind.SELECTBOX,
}


def course_book(course: Course, calculator: Calculator, ungraded: UngradedPolicy) -> Gradebook:
    """Return the gradebook of a whole course."""
    if not course.periods.weighted:
        return _book(course, calculator, ungraded, lambda _: True)
    categories = [_period(course, calculator, period) for period in course.periods.periods]
    outside = tuple(_groups(course, calculator, OUTSIDE, lambda each: not course.periods.period_of(each.due)))
    if outside:
        categories.append(Category("Outside the grading periods", outside, id=OUTSIDE, counts=False))
    return _gradebook(course, tuple(categories), _WEIGHTED_PERIODS, calculator, ungraded)


def period_book(course: Course, calculator: Calculator, ungraded: UngradedPolicy, period: str) -> Gradebook:
    """Return the gradebook of one grading period, which holds the assignments of that period alone."""
    return _book(course, calculator, ungraded, lambda each: course.periods.period_of(each.due) == period)


def _book(
    course: Course, calculator: Calculator, ungraded: UngradedPolicy, within: Callable[[Assignment], bool]
) -> Gradebook:
    return _gradebook(course, tuple(_groups(course, calculator, "", within)), _combining(course), calculator, ungraded)


def _gradebook(
    course: Course,
    categories: tuple[Category, ...],
    aggregation: WeightedMean | SumOfPoints,
    calculator: Calculator,
    ungraded: UngradedPolicy,
) -> Gradebook:
    by_percent = isinstance(aggregation, WeightedMean)
    return Gradebook(
        categories,
        aggregation=aggregation,
        ungraded=ungraded,
        can_exceed=True,
        round_result=calculator.round_percent_total if by_percent else calculator.round_points_total,
        scheme=course.standard.scheme_of(calculator) if course.standard else None,
    )


def _period(course: Course, calculator: Calculator, period: GradingPeriod) -> Category:
    """Return a period of a weighted course: out of 100, and zero, where ungraded work is, if nothing in it counts."""
    return Category(
        period.name,
        tuple(_groups(course, calculator, period.id, lambda each: course.periods.period_of(each.due) == period.id)),
        id=period_id(period.id),
        weight=period.weight,
        aggregation=_combining(course),
        max_points=100,
        can_exceed=True,
        empty=Empty.KEEPS_WEIGHT,
        round_result=calculator.round_period,
    )


def _combining(course: Course) -> WeightedMean | SumOfPoints:
    return _WEIGHTED if course.by_percent else SumOfPoints()


def _groups(
    course: Course, calculator: Calculator, period: str, within: Callable[[Assignment], bool]
) -> Iterator[Category]:
    """Yield the groups with those of their assignments that lie within; a whole course keeps its empty groups too."""
    for group in course.groups:
        chosen = tuple(each for each in group.assignments if within(each))
        if chosen or not (period or group.assignments):
            yield _group(group, chosen, course, calculator, period)


def _group(
    group: AssignmentGroup, chosen: tuple[Assignment, ...], course: Course, calculator: Calculator, period: str
) -> Category:
    ids = {each.id for each in chosen}
    return Category(
        group.name,
        tuple(_item(each, calculator) for each in chosen),
        id=f"{OUTSIDE} {group_id(group.id)}" if period == OUTSIDE else group_id(group.id, period),
        weight=group.weight if course.by_percent else None,
        aggregation=SumOfPoints(),
        drop=evolve(group.drop, never=tuple(each for each in group.drop.never if each in ids)),
        can_exceed=True,
    )


def _item(assignment: Assignment, calculator: Calculator) -> GradeItem:
    return GradeItem(
        assignment.name,
        max_points=assignment.points,
        id=assignment.id,
        kind=_KINDS.get(assignment.grading_type, ItemKind.NUMERIC),
        counts=assignment.counts,
        can_exceed=True,
        scheme=assignment.standard.scheme_of(calculator) if assignment.standard else None,
    )
