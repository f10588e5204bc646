# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a result says of a line: exact figures, its weight, and whether it has a score of its own."""

from fractions import Fraction

import pytest

from gradecalc import (
    EXEMPT,
    ByFormula,
    CalculatedItem,
    Category,
    DropRule,
    Empty,
    FormulaItem,
    Gradebook,
    GradeItem,
    ItemKind,
    Lack,
    Mark,
    Median,
    Rescale,
    Treatment,
    UngradedPolicy,
    Verdict,
    WeightedMean,
    grade,
)
from small_books import REPORT, WEIGHTED


def test_results_are_values_of_exact_numbers():
    """Every figure of a result is an exact rational."""
    exam = REPORT["Exam"]
    assert (90, 90, 100, 100) == (exam.points, exam.out_of, exam.percent, exam.recorded)
    assert {Fraction} == {type(each) for each in (exam.points, exam.out_of, exam.percent, exam.recorded, exam.weight)}
    assert (Verdict.MET, Treatment.COUNTED) == (exam.passed, exam.treatment)


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


AS_ZERO = UngradedPolicy.AS_ZERO
ONE = GradeItem("x", max_points=10)
WEIGHTLESS = Gradebook([GradeItem("x", max_points=10, weight=0)], aggregation=WeightedMean())


@pytest.mark.parametrize(
    ("book", "marks", "expected"),
    [
        (Gradebook([ONE]), {"x": 0}, None),
        (Gradebook([ONE]), {}, Lack.NOTHING_GRADED),
        (Gradebook([ONE]), {"x": EXEMPT}, Lack.EXEMPT),
        (Gradebook([ONE], drop=DropRule(lowest=1, keep_at_least=0)), {"x": 5}, Lack.ALL_DROPPED),
        (Gradebook([GradeItem("x", max_points=10, counts=False)]), {"x": 5}, Lack.NOTHING_COUNTS),
        (Gradebook([GradeItem("x", max_points=10, bonus=True)]), {"x": 5}, Lack.ONLY_BONUS),
        (WEIGHTLESS, {"x": 5}, Lack.ALL_WEIGHTS_ZERO),
        (Gradebook([ONE], aggregation=ByFormula("1 / [x.Points]")), {"x": 0}, Lack.NO_VALUE),
        (WEIGHTLESS, {"x": 5, "final": 7}, None),
    ],
)
def test_why_a_final_has_no_score(book, marks, expected):
    """A branch says why it comes to nothing, and an override is a score of its own (U9, L5)."""
    assert expected is grade(book, marks).final.lack


@pytest.mark.parametrize("lack", [lack for lack in Lack if lack is not Lack.UNGRADED])
def test_a_lack_is_told_by_a_reason(lack):
    """What a computed line lacks is the code of the reason that tells it (U9)."""
    books = {
        Lack.EXEMPT: (Gradebook([ONE]), {"x": EXEMPT}),
        Lack.ALL_DROPPED: (Gradebook([ONE], drop=DropRule(lowest=1, keep_at_least=0)), {"x": 5}),
        Lack.ALL_WEIGHTS_ZERO: (WEIGHTLESS, {"x": 5}),
        Lack.NOTHING_COUNTS: (Gradebook([GradeItem("x", max_points=10, counts=False)]), {}),
        Lack.NOTHING_GRADED: (Gradebook([ONE]), {}),
        Lack.ONLY_BONUS: (Gradebook([GradeItem("x", max_points=10, bonus=True)]), {"x": 5}),
        Lack.NO_VALUE: (Gradebook([ONE], aggregation=ByFormula("[x.Points]")), {}),
        Lack.SYMBOL_ONLY: (Gradebook([ONE]), {"x": 5, "final": Mark(symbol="I", without_score=True)}),
        Lack.NOTHING_CHOSEN_GRADED: (Gradebook([ONE, CalculatedItem("C", items=("x",))]), {}),
    }
    book, marks = books[lack]
    result = grade(book, marks)["C" if lack is Lack.NOTHING_CHOSEN_GRADED else "final"]
    told = [reason.code.replace("exempt_branch", "exempt") for reason in result.reasons]
    assert (lack, [lack.value]) == (result.lack, [code for code in told if code == lack.value])


def test_a_zero_made_of_a_blank_is_no_score():
    """An item that counts as zero has points and no score of its own, dropped or not (U9, L4)."""
    for drop in (DropRule(), DropRule(lowest=1)):
        report = grade(Gradebook([ONE, GradeItem("y", max_points=10)], drop=drop), {"y": 5}, ungraded=AS_ZERO)
        assert (0, Lack.UNGRADED, None) == (report["x"].points, report["x"].lack, report["y"].lack)


def test_a_branch_that_counts_as_zero_says_what_it_lacks():
    """A branch without a score counts as zero where it is to be ungraded, and still lacks one (U5, U9)."""
    inner = Category("c", [ONE], empty=Empty.AS_UNGRADED, ungraded=UngradedPolicy.LEAVE_OUT)
    report = grade(Gradebook([inner, GradeItem("y", max_points=10)], ungraded=AS_ZERO), {"y": 5})
    assert (0, Lack.NOTHING_GRADED, None) == (report["c"].points, report["c"].lack, report.final.lack)


def test_what_blanks_come_to_is_a_score():
    """A branch that counts its blanks as zero has a score, and it is zero (U2, U9, L5)."""
    final = grade(WEIGHTED, {}, ungraded=AS_ZERO)["Labs"]
    assert (None, Lack.NOTHING_GRADED) == (
        grade(Gradebook([ONE]), {}, ungraded=AS_ZERO).final.lack,
        grade(Gradebook([ONE]), {}).final.lack,
    )
    assert (0, None) == (final.points, final.lack)


def test_a_text_is_recorded_and_has_no_percent():
    """A text item lacks nothing once it has its text (G6, U9)."""
    book = Gradebook([ONE, GradeItem("t", kind=ItemKind.TEXT)])
    with_text, without = grade(book, {"t": "good"})["t"], grade(book, {})["t"]
    assert (None, None, Lack.UNGRADED) == (with_text.lack, with_text.percent, without.lack)


def test_an_exempt_number_is_no_score():
    """A number below an exemption is kept, and the item lacks a score because it is exempt (G9, U9)."""
    assert Lack.EXEMPT is grade(WEIGHTED, {"L1": Mark(5, exempt=True)})["L1"].lack


def test_a_formula_item_without_a_value_lacks_one():
    """A formula item says so where it has no value, and is exempt where all that it names is (C8, U9)."""
    book = Gradebook([ONE, FormulaItem("F", formula="[x.Points]", max_points=10)])
    assert [Lack.NO_VALUE, None] == [grade(book, {"x": mark})["F"].lack for mark in (None, 5)]


def test_an_exempt_text_is_no_score():
    """A text below an exemption is kept without a word, and the item lacks a score because it is exempt (G9, U9)."""
    book = Gradebook([ONE, GradeItem("t", kind=ItemKind.TEXT)])
    exempt = grade(book, {"x": 5, "t": Mark("well", exempt=True)})["t"]
    assert (Lack.EXEMPT, "well", "Exempt") == (exempt.lack, exempt.recorded, exempt.shown)
