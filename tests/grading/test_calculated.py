# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules C10 to C13: the grade so far over chosen items."""

from fractions import Fraction

import pytest

from gradecalc import (
    EXEMPT,
    ByFormula,
    CalculatedItem,
    CalculationMethod,
    Category,
    DropRule,
    Gradebook,
    GradeItem,
    Median,
    SumOfPoints,
    Treatment,
    UngradedPolicy,
    WeightedMean,
    grade,
)
from small_books import codes

A, B = GradeItem("A", max_points=10), GradeItem("B", max_points=20)
LEAVE_OUT, AS_ZERO, ONCE_GRADED = UngradedPolicy
MILESTONE, FINAL = CalculationMethod.MILESTONE, CalculationMethod.FINAL


def points_of(book, marks, **options):
    result = grade(book, marks, **options)["C"]
    return result.points, result.out_of


def milestone_book(method, **options):
    items = [GradeItem(name, max_points=20, weight=20) for name in "ABC"]
    category = Category("Category 1", [GradeItem(name, max_points=10, weight=50) for name in "DE"], weight=40)
    calculated = CalculatedItem("C", items=("A", "B", "C1", "D", "E"), method=method, **options)
    items[2] = GradeItem("C1", max_points=20, weight=20)
    return Gradebook([*items, category, calculated], aggregation=WeightedMean())


MILESTONE_MARKS = {"A": 18, "B": 8, "D": 10}


@pytest.mark.parametrize(
    ("method", "policy", "expected"),
    [
        (MILESTONE, LEAVE_OUT, (46, 60)),
        (MILESTONE, AS_ZERO, (46, 100)),
        (MILESTONE, ONCE_GRADED, (46, 100)),
        (FINAL, LEAVE_OUT, (66, 80)),
        (FINAL, AS_ZERO, (46, 100)),
    ],
)
def test_the_printed_milestones(method, policy, expected):
    """46 of 60 leaving blanks out, 46 of 100 with blanks as zero (d2l-milestone-1 and 2, C10, C11)."""
    assert expected == points_of(milestone_book(method), MILESTONE_MARKS, ungraded=policy)


def test_the_printed_milestone_over_two_categories():
    """28 and 33.6 of 76 where an item of weight 24 is ungraded (d2l-milestone-3, C10)."""
    first = Category("One", [GradeItem(name, max_points=20, weight=50) for name in ("a", "b")], weight=40)
    weights = {"c": 40, "d": 20, "e": 40}
    second = Category(
        "Two", [GradeItem(name, max_points=100, weight=weight) for name, weight in weights.items()], weight=60
    )
    calculated = CalculatedItem("C", items=("One", "Two"), method=MILESTONE)
    book = Gradebook([first, second, calculated], aggregation=WeightedMean())
    result = grade(book, {"a": 20, "b": 8, "c": 100, "d": 80})["C"]
    assert (Fraction("61.6"), 76, "81.05") == (result.points, result.out_of, result.shown)


@pytest.mark.parametrize(("method", "expected"), [(FINAL, (25, 25)), (MILESTONE, (Fraction("12.5"), Fraction("12.5")))])
def test_a_half_graded_category(method, expected):
    """Full marks on one of two quizzes are 25 of 25 or 12.5 of 12.5 (ursuline-final-vs-milestone, C10, C11)."""
    quizzes = Category("Quizzes", [GradeItem("Quiz 1", max_points=10), GradeItem("Quiz 2", max_points=10)], weight=25)
    calculated = CalculatedItem("C", items=("Quiz 1", "Quiz 2"), method=method)
    book = Gradebook([quizzes, GradeItem("Rest", max_points=10, weight=75), calculated], aggregation=WeightedMean())
    assert expected == points_of(book, {"Quiz 1": 10})


@pytest.mark.parametrize("aggregation", [SumOfPoints(), ByFormula("[A.Percent]")])
@pytest.mark.parametrize("method", CalculationMethod)
def test_where_points_are_summed_an_item_carries_its_points(aggregation, method):
    """In a points course a calculated item is points of points, dropped or not, by either method (C12)."""
    category = Category("c", [A, B], drop=DropRule(lowest=1), aggregation=SumOfPoints())
    calculated = CalculatedItem("C", items=("A", "c"), method=method)
    book = Gradebook([category, GradeItem("X", max_points=70), calculated], aggregation=aggregation)
    assert (11, 30) == points_of(book, {"A": 1, "B": 10, "X": 70})


def test_exempt_items_are_left_out_of_a_calculated_item():
    """Exempt work is left out, all exempt is exempt, and nothing graded is no score (C13)."""
    book = milestone_book(MILESTONE)
    assert (8, 20) == points_of(book, {**MILESTONE_MARKS, "A": EXEMPT, "D": EXEMPT})
    exempt = grade(book, dict.fromkeys(("A", "B", "C1", "Category 1"), EXEMPT))["C"]
    nothing = grade(book, {})["C"]
    assert (Treatment.EXEMPT, None) == (exempt.treatment, exempt.points)
    assert (Treatment.NOT_COUNTED, None, "nothing_chosen_graded") == (
        nothing.treatment,
        nothing.points,
        codes(nothing)[-1],
    )


def test_bonus_adds_to_a_calculated_item():
    """A chosen bonus adds and is in no maximum (C13)."""
    bonus = GradeItem("X", max_points=10, bonus=True)
    book = Gradebook([A, bonus, CalculatedItem("C", items=("A", "X"), can_exceed=True)])
    assert (12, 10) == points_of(book, {"A": 8, "X": 4})


def test_a_calculated_item_may_have_a_fixed_maximum():
    """With a maximum of its own a calculated item keeps its percent (C10, G13)."""
    result = grade(milestone_book(MILESTONE, max_points=30), MILESTONE_MARKS)["C"]
    assert (23, 30) == (result.points, result.out_of)


def test_below_other_aggregations_children_carry_the_same():
    """In a branch that picks a percent each item carries an equal share (C12)."""
    category = Category("c", [A, B], weight=50, aggregation=Median())
    calculated = CalculatedItem("C", items=("c",), method=MILESTONE)
    book = Gradebook([category, GradeItem("X", max_points=1, weight=50), calculated], aggregation=WeightedMean())
    assert (20, 25) == points_of(book, {"A": 8})


def test_a_chosen_item_that_does_not_count_carries_its_own_weight():
    """An excluded item that is chosen carries its own weight or points (C12)."""
    practice = GradeItem("P", max_points=10, weight=10, counts=False)
    weighted = Gradebook(
        [GradeItem("W", max_points=10, weight=100), practice, CalculatedItem("C", items=("P", "W"))],
        aggregation=WeightedMean(),
    )
    points = Gradebook([A, practice, CalculatedItem("C", items=("P", "A"))])
    assert (58, 110) == points_of(weighted, {"W": 5, "P": 8})
    assert (13, 20) == points_of(points, {"A": 5, "P": 8})
