# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Grades as marks: excluded, hidden, raw, and everybody's."""

from datetime import UTC, datetime

import pytest

from gradecalc import (
    DefinitionError,
    Mark,
    Treatment,
    grade,
)
from gradecalc.lms.moodle import (
    TotalsView,
    read,
)
from lms.moodle.courses import category, codes, graded, item


def test_excluded_is_exempt():
    """An excluded grade is out of the total, graded or not, and keeps its number (X1, X4, G9)."""
    tree = category(
        "course", "mean", item("a", 80), item("b", 20, excluded=True), item("c", excluded=True), exclude_empty=False
    )
    report = graded(tree)
    assert (80, Treatment.EXEMPT, Treatment.EXEMPT) == (
        report.final.percent,
        report["b"].treatment,
        report["c"].treatment,
    )
    assert 20 == report["b"].recorded


def test_hidden_items_leave_the_totals_without_them():
    """A hidden item is out of a learner's total, also where empty grades are zero, and in the stored one (X4)."""
    tree = category("course", "mean", item("a", 80), item("b", 20, hidden=True), exclude_empty=False)
    assert [50, 80] == [graded(tree, totals=totals).final.percent for totals in TotalsView]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ([item("b", 20, hidden=True), item("c")], 80),
        ([item("b", 20, hidden=True), category("inner", "mean", item("c"))], 80),
        ([category("inner", "mean", item("b", 20, hidden=True), item("c")), item("d", excluded=True)], 80),
        ([item("b", 20), item("c", hidden=True)], 50),
        ([item("b"), item("c")], 40),
        ([item("b", hidden=True), item("c", calculation="=[[a]]/2")], 60),
    ],
)
def test_a_category_that_hiding_empties_leaves_too(inner, expected):
    """Where nothing is graded in a category but what is hidden, it leaves as that does, and is no zero (X3, X4)."""
    tree = category("course", "mean", item("a", 80), category("sub", "mean", *inner), exclude_empty=False)
    assert expected == graded(tree, totals=TotalsView.HIDDEN_EXCLUDED).final.percent


@pytest.mark.parametrize(("method", "excluded"), [("mean", "items"), ("natural", "items"), ("mean", "category")])
def test_a_category_of_excluded_grades_is_an_empty_one(method, excluded):
    """It is a zero where empty grades count, and out where they do not; excluded itself it is out (U12, X6)."""
    own = excluded == "items"
    sub = category("sub", method, item("b", 20, excluded=own), item("c", excluded=own))
    tree = category("course", "mean", item("a"), sub)
    grades = {"x": {"a": 80, **({"sub": {"excluded": True}} if not own else {})}}
    if own:
        grades["x"] |= {"b": {"grade": 20, "excluded": True}, "c": {"excluded": True}}
    found = []
    for exclude_empty in (True, False):
        course = read({"tree": {**tree, "exclude_empty": exclude_empty}, "grades": grades})
        found.append(grade(course.gradebook, course.marks["x"]).final.percent)
    assert [80, 40 if own else 80] == found


def test_hiding_empties_a_category_of_which_the_rest_is_excluded():
    """Beside what is hidden, what is excluded is nothing that is left (X3)."""
    inner = category("sub", "mean", item("b", 20, hidden=True), item("c", 5, excluded=True), exclude_empty=False)
    tree = category("course", "mean", item("a", 80), inner, exclude_empty=False)
    assert 80 == graded(tree, totals=TotalsView.HIDDEN_EXCLUDED).final.percent


def test_what_is_set_by_hand_is_not_emptied_by_hiding():
    """A category's total that somebody set stays, whatever is hidden in it, unless it is hidden itself (O1)."""
    for hidden, expected in ((False, 55), (True, 80)):
        sub = category("sub", "mean", item("b", 20, hidden=True), hidden=hidden)
        data = {"tree": category("course", "mean", item("a"), sub), "grades": {"x": {"a": 80, "sub": 30}}}
        course = read(data, totals=TotalsView.HIDDEN_EXCLUDED)
        assert expected == grade(course.gradebook, course.marks["x"]).final.percent


def test_a_category_that_counts_empty_grades_is_not_emptied_by_hiding():
    """What is left of a category in which empty grades count is a zero (U3)."""
    inner = category("sub", "mean", item("b", 20, hidden=True), item("c"), exclude_empty=False)
    tree = category("course", "mean", item("a", 80), inner, exclude_empty=False)
    assert 40 == graded(tree, totals=TotalsView.HIDDEN_EXCLUDED).final.percent


def test_hidden_until_a_moment_ends_with_it():
    """What is hidden until a moment is hidden before it, and always where nobody says what time it is."""
    tree = category("course", "mean", item("a", 80), item("b", 20, hidden=1_600_000_000))
    later = datetime(2021, 1, 1, tzinfo=UTC)
    found = [graded(tree, totals=TotalsView.HIDDEN_EXCLUDED, now=now).final.percent for now in (later, None)]
    assert [50, 80] == found
    with pytest.raises(DefinitionError):
        read(tree, now=datetime(2021, 1, 1))  # noqa: DTZ001 - the point of the test


def test_everybodys_grades_are_read():
    """Grades by learner are numbers or records, by name, idnumber or number; a category's is an override (O1)."""
    tree = category("course", "mean", item("a", idnumber="A1"), category("c", "mean", item("b", id=7)))
    for leaf in (tree["children"][0], tree["children"][1]["children"][0]):
        del leaf["grade"]
    grades = {
        "ada": {"A1": 50, "7": {"grade": 70, "excluded": True}},
        "bob": {"A1": {"grade": 10, "max": 20}, "c": 90},
        "cy": {"zz": 1, "A1": "x"},
    }
    course = read({"tree": tree, "grades": grades})
    assert ["ada", "bob", "cy"] == list(course.marks)
    assert {"a": 50, "b": Mark(70, exempt=True)} == course.marks["ada"]
    assert {"a": Mark(10, out_of=20), "c": 90} == course.marks["bob"]
    assert {"unknown_id", "wrong_value"} == set(codes(course))
    assert [50, 70] == [grade(course.gradebook, course.marks[who]).final.percent for who in ("ada", "bob")]


def test_a_raw_score_becomes_a_grade():
    """It loses its penalty, moves to the item's range, is multiplied and added to; a stored grade goes first."""
    quiz = {"name": "q", "max": 100, "multiplier": 2, "offset": 5, "raw": 20, "raw_max": 50, "deducted": 4}
    assert 69 == graded(category("course", "mean", quiz))["q"].points
    assert 7 == graded(category("course", "mean", {**quiz, "grade": 7}))["q"].points
    scale = {"name": "s", "scale": ["no", "so", "yes"], "max": 3, "raw": 50, "raw_min": 0, "raw_max": 100, "offset": 9}
    assert 50 == graded(category("course", "mean", scale)).final.percent
    unlimited = {"tree": category("course", "mean", {**quiz, "offset": 5000}), "settings": {"unlimited_grades": True}}
    assert 1000 == graded(unlimited)["q"].points
