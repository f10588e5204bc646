# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is graded, ungraded or exempt by marks alone, held to what the exact engine says of the same (U10)."""

from decimal import Decimal
from fractions import Fraction

import pytest

from gradecalc import (
    EXEMPT,
    UNGRADED,
    Category,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    Lack,
    Mark,
    Mean,
    Median,
    ReplacedBy,
    ReplacedWhen,
    ReplaceLowest,
    Report,
    Treatment,
    UngradedPolicy,
    Verdict,
    WeightedMean,
    compile_gradebook,
    grade,
)
from gradecalc.grading.answered import Answered, Answering
from gradecalc.grading.by_marks import ByMarks
from gradecalc.report.lines import ReportLines
from gradecalc.statistics import summarize
from kernel_and_engine import exactly

ASK = "the exact engine is asked"


def items(prefix, count=3, **traits):
    """Return items of ten points."""
    return [GradeItem(f"{prefix}{nth}", 10, **traits) for nth in range(1, count + 1)]


QUIZZES = Category(
    "Quizzes",
    items("q"),
    aggregation=Mean(),
    drop=DropRule(lowest=1, never=("q3",)),
    ungraded=UngradedPolicy.AS_ZERO,
)
COURSE = Gradebook([QUIZZES, Category("Labs", items("l", 2)), GradeItem("Exam", 10, weight=50)])


def told(book, marks, id_):
    """Return what marks alone say of a line, which the exact engine and the report say too where they say it."""
    plan = compile_gradebook(book)
    try:
        found = ByMarks(plan.lines).without_score(plan.layout.index[id_], marks.get)
    except LookupError:
        found = ASK
    expected = exactly(plan, marks).without_score(id_)
    assert found in (ASK, expected)
    plan.kernels.kernel(None)
    assert expected is grade(plan, marks).without_score(id_)
    return found


@pytest.mark.parametrize(
    ("marks", "id_", "expected"),
    [
        ({}, "Quizzes", UNGRADED),
        ({"l1": 5}, "Quizzes", UNGRADED),
        ({"q1": UNGRADED, "q2": None}, "Quizzes", UNGRADED),
        ({"q1": EXEMPT, "q2": EXEMPT, "q3": EXEMPT}, "Quizzes", ASK),
        ({"q1": EXEMPT}, "Quizzes", ASK),
        ({"q1": 0}, "Quizzes", ASK),
        ({"q1": 0, "q2": 0}, "Quizzes", None),
        ({"q3": 0}, "Quizzes", None),
        ({"q1": 0, "q2": EXEMPT}, "final", ASK),
        ({"l2": Decimal("0.5")}, "final", None),
        ({"Exam": 1}, "final", None),
        ({"Exam": EXEMPT, "q2": 3, "q1": 4}, "final", None),
        ({}, "final", UNGRADED),
        ({"q1": 4}, "q1", None),
        ({"q1": EXEMPT}, "q1", EXEMPT),
        ({}, "q1", UNGRADED),
    ],
)
def test_marks_that_no_drop_can_take_make_a_branch_graded(marks, id_, expected):
    """One mark more than are dropped leaves one that counts; without a mark nothing is graded (U10, D1)."""
    assert expected is told(COURSE, marks, id_)


@pytest.mark.parametrize(
    ("mark", "expected"), [(Mark(4, note="late"), None), (Mark(4, exempt=True), EXEMPT), (Mark(None), UNGRADED)]
)
def test_a_mark_with_circumstances_is_what_it_says(mark, expected):
    """Who set it and why makes no difference, and an exempt number is none (U10)."""
    plan = compile_gradebook(COURSE)
    plan.kernels.kernel(None)
    assert expected is grade(plan, {"q1": mark, "Exam": 5}).without_score("q1")
    assert expected is exactly(plan, {"q1": mark, "Exam": 5}).without_score("q1")


def test_where_categories_are_dropped_one_more_must_be_graded():
    """Of three categories of which the lowest goes, two that are graded leave one (U10, D1)."""
    parts = [Category(each, items(each, 2)) for each in "abc"]
    book = Gradebook([*parts, GradeItem("Exam", 10)], drop=DropRule(lowest=1), ungraded=UngradedPolicy.AS_ZERO)
    assert None is told(book, {"a1": 0, "b2": 1}, "final")
    assert ASK == told(book, {"a1": 0, "c1": 1}, "final")
    assert UNGRADED is told(book, {}, "final")


@pytest.mark.parametrize(
    "book",
    [
        Gradebook([Category("In", items("i"), aggregation=Median())]),
        Gradebook([Category("In", items("i"), aggregation=WeightedMean(ranks=(50, 30, 20)))]),
        Gradebook([Category("In", items("i", weight=0), aggregation=WeightedMean()), GradeItem("Exam", 10)]),
        Gradebook([Category("In", items("i", bonus=True)), GradeItem("Exam", 10)]),
        Gradebook([Category("In", items("i", counts=False)), GradeItem("Exam", 10)]),
        Gradebook(
            [Category("In", items("i"), replace_lowest=ReplaceLowest(ReplacedBy("Exam"))), GradeItem("Exam", 10)]
        ),
        Gradebook([Category("In", items("i"), replaced_by=ReplacedBy("Exam")), GradeItem("Exam", 10)]),
        Gradebook([Category("In", [FormulaItem("f", formula="[i1.Points]", max_points=10), *items("i")])]),
    ],
)
def test_where_figures_decide_marks_alone_do_not_say_it(book):
    """What weighs nothing, is picked or replaced, or a formula gives is left to the exact engine (U10, V11)."""
    assert told(book, {"i1": 3}, "In") in (ASK, None)
    assert told(book, {}, "In") in (ASK, UNGRADED)


def test_a_formula_is_left_to_the_exact_engine():
    """Whether a formula item is graded follows from what it comes to and from the whole course (U10)."""
    book = Gradebook([GradeItem("a", 10), FormulaItem("f", formula="[a.Points]", max_points=10)])
    assert [ASK, ASK] == [told(book, marks, "f") for marks in ({}, {"a": 3})]
    assert [ASK, None] == [told(book, marks, "final") for marks in ({}, {"a": 3})]


def test_a_text_may_be_none():
    """A text is left to the exact engine, for an empty one is nothing that is recorded (U10)."""
    book = Gradebook([GradeItem("a", 10), GradeItem("Remark", kind=ItemKind.TEXT)])
    assert [ASK, ASK, UNGRADED] == [told(book, marks, "Remark") for marks in ({"Remark": ""}, {"Remark": "fine"}, {})]
    assert [ASK, None] == [told(book, {"Remark": "fine"} | more, "final") for more in ({}, {"a": 3})]


def test_the_exact_engine_is_not_asked_where_marks_say_it():
    """A summary of the final, or of a category, needs nothing but what the kernel answered and the marks (U10, T3)."""
    plan, asked = compile_gradebook(COURSE), []
    kernel = plan.kernels.kernel(None)
    answer = kernel.answer({"q1": 5, "q2": 7, "Exam": 9})
    report = Report.of(Answered(Answering(plan, kernel, asked.append), *answer))
    assert [None, None, UNGRADED] == [report.without_score(id_) for id_ in ("final", "Quizzes", "Labs")]
    assert (1, 0) == tuple(summarize([report], id_).submitted for id_ in ("final", "Labs"))
    assert [] == asked


def answered(book, marks):
    """Return a report that a kernel made, and a list of how often the exact engine was asked."""
    plan, asked = compile_gradebook(book), []
    kernel = plan.kernels.kernel(None)

    def exactly_(own):
        asked.append(own)
        return ReportLines(plan.layout, exactly(plan, own).columns)

    return Report.of(Answered(Answering(plan, kernel, exactly_), *kernel.answer(marks))), asked


def test_what_a_number_on_an_item_comes_to_follows_from_it():
    """Percent, symbol and verdict of an item are those of its own mark, rounded and capped (R5, S1, P1)."""
    scheme = GradeScheme.from_cutoffs({"A": 80, "F": 0})
    book = Gradebook([GradeItem("a", 10, pass_mark=50), *items("i", 2)], scheme=scheme)
    report, asked = answered(book, {"a": 12, "i1": Mark(4.5, note="late")})
    assert (100, 45) == (report["a"].percent, report["i1"].percent)
    assert ("A", Verdict.MET, None) == (report["a"].symbol, report["a"].passed, report["a"].lack)
    assert [(10, 10), (Fraction(9, 2), 10)] == [(report[id_].points, report[id_].out_of) for id_ in ("a", "i1")]
    assert ["100.00", "45.00"] == [report[id_].shown for id_ in ("a", "i1")]
    assert [] == asked


def test_what_an_item_lacks_follows_from_its_mark():
    """An item without a number lacks its score because it is exempt, or because nothing is recorded (U9)."""
    report, asked = answered(COURSE, {"q1": EXEMPT, "q3": 3, "Exam": 9})
    assert [Lack.EXEMPT, Lack.UNGRADED, None] == [report[id_].lack for id_ in ("q1", "q2", "q3")]
    assert [] == asked


def test_that_the_final_counts_follows_from_its_percent():
    """What a list of a class shows of a final needs no exact engine (HP9)."""
    report, asked = answered(COURSE, {"q1": 5, "q2": 7, "Exam": 9})
    assert (Treatment.COUNTED, None) == (report.final.treatment, report.final.lack)
    assert [] == asked
    assert (Treatment.COUNTED, None) == (report["Quizzes"].treatment, report["Quizzes"].lack)
    assert 1 == len(asked)


@pytest.mark.parametrize(
    ("mark", "percent"), [(None, 90), (EXEMPT, 90), (Fraction(1, 4), 90), (2, 90), (Decimal("9.5"), 95)]
)
def test_what_another_may_stand_in_for_is_left_to_the_exact_engine(mark, percent):
    """A retake may stand in for any mark, so that its own is not what an item comes to (V11)."""
    rule = ReplacedBy("retake", when=ReplacedWhen.BETTER_OR_MISSING, even_exempt=True)
    book = Gradebook([GradeItem("test", 10, replaced_by=rule), GradeItem("retake", 10)])
    report, asked = answered(book, {"test": mark, "retake": 9})
    assert 90 == report["retake"].percent
    assert [] == asked
    assert percent == report["test"].percent
    assert 1 == len(asked)


@pytest.mark.parametrize(("mark", "percent"), [(None, 0), (EXEMPT, None), (Fraction(5, 2), 25)])
def test_what_is_no_plain_number_is_left_to_the_exact_engine(mark, percent):
    """A blank may count as zero (U1), an exempt item has no percent (X1), and fractions are not looked up."""
    report, asked = answered(COURSE, {"q1": mark, "q2": 3, "Exam": 9})
    assert percent == report["q1"].percent
    assert 1 == len(asked)
