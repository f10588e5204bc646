# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a report says of cut-offs and pass marks, and of what rounding for show hides."""

from fractions import Fraction

import pytest

from gradecalc import Gradebook, GradeItem, GradeScheme, WeightedMean, grade
from gradecalc.report.bounds import exact_beside

LETTERS = GradeScheme.from_cutoffs({"A": 90, "B": 80, "F": 0})


def final_notes(percent, scheme=LETTERS):
    """Return what is said of the final of a course with one exam."""
    book = Gradebook([GradeItem("Exam", 100)], aggregation=WeightedMean(), scheme=scheme, pass_mark=80)
    return grade(book, {"Exam": percent}).outline().notes


@pytest.mark.parametrize(
    ("percent", "said"),
    [
        (Fraction("89.996"), "exactly 89.996 %, which is below the 90 % of A"),
        (Fraction("79.996"), "exactly 79.996 %, which is below the 80 % of its pass mark"),
    ],
)
def test_a_hidden_bound_is_said(percent, said):
    """A figure shown as reaching a bound that it misses is stated exactly, with the bound (S9, P7)."""
    assert said in final_notes(percent)


def test_a_hidden_exclusive_bound_is_said():
    """A figure shown as the start of an exclusive band and above it is stated exactly (S9)."""
    above = GradeScheme.from_cutoffs({"A": 90, "F": 0}, exclusive=True)
    assert "exactly 90.001 %, which is above the 90 % of A" in final_notes(Fraction("90.001"), above)


def test_nothing_is_said_where_nothing_is_hidden():
    """No exact figure is stated where the shown one stands on the right side of every bound (S9, P7)."""
    assert not any("exactly" in note for percent in (90, 89.99, 80, 79.99) for note in final_notes(percent))


def test_cut_offs_are_said_at_the_final():
    """The final says where its symbol starts, and the next, and by which mark it is passed (S9, P7)."""
    assert {"B from 80 %", "A from 90 %", "passed: the pass mark is 80 %"} <= set(final_notes(85))
    assert not any("F from" in note for note in final_notes(95))


def test_the_work_that_decides_is_named():
    """A final that other work keeps from passing names that work and its pass mark (P7)."""
    exam = GradeItem("Exam", 100, pass_mark=50, must_pass=True)
    book = Gradebook([exam, GradeItem("Paper", 100)], pass_mark=55)
    notes = grade(book, {"Exam": 40, "Paper": 100}).outline().notes
    assert "not passed: Exam is below its pass mark of 50 %" in notes
    assert "not yet known whether passed: Exam has no score" in grade(book, {"Paper": 100}).outline().notes


def test_a_long_figure_is_told_apart_from_its_bound():
    """A figure that is no short decimal has the places that tell it from the bound."""
    assert "89.999…" == exact_beside(90 - Fraction(1, 30000), Fraction(90), 2)
