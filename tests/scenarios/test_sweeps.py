# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The final grade over all that one item can be marked."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import (
    ByFormula,
    DropRule,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    MarksError,
    Rounding,
    grade,
)
from gradecalc.gradebook.tree import rows
from gradecalc.grading.plan import compile_gradebook
from gradecalc.scenarios import CurvePiece, sweep
from gradecalc.scenarios.varied import vary
from gradecalc.testing import Features, graded_books

QUIZZES = Gradebook(
    [GradeItem(f"Quiz {nth}", max_points=10) for nth in (1, 2, 3)],
    drop=DropRule(lowest=1),
    scheme=GradeScheme.from_cutoffs({"P": 60, "F": 0}),
)


def test_a_curve_breaks_where_a_result_begins_to_count():
    """WI16: below the lowest of the others a quiz is dropped, and the curve is level; from there on it rises."""
    curve = sweep(QUIZZES, {"Quiz 1": 4, "Quiz 2": 7}, "Quiz 3")
    assert (
        CurvePiece(Fraction(0), Fraction(4), Fraction(55), Fraction(55), straight=True),
        CurvePiece(Fraction(4), Fraction(10), Fraction(55), Fraction(85), straight=True),
    ) == curve.pieces
    assert ((Fraction(4),), True) == (curve.breakpoints, curve.complete)
    assert [(0, 55, "F"), (4, 55, "F"), (10, 85, "P")] == [
        (each.mark, each.percent, each.symbol) for each in curve.points
    ]


def test_a_breakpoint_is_exact():
    """WI16: where two pieces meet is exact, a third too, and where the curve leaps each piece has its own percent."""
    book = Gradebook([GradeItem("A", 4), GradeItem("B", 3), GradeItem("C", 1)], drop=DropRule(lowest=1))
    curve = sweep(book, {"B": 1, "C": 1}, "A")
    assert (Fraction(4, 3),) == curve.breakpoints
    assert [(50, 50), (Fraction(140, 3), 100)] == [(piece.first, piece.last) for piece in curve.pieces]


def test_a_rounded_curve_is_a_stair():
    """WI16: a rounded final leaps at every turn of the rounding."""
    book = Gradebook([GradeItem("Exam", max_points=100)], round_result=Rounding(-1))
    curve = sweep(book, {}, "Exam")
    assert tuple(Fraction(nth * 10 + 5) for nth in range(10)) == curve.breakpoints
    assert [nth * 10 for nth in range(11)] == [piece.first for piece in curve.pieces]


def test_what_is_bent_is_said_to_be():
    """WI16: where a formula divides by the mark the piece is not straight."""
    book = Gradebook([GradeItem("A", 10)], aggregation=ByFormula("100 / ([A.Points] + 1)"))
    assert [(Fraction(0), Fraction(10), False)] == [
        (piece.start, piece.end, piece.straight) for piece in sweep(book, {}, "A").pieces
    ]


def test_a_curve_of_too_many_pieces_says_so():
    """WI16: where there are more pieces than are told apart the curve ends early, and in steps it does not."""
    book = Gradebook([GradeItem("Exam", max_points=1000)], round_result=Rounding(0))
    assert sweep(book, {}, "Exam").complete
    finer = Gradebook([GradeItem("Exam", max_points=1000)], round_result=Rounding(1))
    assert not sweep(finer, {}, "Exam").complete
    assert [0, 50, 100] == [point.percent for point in sweep(finer, {}, "Exam", step=500).points]


def test_an_item_of_few_marks_has_a_point_for_each():
    """WI16: an item that is passed or failed has two points and no pieces."""
    book = Gradebook([GradeItem("Swim", 10, kind=ItemKind.PASS_FAIL)])
    curve = sweep(book, {}, "Swim")
    assert ([0, 100], ()) == ([point.percent for point in curve.points], curve.pieces)


def test_what_has_no_marks_has_no_curve():
    """WI16: an unknown item is refused."""
    with pytest.raises(MarksError):
        sweep(QUIZZES, {}, "Quiz 4")


PLAIN = Features(drops=False, best_of=False, replacements=False, rounding=False, hurdles=False, symbols=False)


@settings(max_examples=25, deadline=None)
@given(graded_books(PLAIN), st.data())
def test_the_curve_is_the_grade(graded_book, data):
    """WI16: at its points the curve is the grade, and inside a straight piece it is the line between its ends."""
    book, marks = graded_book
    ids = [row.node.id for row in rows(book) if isinstance(row.node, GradeItem) and row.node.kind is ItemKind.NUMERIC]
    if not ids:
        return
    item = data.draw(st.sampled_from(ids))
    curve, varied = sweep(book, marks, item), vary(compile_gradebook(book), marks, item)
    assert [grade_at(varied, point.mark) for point in curve.points] == [point.percent for point in curve.points]
    for piece in curve.pieces:
        inside = data.draw(st.fractions(Fraction(1, 8), Fraction(7, 8), max_denominator=8))
        found = grade_at(varied, piece.start + (piece.end - piece.start) * inside)
        if piece.straight and piece.first is not None:
            assert piece.first + (piece.last - piece.first) * inside == found


def grade_at(varied, mark):
    """Return the percent of the final with this mark."""
    return varied.report_at(mark).final.percent


def test_a_curve_over_several_items():
    """WI16: over several items the curve is over the equal percent of each one's maximum."""
    curve = sweep(QUIZZES, {"Quiz 1": 5}, ["Quiz 2", "Quiz 3"])
    assert (Fraction(50),) == curve.breakpoints
    assert grade(QUIZZES, {"Quiz 1": 5, "Quiz 2": 10, "Quiz 3": 10}).final.percent == curve.points[-1].percent
