# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules U, X, G6 and G7: what becomes of the children of a branch."""

import pytest
from attrs import evolve

from gradecalc import (
    EXEMPT,
    BonusOf,
    Category,
    DropRule,
    Empty,
    Gradebook,
    GradeItem,
    ItemKind,
    Lack,
    Mark,
    Mean,
    OnlyBonus,
    SumOfPoints,
    Treatment,
    UngradedPolicy,
    WeightedMean,
    ZeroRange,
    compile_gradebook,
    grade,
)
from gradecalc.grading.children import Known, decide, find_lack, potential
from small_books import WEIGHTED, codes

LEAVE_OUT, AS_ZERO, ONCE_GRADED = UngradedPolicy


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


@pytest.mark.parametrize("marks", [{"L1": EXEMPT, "L2": EXEMPT}, {"Labs": EXEMPT}, {"L1": EXEMPT, "L2": 3}])
@pytest.mark.parametrize(("max_points", "out_of"), [(None, 100), (50, 50)])
def test_a_branch_that_keeps_its_weight_is_zero_also_where_it_is_exempt_or_out_of_zero(marks, max_points, out_of):
    """Where all in it is exempt, or what counts is out of 0, it is zero and weighs what it weighs (U11)."""
    items = [GradeItem("L1", max_points=10), GradeItem("L2", max_points=0)]
    labs = Category(
        "Labs", items, weight=40, empty=Empty.KEEPS_WEIGHT, aggregation=SumOfPoints(), max_points=max_points
    )
    book = Gradebook([labs, GradeItem("Exam", max_points=100, weight=60)], aggregation=WeightedMean(), ungraded=AS_ZERO)
    zero, left_out = (grade(book, marks | {"Exam": 50}, ungraded=policy) for policy in (AS_ZERO, LEAVE_OUT))
    assert (30, out_of, Treatment.COUNTED_AS_ZERO) == (
        zero.final.percent,
        zero["Labs"].out_of,
        zero["Labs"].treatment,
    )
    assert (Lack.NOTHING_COUNTS, 50) == (zero["Labs"].lack, left_out.final.percent)


def never_exempt(*items, **settings):
    labs = Category("Labs", items, empty=Empty.NEVER_EXEMPT, **settings)
    return Gradebook([labs, GradeItem("Exam", max_points=100)], aggregation=Mean(zero_range=ZeroRange.FULL))


@pytest.mark.parametrize(
    ("marks", "percents", "treatment"),
    [
        ({"L1": EXEMPT, "L2": EXEMPT}, (25, 50), Treatment.COUNTED_AS_ZERO),
        ({"L1": EXEMPT}, (25, 50), Treatment.COUNTED_AS_ZERO),
        ({"Labs": EXEMPT}, (50, 50), Treatment.EXEMPT),
        ({"L1": 8, "L2": EXEMPT}, (65, 65), Treatment.COUNTED),
    ],
)
def test_a_branch_that_is_never_exempt_is_ungraded_where_all_in_it_is_exempt(marks, percents, treatment):
    """It is a zero where blanks are, is left out where they are, and leaves where it is exempt itself (U12)."""
    labs = {"aggregation": Mean(), "max_points": 30, "ungraded": LEAVE_OUT}
    book = never_exempt(GradeItem("L1", 10), GradeItem("L2", 20), **labs)
    zero, left_out = (grade(evolve(book, ungraded=each), marks | {"Exam": 50}) for each in (AS_ZERO, LEAVE_OUT))
    assert (percents, treatment) == ((zero.final.percent, left_out.final.percent), zero["Labs"].treatment)


def test_a_branch_that_is_never_exempt_weighs_something_where_it_is_nothing():
    """With nothing left it is 0 of all in it, and counts as zero; with a score of 0 of 0 it is full (U12, W6)."""
    book = evolve(never_exempt(GradeItem("L1", 10), GradeItem("L2", 0), aggregation=SumOfPoints()), ungraded=AS_ZERO)
    nothing = grade(book, {"L1": EXEMPT, "L2": EXEMPT, "Exam": 50})
    assert (25, 10) == (nothing.final.percent, nothing["Labs"].out_of)
    assert 75 == grade(book, {"L1": EXEMPT, "L2": 0, "Exam": 50}).final.percent


def test_a_bonus_that_keeps_its_weight_is_exempt_all_the_same():
    """An exempt bonus and one that does not count stay as they are (U7, U11)."""
    labs = Category("Labs", [GradeItem("L1", max_points=10)], bonus=True, empty=Empty.KEEPS_WEIGHT)
    book = Gradebook([labs, GradeItem("Exam", max_points=100)], ungraded=AS_ZERO)
    assert Treatment.EXEMPT is grade(book, {"L1": EXEMPT, "Exam": 50})["Labs"].treatment


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


def test_exempt_stays_out_where_blanks_are_zero():
    """Treating blanks as zero does not touch exemptions (X4)."""
    assert 80 == grade(WEIGHTED, {"L1": EXEMPT, "L2": 8, "Exam": 80}, ungraded=AS_ZERO).final.percent
    assert 80 == grade(WEIGHTED, {"Labs": EXEMPT, "Exam": 80}, ungraded=AS_ZERO).final.percent


def test_an_exempt_bonus_adds_nothing():
    """A bonus that is exempt is as though it did not exist (X8)."""
    book = Gradebook([GradeItem("a", max_points=10), GradeItem("b", max_points=5, bonus=True)])
    assert 70 == grade(book, {"a": 7, "b": Mark(5, exempt=True)}).final.percent


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


# The decisions themselves, from the figures of the children.

ITEMS = [GradeItem(name, max_points=maximum) for name, maximum in (("a", 10), ("b", 20), ("zero", 0), ("d", 40))]


ALL = DropRule(lowest=1, keep_at_least=0)


def decided(points, *, exempt=(), policy=LEAVE_OUT, items=ITEMS, **options):
    """Return a branch of items, what is known of it, and what becomes of the children that have these points."""
    plan = compile_gradebook(Gradebook(items, **options))
    out_of = [line.max_points for line in plan.lines]
    nothing = [None] * len(out_of)
    known = Known([None, *points], out_of, [line.id in exempt for line in plan.lines], nothing, nothing)
    return plan.lines[0], known, decide(plan.lines[0], policy, known)


def test_every_child_has_one_treatment():
    """Each child counts, or has a treatment that says why it does not (U1, X1, W6, D1)."""
    branch, known, children = decided([5, 2, 0, None], exempt=("b",), aggregation=Mean(), drop=ALL)
    treatments = (Treatment.DROPPED, Treatment.EXEMPT, Treatment.NOT_COUNTED, Treatment.LEFT_OUT)
    assert dict(enumerate(treatments, start=1)) == children.treatments
    assert ([], [], []) == (children.counted, children.bonuses, children.blanks)
    assert [(1, ("dropped_lowest",)), (3, ("out_of_zero_leaves",))] == sorted(children.notes)
    assert (Lack.ALL_DROPPED, 100) == (find_lack(branch, children), potential(branch, children, known))


def test_a_decision_changes_no_figure():
    """What is known of the children is the same after a decision, blanks that count as zero too (U2, C6)."""
    _, known, children = decided([5, None, None, 8], policy=AS_ZERO, drop=DropRule(lowest=1))
    assert ([None, 5, None, None, 8], [2, 3]) == (known.points, children.blanks)
    assert [(5, 10), (0, 0), (8, 40)] == [(part.points, part.out_of) for part in children.counted]


def test_a_blank_out_of_zero_counts_nowhere():
    """Where a child out of 0 counts in full, one that is blank leaves all the same (W6)."""
    for points, expected in ((0, Treatment.COUNTED), (None, Treatment.NOT_COUNTED)):
        _, _, children = decided([5, 5, points, 5], policy=AS_ZERO, aggregation=Mean(zero_range=ZeroRange.FULL))
        assert expected is children.treatments[3]


@pytest.mark.parametrize(
    ("exempt", "expected", "out_of"),
    [
        ((), Lack.NOTHING_GRADED, 70),
        (("a", "b"), Lack.NOTHING_GRADED, 40),
        (("a", "b", "zero", "d"), Lack.EXEMPT, 0),
    ],
)
def test_why_nothing_is_left(exempt, expected, out_of):
    """A branch is exempt with all its children, and else is out of what is not exempt (X3, U5, U6)."""
    branch, known, children = decided([None] * 4, exempt=exempt)
    assert (expected, out_of) == (find_lack(branch, children), potential(branch, children, known))


def test_only_bonus_is_a_lack_unless_it_grades_the_branch():
    """A branch that nothing but bonus has a score in lacks one of its own (B4, U8)."""
    items = [GradeItem("a", max_points=10), GradeItem("b", max_points=5, bonus=True)]
    results = [grade(Gradebook(items, only_bonus=choice), {"b": 3}).final.lack for choice in OnlyBonus]
    assert [Lack.ONLY_BONUS, None] == results


def test_a_bonus_of_the_whole_is_measured_without_exempt_work():
    """3 of 5 bonus points beside 8/10 are measured by what could count: 10 points where the rest is exempt (B2, X1)."""
    items = [GradeItem("a", max_points=10), GradeItem("c", max_points=10), GradeItem("b", max_points=5, bonus=True)]
    book = Gradebook(items, aggregation=SumOfPoints(bonus=BonusOf.WHOLE), can_exceed=True)
    ungraded, exempt = (grade(book, {"a": 8, "b": 3, "c": mark}).final.percent for mark in (None, EXEMPT))
    assert (95, 110) == (ungraded, exempt)
