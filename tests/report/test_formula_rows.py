# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The formulas inside a report: what their parts come to, under the line that has them."""

import pickle
from fractions import Fraction
from typing import ClassVar

import pytest

from gradecalc import (
    ByFormula,
    CalculatedItem,
    CalculationMethod,
    Category,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    Report,
    UngradedPolicy,
    WeightedMean,
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


class TestCalculatedItems:
    """What a calculated item is made of stands under its line as well."""

    book = Gradebook(
        [
            Category("Quizzes", [GradeItem("Q1", 10), GradeItem("Q2", 10)], weight=20, drop=DropRule(lowest=1)),
            GradeItem("Talk", 10, weight=30),
            GradeItem("Extra", 10, weight=5, bonus=True),
            GradeItem("Exam", 10, weight=50),
            CalculatedItem("So far", items=("Quizzes", "Talk", "Extra", "Exam")),
            CalculatedItem("Milestone", items=("Quizzes", "Talk"), method=CalculationMethod.MILESTONE, max_points=10),
        ],
        aggregation=WeightedMean(),
    )
    marks: ClassVar = {"Q1": 8, "Q2": 4, "Talk": 5, "Extra": 10}

    def test_each_part_says_what_it_carries_and_reaches(self):
        """The parts of what is carried sum to what is reached, drops ignored (C12, C14)."""
        [whole] = rows_of(grade(self.book, self.marks), "So far").children
        assert ("= what is reached of what is carried", "32 of 50", True) == (whole.label, whole.value, whole.folds)
        assert [
            ("Quizzes", "60 %", ("carries 20: reaches 12.00",)),
            ("Talk", "50 %", ("carries 30: reaches 15.00",)),
            ("Extra", "100 %", ("a bonus of 5: reaches 5.00",)),
        ] == [(row.label, row.value, row.notes) for row in whole.children]

    def test_a_milestone_has_its_items(self):
        """A milestone has each item with its own weight, whatever it is out of (C10, C14)."""
        [whole] = rows_of(grade(self.book, self.marks), "Milestone").children
        assert ("27 of 50", ["Q1", "Q2", "Talk"]) == (whole.value, [row.label for row in whole.children])

    def test_what_is_reached_sums_as_it_is_shown(self):
        """What the parts reach is shown so that it sums to the whole (Z6)."""
        report = grade(self.book, {"Q1": Fraction(50, 9), "Talk": Fraction(64, 9)})
        [whole] = rows_of(report, "So far").children
        assert "32.44 of 50" == whole.value
        assert [("carries 20: reaches 11.11",), ("carries 30: reaches 21.33",)] == [row.notes for row in whole.children]

    def test_with_nothing_graded_there_are_no_parts(self):
        """Where nothing that it is over has a score nothing stands below (C14)."""
        assert () == rows_of(grade(self.book, {}), "So far").children

    def test_a_stored_report_says_that_they_are_not_kept(self):
        """A stored report says so of a calculated item too, and a pickled one has its parts (C14)."""
        report = grade(self.book, self.marks)
        stored = rows_of(Report.from_dict(report.to_dict()), "So far")
        assert ((), True) == (stored.children, "what it is made of is not kept" in stored.notes)
        assert report.outline() == pickle.loads(pickle.dumps(report)).outline()  # noqa: S301 - our own
