# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The ways in which a category of Moodle combines what is in it."""

from fractions import Fraction

import pytest

from gradecalc import grade
from gradecalc.lms.moodle import (
    METHODS,
    Method,
    read,
)
from gradecalc.lms.moodle.aggregation_methods import Coefficients, switch_method
from lms.moodle.courses import category, codes, graded, item


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("mean", 50),
        ("median", 45),
        ("min", 20),
        ("max", 90),
        ("mode", 90),
        ("weighted_mean", Fraction(160 + 90 + 20 + 50, 5)),
        ("simple_weighted_mean", 50),
        ("natural", 50),
    ],
)
def test_a_method_combines_as_its_name_says(method, expected):
    """Each method is one aggregation, and a median of four is the mean of the two in the middle (A3 to A6)."""
    a, b, c, d = (40, 90, 20, 50)
    weights = {"coef": 2} if method == "weighted_mean" else {}
    tree = category("course", method, item("a", a, **weights), item("b", b), item("c", c), item("d", d), max=100)
    expected = Fraction(80 + 90 + 20 + 50, 5) if method == "weighted_mean" else expected
    assert expected == graded(tree).final.percent


@pytest.mark.parametrize(("points", "expected"), [(0, 0), (Fraction("0.4"), 40), (1, 100), (5, 100)])
def test_extra_credit_alone_fills_a_simple_weighted_mean(points, expected):
    """Nothing divides the points of extra credit alone, so that one point is all there is (B4)."""
    tree = category("course", "simple_weighted_mean", item("a"), item("x", points, 10, coef=1))
    assert expected == graded(tree).final.percent


def test_a_code_of_no_method_is_a_mean():
    """A number that stands for no method is a mean, as in Moodle, and a problem; a word that is none is that alone."""
    percents = []
    for method in (99, "sum"):
        course = read(category("course", method, item("a", 10, 10), item("b", 0, 30)))
        assert ["wrong_value"] == codes(course)
        percents.append(grade(course.gradebook, course.marks["learner"]).final.percent)
    assert [50, 25] == percents


def test_a_code_names_a_method_too():
    """Moodle's numbers for methods are read, and an unknown one is a problem."""
    assert Method.MODE is METHODS["8"]
    assert ["wrong_value"] == codes(read(category("course", 77, item("a", 1))))


def test_extra_credit_means_nothing_where_a_method_has_none():
    """Under a median the flag is ignored."""
    assert 20 == graded(category("course", "min", item("a", 20, coef=1), item("b", 50))).final.percent


def test_a_negative_coefficient_is_ignored_in_a_mean_with_extra_credit():
    """It neither adds nor counts, and one above zero adds its multiple."""
    tree = category("course", "mean_extra_credit", item("a", 40), item("b", 10, coef=2), item("c", 90, coef=-1))
    assert 60 == graded(tree).final.percent


def test_switching_a_method_keeps_what_it_can():
    """An overridden natural weight stays, extra credit is one at most where it is a flag, and all else is fresh."""
    own = Coefficients(0, Fraction(1, 4), overridden=True)
    assert own == switch_method(own, Method.NATURAL, Method.NATURAL)
    eight = Coefficients(8)
    assert eight == switch_method(eight, Method.MEAN_EXTRA_CREDIT, Method.MEAN_EXTRA_CREDIT)
    assert Coefficients(1) == switch_method(eight, Method.MEAN_EXTRA_CREDIT, Method.SIMPLE_WEIGHTED_MEAN)
    assert Coefficients() == switch_method(eight, Method.WEIGHTED_MEAN, Method.MEAN)
