# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Brightspace's own worked examples, exactly (the ids are those of the shared scenarios)."""

from fractions import Fraction

import pytest

from gradecalc import (
    BonusOf,
    Category,
    DropRule,
    Gradebook,
    GradeItem,
    Maximum,
    Rescale,
    SumOfPoints,
    UngradedPolicy,
    WeightedMean,
    grade,
)


def labs_book():
    labs = [GradeItem(f"Lab {nth}", max_points=10, weight=25) for nth in range(1, 5)]
    return Gradebook(
        [
            Category("Labs", labs, weight=50, drop=DropRule(lowest=1)),
            GradeItem("Discussions", max_points=10, weight=10),
            GradeItem("Moderator", max_points=5, weight=5, bonus=True),
            GradeItem("Exam", max_points=100, weight=40),
        ],
        aggregation=WeightedMean(),
        ungraded=UngradedPolicy.AS_ZERO,
    )


LABS = {"Lab 1": 0, "Lab 2": 8, "Lab 3": 0, "Lab 4": 7, "Discussions": 8, "Moderator": 3, "Exam": 71}


@pytest.mark.parametrize("marks", [LABS, {name: mark for name, mark in LABS.items() if mark}])
def test_weighted_system_with_a_dropped_lab_and_a_bonus(marks):
    """With zeros or blanks as zero the first of two equal labs is dropped and the final is 64.4 (d2l-weighted-labs)."""
    report = grade(labs_book(), marks)
    assert ("Lab 1",) == report["Labs"].dropped
    assert Fraction("64.4") == report.final.percent
    contributions = {name: report[name].weight * report[name].percent for name in LABS}
    assert Fraction(40, 3) == contributions["Lab 2"]
    assert (0, 0) == (contributions["Lab 1"], contributions["Lab 3"])
    assert Fraction(35, 3) == contributions["Lab 4"]
    assert (8, 3, Fraction("28.4")) == tuple(contributions[name] for name in ("Discussions", "Moderator", "Exam"))


def test_a_labs_share_of_its_category():
    """Lab 2 is 26.67 % of its category once a lab is dropped (d2l-weighted-labs)."""
    report = grade(labs_book(), LABS)
    share = report["Lab 2"].weight / report["Labs"].weight
    assert Fraction(80, 3) == share * report["Lab 2"].percent


PROJECTS = [(5, 6), (5, 8), (10, 9), (10, 8), (15, 15), (15, None)]


@pytest.mark.parametrize(
    ("bonus", "can_exceed", "expected"),
    [
        (BonusOf.COUNTED, False, "100"),
        (BonusOf.COUNTED, True, "5600/45"),
        (BonusOf.PERCENT_POINTS, False, "100"),
        (BonusOf.PERCENT_POINTS, True, "5050/45"),
    ],
)
def test_points_system_with_projects_beyond_their_maximum(bonus, can_exceed, expected):
    """Bonus points add to the numerator, or to the percent as the page prints (d2l-points-projects, B2)."""
    items = [GradeItem(f"Project {nth}", max_points=top, can_exceed=True) for nth, (top, _) in enumerate(PROJECTS)]
    book = Gradebook(
        [*items, GradeItem("Bonus", max_points=10, bonus=True)],
        aggregation=SumOfPoints(bonus=bonus),
        can_exceed=can_exceed,
    )
    marks = {f"Project {nth}": score for nth, (_, score) in enumerate(PROJECTS)}
    assert Fraction(expected) == grade(book, {**marks, "Bonus": 10}).final.percent


def test_a_half_graded_category_carries_its_whole_weight():
    """Full marks on the only graded quiz of a category worth 25 are 25 of 25 (ursuline-final-vs-milestone)."""
    quizzes = Category("Quizzes", [GradeItem("Quiz 1", max_points=10), GradeItem("Quiz 2", max_points=10)], weight=25)
    book = Gradebook([quizzes], aggregation=WeightedMean(out_of=Maximum.WEIGHTS))
    final = grade(book, {"Quiz 1": 10}).final
    assert (25, 25) == (final.points, final.out_of)


def test_three_items_of_25_count_33_each():
    """Weights short of 100 are scaled to it (kb-weights-not-100, W3)."""
    items = [GradeItem(name, max_points=10, weight=25) for name in "abc"]
    report = grade(Gradebook(items, aggregation=WeightedMean()), dict.fromkeys("abc", 5))
    assert {Fraction(1, 3)} == {report[name].weight for name in "abc"}


@pytest.mark.parametrize(
    ("policy", "expected"), [(UngradedPolicy.LEAVE_OUT, (600, 650)), (UngradedPolicy.AS_ZERO, (600, 1000))]
)
def test_points_so_far_and_points_of_the_course(policy, expected):
    """600 points are 600 of 650 graded so far, or 600 of the 1000 in the course (purdue-points, U1, U2)."""
    book = Gradebook([GradeItem("so far", max_points=650), GradeItem("to come", max_points=350)], ungraded=policy)
    final = grade(book, {"so far": 600}).final
    assert expected == (final.points, final.out_of)


def test_stored_weights_of_nine_decimals_are_scaled_to_the_whole():
    """Twelve weights of 8.333333332 each count a twelfth (stored-weight-9dp, W3)."""
    items = [GradeItem(f"HW {nth}", max_points=10, weight=8.333333332) for nth in range(12)]
    report = grade(
        Gradebook(items, aggregation=WeightedMean(rescale=Rescale.ALWAYS)), {f"HW {nth}": nth for nth in range(12)}
    )
    assert Fraction(1, 12) == report["HW 3"].weight
    assert Fraction(65 * 10, 12) == report.final.percent
