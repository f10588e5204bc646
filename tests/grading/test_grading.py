# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Grading a book or its plan, and asking why a formula comes to what it does."""

import pickle
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from types import MappingProxyType

import pytest
from hypothesis import given, settings

from gradecalc import (
    EXEMPT,
    UNGRADED,
    ByFormula,
    Category,
    Change,
    ChangeKind,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    Mark,
    MarksError,
    Unknown,
    compile_gradebook,
    explain_formula,
    grade,
    marks_digest,
)
from gradecalc.testing import graded_books
from small_books import WEIGHTED

A, B = GradeItem("A", max_points=10), GradeItem("B", max_points=20)


def formula(text, **options):
    return FormulaItem("F", formula=text, max_points=100, **{"can_exceed": True, **options})


def test_grading_a_book_is_grading_its_plan():
    """A gradebook is compiled first, and gives the same report as its plan."""
    marks = {"L1": 8, "Exam": 50}
    assert grade(WEIGHTED, marks) == grade(compile_gradebook(WEIGHTED), marks)


def test_a_formula_is_explained_on_request():
    """Why a formula comes to its value is an outline of its parts, of an item or of a branch (F22)."""
    book = Gradebook([A, B, formula("IF{[A.Percent] < 50, 0, [B.Points]}")], aggregation=ByFormula("[A.Percent]"))
    item, branch = (explain_formula(book, {"A": 8, "B": 7}, name) for name in ("F", "final"))
    assert (7, 80) == (item.value, branch.value)
    assert 5 == len(list(item.outline().rows()))
    with pytest.raises(KeyError, match="'F'"):
        explain_formula(book, {}, "f")


MIXED = compile_gradebook(
    Gradebook([A, B, GradeItem("Passed", 1, kind=ItemKind.PASS_FAIL), GradeItem("Said", kind=ItemKind.TEXT)])
)


@pytest.mark.parametrize("same", [9.0, Decimal("9.00"), Fraction(9), Mark(9), Mark(Decimal(9))])
def test_the_digest_of_marks_is_that_of_what_is_recorded(same):
    """Neither the type of a number nor the order of the marks is in their digest, nor what is blank (Z10)."""
    other = {"Said": None, "B": 5, "A": same, "Passed": UNGRADED}
    assert marks_digest(MIXED, {"A": 9, "B": 5}) == marks_digest(MIXED, other) == grade(MIXED, other).marks_digest


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"A": 8},
        {"A": 9, "B": 0},
        {"B": 9},
        {"A": EXEMPT},
        {"A": Mark(9, exempt=True)},
        {"A": Mark(9, out_of=10)},
        {"A": Mark(9, by="Ada")},
        {"A": Mark(9, note="late")},
        {"A": Mark(9, changes=(Change(ChangeKind.MISSING, (9,)),))},
        {"A": Mark(9, symbol="A")},
        {"A": 9, "final": 9},
        {"A": 9, "Passed": False},
        {"A": 9, "Said": "9"},
    ],
)
def test_another_mark_has_another_digest(other):
    """Whatever else is recorded, circumstances included, makes another digest of the marks (Z10)."""
    assert marks_digest(MIXED, {"A": 9}) != marks_digest(MIXED, other)


def test_others_compute_the_digest_of_marks():
    """The digest of marks is that of a text that the rule describes (Z10)."""
    marks = {"Said": "ü", "Passed": True, "B": EXEMPT, "A": Mark(Fraction(2, 3), out_of=4.5, note="late")}
    text = (
        '{"A":{"note":{"text":"late"},"out_of":"4.5","recorded":"2/3"},"B":{"exempt":true,"recorded":null},'
        '"Passed":true,"Said":{"text":"\\u00fc"}}'
    )
    assert sha256(text.encode()).hexdigest()[:16] == marks_digest(MIXED, marks)


def test_marks_that_cannot_be_read_have_no_digest():
    """What is no mark is an error, and what the gradebook has not is read as in grading (M3, Z10)."""
    with pytest.raises(MarksError):
        marks_digest(MIXED, {"C": 5})
    assert marks_digest(MIXED, {"A": 9}) == marks_digest(MIXED, {"A": 9, "C": 5}, unknown=Unknown.IGNORE)


def test_any_mapping_of_marks_is_graded_alike():
    """Fractions in a mapping of another class have the same final, symbol and reasons as in a dictionary."""
    marks = {"L1": Fraction(15, 2), "L2": Fraction(1, 3), "Exam": 50}
    known, found = grade(WEIGHTED, marks), grade(WEIGHTED, MappingProxyType(marks))
    assert known == found
    assert known.final == found.final


def test_a_fraction_is_not_the_float_that_equals_it():
    """0.1 is a tenth, and the fraction that equals the float 0.1 is a little more, whichever was graded first."""
    plan = compile_gradebook(Gradebook([A]))
    for mark in (0.1, Fraction(0.1), Fraction(1, 10), 0.1):
        read = Fraction(1, 10) if isinstance(mark, float) else mark
        assert read * 10 == grade(plan, {"A": mark}).final.percent


def test_a_final_is_shown_without_the_rest_of_its_report():
    """What a kernel found is shown and has its symbol as the exact engine has them, in any order of asking."""
    book = Gradebook([A, B], scheme=GradeScheme.from_cutoffs({"A": 85, "B": 70, "F": 0}))
    plan, marks = compile_gradebook(book), {"A": 8.5, "B": 14}
    exact = grade(plan, {"A": Mark(8.5), "B": 14}).final
    final = grade(plan, marks).final
    assert (exact.symbol, exact.shown, exact.percent) == (final.symbol, final.shown, final.percent)
    assert exact == final


class Wild(dict):
    """Marks that cannot be gone through."""

    def items(self):
        raise RuntimeError("no")


def test_marks_that_cannot_be_gone_through_are_refused():
    """A mapping that raises when it is read is an error of its marks (M2)."""
    with pytest.raises(MarksError, match="RuntimeError"):
        grade(WEIGHTED, Wild())


NESTED = compile_gradebook(
    Gradebook([Category("Labs", [Category("First", [A]), B]), GradeItem("Said", kind=ItemKind.TEXT)])
)


@pytest.mark.parametrize(
    "marks",
    [
        {"A": 5, "Labs": EXEMPT, "First": 50, "Said": "x"},
        {"A": 5.5, "First": 50, "B": Mark(5, exempt=True)},
        {"A": Mark(5, out_of=6), "Labs": 20, "Said": None, "C": 5},
    ],
)
def test_a_report_has_the_digest_of_its_marks(marks):
    """The digest of a report is that of its marks, whatever it holds of them, and stays with it in pickles (Z10)."""
    report = grade(NESTED, marks, unknown=Unknown.IGNORE)
    again = pickle.loads(pickle.dumps(report))  # noqa: S301 - our own
    assert marks_digest(NESTED, marks, unknown=Unknown.IGNORE) == report.marks_digest == again.marks_digest
    assert again == report


@settings(max_examples=40)
@given(graded_books())
def test_every_report_has_the_digest_of_its_marks(graded_book):
    """Whatever the gradebook and the marks, the digest of the report is that of the marks alone (Z10)."""
    assert marks_digest(*graded_book) == grade(*graded_book).marks_digest
