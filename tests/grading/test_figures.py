# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules G1, G2, G9, R, O and X6: floors, rounding, caps, exemptions and overrides."""

from fractions import Fraction

import pytest

from gradecalc import (
    EXEMPT,
    ByFormula,
    Category,
    Gradebook,
    GradeItem,
    Mark,
    Mean,
    Rounding,
    RoundingMode,
    RoundingOf,
    SumOfPoints,
    Treatment,
    WeightedMean,
    grade,
)
from gradecalc.report.costs import find_costs
from small_books import WEIGHTED, codes


def test_exempting_a_category_exempts_everything_in_it():
    """Whatever is recorded in an exempt category stays recorded and does not count (X6)."""
    report = grade(WEIGHTED, {"Labs": EXEMPT, "L1": 3, "Exam": 50})
    assert (50, Treatment.EXEMPT, 3) == (report.final.percent, report["L1"].treatment, report["L1"].recorded)
    assert ["exempt_within"] == codes(report["L1"])
    assert ["exempt_branch"] == codes(report["Labs"])


def test_what_is_said_of_a_mark_stays_where_its_category_is_exempt():
    """A note beside a number is shown in an exempt category too, and a cap there says nothing (X6)."""
    result = grade(WEIGHTED, {"Labs": EXEMPT, "L1": Mark(13, note="late bus"), "L2": 13, "Exam": 50})["L1"]
    assert (None, 13, ["exempt_within", "noted"]) == (result.points, result.recorded, codes(result))


def test_an_exempt_category_within_another_is_exempt_once():
    """What lies in two exempt categories says so of the outer one, and a mark there does not count (X6)."""
    inner = Category("Inner", [GradeItem("x", max_points=10)])
    book = Gradebook([Category("Outer", [inner]), GradeItem("y", max_points=10)])
    report = grade(book, {"Inner": EXEMPT, "Outer": EXEMPT, "x": 13, "y": 5})
    assert (50, None, 13) == (report.final.percent, report["x"].points, report["x"].recorded)
    assert [["exempt_within"], ["exempt_within"]] == [codes(report[id_]) for id_ in ("Inner", "x")]
    assert "Outer" in str(report["x"].reasons[0])


def test_an_exempt_number_is_kept():
    """An exempt mark keeps its number, which does not count (G9)."""
    result = grade(WEIGHTED, {"L1": Mark(3, exempt=True), "L2": 8})["L1"]
    assert (None, 3, ["exempt_keeps_number"]) == (result.points, result.recorded, codes(result))


def test_an_exempt_category_keeps_its_override():
    """The override of an exempt category is kept and does not count (X6, G9)."""
    result = grade(WEIGHTED, {"Labs": Mark(30, exempt=True), "Exam": 50})["Labs"]
    assert (None, 30, Treatment.EXEMPT) == (result.points, result.recorded, result.treatment)


def test_the_recorded_mark_is_kept_and_capped_on_use():
    """13 of 10 counts as 10, and the report says where the cap bit (G1)."""
    result = grade(WEIGHTED, {"L1": 13})["L1"]
    assert (10, 13, 100, ["capped"]) == (result.points, result.recorded, result.percent, codes(result))


@pytest.mark.parametrize("how", [Mean(), WeightedMean(), SumOfPoints()])
def test_what_is_rounded_beyond_its_maximum_is_capped(how):
    """A category of 7.5 of 7.5 that is rounded to whole points is 8, and the cap takes it back to 7.5 (R5)."""
    whole = Rounding(0, RoundingMode.HALF_UP, of=RoundingOf.POINTS)
    labs = Category("Labs", [GradeItem("x", 10)], aggregation=how, max_points=Fraction(15, 2), round_result=whole)
    result = grade(Gradebook([labs]), {"x": 10})["Labs"]
    assert (Fraction(15, 2), 100, ["rounded_points", "capped"]) == (result.points, result.percent, codes(result))


def test_what_can_exceed_is_not_capped():
    """An item, a category and the book each lift their own cap (G1, G14)."""
    item = GradeItem("x", max_points=10, can_exceed=True)
    capped = grade(Gradebook([Category("c", [item], can_exceed=True)]), {"x": 13})
    lifted = grade(Gradebook([Category("c", [item], can_exceed=True)], can_exceed=True), {"x": 13})
    assert (130, 130, 100, 130) == (
        capped["x"].percent,
        capped["c"].percent,
        capped.final.percent,
        lifted.final.percent,
    )


def test_results_may_be_negative():
    """There is no floor unless an item states one (G2)."""
    book = Gradebook([GradeItem("x", max_points=10)])
    assert -20 == grade(book, {"x": -2}).final.percent


def test_an_item_may_state_its_floor():
    """Below its minimum an item counts as the minimum, and says so (G2)."""
    result = grade(Gradebook([GradeItem("x", max_points=10, min_points=-1)]), {"x": -2})["x"]
    assert (-1, -2, ["floored"]) == (result.points, result.recorded, codes(result))


def test_an_item_out_of_nothing_adds_its_points():
    """An item out of 0 is not capped, and adds its points in a sum (G3, G17)."""
    report = grade(Gradebook([GradeItem("x", max_points=10), GradeItem("extra", max_points=0)]), {"x": 7, "extra": 2})
    assert (90, 2, None, "2.00") == (
        report.final.percent,
        report["extra"].points,
        report["extra"].percent,
        report["extra"].shown,
    )


@pytest.mark.parametrize(
    ("rounding", "points"),
    [
        (Rounding(0), Fraction("8.4")),
        (Rounding(0, of=RoundingOf.POINTS), 8),
        (Rounding(1, RoundingMode.DOWN, of=RoundingOf.POINTS), Fraction("8.3")),
        (Rounding(-1, RoundingMode.UP), 9),
    ],
)
@pytest.mark.parametrize("level", ["item", "category", "book"])
def test_a_rounding_step_changes_the_value_at_its_level(rounding, points, level):
    """Rounding the percent or the points is a step of the calculation at the level that names it (R1, R4)."""
    step = {each: rounding if each == level else None for each in ("item", "category", "book")}
    item = GradeItem("x", max_points=10, round_result=step["item"])
    book = Gradebook([Category("c", [item], round_result=step["category"])], round_result=step["book"])
    report = grade(book, {"x": Fraction("8.35")})
    at = {"item": "x", "category": "c", "book": "final"}[level]
    assert points == report[at].points
    assert ["rounded" if rounding.of is RoundingOf.PERCENT else "rounded_points"] == codes(report[at])
    assert Fraction("8.35") == report["x"].recorded


def test_out_of_nothing_only_points_are_rounded():
    """Without a percent the percent cannot be rounded, and the points can (R4)."""
    percent, points = Rounding(0), Rounding(0, of=RoundingOf.POINTS)
    items = [GradeItem(name, max_points=0, round_result=step) for name, step in (("a", percent), ("b", points))]
    report = grade(Gradebook(items), {"a": 1.5, "b": 1.5})
    assert (Fraction(3, 2), 2) == (report["a"].points, report["b"].points)
    assert ["rounded_points"] == codes(report["b"])


def test_a_rounded_result_never_exceeds_its_maximum():
    """The cap comes after the rounding (R5)."""
    item = GradeItem("x", max_points=7.5, round_result=Rounding(0, of=RoundingOf.POINTS))
    assert Fraction("7.5") == grade(Gradebook([item]), {"x": 7.5})["x"].points


def test_an_override_replaces_what_was_computed_and_both_are_shown():
    """A number keyed by a branch's id is used, and what it replaced is kept (O1)."""
    report = grade(WEIGHTED, {"L1": 8, "L2": 6, "Labs": Mark(90, by="Ms Lovelace"), "Exam": 50})
    labs = report["Labs"]
    assert (True, 70, 90, 90, 66) == (labs.overridden, labs.computed, labs.percent, labs.recorded, report.final.percent)
    assert ["overridden", "set_by"] == codes(labs)


def test_the_final_grade_can_be_overridden():
    """The final's own id takes an adjusted final grade (O1)."""
    final = grade(WEIGHTED, {"Exam": 50, "final": 55}).final
    assert (55, 50, True) == (final.percent, final.computed, final.overridden)


def test_an_override_is_capped_as_its_branch_is():
    """An override beyond the maximum counts as the maximum (O2)."""
    result = grade(WEIGHTED, {"L1": 5, "Labs": 120})["Labs"]
    assert (100, 120, 50) == (result.percent, result.recorded, result.computed)


def test_what_lies_below_an_override_has_no_share():
    """No item below an override moves the final grade (O3)."""
    report = grade(WEIGHTED, {"L1": 8, "Labs": 90, "Exam": 50})
    assert (0, Fraction(2, 5)) == (report["L1"].weight, report["Labs"].weight)


def test_an_override_of_an_empty_branch():
    """A branch without a score takes an override out of its whole maximum, or of the mark's own (O4, O1)."""
    book = Gradebook([Category("c", [GradeItem("x", max_points=10), GradeItem("y", max_points=30)])])
    whole, own = grade(book, {"c": 20})["c"], grade(book, {"c": Mark(20, out_of=25)})["c"]
    assert (50, 40, None) == (whole.percent, whole.out_of, whole.computed)
    assert (80, 25) == (own.percent, own.out_of)


def test_an_override_is_not_rounded():
    """What somebody typed stays as typed (R6)."""
    book = Gradebook([GradeItem("x", max_points=100)], round_result=Rounding(0))
    assert Fraction("84.5") == grade(book, {"x": 50, "final": Fraction("84.5")}).final.percent


def test_a_note_without_a_number_overrides_nothing():
    """A mark on a branch without a number leaves the computed result (M1)."""
    labs = grade(WEIGHTED, {"L1": 8, "Labs": Mark(note="moderated")})["Labs"]
    assert (80, False, ["noted"]) == (labs.percent, labs.overridden, codes(labs))


@pytest.mark.parametrize(("points", "expected"), [(-7, -1), ("-0.6", -1), ("5.4", 5), (9, "7.5")])
def test_floor_then_rounding_then_cap(points, expected):
    """An item is raised to its floor, rounded, and capped, in this order (R5)."""
    step = Rounding(0, of=RoundingOf.POINTS)
    item = GradeItem("x", max_points=7.5, min_points=Fraction("-1.4"), round_result=step)
    assert Fraction(expected) == grade(Gradebook([item]), {"x": Fraction(points)})["x"].points


def test_an_override_has_an_owner():
    """An override keeps who set it and what they noted, and the percent in whose place it stands (O1)."""
    labs = grade(WEIGHTED, {"L1": 8, "Labs": Mark(90, by="Ada", note="resit")})["Labs"]
    assert (80, "Ada", "resit") == (labs.override.computed, labs.override.by, labs.override.note)
    assert ["overridden", "set_by", "noted"] == codes(labs)


def test_a_mark_on_an_item_overrides_nothing():
    """What somebody gave an item is its mark, and no override, whoever gave it (O1)."""
    result = grade(WEIGHTED, {"L1": Mark(8, by="Ada")})["L1"]
    assert (None, ["set_by"]) == (result.override, codes(result))


def test_what_is_all_exempt_is_not_where_it_is_overridden():
    """A branch of exempt work counts by its override (X3, O1)."""
    report = grade(WEIGHTED, {"L1": EXEMPT, "L2": EXEMPT, "Labs": 90, "Exam": 50})
    assert (66, 90, None) == (report.final.percent, report["Labs"].percent, report["Labs"].lack)


@pytest.mark.parametrize(("points", "expected"), [(-9, (20, 20)), (3, (60, 30))])
def test_a_branch_counts_for_no_less_than_its_least(points, expected):
    """A category and the final are raised to their `min_points` before they are rounded and capped (G2, R5)."""
    labs = Category("Labs", [GradeItem("x", 5)], min_points=1)
    book = Gradebook([labs, GradeItem("y", 5)], min_points=2)
    report = grade(book, {"x": points, "y": 0 if points > 0 else -9})
    assert expected == (report["Labs"].percent, report.final.percent)
    codes = [each.code for id_ in ("Labs", "final") for each in report[id_].reasons]
    assert (["floored", "floored"] if points < 0 else []) == codes


def test_a_branch_by_formula_has_a_least_too():
    """What a formula gives is raised as a sum is (G2)."""
    book = Gradebook([GradeItem("x", 5)], aggregation=ByFormula("[x.Points] - 9"), max_points=10, min_points=1)
    assert 1 == grade(book, {"x": 5}).final.points


def test_what_a_floor_gives_is_no_cost():
    """What a floor of a branch gives is told of what keeps a final from its target (G2)."""
    book = Gradebook([Category("Labs", [GradeItem("x", 10)], min_points=4), GradeItem("y", 10)])
    report = grade(book, {"x": 1, "y": 10})
    assert [("lost", 45), ("floor", -15)] == [(each.kind.value, each.amount) for each in find_costs(report)]
