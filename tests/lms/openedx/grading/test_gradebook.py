# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A course of Open edX as a gradebook is graded as the platform grades it."""

from fractions import Fraction

import pytest

from gradecalc import (
    Treatment,
    Verdict,
)
from gradecalc.lms.openedx.grading.gradebook import GRADER, TWO_DECIMAL_GRADER, UNWEIGHTED, placeholder_id
from gradecalc.lms.openedx.grading.reading import read
from lms.openedx.courses import UNROUNDED, homework, read_one, report_of, row, subsections


def test_placeholders_are_zeros_and_come_last():
    """Promised assignments that are not there are zeros, and of equals the last is dropped (D3, D10)."""
    imported = read_one(homework(min_count=4, drop_count=2), [(0, 10), (5, 10)])
    report = report_of(imported)
    dropped = tuple(placeholder_id("Homework", nth) for nth in (1, 2))
    assert dropped == report["Homework"].dropped
    assert Fraction(25) == report.final.percent


def test_more_sections_than_promised_all_count():
    """The number promised is no limit."""
    assert Fraction(50) == report_of(read_one(homework(), [(1, 2)] * 3)).final.percent


def test_every_section_weighs_the_same():
    """A section of 100 points weighs what one of 1 point weighs (A3)."""
    imported = read_one(homework(), [(1, 1), (0, 100)])
    assert Fraction(50) == report_of(imported).final.percent


def test_placeholders_are_each_learners_own():
    """Content that one learner does not have leaves that learner's sheet, and a placeholder comes in its place (X1)."""
    rows = [row(1, "a", 1, 2), row(1, "b", 1, 1), row(2, "a", 1, 2), row(2, "b", 0, 0)]
    imported = read({"GRADER": [homework(min_count=2)]}, subsections("a", "b"), rows, grader=UNROUNDED)
    spare = placeholder_id("Homework", 1)
    assert [75, 25] == [report_of(imported, learner).final.percent for learner in ("1", "2")]
    assert Treatment.EXEMPT is report_of(imported, "1")[spare].treatment
    assert Treatment.EXEMPT is report_of(imported, "2")["b"].treatment
    assert Treatment.COUNTED_AS_ZERO is report_of(imported, "2")[spare].treatment


def test_hidden_content_without_a_promise_costs_nothing():
    """Where nothing is promised, what is hidden is as though it were not there (X1)."""
    imported = read_one(homework(min_count=0), [(1, 2), (0, 0)], grader=UNROUNDED)
    assert Fraction(50) == report_of(imported).final.percent


def test_a_type_with_nothing_in_it_is_zero():
    """A type of which a learner has nothing, and none is promised, adds nothing to the course and stays in it."""
    policy = {"GRADER": [homework(min_count=0, weight=0.5), homework(type="Exam", min_count=0, weight=0.5)]}
    imported = read_one(policy, [(1, 1)])
    assert (50, 0) == (report_of(imported).final.percent, report_of(imported)["Exam"].percent)


def test_dropping_everything_is_zero():
    """Where as many are dropped as there are, the type is 0 and the report says so (D6, U5)."""
    report = report_of(read_one(homework(drop_count=5), [(1, 1), (1, 2)]))
    assert (0, ("s0", "s1")) == (report.final.percent, report["Homework"].dropped)
    assert "all_dropped" in [reason.code for reason in report["Homework"].reasons]


@pytest.mark.parametrize(
    ("possible", "override", "expected"),
    [
        (None, {"earned_graded_override": 0}, 50),
        (4, {"earned_graded_override": 0}, 50),
        (4, {"earned_graded_override": 3}, Fraction(175, 2)),
        (None, {"earned_graded_override": 3}, 50),
        (None, {"earned_graded_override": 3, "possible_graded_override": 4}, Fraction(175, 2)),
        (None, {"earned_all_override": 0}, 100),
        (None, None, 100),
    ],
)
def test_what_is_set_by_hand_stays_where_nothing_was_possible(possible, override, expected):
    """An override counts out of what the subsection is worth; one that sets nothing that counts lets it leave (X1)."""
    content = [*subsections("a"), {**subsections("b")[0], "possible_graded": possible}]
    rows = [row(1, "a", 1, 1), row(1, "b", 0, 0, override=override)]
    imported = read({"GRADER": [homework(min_count=0)]}, content, rows, grader=UNROUNDED)
    assert expected == report_of(imported).final.percent


@pytest.mark.parametrize("types", [[], [homework(weight=0)], [{"type": "Lab", "min_count": 2, "drop_count": 0}]])
def test_a_course_in_which_nothing_has_a_weight_is_zero(types):
    """Without types, or with weights of 0, the course is 0 rather than without a grade."""
    imported = read_one({"GRADER": types}, [(1, 1)])
    assert 0 == report_of(imported).final.percent
    assert Treatment.COUNTED_AS_ZERO is report_of(imported)[UNWEIGHTED].treatment


@pytest.mark.parametrize(("weights", "expected"), [((0.75, 0.75), 150), ((0.25, 0.25), 50)])
def test_weights_are_never_scaled(weights, expected):
    """Weights beyond 1 are extra credit, and weights short of it cost (W3)."""
    types = [homework(weight=weights[0]), homework(type="Exam", weight=weights[1])]
    sections = [*subsections("a"), *subsections("b", format="Exam")]
    imported = read({"GRADER": types}, sections, [row(1, "a", 1, 1), row(1, "b", 1, 1)])
    assert expected == report_of(imported).final.percent


@pytest.mark.parametrize(
    ("grader", "expected"), [(GRADER, 34), (TWO_DECIMAL_GRADER, 35), (UNROUNDED, Fraction(275, 8))]
)
def test_the_era_decides_the_rounding(grader, expected):
    """Sections to whole percents show 35, to hundredths 34, and the exact figure lies between (R1, R3)."""
    imported = read_one(homework(weight=0.75, min_count=2), [(2, 3), (1, 4)], grader=grader)
    assert expected == report_of(imported).final.percent


def test_the_letter_is_that_of_the_rounded_course_percent():
    """A third is 33 %, which reaches a cutoff of 0.33 (S1)."""
    policy = {"GRADER": [homework()], "GRADE_CUTOFFS": {"A": 0.9, "B": 0.33}}
    report = report_of(read_one(policy, [(1, 3)]))
    assert (33, "B", Verdict.MET) == (report.final.percent, report.final.symbol, report.final.passed)


def test_points_beyond_the_maximum_count():
    """Nothing is capped: a section may be worth more than everything (G1)."""
    assert Fraction(120) == report_of(read_one(homework(), [(6, 5)])).final.percent
