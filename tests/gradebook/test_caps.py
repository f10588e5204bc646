# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules G19 and G20: caps that are not at the own maximum."""

from fractions import Fraction

import pytest

from gradecalc import (
    BonusOf,
    Cap,
    Category,
    FormulaItem,
    Gradebook,
    GradeItem,
    Mark,
    Mean,
    Rounding,
    SumOfPoints,
    WeightedMean,
    grade,
)


def item(points, cap, *, max_points=50, **traits):
    """Return what a mark on one item comes to: its points, its percent and the codes of its reasons."""
    book = Gradebook([GradeItem("x", max_points=max_points, cap=cap, **traits)], can_exceed=True)
    result = grade(book, {"x": points})["x"]
    return result.points, result.percent, [reason.code for reason in result.reasons]


@pytest.mark.parametrize(
    ("points", "cap", "expected"),
    [
        (60, Cap(points=52), (52, 104, ["capped_at"])),
        (52, Cap(points=52), (52, 104, [])),
        (60, Cap(percent=110), (55, 110, ["capped_at"])),
        (50, Cap(percent=80), (40, 80, ["capped_at"])),
        (39, Cap(percent=80), (39, 78, [])),
        (-1, Cap(points=0), (-1, -2, [])),
        (Mark(30, out_of=20), Cap(percent=110), (22, 110, ["capped_at"])),
        (Mark(30, out_of=20), Cap(points=25), (25, 125, ["capped_at"])),
        (60, Cap(with_bonus=True), (50, 100, ["capped_at"])),
    ],
)
def test_an_item_is_capped_where_its_cap_says(points, cap, expected):
    """Points or a percent of this learner's own maximum, above or below it, take the place of the cap there (G19)."""
    assert expected == item(points, cap)


def test_can_exceed_lifts_the_own_cap_and_no_other():
    """A stated cap holds whether or not points can exceed the maximum (G1, G19)."""
    assert item(60, Cap(percent=110)) == item(60, Cap(percent=110), can_exceed=True)
    assert (60, 50) == (item(60, None, can_exceed=True)[0], item(60, None)[0])


def test_out_of_zero_only_a_cap_in_points_holds():
    """Out of 0 there is no percent to cap at (G3, G19)."""
    assert (5, 3) == (item(5, Cap(percent=50), max_points=0)[0], item(5, Cap(points=3), max_points=0)[0])


def test_rounding_comes_before_the_cap():
    """A rounded result never exceeds its cap (R5, G19)."""
    assert 44 == item(43, Cap(points=44), round_result=Rounding(-1))[0]


def branch(cap, *, aggregation, mark=None, **traits):
    """Return the percent of a category with 18 of 20 and a bonus of 4 of 5, and the codes of its reasons."""
    items = [GradeItem("a", max_points=20, can_exceed=True), GradeItem("b", max_points=5, weight=10, bonus=True)]
    category = Category("c", items, aggregation=aggregation, cap=cap, **traits)
    marks = {"a": 20, "b": 4} | ({} if mark is None else {"c": mark})
    result = grade(Gradebook([category], can_exceed=True), marks)["c"]
    return result.percent, [reason.code for reason in result.reasons if reason.code.startswith("capped")]


@pytest.mark.parametrize(
    ("cap", "expected"),
    [
        (None, (100, ["capped"])),
        (Cap(percent=110), (110, ["capped_at"])),
        (Cap(points=23), (115, ["capped_at"])),
        (Cap(with_bonus=True), (120, [])),
        (Cap(percent=90, with_bonus=True), (115, ["capped_at"])),
        (Cap(points=17, with_bonus=True), (110, ["capped_at"])),
    ],
)
def test_a_branch_is_capped_where_its_cap_says(cap, expected):
    """The bonus that counts lifts a cap by its full marks: 4 of 5 more beside 20 of 20 are 120 % (G19, G20)."""
    assert expected == branch(cap, aggregation=SumOfPoints())


@pytest.mark.parametrize(
    ("aggregation", "most"),
    [
        (SumOfPoints(), 125),
        (SumOfPoints(bonus=BonusOf.PERCENT_POINTS), 105),
        (WeightedMean(), 110),
        (Mean(), 1100),
    ],
)
def test_with_its_bonus_a_branch_reaches_as_far_as_that_carries(aggregation, most):
    """An override is capped there too: at the maximum and the share that the bonus has in this branch (G20, O2)."""
    assert (most, ["capped_at"]) == branch(Cap(with_bonus=True), aggregation=aggregation, mark=5000)


def test_a_bonus_without_a_mark_lifts_no_cap():
    """Only the bonus that counts for this learner lifts the cap (G20)."""
    items = [GradeItem("a", max_points=20, can_exceed=True), GradeItem("b", max_points=5, bonus=True)]
    book = Gradebook(items, cap=Cap(with_bonus=True))
    assert [100, Fraction(125)] == [grade(book, {"a": 30, **more}).final.percent for more in ({}, {"b": 0})]


def test_what_is_computed_is_capped_too():
    """A formula item and the gradebook have caps of their own (G19)."""
    book = Gradebook(
        [GradeItem("a", 10), FormulaItem("f", formula="[a.Points] * 20", cap=Cap(percent=120), max_points=100)],
        cap=Cap(percent=95),
    )
    report = grade(book, {"a": 10})
    assert (120, 95) == (report["f"].percent, report.final.percent)
