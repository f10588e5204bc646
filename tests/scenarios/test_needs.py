# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The least mark with which a target is reached."""

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    Band,
    Category,
    DefinitionError,
    DropBy,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    Mark,
    MarksError,
    ReplacedBy,
    ReplacedWhen,
    Rounding,
    SumOfPoints,
    UngradedPolicy,
    Verdict,
    WeightedMean,
    grade,
)
from gradecalc.gradebook.tree import rows
from gradecalc.grading.exemptions import enter
from gradecalc.scenarios import Reach, needed, passes
from gradecalc.scenarios.varied import with_points
from gradecalc.testing import graded_books

SCHEME = GradeScheme.from_cutoffs({"A": 85, "B": 70, "F": 0})
BOOK = Gradebook(
    [GradeItem("Essay", max_points=30, weight=40), GradeItem("Exam", max_points=90, weight=60)],
    aggregation=WeightedMean(),
    scheme=SCHEME,
    pass_mark=50,
)


def test_the_least_mark_is_exact():
    """WI7: the mark is the exact one, and any lower one misses the target."""
    least = needed(BOOK, {"Essay": 20}, "Exam", 70).mark
    assert Fraction(65) == least
    assert Fraction(70) == grade(BOOK, {"Essay": 20, "Exam": least}).final.percent
    assert Fraction(195, 7) == needed(BOOK, {"Exam": 90}, "Essay", Fraction(680, 7)).mark


@pytest.mark.parametrize(
    ("target", "outcome", "mark"),
    [
        (20, Reach.REACHED, 0),
        (70, Reach.NEEDED, 65),
        ("A", Reach.NEEDED, Fraction(175, 2)),
        (90, Reach.OUT_OF_REACH, None),
    ],
)
def test_a_target_is_reached_needs_a_mark_or_is_out_of_reach(target, outcome, mark):
    """WI6: 0 where the target is reached whatever the mark is, and None where with none; the best is told."""
    found = needed(BOOK, {"Essay": 20}, "Exam", target)
    assert (outcome, mark, Fraction(260, 3)) == (found.outcome, found.mark, found.best)
    assert Verdict.MET is found.monotone


def test_in_steps_the_least_step_is_given():
    """WI9: with a step the mark is the least of its multiples that reaches the target."""
    assert Fraction(90) == needed(BOOK, {"Essay": 20}, "Exam", "A", step=5).mark
    assert Fraction(175, 2) == needed(BOOK, {"Essay": 20}, "Exam", "A", step=0.5).mark


def test_a_table_has_a_row_for_each_symbol():
    """WI10: asked for a scheme, each symbol above the lowest has a row, the best first; another scheme is taken too."""
    table = needed(BOOK, {"Essay": 20}, "Exam", SCHEME)
    assert [("A", Fraction(175, 2)), ("B", Fraction(65))] == [(row.target, row.mark) for row in table.rows]
    other = needed(BOOK, {"Essay": 20}, "Exam", GradeScheme.from_cutoffs({"P": 80, "N": 0}))
    assert [("P", Fraction(80))] == [(row.target, row.mark) for row in other.rows]
    assert ["for A", "for B"] == [row.label for row in table.outline().children]


def test_several_items_are_asked_for_an_equal_percent():
    """WI6: of several items the answer is the least percent that reaches the target on all of them."""
    found = needed(BOOK, {}, ["Essay", "Exam"], 70)
    assert (Fraction(70), ("Essay", "Exam")) == (found.mark, found.items)
    assert "70 %" == found.outline().value


def test_a_function_of_the_report_is_a_target():
    """WI10: a target may be any function from a report to a verdict, as whether the final is passed."""
    found = needed(BOOK, {"Essay": 20}, "Exam", passes)
    assert (Fraction(35), "a pass", Verdict.MET) == (found.mark, found.target, found.monotone)
    judged = needed(BOOK, {"Essay": 20}, "Exam", lambda report: report.final.passed)
    assert (Fraction(35), Verdict.UNDETERMINED) == (judged.mark, judged.monotone)
    assert ["not_proven"] == [reason.code for reason in judged.reasons]
    never = needed(BOOK, {"Essay": 20}, "Exam", lambda report: Verdict.NOT_MET)
    assert ["best", "not_proven_out"] == [reason.code for reason in never.reasons]


def test_a_mark_just_above_which_it_begins():
    """WI7: where a band starts above its start, the mark is that start's, and every one above it will do."""
    scheme = GradeScheme((Band("P", 50, exclusive=True), Band("N", 0)))
    found = needed(Gradebook([GradeItem("Exam", max_points=40)], scheme=scheme), {}, "Exam", "P")
    assert (Fraction(20), False, "above 20") == (found.mark, found.attained, found.outline().value)


def test_a_rounded_final_is_reached_where_the_rounding_turns():
    """WI7: with a rounding the least mark is the exact one from which it turns up."""
    book = Gradebook([GradeItem("Exam", max_points=70)], round_result=Rounding(0))
    assert Fraction(4865, 100) == needed(book, {}, "Exam", 70).mark


def test_a_higher_mark_that_undoes_it_is_told():
    """WI8: where a higher mark misses the target again the least is still given, and that is said."""
    unequal = Gradebook([GradeItem("A", 4), GradeItem("B", 1), GradeItem("C", 1)], drop=DropRule(lowest=1))
    found = needed(unequal, {"B": 0, "C": 1}, "A", 50)
    assert (Reach.NEEDED, Fraction(0), Verdict.NOT_MET) == (found.outcome, found.mark, found.monotone)
    assert (
        Verdict.MET
        is needed(
            Gradebook([GradeItem("A", 4), GradeItem("B", 4), GradeItem("C", 4)], drop=DropRule(lowest=1)),
            {"B": 0},
            "A",
            50,
        ).monotone
    )


def test_a_replacement_is_followed():
    """WI8: an exam that stands in for a midterm counts for both, and the least mark knows it."""
    book = Gradebook(
        [
            GradeItem("Midterm", 100, replaced_by=ReplacedBy("Exam", when=ReplacedWhen.BETTER)),
            GradeItem("Exam", 100),
        ]
    )
    assert Fraction(60) == needed(book, {"Midterm": 30}, "Exam", 60).mark
    assert Fraction(80) == needed(book, {"Midterm": 80}, "Exam", 80).mark


def test_an_exempt_item_is_asked_as_if_it_were_not():
    """WI6: to ask for a mark on exempt work is to suppose that it is not exempt."""
    assert Fraction(65) == needed(BOOK, {"Essay": 20, "Exam": EXEMPT}, "Exam", 70).mark


def test_what_is_ungraded_beside_it_is_what_the_policy_makes_of_it():
    """WI11: other work that is ungraded is left out or zero as the policy says, or the one that is asked for."""
    assert Fraction(63) == needed(BOOK, {}, "Exam", 70).mark
    zero = needed(BOOK, {}, "Exam", 70, ungraded=UngradedPolicy.AS_ZERO)
    assert (Reach.OUT_OF_REACH, Fraction(60)) == (zero.outcome, zero.best)


def test_a_learners_own_maximum_is_the_end_of_the_range():
    """WI6: a mark runs to the learner's own maximum, and beyond it where the item can exceed it and that is asked."""
    assert Fraction(45) == needed(BOOK, {"Essay": 30, "Exam": Mark(out_of=45)}, "Exam", 100).mark
    extra = Gradebook([GradeItem("Quiz", 10), GradeItem("Exam", 10, can_exceed=True)], can_exceed=True)
    assert Reach.OUT_OF_REACH is needed(extra, {"Quiz": 0}, "Exam", 60).outcome
    assert Fraction(12) == needed(extra, {"Quiz": 0}, "Exam", 60, up_to=20).mark


def test_an_item_of_few_marks_is_asked_for_one_of_them():
    """WI9: where an item is passed or failed, or has symbols, the mark is one of those that it can have."""
    book = Gradebook([GradeItem("Swim", 10, kind=ItemKind.PASS_FAIL), GradeItem("Run", 10)])
    assert Fraction(10) == needed(book, {"Run": 10}, "Swim", 60).mark
    lettered = Gradebook([GradeItem("Essay", 10, kind=ItemKind.SELECTBOX), GradeItem("Run", 10)], scheme=SCHEME)
    assert Fraction(7) == needed(lettered, {"Run": 10}, "Essay", 80).mark


TEXT = Gradebook([Category("Labs", [GradeItem("Lab", 5)]), GradeItem("Note", kind=ItemKind.TEXT)])


@pytest.mark.parametrize(
    ("book", "item", "target", "more", "kind", "code"),
    [
        (BOOK, "Exm", 70, {}, MarksError, "unknown_id"),
        (BOOK, [], 70, {}, MarksError, "missing"),
        (TEXT, "Labs", 70, {}, MarksError, "not_marked"),
        (TEXT, "Note", 70, {}, MarksError, "not_marked"),
        (BOOK, "Exam", "C", {}, DefinitionError, "unknown_symbol"),
        (TEXT, "Lab", "A", {}, DefinitionError, "unknown_symbol"),
        (BOOK, "Exam", None, {}, DefinitionError, "wrong_target"),
        (BOOK, "Exam", 70, {"up_to": 91}, MarksError, "beyond_maximum"),
        (BOOK, "Exam", 70, {"step": 0}, DefinitionError, "too_small"),
        (BOOK, "Exam", 70, {"step": "half"}, DefinitionError, "not_a_number"),
        (BOOK, "Exam", 70, {"step": Fraction(1, 10**9)}, DefinitionError, "too_many_steps"),
    ],
)
def test_what_cannot_be_asked(book, item, target, more, kind, code):
    """WI6, WI9 and WI10: what is no item that takes points, no target, or no step is one error, with what would do."""
    with pytest.raises(kind) as caught:
        needed(book, {}, item, target, **more)
    assert [code] == [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize(("asked", "found"), [("Labs", "Lab"), ("final", "Lab"), ("Note", "Lab")])
def test_what_takes_no_points_is_told_what_does(asked, found):
    """WI6: a branch names items in it, and an item that takes no points others that do."""
    with pytest.raises(MarksError) as caught:
        needed(TEXT, {}, asked, 70)
    assert caught.value.problems[0].message.endswith(f"'{found}'")


def test_where_no_item_takes_points_that_is_said():
    """WI6: of a gradebook in which nothing takes points no item is named."""
    with pytest.raises(MarksError) as caught:
        needed(Gradebook([GradeItem("Note", kind=ItemKind.TEXT)]), {}, "Note", 70)
    assert ["not_marked"] == [problem.code for problem in caught.value.problems]
    assert caught.value.problems[0].message.endswith("there is none")


def pointed(book):
    """Return the ids of the items of a gradebook that take any points."""
    return [row.node.id for row in rows(book) if isinstance(row.node, GradeItem) and row.node.kind is ItemKind.NUMERIC]


@st.composite
def asked(draw):
    """Return a gradebook, marks, one of its items, a target in percent, and a step that cuts it in eight."""
    book, marks = draw(graded_books().filter(lambda each: pointed(each[0])))
    if draw(st.booleans()):
        id_ = draw(st.sampled_from(pointed(book)))
        read = FormulaItem(
            "Read", formula=f"IF{{[{id_}.Points] > 2, 90, [{id_}.Percent]}}", max_points=100, counts=True
        )
        book = Gradebook([*book.children, read], drop=book.drop, aggregation=SumOfPoints())
    item = draw(st.sampled_from(pointed(book)))
    own = marks[item].out_of if isinstance(marks.get(item), Mark) else None
    most = next(row.node.max_points for row in rows(book) if row.node.id == item) if own is None else Fraction(own)
    assume(most > 0)
    return book, marks, item, draw(st.integers(0, 110)), most / 8


def by_brute_force(book, marks, item, target, step):
    """Return the least multiple of the step that reaches the target, the best percent, and whether none undoes it."""
    entered = enter(book, marks, item, 0)
    lowest = min(0, next(row.node.min_points for row in rows(book) if row.node.id == item) or 0)
    tried = [nth * step for nth in range(ceil(lowest / step), 9)]
    finals = [grade(book, {**entered, item: with_points(marks.get(item), each)}).final.percent for each in tried]
    reached = [percent is not None and percent >= target for percent in finals]
    least = next((each for each, is_reached in zip(tried, reached, strict=True) if is_reached), None)
    best = max((percent for percent in finals if percent is not None), default=None)
    return least, best, sorted(reached) == reached


@settings(max_examples=80)
@given(asked())
def test_the_answer_in_steps_is_that_of_trying_every_one(question):
    """WI8 and WI9: under every rule the least step is the one found by trying all, and so is the best."""
    book, marks, item, target, step = question
    found = needed(book, marks, item, target, step=step)
    least, best, rises = by_brute_force(book, marks, item, target, step)
    assert (least, best, rises) == (found.mark, found.best, found.monotone is Verdict.MET)


@settings(max_examples=40)
@given(asked())
def test_the_exact_answer_reaches_the_target_and_nothing_just_below_does(question):
    """WI7 and WI8: the exact mark reaches the target where it says so, no step below it does if that is proven."""
    book, marks, item, target, step = question
    found = needed(book, marks, item, target)
    entered = enter(book, marks, item, 0)

    def reaches(points):
        percent = grade(book, {**entered, item: with_points(marks.get(item), points)}).final.percent
        return percent is not None and percent >= target

    if found.mark is None:
        return
    assert found.attained == reaches(found.mark)
    if found.outcome is Reach.NEEDED and found.mark > 0:
        assert not reaches(found.mark - Fraction(1, 2**120))
    if found.monotone is Verdict.MET and found.outcome is Reach.NEEDED:
        assert [] == [nth for nth in range(9) if nth * step < found.mark and reaches(nth * step)]


@pytest.mark.parametrize("by", DropBy)
def test_drops_among_equals_never_let_a_higher_mark_cost(by):
    """WI8: where all that may be dropped is out of the same, a higher mark never undoes a target."""
    quizzes = [GradeItem(f"Quiz {nth}", max_points=10) for nth in range(4)]
    book = Gradebook(quizzes, drop=DropRule(lowest=1, highest=1, by=by))
    found = needed(book, {"Quiz 0": 4, "Quiz 1": 6, "Quiz 2": 8}, "Quiz 3", 65)
    assert (Fraction(7), Verdict.MET) == (found.mark, found.monotone)


def test_weights_by_rank_are_no_proof():
    """WI8: where weights go by rank nothing is proven, and the least mark is found among all that are tried."""
    ranked = WeightedMean(ranks=(80, 20))
    book = Gradebook([GradeItem("Midterm", 100), GradeItem("Exam", 100)], aggregation=ranked)
    found = needed(book, {"Midterm": 50}, "Exam", 58)
    assert (Fraction(60), Verdict.UNDETERMINED) == (found.mark, found.monotone)
