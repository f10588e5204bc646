# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules X and C1 to C9: exemptions through the levels, and what a formula reads and gives."""

from fractions import Fraction

import pytest

from gradecalc import (
    EXEMPT,
    ByFormula,
    Category,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    Mark,
    Rounding,
    Treatment,
    UngradedPolicy,
    grade,
)
from small_books import WEIGHTED, codes

A, B = GradeItem("A", max_points=10), GradeItem("B", max_points=20)
LEAVE_OUT, AS_ZERO, ONCE_GRADED = UngradedPolicy


def formula(text, **options):
    return FormulaItem("F", formula=text, max_points=100, **{"can_exceed": True, **options})


def value(text, marks, *, items=(A, B), ungraded=LEAVE_OUT):
    """Return the points of a formula item beside the given items."""
    return grade(Gradebook([*items, formula(text)], ungraded=ungraded), marks)["F"].points


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


def test_with_everything_exempt_there_is_no_final_grade():
    """There is nothing to grade, under every policy (X5)."""
    for policy in UngradedPolicy:
        final = grade(WEIGHTED, {"L1": EXEMPT, "L2": EXEMPT, "Exam": EXEMPT}, ungraded=policy).final
        assert (None, Treatment.EXEMPT, "Exempt") == (final.percent, final.treatment, final.shown)


def test_a_formula_gives_the_final_grade():
    """Under a formula the final grade is the formula's percent (C1)."""
    book = Gradebook([A, B], aggregation=ByFormula("[A.Percent] * .4 + [B.Percent] * .6"))
    assert (68, 100) == (grade(book, {"A": 8, "B": 12}).final.percent, grade(book, {"A": 8, "B": 12}).final.out_of)


def test_a_formula_gives_points_where_the_branch_has_a_maximum():
    """With a fixed maximum a formula gives points, which are capped (C1)."""
    book = Gradebook([A, B], aggregation=ByFormula("[A.Points] + [B.Points]"), max_points=25)
    assert ((20, 80), 25) == (
        (grade(book, {"A": 8, "B": 12}).final.points, grade(book, {"A": 8, "B": 12}).final.percent),
        grade(book, {"A": 10, "B": 20}).final.points,
    )


def test_what_a_formula_names_counts():
    """What the formula of a branch names counts, bonus or not, and what it does not name does not count (C2)."""
    items = [A, GradeItem("bonus", max_points=5, bonus=True), GradeItem("blank", max_points=5), B]
    text = "SUM{[A.Points], [bonus.Points], [blank.Points]}"
    book = Gradebook(items, aggregation=ByFormula(text), ungraded=AS_ZERO)
    report = grade(book, {"A": 8, "B": 12, "bonus": 3})
    treatments = {name: report[name].treatment for name in ("A", "bonus", "blank", "B")}
    expected = (Treatment.COUNTED, Treatment.COUNTED, Treatment.COUNTED_AS_ZERO, Treatment.NOT_COUNTED)
    assert expected == tuple(treatments.values())
    assert (11, None, 0) == (report.final.points, report["A"].weight, report["B"].weight)


def test_a_category_below_a_formula_is_a_sum_of_points():
    """Below a formula a category without an aggregation sums its points (C3)."""
    book = Gradebook([Category("c", [A, B])], aggregation=ByFormula("[c.Percent]"))
    assert (60, 30) == (grade(book, {"A": 10, "B": 8}).final.percent, grade(book, {"A": 10, "B": 8})["c"].out_of)


def test_a_final_grade_by_formula_may_have_no_score():
    """A branch whose formula has no score says why, and is exempt where everything it names is (C8)."""
    book = Gradebook([A, B], aggregation=ByFormula("[A.Points] / [B.Points]"))
    ungraded, exempt = grade(book, {"A": 8}).final, grade(book, {"A": EXEMPT, "B": EXEMPT}).final
    assert (None, Treatment.LEFT_OUT, ["formula_without_score"]) == (
        ungraded.percent,
        ungraded.treatment,
        codes(ungraded),
    )
    assert (None, Treatment.EXEMPT) == (exempt.percent, exempt.treatment)


def test_a_formula_reads_the_value_used():
    """Above its maximum an item is read as its maximum, and an overridden branch as its override (C4)."""
    assert 10 == value("[A.Points]", {"A": 13})
    assert 50 == value("[c.Percent]", {"A": 10, "B": 20, "c": 15}, items=[Category("c", [A, B])])
    rounded = GradeItem("A", max_points=10, round_result=Rounding(0))
    assert Fraction("8.4") == value("[A.Points]", {"A": Fraction("8.35")}, items=[rounded])


def test_a_formula_reads_dropped_items_like_any_other():
    """A dropped item is read as it is (C5)."""
    items = [Category("c", [A, B], drop=DropRule(lowest=1))]
    assert 9 == value("[A.Points] + [B.Points]", {"A": 1, "B": 8}, items=items)


def test_a_formula_has_the_policy_of_its_own_branch():
    """A blank that its own branch counts as zero is left out by a formula in a branch that leaves out (C6)."""
    inner = Category("c", [A, B], ungraded=AS_ZERO)
    book = Gradebook([inner, formula("AVG{[A.Percent], [B.Percent]}")], ungraded=LEAVE_OUT)
    report = grade(book, {"A": 10})
    assert (Treatment.COUNTED_AS_ZERO, 100) == (report["B"].treatment, report["F"].points)
    zero = Gradebook([Category("c", [A, B], ungraded=LEAVE_OUT), *book.children[1:]], ungraded=AS_ZERO)
    assert 50 == grade(zero, {"A": 10})["F"].points


@pytest.mark.parametrize(
    ("policy", "marks", "expected"),
    [
        (LEAVE_OUT, {"A": 8}, 80),
        (AS_ZERO, {"A": 8}, Fraction(800, 30)),
        (ONCE_GRADED, {"A": 8}, Fraction(800, 30)),
        (LEAVE_OUT, {"A": 8, "B": EXEMPT}, 80),
        (AS_ZERO, {"A": 8, "B": EXEMPT}, 80),
        (AS_ZERO, {"A": Mark(8, out_of=16), "B": 4}, Fraction(1200, 36)),
    ],
)
def test_maximum_points_leave_with_the_work_they_belong_to(policy, marks, expected):
    """In a quotient of sums an exemption costs nothing, and a blank costs where it is zero (C7)."""
    text = "([A.Points] + [B.Points]) / ([A.Max Points] + [B.Max Points]) * 100"
    assert expected == value(text, marks, ungraded=policy)


def test_a_percent_out_of_nothing_is_exempt_to_a_formula():
    """An item out of 0 has points for a formula and no percent (C7)."""
    items = [A, GradeItem("zero", max_points=0)]
    assert 10 == value("[A.Points] + [zero.Points]", {"A": 7, "zero": 3}, items=items)
    assert 70 == value("[A.Percent] + [zero.Percent]", {"A": 7, "zero": 3}, items=items, ungraded=AS_ZERO)


def test_a_formula_item_without_a_score_is_exempt_to_another():
    """Where blanks count as zero, too, a formula item without a score is exempt to its user (C7, F10)."""
    inner = FormulaItem("G", formula="[A.Points] * [B.Points]", max_points=100)
    book = Gradebook([A, B, inner, formula("IF{[G.Points] = 0, 1, 2}")], ungraded=AS_ZERO)
    assert 2 == grade(book, {"A": EXEMPT})["F"].points
    assert 1 == grade(book, {"A": 3})["F"].points


def test_a_formula_item_moves_no_grade_unless_it_counts():
    """A formula item is shown beside the marks, and counts only where it says so (C8)."""
    report = grade(Gradebook([A, formula("[A.Points] / 2")]), {"A": 8})
    counting = grade(Gradebook([A, formula("[A.Points] / 2", counts=True)]), {"A": 8})
    assert (80, Treatment.NOT_COUNTED) == (report.final.percent, report["F"].treatment)
    assert (Fraction(1200, 110), Treatment.COUNTED) == (counting.final.percent, counting["F"].treatment)


def test_a_formula_item_is_capped_and_rounded_as_any_other():
    """A formula item has its own maximum, cap and rounding (C8, R5)."""
    capped = FormulaItem("F", formula="[A.Points] * 3", max_points=20)
    rounded = FormulaItem("F", formula="[A.Points] / 3", max_points=10, round_result=Rounding(0))
    assert (20, ["not_counted", "capped"]) == (
        grade(Gradebook([A, capped]), {"A": 9})["F"].points,
        codes(grade(Gradebook([A, capped]), {"A": 9})["F"]),
    )
    assert Fraction("2.7") == grade(Gradebook([A, rounded]), {"A": 8})["F"].points


def test_a_formula_item_can_be_exempt_or_overridden():
    """An exemption and a number on a formula item hold for it as for a branch (X6, O1)."""
    book = Gradebook([A, formula("[A.Points]"), FormulaItem("G", formula="[F.Points]", max_points=100)])
    exempt, set_ = grade(book, {"A": 8, "F": EXEMPT}), grade(book, {"A": 8, "F": 50})
    assert (Treatment.EXEMPT, None) == (exempt["F"].treatment, exempt["G"].points)
    assert (50, 8, 50) == (set_["F"].points, set_["F"].computed, set_["G"].points)


def test_a_counting_formula_item_without_a_score_leaves():
    """A formula item that counts and has no score is left out, also where blanks are zero (C8)."""
    book = Gradebook([A, B, formula("[A.Points] / 0", counts=True)], ungraded=AS_ZERO)
    report = grade(book, {"A": 10, "B": 20})
    assert (100, Treatment.LEFT_OUT, ["formula_without_score"]) == (
        report.final.percent,
        report["F"].treatment,
        codes(report["F"]),
    )
    assert "division by zero" in report["F"].reasons[0]


def test_numbers_beyond_the_bounds_of_a_formula_are_no_score():
    """A learner's enormous numbers give a formula without a score, with the reason, and never an exception (F9, M2)."""
    items = [GradeItem(f"i{nth}", max_points=1, can_exceed=True) for nth in range(60)]
    text = " + ".join(f"[i{nth}.Points]" for nth in range(60))
    huge = {f"i{nth}": Fraction(10**99, 10**99 - 1 - 2 * nth) for nth in range(60)}
    result = grade(Gradebook([*items, formula(text)]), huge)["F"]
    assert (None, "formula_without_score") == (result.points, result.reasons[-1].code)
