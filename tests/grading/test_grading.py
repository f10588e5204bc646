# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Grading a book or its plan, and asking why a formula comes to what it does."""

import pytest

from gradecalc import (
    ByFormula,
    FormulaItem,
    Gradebook,
    GradeItem,
    compile_gradebook,
    explain_formula,
    grade,
)
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
