# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules C1 to C13: formulas and calculated items in a gradebook."""

import pickle
from fractions import Fraction

import pytest

from gradecalc import (
    EXEMPT,
    ByFormula,
    CalculatedItem,
    CalculationMethod,
    Category,
    DefinitionError,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    ItemKind,
    Mark,
    Median,
    Rounding,
    SumOfPoints,
    Treatment,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
    explain_formula,
    grade,
)

A, B = GradeItem("A", max_points=10), GradeItem("B", max_points=20)
LEAVE_OUT, AS_ZERO, ONCE_GRADED = UngradedPolicy
MILESTONE, FINAL = CalculationMethod.MILESTONE, CalculationMethod.FINAL


def formula(text, **options):
    return FormulaItem("F", formula=text, max_points=100, **{"can_exceed": True, **options})


def value(text, marks, *, items=(A, B), ungraded=LEAVE_OUT):
    """Return the points of a formula item beside the given items."""
    return grade(Gradebook([*items, formula(text)], ungraded=ungraded), marks)["F"].points


def codes(result):
    return [reason.code for reason in result.reasons]


# Branches by formula.


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


# What a formula reads.


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


def test_order_in_the_book_does_not_matter():
    """A formula may stand before what it names, and name branches that need other formulas (C9)."""
    first = FormulaItem("first", formula="[second.Points] + 1", max_points=50)
    second = FormulaItem("second", formula="[c.Points] + 1", max_points=50)
    report = grade(Gradebook([first, second, Category("c", [A, B])]), {"A": 3, "B": 4})
    assert (9, 8, 7) == (report["first"].points, report["second"].points, report["c"].points)


# Formula items in the book.


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


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        ([A, formula("[a.Points]")], [("unknown_item", "children[1].formula")]),
        ([A, formula("[F.Points]")], [("self_reference", "children[1].formula")]),
        ([A, formula("[final.Points]")], [("final_reference", "children[1].formula")]),
        (
            [GradeItem("T", kind=ItemKind.TEXT), formula("[T.Points]")],
            [("text_reference", "children[1].formula")],
        ),
        ([A, formula("[A.Points] +")], [("operator_parameters", "children[1].formula")]),
        ([A, formula("[A.Points] > 1")], [("numeric_expected", "children[1].formula")]),
        ([A, formula("")], [("missing", "children[1].formula"), ("empty", "children[1].formula")]),
        ([A, FormulaItem("F", formula="1")], [("missing", "children[1].max_points")]),
        (
            [A, formula("[G.Points]"), FormulaItem("G", formula="[F.Points]", max_points=1)],
            [("cycle", "children[2].formula")],
        ),
        ([Category("c", [A, formula("[c.Percent]", counts=True)])], [("cycle", "children[0].children[1].formula")]),
        ([A, CalculatedItem("C", items=())], [("missing", "children[1].items")]),
        (
            [A, CalculatedItem("C", items=("B", "A", 5))],
            [
                ("wrong_type", "children[1].items[2]"),
                ("unknown_item", "children[1].items[0]"),
            ],
        ),
        ([A, CalculatedItem("C", items=("C",))], [("self_reference", "children[1].items[0]")]),
    ],
)
def test_what_is_wrong_with_a_computed_item(children, expected):
    """What a formula or a calculated item names wrongly joins the other problems of the book (C9, G16)."""
    with pytest.raises(DefinitionError) as caught:
        compile_gradebook(Gradebook(children))
    assert expected == [(problem.code, problem.path) for problem in caught.value.problems]


def test_a_circle_is_shown_with_its_whole_path():
    """The message of a circle names everything on it (C9)."""
    book = Gradebook(
        [
            FormulaItem("x", formula="[y.Points]", max_points=1),
            FormulaItem("y", formula="[c.Points]", max_points=1),
            Category("c", [FormulaItem("z", formula="[x.Points]", max_points=1, counts=True)]),
        ]
    )
    with pytest.raises(DefinitionError) as caught:
        compile_gradebook(book)
    assert all(f"'{name}' →" in caught.value.problems[0].message for name in "xycz")


def test_a_formula_item_that_does_not_count_may_name_its_own_category():
    """What moves no grade may be worked out from the branch it stands in (C9)."""
    report = grade(Gradebook([Category("c", [A, formula("[c.Percent] / 2")])]), {"A": 8})
    assert (40, 80) == (report["F"].points, report["c"].percent)


def test_a_wrong_formula_of_a_branch_is_found_at_its_aggregation():
    """The formula of a branch is reported at the aggregation that holds it (G16)."""
    with pytest.raises(DefinitionError) as caught:
        compile_gradebook(Gradebook([A], aggregation=ByFormula("[A.Point]")))
    assert [("unknown_property", "aggregation.formula")] == [(each.code, each.path) for each in caught.value.problems]


def test_suspicious_formulas_are_notices():
    """A suspicious formula and a drop rule under a formula are notices of the plan (F23, C2)."""
    book = Gradebook([A, B], aggregation=ByFormula("[A.Points] / [B.Points]"), drop=DropRule(lowest=1, keep_at_least=1))
    assert {"divides_by_item", "drop_unused"} == {notice.code for notice in compile_gradebook(book).notices}


def test_a_formula_is_explained_on_request():
    """Why a formula comes to its value is an outline of its parts, of an item or of a branch (F22)."""
    book = Gradebook([A, B, formula("IF{[A.Percent] < 50, 0, [B.Points]}")], aggregation=ByFormula("[A.Percent]"))
    item, branch = (explain_formula(book, {"A": 8, "B": 7}, name) for name in ("F", "final"))
    assert (7, 80) == (item.value, branch.value)
    assert 5 == len(list(item.outline().rows()))
    with pytest.raises(KeyError, match="'F'"):
        explain_formula(book, {}, "f")


def test_plans_with_formulas_are_values():
    """A plan with formulas and calculated items pickles and grades the same."""
    calculated = CalculatedItem("C", items=("A",))
    plan = compile_gradebook(Gradebook([A, B, formula("[A.Points]"), calculated], aggregation=ByFormula("[B.Percent]")))
    again = pickle.loads(pickle.dumps(plan))  # noqa: S301
    assert (plan, hash(plan)) == (again, hash(again))
    assert grade(plan, {"A": 7, "B": 4}) == grade(again, {"A": 7, "B": 4})


# Calculated items.


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
