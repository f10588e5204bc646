# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The formulas inside a report: what their parts come to, under the line that has them."""

import pickle

import pytest

from gradecalc import (
    ByFormula,
    Category,
    FormulaItem,
    Gradebook,
    GradeItem,
    Report,
    UngradedPolicy,
    explain_formula,
    grade,
)

QUIZZES = Category(
    "Quizzes", [GradeItem("Q1", 10), GradeItem("Q2", 10)], aggregation=ByFormula("SUM{[Q1.Points], [Q2.Points]} * 5")
)
BOOK = Gradebook([QUIZZES, FormulaItem("Twice", formula="[Q1.Points Received] * 2", max_points=20)])
MARKS = {"Q1": 8}


def rows_of(report, name):
    """Return the row of a line with this name."""
    return next(row for _, row in report.outline().rows() if row.label == name)


@pytest.mark.parametrize("name", ["Quizzes", "Twice"])
@pytest.mark.parametrize("policy", [None, *UngradedPolicy])
def test_a_formula_stands_under_its_line(name, policy):
    """Under a line with a formula stands what `explain_formula` says of it, by the policy it was graded by (C14)."""
    alone = explain_formula(BOOK, MARKS, name, ungraded=policy).outline()
    below = rows_of(grade(BOOK, MARKS, ungraded=policy), name).children[-1 if name == "Twice" else 0]
    assert (f"= {alone.label}", alone.value, alone.children) == (below.label, below.value, below.children)


def test_why_a_part_has_no_score_is_said():
    """A part without a score says why, inside the report (C14)."""
    twice = rows_of(grade(BOOK, {}), "Twice").children[0]
    assert ("no score", ("ungraded",)) == (twice.value, twice.notes)


def test_a_formula_is_said_whole():
    """A formula too long for a label stands beside it whole (C14)."""
    formula = " + ".join(["[Q1.Percent]"] * 20)
    book = Gradebook([GradeItem("Q1", 10), FormulaItem("Long", formula=formula, max_points=100)])
    assert (formula,) == rows_of(grade(book, MARKS), "Long").children[0].notes


def test_a_stored_report_says_what_is_not_kept():
    """A report that was stored has no parts of formulas, and says so; one that was pickled has them (C14)."""
    report = grade(BOOK, MARKS)
    stored = rows_of(Report.from_dict(report.to_dict()), "Twice")
    assert ((), True) == (stored.children, "the parts of its formula are not kept" in stored.notes)
    assert report.outline() == pickle.loads(pickle.dumps(report)).outline()  # noqa: S301 - our own
