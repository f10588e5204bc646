# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Courses of Moodle read as gradebooks."""

import json
import pickle
from fractions import Fraction
from pathlib import Path

import pytest

from gradecalc import (
    UngradedPolicy,
    grade,
)
from gradecalc.errors import Severity
from gradecalc.lms.moodle import (
    read,
)
from lms.moodle.courses import category, codes, graded, item


def test_a_least_grade_is_where_a_percent_begins():
    """Points in the gradebook are those above the least grade; the percent is that of the range."""
    course = read(category("course", "mean", item("a", 75, min=50), item("s", 2, 3, scale=["no", "so", "yes"])))
    assert {"a": 25, "s": 1} == course.marks["learner"]
    assert Fraction(50) == grade(course.gradebook, course.marks["learner"]).final.percent


def test_natural_weighting_measures_from_zero():
    """Under natural weighting grades below zero stay so."""
    report = graded(category("course", "natural", item("a", -25, min=-100), item("b", 50, min=50)))
    assert (25, 200) == (report.final.points, report.final.out_of)


def test_extra_credit_is_measured_without_what_is_set_to_0():
    """What somebody has set to weigh nothing is in no maximum, that by which extra credit is measured neither (B3)."""
    set_to_0 = item("b", 10, 30, weight=0, weight_overridden=True)
    final = graded(category("course", "natural", item("a", 50), set_to_0, item("x", 5, 10, coef=1))).final
    assert (55, 100) == (final.points, final.out_of)


@pytest.mark.parametrize("weighed", [{"weight": 1}, {"weight": 0, "weight_overridden": True}])
def test_a_natural_total_of_what_weighs_nothing_is_nothing_of_nothing(weighed):
    """Where all weights that count are 0 a natural total is 0 of 0, which counts in full where percents do (W5, W6)."""
    all_weight = item("a", weight=1, weight_overridden=True)
    sub = category("sub", "natural", all_weight, item("b", 5, 10, **weighed))
    report = graded(category("course", "mean", sub, item("c", 0)))
    assert (0, 0, 50) == (report["sub"].points, report["sub"].out_of, report.final.percent)


@pytest.mark.parametrize(
    ("stated", "expected"), [({}, "66.67"), ({"decimals": 0}, "67"), ({"decimals": 5}, "66.66667")]
)
def test_a_course_says_how_many_decimals_it_shows(stated, expected):
    """Figures are shown with as many decimals as the course has set, two unless it says otherwise (R1)."""
    tree = category("course", "natural", item("a", 2, 3))
    assert expected == graded({"tree": tree, "settings": stated}).final.shown


def test_decimals_are_from_0_to_5():
    """Another number of decimals is a problem, and two are shown."""
    course = read({"tree": category("course", "natural", item("a", 2, 3)), "settings": {"decimals": 6}})
    assert ["wrong_value"] == codes(course)
    assert "66.67" == grade(course.gradebook, course.marks["learner"]).final.shown


def test_empty_grades_are_zero_once_something_is_graded():
    """With empty grades counted they are zero, and with nothing graded there is no total (U3)."""
    tree = category("course", "mean", item("a", 80), item("b"), exclude_empty=False)
    assert 40 == graded(tree).final.percent
    assert graded(category("course", "mean", item("a"), item("b"), exclude_empty=False)).final.percent is None
    assert UngradedPolicy.AS_ZERO_ONCE_GRADED is read(tree).gradebook.ungraded


def test_a_category_without_a_total_is_an_empty_grade():
    """A category in which nothing is graded is a zero to a course that counts empty grades (U5)."""
    tree = category("course", "mean", item("a", 80), category("c", "mean", item("b")), exclude_empty=False)
    assert 40 == graded(tree).final.percent


def test_every_level_is_stored_with_five_decimals():
    """A course starts from the stored total of a category (R1)."""
    tree = category("course", "mean", category("c", "mean", item("a", 1, 3), item("b", 1, 3)))
    assert Fraction("33.33333") == graded(tree).final.points


def test_scales_and_outcomes_count_where_settings_say_so():
    """A scale counts by default, an outcome only in a category that includes outcomes."""
    tree = category("course", "mean", item("a", 50), item("s", 1, 3, scale=["x", "y", "z"]), item("o", 0, outcome=True))
    assert 25 == graded(tree).final.percent
    assert 50 == graded({"tree": tree, "settings": {"include_scales": False}}).final.percent
    assert Fraction(50, 3) == pytest.approx(graded({**tree, "include_outcomes": True}).final.percent, abs=1e-5)


def test_a_course_can_be_pickled():
    """What was read is a value like any other."""
    course = read(category("course", "natural", item("a", 1)))
    assert course == pickle.loads(pickle.dumps(course))  # noqa: S301 - our own


def test_a_natural_total_has_no_pass_mark():
    """A pass mark in points says nothing of a total whose maximum is the learner's own, and a notice says so."""
    tree = category("course", "natural", category("c", "mean", item("a", 45), max=50, pass_mark=25), pass_mark=20)
    course = read(tree)
    assert ["pass_mark_unsaid"] == codes(course)
    assert (Fraction(50), None) == (course.gradebook.children[0].pass_mark, course.gradebook.pass_mark)


def test_a_course_in_which_nothing_is_odd_has_no_problems():
    """Reading is silent where there is nothing to say."""
    course = read(category("course", "natural", item("a", 1), category("c", "median", item("b", 5))))
    assert not [problem for problem in course.problems if problem.severity is Severity.ERROR]


QUIZ = {"name": "course", "children": [{"name": "Quiz", "max": 10, "grade": 8.5}]}


@pytest.mark.parametrize(
    "data",
    [
        QUIZ,
        {"tree": QUIZ},
        json.dumps(QUIZ),
        json.dumps({"tree": QUIZ}).encode("utf-8-sig"),
        bytearray(json.dumps(QUIZ).encode()),
    ],
)
def test_a_course_is_read_of_text_bytes_and_parsed_json(data):
    """The three ways to give a document are one, and its numbers are exact."""
    course = read(data)
    assert ({"learner": {"Quiz": Fraction(17, 2)}}, ()) == (course.marks, course.problems)


@pytest.mark.parametrize(
    ("data", "code", "path"),
    [
        ("quiz.json", "not_json", ""),
        (b"\xff\xfe\x00", "not_json", ""),
        (Path("quiz.json"), "not_a_document", ""),
        (object(), "not_a_document", ""),
        (None, "no_tree", ""),
        ("", "no_tree", ""),
        ({}, "no_tree", ""),
        ({"grades": {}}, "no_tree", ""),
        ([], "wrong_value", ""),
        ("[5]", "wrong_value", ""),
        (5, "wrong_value", ""),
        ({"tree": 5}, "wrong_value", "tree"),
        ({"tree": {"name": "course"}}, "no_tree", "tree"),
    ],
)
def test_what_is_no_course_is_a_problem(data, code, path):
    """A path, nothing, and anything without a tree says what is taken, beside an empty class that can be graded."""
    course = read(data)
    assert [(code, path)] == [(problem.code, problem.path) for problem in course.problems]
    assert grade(course.gradebook, {}).final.percent is None


def test_totals_exceed_where_grades_are_unlimited():
    """The setting lifts the cap of a total as it does that of an item."""
    tree = category("course", "mean", category("c", "natural", item("a", 150), item("b", 90)))
    assert 95 == graded(tree).final.percent
    unlimited = graded({"tree": tree, "settings": {"unlimited_grades": True}})
    assert (120, 120) == (unlimited["c"].percent, unlimited.final.percent)


def test_extra_credit_with_grades_below_zero_takes_away_and_the_total_ends_at_zero():
    """A penalty is extra credit with a range below 0; natural totals end at 0 (B1, G2)."""
    penalty = {"min": -50, "coef": 1}
    found = [
        graded(category("course", "natural", item("a", grade_), item("late", -30, 50, **penalty))).final.points
        for grade_ in (80, 20)
    ]
    assert [50, 0] == found


def test_a_mean_of_what_is_below_zero_ends_at_zero():
    """A total of any other method is no less than 0, and one of grades that may be below 0 is what it is (G2)."""
    below = category("sub", "natural", item("b", -80, 20, min=-100), item("c", 10, 20))
    report = graded(category("course", "mean", below, item("a", 10)))
    assert (-70, 0) == (report["sub"].points, report.final.points)
    assert 5 == graded(category("course", "mean", category("sub", "mean", item("b")), item("a", 5))).final.points
