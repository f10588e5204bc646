# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Courses of Moodle in which somebody changes how they are graded."""

import json

from gradecalc import grade
from gradecalc.lms.moodle import (
    Bounds,
    Method,
    change_bounds,
    change_method,
    read,
)

QUIZ = {"name": "quiz", "id": 7, "idnumber": "Q", "max": 10}
INNER = {
    "name": "inner",
    "method": "natural",
    "children": [{"name": "bonus", "coef": 3}, {"name": "own", "weight": 0.25, "weight_overridden": True}, "odd"],
}


def test_a_change_of_method_changes_what_is_in_the_category():
    """What an item carries survives where the new method has it, and what is elsewhere in the course stays."""
    tree = {"name": "course", "method": "mean", "children": [{**QUIZ, "coef": 5}, INNER]}
    changed = change_method({"tree": tree, "letters": "default"}, "inner", Method.SIMPLE_WEIGHTED_MEAN)
    assert tree["children"][0] == changed["tree"]["children"][0]
    inner = changed["tree"]["children"][1]
    assert "simple_weighted_mean" == inner["method"]
    bonus, own = {"name": "bonus", "coef": 1}, {"name": "own", "weight": 0, "weight_overridden": False}
    assert [bonus, own, "odd"] == inner["children"]
    assert INNER["children"][1] == change_method(INNER, "inner", Method.NATURAL)["children"][1]


def test_a_changed_course_is_graded_anew():
    """A course of another method has the total that Moodle would give."""
    children = [{**QUIZ, "grade": 5}, {"name": "exam", "max": 90, "grade": 90}]
    tree = {"name": "course", "method": "natural", "children": children}
    totals = []
    for method in (Method.NATURAL, Method.MEAN, Method.LOWEST):
        course = read(change_method(tree, "course", method))
        totals.append(grade(course.gradebook, course.marks["learner"]).final.percent)
    assert [95, 75, 50] == totals


def test_a_change_of_range_moves_every_grade():
    """Everybody's grade is as far into the new range as it was in the old, whatever name the item goes by."""
    grades = {"ada": {"Q": 5, "exam": 5}, "bob": {"7": {"grade": 2, "excluded": True}}, "cy": {"quiz": None}, "di": 1}
    course = {"tree": {"name": "course", "children": [QUIZ, {"name": "exam", "max": 10}]}, "grades": grades}
    changed = change_bounds(course, "quiz", Bounds(10, 40))
    assert {**QUIZ, "min": 10, "max": 40} == changed["tree"]["children"][0]
    assert {
        "ada": {"Q": "25.00000", "exam": 5},
        "bob": {"7": {"grade": "16.00000", "excluded": True}},
        "cy": {"quiz": None},
        "di": 1,
    } == changed["grades"]


def test_a_narrow_range_moves_nothing():
    """Where the new range is no wider than 1, grades stay as they are."""
    assert 4 == change_bounds({**QUIZ, "grade": 4}, "quiz", Bounds(0, 1))["grade"]


def test_what_is_no_course_stays_what_it_is():
    """Whatever has no such name is returned as it is."""
    for data in (None, 5, [1], {"name": "a", "children": 3}, {"tree": None}, {"grades": {"ada": 1}}):
        assert data == change_method(data, "inner", Method.MEAN) == change_bounds(data, "quiz", Bounds(0, 5))


def test_a_course_is_changed_in_every_form_in_which_it_is_read():
    """Text and bytes are changed as the parsed course is, and no depth is too much to look through."""
    course = {"name": "course", "method": "mean", "children": [QUIZ]}
    text = json.dumps(course)
    expected = change_method(course, "course", Method.MEDIAN)
    assert [expected] * 2 == [change_method(each, "course", Method.MEDIAN) for each in (text, text.encode())]
    deep = course
    for _ in range(10_000):
        deep = {"name": "above", "children": [deep]}
    assert "above" == change_method(deep, "course", Method.MEDIAN)["name"]
