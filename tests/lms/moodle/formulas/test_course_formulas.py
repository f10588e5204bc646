# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The calculations of a course as formulas of its gradebook."""

from fractions import Fraction

import pytest

from gradecalc import (
    grade,
)
from gradecalc.gradebook.items import FormulaItem, GradeItem
from gradecalc.lms.moodle import (
    TotalsView,
    read,
)
from lms.moodle.courses import category, codes, graded, item


def test_what_is_worked_out_from_hidden_items_is_unknown():
    """A calculation from something hidden is noticed, however far away, what others follow from before them."""
    tree = category("course", "natural", item("a", 1, hidden=True), item("b", calculation="=[[a]]*2"))
    assert ["unknown_total"] == codes(read(tree, totals=TotalsView.HIDDEN_EXCLUDED))
    assert [] == codes(read(tree))
    tree["children"].insert(0, item("c", calculation="=[[b]]+1"))
    paths = [problem.path for problem in read(tree, totals=TotalsView.HIDDEN_EXCLUDED).problems]
    assert ["children[2]", "children[0]"] == paths


def test_a_calculation_is_a_formula_of_the_gradebook():
    """A calculated item counts with what its formula comes to, and so does a calculated category (C1, C8)."""
    tree = category(
        "course",
        "natural",
        item("a", 60),
        item("half", most=50, calculation="=[[a]]/2"),
        category("c", "natural", item("b", 20), max=40, calculation="=[[b]]+[[a]]/10"),
    )
    course = read(tree)
    assert isinstance(course.gradebook.children[1], FormulaItem)
    report = grade(course.gradebook, course.marks["learner"])
    assert (30, 26, 116) == (report["half"].points, report["c"].points, report.final.points)


@pytest.mark.parametrize(
    "calculation",
    [
        "=sin([[a]])",
        "=[[zz]]",
        "=[[x]]",
        "=[[course]]",
        "=[[y]]",
        "=(",
        "=mod([[a]], 2)",
        "=round([[a]], -1)",
        "=1+2",
        "=[[a]]^0.5",
    ],
)
def test_a_calculation_without_words_leaves_the_stored_grade(calculation):
    """What cannot be said in a formula of the gradebook is a problem, and the item keeps the grade it has."""
    y = item("y", calculation="=[[x]]+1")
    course = read(category("course", "natural", item("a", 1), item("x", 33, calculation=calculation), y))
    assert "calculation_unsaid" in codes(course)
    assert isinstance(course.gradebook.children[1], GradeItem)
    assert 33 == course.marks["learner"]["x"]


def test_stored_references_name_items_by_number():
    """A calculation in its stored form finds its items too."""
    tree = category("course", "natural", item("a", 60, id=12), item("x", calculation="=##gi12##/3"))
    assert 20 == graded(tree)["x"].points


def test_a_locked_calculation_keeps_its_grade():
    """What is locked is not worked out anew, so that its stored grade counts and it needs nothing."""
    tree = category("course", "natural", item("a", 60, hidden=True), item("x", 33, calculation="=[[a]]/2", locked=True))
    assert 33 == graded(tree)["x"].points
    assert [] == codes(read(tree, totals=TotalsView.HIDDEN_EXCLUDED))


def test_a_calculation_without_a_value_is_an_empty_grade():
    """Where all that it names is empty it is a zero where empty grades count, and out where they do not (U5, C8)."""
    tree = category("course", "mean", item("a", 80), item("b"), item("half", calculation="=[[b]]/2"))
    found = [graded({**tree, "exclude_empty": each}).final.percent for each in (True, False)]
    assert [80, Fraction("26.66667")] == found


def test_a_plain_calculation_ends_at_the_least_of_its_item():
    """A sum of grades that may be below 0 is no less than the least grade of the item that it gives."""
    tree = category(
        "course", "natural", item("a", -60, min=-100), item("b", 4, 10), item("half", calculation="=[[a]]/2")
    )
    assert 0 == graded(tree)["half"].points
    inner = category(
        "course", "natural", category("c", "natural", item("a", -6, min=-9)), item("d", calculation="=[[c]]*2")
    )
    assert 0 == graded(inner)["d"].points


def test_an_empty_grade_that_is_not_told_from_a_least_one_is_not_said():
    """Where empty grades count, a formula names nothing that begins elsewhere than at 0: the stored grade is kept."""
    tree = category(
        "course", "mean", item("a", None, min=5), item("b", 4, 10), item("sum", 9, calculation="=[[a]]+[[b]]")
    )
    course = read({**tree, "exclude_empty": False})
    assert ["calculation_unsaid"] == codes(course)
    assert 9 == graded({**tree, "exclude_empty": False})["sum"].points
    assert 4 == graded(tree)["sum"].points
