# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Drop the lowest, keep the highest, and where Moodle ignores both."""

from fractions import Fraction

import pytest

from gradecalc import grade
from gradecalc.lms.moodle import (
    TotalsView,
    read,
)
from lms.moodle.courses import category, codes, graded, item


def test_dropping_goes_before_keeping():
    """The rule for the lowest goes first, and of equal results drops the one with the larger maximum (D3)."""
    tree = category("course", "mean", item("a", 5, 10), item("b", 10, 20), item("c", 10, 10), drop_low=1, keep_high=1)
    assert ("b",) == graded(tree).final.dropped
    assert ("a", "b") == graded({**tree, "drop_low": 0}).final.dropped


@pytest.mark.parametrize("odd", [item("c", 10, 200), item("c", 10, coef=1), category("c", "mean", item("d", 10))])
def test_natural_weighting_drops_only_among_alike(odd):
    """The rule is ignored with a notice where items differ, but for totals without hidden items."""
    tree = category("course", "natural", item("a", 50), item("b", 90), odd, drop_low=1)
    course = read(tree)
    assert ["drop_ignored"] == codes(course)
    assert not course.gradebook.drop.drops
    assert read(tree, totals=TotalsView.HIDDEN_EXCLUDED).gradebook.drop.drops


def test_dropping_all_leaves_no_total():
    """Where as many are dropped as there are, there is no total rather than zero (D6)."""
    assert graded(category("course", "mean", item("a", 50), drop_low=1)).final.percent is None


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"drop_low": 1}, (("b",), 70)),
        ({"keep_high": 1}, (("a", "b"), 100)),
        ({"drop_low": 3}, (("a", "b", "full"), None)),
    ],
)
def test_a_range_without_width_is_full_where_results_are_dropped(rule, expected):
    """An item whose range has no width is 1 of 1 once it is graded, and is ranked like any other (D2)."""
    tree = category("course", "mean", item("a", 40), item("b", 10), item("full", 7, 7, min=7), **rule)
    final = graded(tree).final
    assert expected == (final.dropped, final.percent)
    assert (1, 1) == ((full := graded(tree)["full"]).points, full.out_of)


def test_a_range_without_width_is_nothing_until_it_is_graded():
    """Blank, such an item is a zero where empty grades count; graded extra credit adds all of its factor."""
    blank = category("course", "mean", item("a", 40), item("full", None, 7, min=7), exclude_empty=False)
    assert 20 == graded(blank).final.percent
    extra = category("course", "mean_extra_credit", item("a", 40), item("full", 0, 0, coef=Fraction(1, 4)))
    assert 65 == graded(extra).final.percent


def test_a_calculation_reads_a_range_without_width_as_its_grade():
    """To a calculation such an item is its grade, and nothing while it has none (C4)."""
    tree = category(
        "course", "mean", item("a", 4), item("full", 7, 7, min=7), item("sum", calculation="=[[a]]+[[full]]")
    )
    assert 11 == graded(tree)["sum"].points
    own = {"tree": tree, "grades": {"ada": {"a": {"grade": 9, "min": 9, "max": 9}}}}
    course = read(own)
    assert (1, 1) == ((own_range := grade(course.gradebook, course.marks["ada"])["a"]).points, own_range.out_of)
