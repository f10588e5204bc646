# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The tree of a course as it is read."""

import pytest

from gradecalc.lms.moodle import (
    read,
)
from gradecalc.verdicts import Verdict
from lms.moodle.courses import category, graded, item


def test_names_that_stand_twice_have_ids_of_their_own():
    """Ids are unique, and that of the course is its own (G4)."""
    course = read(category("final", "mean", item("a", 1), item("a", 2), item("final", 3)))
    assert ["a", "a (2)", "final (3)"] == [child.id for child in course.gradebook.children]
    assert [1, 2, 3] == list(course.marks["learner"].values())


def test_what_is_beyond_reason_is_a_problem():
    """Ranges upside down, huge numbers, and scales that are none are problems with a path."""
    tree = category("course", "mean", item("a", 1, 5, min=9), item("b", 1, 10**60), item("c", 1, scale="x"), max=-1)
    course = read({"tree": tree})
    assert [
        ("wrong_value", "tree.max"),
        ("wrong_range", "tree.children[0]"),
        ("wrong_value", "tree.children[1].max"),
        ("wrong_value", "tree.children[2].scale"),
    ] == [(problem.code, problem.path) for problem in course.problems]


@pytest.mark.parametrize(
    ("grade_", "mark", "expected"),
    [
        (None, 5, None),
        (5, None, None),
        (5, 2, None),
        (5, 5, Verdict.MET),
        (4.99999, 5, Verdict.NOT_MET),
    ],
)
def test_a_grade_passes_at_its_mark(grade_, mark, expected):
    """At or above the mark a grade passes, and a mark that is missing or the least grade says nothing (P1)."""
    for method in ("mean", "natural"):
        report = graded(category("course", method, item("a", grade_, 10, min=2, pass_mark=mark)))
        undetermined = grade_ is None and mark is not None
        assert (Verdict.UNDETERMINED if undetermined else expected) is report["a"].passed


@pytest.mark.parametrize(
    ("method", "least", "mark", "expected"),
    [
        ("mean", 2, 1, Verdict.MET),
        ("natural", 2, 1, Verdict.MET),
        ("mean", -10, -5, Verdict.NOT_MET),
        ("mean", -10, -20, Verdict.MET),
        ("natural", -10, -5, None),
        ("natural", -10, 0, Verdict.NOT_MET),
    ],
)
def test_a_mark_below_the_least_grade_is_passed(method, least, mark, expected):
    """Whoever has a grade has passed where the mark is below the least one; below 0 natural weighting says nothing."""
    report = graded(category("course", method, item("a", max(least, -6), 10, min=least, pass_mark=mark)))
    assert expected is report["a"].passed


def test_a_scale_has_no_pass_mark_of_0():
    """A pass mark of 0 says nothing of a scale, whose steps begin with 1."""
    scale = item("s", 1, 3, scale=["no", "so", "yes"])
    tree = category("course", "mean", {**scale, "pass_mark": 0}, {**scale, "name": "t", "pass_mark": 2})
    report = graded(tree)
    assert (None, Verdict.NOT_MET) == (report["s"].passed, report["t"].passed)
