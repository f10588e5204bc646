# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules U, X, O, P, R and G1 to G14: what becomes of blanks, exemptions, overrides, pass marks, caps and rounding."""

from fractions import Fraction

import pytest

from gradecalc import (
    EXEMPT,
    Category,
    DropRule,
    Empty,
    Gradebook,
    GradeItem,
    ItemKind,
    Mark,
    Mean,
    Median,
    Rescale,
    Rounding,
    RoundingMode,
    RoundingOf,
    SumOfPoints,
    Treatment,
    UngradedPolicy,
    Verdict,
    WeightedMean,
    compile_gradebook,
    grade,
)

LEAVE_OUT, AS_ZERO, ONCE_GRADED = UngradedPolicy
WEIGHTED = Gradebook(
    [
        Category("Labs", [GradeItem("L1", max_points=10), GradeItem("L2", max_points=10)], weight=40),
        GradeItem("Exam", max_points=100, weight=60),
    ],
    aggregation=WeightedMean(),
)


def codes(result):
    return [reason.code for reason in result.reasons]


# Ungraded.


@pytest.mark.parametrize(
    ("policy", "marks", "expected"),
    [
        (LEAVE_OUT, {}, None),
        (AS_ZERO, {}, 0),
        (ONCE_GRADED, {}, None),
        (LEAVE_OUT, {"L1": 8}, 80),
        (AS_ZERO, {"L1": 8}, 16),
        (ONCE_GRADED, {"L1": 8}, 16),
        (ONCE_GRADED, {"Exam": 50}, 50),
        (LEAVE_OUT, {"L1": 8, "L2": 6, "Exam": 50}, 58),
        (AS_ZERO, {"L1": 8, "L2": 6, "Exam": 50}, 58),
    ],
)
def test_what_blanks_do(policy, marks, expected):
    """Blanks are left out, count as zero, or count as zero once something in the branch has a score (U1 to U4)."""
    assert expected == grade(WEIGHTED, marks, ungraded=policy).final.percent


def test_a_blank_says_what_it_was_counted_as():
    """A blank is left out or counted as zero, and the report says which (U1, U2)."""
    left_out, as_zero = grade(WEIGHTED, {"L1": 8})["L2"], grade(WEIGHTED, {"L1": 8}, ungraded=AS_ZERO)["L2"]
    assert (Treatment.LEFT_OUT, None, ["left_out"]) == (left_out.treatment, left_out.points, codes(left_out))
    assert (Treatment.COUNTED_AS_ZERO, 0, ["ungraded_as_zero"]) == (as_zero.treatment, as_zero.points, codes(as_zero))
    assert as_zero.recorded is None


@pytest.mark.parametrize(
    ("empty", "aggregation", "expected", "out_of"),
    [
        (Empty.LEAVES, None, 50, 100),
        (Empty.AS_UNGRADED, None, 30, 100),
        (Empty.AS_UNGRADED, SumOfPoints(), 30, 20),
        (Empty.AS_UNGRADED, Mean(), 30, 100),
    ],
)
def test_an_empty_branch_leaves_or_is_ungraded(empty, aggregation, expected, out_of):
    """A branch without a score leaves its parent, or is a blank to it, out of its whole maximum (U5, U6)."""
    labs = Category(
        "Labs",
        [GradeItem("L1", max_points=10), GradeItem("L2", max_points=10)],
        weight=40,
        empty=empty,
        ungraded=LEAVE_OUT,
        aggregation=aggregation,
    )
    book = Gradebook([labs, GradeItem("Exam", max_points=100, weight=60)], aggregation=WeightedMean(), ungraded=AS_ZERO)
    report = grade(book, {"Exam": 50})
    assert (expected, out_of) == (report.final.percent, report["Labs"].out_of)


def test_an_empty_branch_counted_as_zero_is_out_of_what_is_neither_exempt_nor_dropped():
    """Exempt work is not in the maximum of a branch that counts as zero (U6, X1)."""
    items = [GradeItem("L1", max_points=10), GradeItem("L2", max_points=20)]
    inner = Category("Labs", items, empty=Empty.AS_UNGRADED, ungraded=LEAVE_OUT)
    report = grade(Gradebook([inner, GradeItem("Exam", max_points=20)], ungraded=AS_ZERO), {"L1": EXEMPT, "Exam": 20})
    assert (50, 20, Treatment.COUNTED_AS_ZERO) == (
        report.final.percent,
        report["Labs"].out_of,
        report["Labs"].treatment,
    )
    assert ["without_score_as_zero", "nothing_graded"] == codes(report["Labs"])


# Exemption.


def test_an_exempt_item_is_as_though_it_did_not_exist():
    """The rest of the category carries its whole weight (X1)."""
    assert (
        Fraction(6, 10) * 50 + Fraction(4, 10) * 80
        == grade(WEIGHTED, {"L1": EXEMPT, "L2": 8, "Exam": 50}).final.percent
    )


def test_a_category_with_all_items_exempt_leaves_its_parent():
    """Its weight goes to the others in proportion, and it is exempt itself (X3)."""
    report = grade(WEIGHTED, {"L1": EXEMPT, "L2": EXEMPT, "Exam": 50})
    assert (50, 1, Treatment.EXEMPT, "Exempt") == (
        report.final.percent,
        report["Exam"].weight,
        report["Labs"].treatment,
        report["Labs"].shown,
    )


def test_exempt_stays_out_where_blanks_are_zero():
    """Treating blanks as zero does not touch exemptions (X4)."""
    assert 80 == grade(WEIGHTED, {"L1": EXEMPT, "L2": 8, "Exam": 80}, ungraded=AS_ZERO).final.percent
    assert 80 == grade(WEIGHTED, {"Labs": EXEMPT, "Exam": 80}, ungraded=AS_ZERO).final.percent


def test_with_everything_exempt_there_is_no_final_grade():
    """There is nothing to grade, under every policy (X5)."""
    for policy in UngradedPolicy:
        final = grade(WEIGHTED, {"L1": EXEMPT, "L2": EXEMPT, "Exam": EXEMPT}, ungraded=policy).final
        assert (None, Treatment.EXEMPT, "Exempt") == (final.percent, final.treatment, final.shown)


def test_exempting_a_category_exempts_everything_in_it():
    """Whatever is recorded in an exempt category stays recorded and does not count (X6)."""
    report = grade(WEIGHTED, {"Labs": EXEMPT, "L1": 3, "Exam": 50})
    assert (50, Treatment.EXEMPT, 3) == (report.final.percent, report["L1"].treatment, report["L1"].recorded)
    assert ["exempt_within"] == codes(report["L1"])
    assert ["exempt_branch"] == codes(report["Labs"])


def test_an_exempt_number_is_kept():
    """An exempt mark keeps its number, which does not count (G9)."""
    result = grade(WEIGHTED, {"L1": Mark(3, exempt=True), "L2": 8})["L1"]
    assert (None, 3, ["exempt_keeps_number"]) == (result.points, result.recorded, codes(result))


def test_an_exempt_category_keeps_its_override():
    """The override of an exempt category is kept and does not count (X6, G9)."""
    result = grade(WEIGHTED, {"Labs": Mark(30, exempt=True), "Exam": 50})["Labs"]
    assert (None, 30, Treatment.EXEMPT) == (result.points, result.recorded, result.treatment)


def test_an_exempt_bonus_adds_nothing():
    """A bonus that is exempt is as though it did not exist (X8)."""
    book = Gradebook([GradeItem("a", max_points=10), GradeItem("b", max_points=5, bonus=True)])
    assert 70 == grade(book, {"a": 7, "b": Mark(5, exempt=True)}).final.percent


# Caps, floors and rounding.


def test_the_recorded_mark_is_kept_and_capped_on_use():
    """13 of 10 counts as 10, and the report says where the cap bit (G1)."""
    result = grade(WEIGHTED, {"L1": 13})["L1"]
    assert (10, 13, 100, ["capped"]) == (result.points, result.recorded, result.percent, codes(result))


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


# Overrides.


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


# Passing.


@pytest.mark.parametrize(
    ("marks", "expected"), [({"Exam": 50}, Verdict.MET), ({"Exam": 49.99}, Verdict.NOT_MET), ({}, Verdict.UNDETERMINED)]
)
def test_a_pass_mark_gives_a_verdict(marks, expected):
    """At or above the pass mark is passed, below is not, and without a percent it is undetermined (P1)."""
    book = Gradebook([GradeItem("Exam", max_points=100, pass_mark=50)])
    assert expected is grade(book, marks)["Exam"].passed


@pytest.mark.parametrize(
    ("exam", "labs", "expected"),
    [
        (90, 8, Verdict.MET),
        (30, 10, Verdict.NOT_MET),
        (90, 1, Verdict.NOT_MET),
        (90, None, Verdict.UNDETERMINED),
        (90, EXEMPT, Verdict.MET),
        (30, EXEMPT, Verdict.NOT_MET),
    ],
)
def test_the_final_depends_on_what_must_be_passed(exam, labs, expected):
    """The final is passed if its own mark is reached and that of all that must be passed and is not exempt (P2)."""
    lab = GradeItem("Lab", max_points=10, pass_mark=50, must_pass=True)
    book = Gradebook([Category("Labs", [lab], weight=40), GradeItem("Exam", max_points=100, weight=60)], pass_mark=50)
    assert expected is grade(book, {"Exam": exam, "Lab": labs}).final.passed


def test_what_must_be_passed_must_be_passed_even_if_dropped():
    """A dropped item that must be passed still decides (P2)."""
    item = GradeItem("a", max_points=10, pass_mark=50, must_pass=True)
    book = Gradebook([item, GradeItem("b", max_points=10)], drop=DropRule(lowest=1))
    report = grade(book, {"a": 1, "b": 9})
    assert (90, Verdict.NOT_MET) == (report.final.percent, report.final.passed)


def test_without_a_pass_mark_there_is_no_verdict():
    """Nothing is passed or failed where nobody asked (P3)."""
    assert grade(WEIGHTED, {"Exam": 50}).final.passed is None


# Counting.


def test_what_does_not_count_has_its_own_result():
    """A leaf and a branch that do not count are graded, and move nothing (G7)."""
    practice = Category("Practice", [GradeItem("p", max_points=10)], counts=False)
    book = Gradebook([practice, GradeItem("survey", max_points=5, counts=False), GradeItem("x", max_points=10)])
    report = grade(book, {"p": 3, "survey": 5, "x": 7})
    assert (70, 30, 100) == (report.final.percent, report["Practice"].percent, report["survey"].percent)
    assert (Treatment.NOT_COUNTED, 0, 0) == (report["Practice"].treatment, report["p"].weight, report["survey"].weight)
    assert ["not_counted"] == codes(report["survey"])


def test_text_never_counts():
    """A text is shown and changes nothing (G6)."""
    book = Gradebook([GradeItem("x", max_points=10), GradeItem("comment", kind=ItemKind.TEXT)])
    report = grade(book, {"x": 7, "comment": "good"})
    assert (70, "good", Treatment.NOT_COUNTED) == (
        report.final.percent,
        report["comment"].shown,
        report["comment"].treatment,
    )


def test_a_branch_in_which_nothing_counts_has_no_score():
    """A branch without counting children says why it has no score (U5)."""
    report = grade(Gradebook([GradeItem("x", max_points=10, counts=False)]), {"x": 5})
    assert (None, ["nothing_counts"]) == (report.final.percent, codes(report.final))


# Weights in the report.


def test_effective_weights():
    """A weight is the product of the shares up to the final, 0 for what does not count, else None (W9)."""
    median = Category("Median", [GradeItem("m1", max_points=10), GradeItem("m2", max_points=10)], aggregation=Median())
    labs = Category("Labs", [GradeItem(f"L{nth}", max_points=10) for nth in range(4)], drop=DropRule(lowest=1))
    book = Gradebook([median, labs], aggregation=WeightedMean())
    report = grade(book, {"m1": 5, "m2": 7, "L0": 1, "L1": 5, "L2": 9})
    expected = {"m1": None, "Median": Fraction(1, 2), "L0": 0, "L1": Fraction(1, 4), "L3": 0, "final": 1}
    assert expected == {name: report[name].weight for name in expected}


def test_weights_of_a_sum_are_by_maximum_points():
    """In a sum of points a child's share is its maximum among what counts (W9, A1)."""
    report = grade(Gradebook([GradeItem("a", max_points=10), GradeItem("b", max_points=30)]), {"a": 1, "b": 2})
    assert (Fraction(1, 4), Fraction(3, 4)) == (report["a"].weight, report["b"].weight)


def test_weights_that_are_not_scaled_are_shares_of_100():
    """Under NEVER a weight is what it says, whatever else counts (W3, W9)."""
    items = [GradeItem("a", max_points=10, weight=20), GradeItem("b", max_points=10, weight=30)]
    report = grade(Gradebook(items, aggregation=WeightedMean(rescale=Rescale.NEVER)), {"a": 5})
    assert (Fraction(1, 5), 0) == (report["a"].weight, report["b"].weight)


def test_grading_a_book_is_grading_its_plan():
    """A gradebook is compiled first, and gives the same report as its plan."""
    marks = {"L1": 8, "Exam": 50}
    assert grade(WEIGHTED, marks) == grade(compile_gradebook(WEIGHTED), marks)
