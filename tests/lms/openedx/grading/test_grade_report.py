# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The grade report of Open edX becomes a gradebook of shares and everybody's marks, its averages beside."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import Category, Gradebook, GradeItem, Mark, Severity, compile_gradebook, grade
from gradecalc.lms.imported import Recorded
from gradecalc.lms.openedx import read, read_csv

HEADER = (
    "Student ID,Email,Username,Grade,Homework 1: Vectors,Homework 2: Maps,Homework (Avg),Final Exam,"
    "Cohort Name,Enrollment Track,Verification Status,Certificate Eligible,Certificate Delivered,Certificate Type"
)
ADA = "9,ada@example.org,ada,0.5,0.8,Not Attempted,0.4,0.6,Red,verified,N/A,N,N,N/A"


def errors(imported):
    """Return the codes and paths of what is no notice."""
    return [(each.code, each.path) for each in imported.problems if each.severity is Severity.ERROR]


def test_assignments_are_items_of_their_types():
    """A type is a category, shares are out of 1, and what is not attempted counts as zero."""
    imported = read_csv(f"{HEADER}\n{ADA}\n")
    vectors, exam = "Homework 1: Vectors", "Final Exam"
    assert ("openedx", []) == (imported.system, errors(imported))
    assert {"9": {vectors: Fraction(4, 5), exam: Fraction(3, 5)}} == imported.marks
    assert [("Homework", 2), ("Final Exam", 1)] == [(c.name, len(c.children)) for c in imported.gradebook.children]
    assert {"9": {"course": Recorded(percent=50)}} == imported.finals
    assert {"9": {"Homework": Recorded(percent=40)}} == imported.subtotals
    assert 50 == grade(imported.gradebook, imported.marks["9"]).final.percent


def test_learners_are_known_by_number_and_kept_from_texts():
    """What the report says of certificates and cohorts stands with the learner."""
    imported = read_csv(f"{HEADER}\n{ADA}\n")
    ada = imported.learners["9"]
    assert ("ada", "ada@example.org", "Red") == (ada.username, ada.email, ada.groups["Cohort Name"])
    assert "ada" not in repr(imported)


@pytest.mark.parametrize(
    ("cell", "marks"),
    [
        ("1.0", {"Lab 1": 1}),
        ("0.444444444444", {"Lab 1": Fraction("0.444444444444")}),
        ("Not Attempted", {}),
        ("Not Available", {"Lab 1": Mark(exempt=True, note="not available")}),
    ],
)
def test_a_cell_is_a_share_or_says_why_there_is_none(cell, marks):
    """What is not available to a learner is exempt."""
    imported = read_csv(f"Student ID,Email,Username,Grade,Lab 1,Lab (Avg)\n9,a@b.c,ada,0,{cell},0\n")
    assert ({"9": marks}, []) == (imported.marks, errors(imported))


def test_a_text_in_a_cell_is_a_problem_of_its_place():
    """It is named by its row and column."""
    imported = read_csv("Student ID,Email,Username,Grade,Lab 1,Lab (Avg)\n9,a@b.c,ada,0,x,0\n8,b@b.c,bob,0,1,0\n")
    assert [("wrong_value", "row 2, column 'Lab 1'")] == errors(imported)


def test_a_type_may_end_in_a_number_or_stand_alone():
    """Types are known by their averages, the longest that fits, and else by what stands before the number."""
    imported = read_csv(
        "Student ID,Email,Username,Grade,Unit 2 1: A,Unit 2 2: B,Unit 2 (Avg),Unit 1: C,Unit 2: D,Unit (Avg),Exam: E\n"
    )
    assert [("Unit 2", 2), ("Unit", 2), ("Exam", 1)] == [(c.name, len(c.children)) for c in imported.gradebook.children]


def test_with_the_gradebook_of_a_policy_shares_are_of_its_maxima():
    """The gradebook that the grading policy gives is found by the names of its subsections."""
    policy = {"GRADER": [{"type": "Homework", "min_count": 2, "drop_count": 1, "weight": 1}]}
    subsections = [
        {"usage_key": key, "display_name": key, "format": "Homework", "graded": True} for key in ("Vectors", "Maps")
    ]
    book = read(policy, subsections).gradebook
    imported = read_csv(f"{HEADER}\n{ADA}\n", gradebook=book)
    assert (book, {"Vectors": Fraction(4, 5)}) == (imported.gradebook, imported.marks["9"])
    ten = Gradebook([Category("Homework", [GradeItem("Vectors", 10)])])
    assert {"Vectors": 8} == read_csv(f"{HEADER}\n{ADA}\n", gradebook=ten).marks["9"]


@given(st.binary(max_size=60) | st.text(max_size=60), st.booleans())
def test_no_text_makes_it_raise(text, below):
    """Whatever the bytes are, there is a gradebook that compiles."""
    head = HEADER.encode() + b"\n" if isinstance(text, bytes) else HEADER + "\n"
    compile_gradebook(read_csv(head + text if below else text).gradebook)
