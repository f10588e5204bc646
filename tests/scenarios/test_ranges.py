# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a final grade can still come to."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    UNGRADED,
    Category,
    DropRule,
    Gradebook,
    GradeItem,
    Mark,
    WeightedMean,
    grade,
)
from gradecalc.grading.grading import Unknown, read_marks
from gradecalc.grading.plan import compile_gradebook
from gradecalc.scenarios import bounds
from gradecalc.scenarios.varied import filled, span
from gradecalc.testing import Features, graded_books


def test_all_that_is_open_is_marked_lowest_and_highest():
    """WI12: what has no mark is marked 0 and full; what is exempt, and what is marked, stays."""
    book = Gradebook(
        [
            Category("Labs", [GradeItem("L1", 10), GradeItem("L2", 10), GradeItem("L3", 10)], weight=40),
            GradeItem("Exam", 90, weight=60),
        ],
        aggregation=WeightedMean(),
    )
    still = bounds(book, {"L1": 5, "L2": EXEMPT})
    assert (("L3", "Exam"), True) == (still.open, still.proven)
    assert [10, 90] == [still.lowest.final.percent, still.highest.final.percent]


def test_a_minimum_below_zero_is_the_lowest_mark():
    """WI12: an item with a minimum below 0 can be marked with that, and a learner's own maximum is the highest."""
    book = Gradebook([GradeItem("Quiz", 10, min_points=-5), GradeItem("Exam", 90)])
    still = bounds(book, {"Exam": Mark(out_of=40)})
    assert [-10, 100] == [still.lowest.final.percent, still.highest.final.percent]


def test_when_nothing_is_open_both_ends_are_the_grade():
    """WI12: with every mark recorded there is one final, and it is said that nothing is left."""
    book = Gradebook([GradeItem("Quiz", 10)])
    still = bounds(book, {"Quiz": 7})
    assert grade(book, {"Quiz": 7}) == still.lowest == still.highest
    assert ["nothing_open"] == [note.code for note in still.outline().notes]


def test_ends_that_are_only_found_are_said_to_be():
    """WI13: dropping the lowest percentage of unequal maxima, no end is proven, and the corners are tried."""
    book = Gradebook([GradeItem("A", 4), GradeItem("B", 1), GradeItem("C", 1)], drop=DropRule(lowest=1))
    still = bounds(book, {"B": 0, "C": 1})
    assert (False, ["open", "not_proven"]) == (still.proven, [note.code for note in still.outline().notes])
    assert [50, 100] == [still.lowest.final.percent, still.highest.final.percent]


MONOTONE = Features(best_of=False, replacements=False)


@settings(max_examples=120)
@given(st.one_of(graded_books(), graded_books(MONOTONE)), st.data())
def test_no_completion_lies_beyond_proven_bounds(graded_book, data):
    """WI8, WI12 and WI13: every way of marking what is open comes to a final within the bounds, if they are proven."""
    book, drawn = graded_book
    marks = {id_: mark if len(drawn) < 3 or data.draw(st.booleans()) else UNGRADED for id_, mark in drawn.items()}
    plan, still = compile_gradebook(book), bounds(book, marks)
    read = read_marks(plan, marks, Unknown.REFUSE)
    for _ in range(4):
        points = {}
        for id_ in still.open:
            line = plan.layout.index[id_]
            low, high, _ = span(plan, line, read.get(line))
            points[id_] = low + (high - low) * data.draw(st.fractions(0, 1, max_denominator=8))
        final = grade(book, filled(marks, points)).final.percent
        if still.proven and final is not None:
            assert still.lowest.final.percent <= final <= still.highest.final.percent
