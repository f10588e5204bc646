# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A Canvas course as a gradebook: of the whole course, or of one grading period.

A group sums points. A course sums the points of its groups, or weighs their percents, scaled up to 100 where weights
are missing and never down. A course of weighted periods is a course like that for each, and weighs those.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final

from attrs import evolve

from ...gradebook.aggregation import SumOfPoints
from ...gradebook.items import Empty, GradeItem
from ...gradebook.tree import Category, Gradebook
from ...gradebook.weights import Rescale, WeightedMean, Weightless
from ...marks import ItemKind, UngradedPolicy
from .calculators import Calculator
from .course import Assignment, AssignmentGroup, Course
from .entry import GradingType
from .ids import copy_id, group_id, period_id
from .periods import GradingPeriod

OUTSIDE: Final = "outside"
"""The id of the category of what falls in no period of a course whose periods are weighted; it never counts."""

_WEIGHTED: Final = WeightedMean(rescale=Rescale.UP)
_WEIGHTED_PERIODS: Final = WeightedMean(rescale=Rescale.UP, weightless=Weightless.ZERO)
_Place = Callable[[Assignment], str]
"""Says which id an assignment has in a part of a book, none where it is not there."""

_KINDS: Final = {
    GradingType.PASS_FAIL: ItemKind.PASS_FAIL,
    GradingType.LETTER_GRADE: ItemKind.SELECTBOX,
    GradingType.GPA_SCALE: ItemKind.SELECTBOX,
}


def course_book(
    course: Course, calculator: Calculator, ungraded: UngradedPolicy, elsewhere: Mapping[str, Collection[str]]
) -> Gradebook:
    """Return the gradebook of a whole course; `elsewhere` has by assignment other periods in which learners have it."""
    if not course.periods.weighted:
        return _book(course, calculator, ungraded, lambda each: each.id)

    def _within(period: str) -> _Place:
        return lambda each: (
            each.id
            if course.period_of(each) == period
            else copy_id(each.id, period) * (period in elsewhere.get(each.id, ()))
        )

    categories = [_period(course, calculator, each, _within(each.id)) for each in course.periods.periods]
    outside = tuple(_groups(course, calculator, OUTSIDE, _within("")))
    if outside:
        categories.append(Category("Outside the grading periods", outside, id=OUTSIDE, counts=False))
    return _gradebook(course, tuple(categories), _WEIGHTED_PERIODS, calculator, ungraded)


def period_book(
    course: Course,
    calculator: Calculator,
    ungraded: UngradedPolicy,
    elsewhere: Mapping[str, Collection[str]],
    period: str,
) -> Gradebook:
    """Return the gradebook of one grading period, which holds what anybody has in that period."""
    return _book(
        course,
        calculator,
        ungraded,
        lambda each: each.id * (course.period_of(each) == period or period in elsewhere.get(each.id, ())),
    )


def _book(course: Course, calculator: Calculator, ungraded: UngradedPolicy, place: _Place) -> Gradebook:
    return _gradebook(course, tuple(_groups(course, calculator, "", place)), _combining(course), calculator, ungraded)


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


def _period(course: Course, calculator: Calculator, period: GradingPeriod, place: _Place) -> Category:
    """Return a period of a weighted course: out of 100, and zero, where ungraded work is, if nothing in it counts."""
    return Category(
        period.name,
        tuple(_groups(course, calculator, period.id, place)),
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


def _groups(course: Course, calculator: Calculator, period: str, place: _Place) -> Iterator[Category]:
    """Yield the groups with those of their assignments that have a place; a whole course keeps its empty groups too."""
    for group in course.groups:
        placed = ((place(each), each) for each in group.assignments)
        chosen = {id_: each for id_, each in placed if id_}
        if chosen or not (period or group.assignments):
            yield _group(group, chosen, course, calculator, period)


def _group(
    group: AssignmentGroup, chosen: Mapping[str, Assignment], course: Course, calculator: Calculator, period: str
) -> Category:
    return Category(
        group.name,
        tuple(_item(id_, each, calculator) for id_, each in chosen.items()),
        id=f"{OUTSIDE} {group_id(group.id)}" if period == OUTSIDE else group_id(group.id, period),
        weight=group.weight if course.by_percent else None,
        aggregation=SumOfPoints(),
        drop=evolve(
            group.drop,
            unpointed=calculator.search,
            never=tuple(id_ for id_, each in chosen.items() if each.id in group.drop.never),
        ),
        can_exceed=True,
    )


def _item(id_: str, assignment: Assignment, calculator: Calculator) -> GradeItem:
    return GradeItem(
        assignment.name,
        max_points=assignment.points,
        id=id_,
        kind=_KINDS.get(assignment.grading_type, ItemKind.NUMERIC),
        counts=assignment.counts,
        can_exceed=True,
        scheme=assignment.standard.scheme_of(calculator) if assignment.standard else None,
    )
