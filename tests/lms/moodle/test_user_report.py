# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What the user report shows beside each grade."""

from fractions import Fraction

import pytest

from gradecalc.lms.moodle import (
    AggregationStatus,
    TotalsView,
    minima,
    total_without_hidden,
    weigh,
)
from lms.moodle.courses import category, graded, item


def test_the_user_report_says_what_became_of_each_grade():
    """A status is told for each, and what does not count weighs nothing."""
    tree = category(
        "course",
        "mean",
        item("a", 80),
        item("b", 20),
        item("c"),
        item("d", 90, excluded=True),
        item("e", 1, type="text"),
        drop_low=1,
    )
    shown = weigh(graded(tree))
    statuses = [
        AggregationStatus.USED,
        AggregationStatus.DROPPED,
        AggregationStatus.EMPTY,
        AggregationStatus.DROPPED,
        AggregationStatus.UNKNOWN,
    ]
    assert statuses == [shown[name].status for name in "abcde"]
    assert [1, 0, 0, 0, 0] == [shown[name].weight for name in "abcde"]


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("max", [0, 0, 0, 1]),
        ("min", [1, 0, 0, 0]),
        ("mode", [0, Fraction(1, 2), Fraction(1, 2), 0]),
        ("median", [0, Fraction(1, 2), Fraction(1, 2), 0]),
    ],
)
def test_a_picked_grade_weighs_all_of_its_category(method, expected):
    """Where a method picks, what it picks has the weight, shared where it picks several."""
    shown = weigh(graded(category("course", method, item("a", 20), item("b", 50), item("c", 50), item("d", 70))))
    assert expected == [shown[name].weight for name in "abcd"]


@pytest.mark.parametrize("method", ["simple_weighted_mean", "mean_extra_credit", "natural"])
def test_extra_credit_that_moved_nothing_weighs_nothing(method):
    """Extra credit of which nothing was earned moved no total, and weighs nothing."""
    shown = weigh(graded(category("course", method, item("a", 50), item("b", 0, coef=1))))
    assert (0, AggregationStatus.EXTRA_CREDIT) == (shown["b"].weight, shown["b"].status)


def test_extra_credit_alone_weighs_nothing():
    """Where nothing but extra credit counts it has no weight to show, whatever it adds."""
    for method in ("mean_extra_credit", "natural"):
        tree = category("course", method, item("a", 5, 10, coef=1), item("b", None, coef=0))
        assert 0 == weigh(graded(tree))["a"].weight
    set_to_0 = item("b", 50, weight=0, weight_overridden=True)
    extra = item("a", 5, 10, coef=1, weight=Fraction(1, 2), weight_overridden=True)
    assert 0 == weigh(graded(category("course", "natural", extra, set_to_0)))["a"].weight


def test_what_crosses_the_top_weighs_what_it_moved():
    """Extra credit that crosses the top weighs what it moved over what was reached in it, whatever its factor."""
    shown = weigh(graded(category("course", "mean_extra_credit", item("a", 50), item("b", 80, coef=2), item("c", 0))))
    assert (Fraction(1, 2), Fraction(15, 16)) == (shown["a"].weight, shown["b"].weight)


def test_totals_without_hidden_items_begin_at_the_least_grades():
    """Under natural weighting such a total is spread over the range from the sum of the least grades."""
    tree = category("course", "natural", item("a", 60, 100), item("s", 4, 4, min=1, scale=["w", "x", "y", "z"]))
    report = graded(tree, totals=TotalsView.HIDDEN_EXCLUDED)
    assert 64 == report.final.points
    assert 1 + Fraction(64 * 103, 104) == total_without_hidden(report, minima(tree))


def test_only_a_natural_category_begins_at_its_least_grades():
    """Above one, a category of any other method begins at 0, and takes the share of the range that was reached."""
    below = category("sub", "natural", item("s", 4, 5, min=1), exclude_empty=False)
    tree = category("course", "mean", item("a", 50), category("mid", "mean", below))
    report = graded(tree, totals=TotalsView.HIDDEN_EXCLUDED)
    totals = {id_: total_without_hidden(report, minima(tree), id_) for id_ in ("sub", "mid", "final")}
    assert {"sub": 4, "mid": 75, "final": Fraction(125, 2)} == totals


@pytest.mark.parametrize("method", ["natural", "simple_weighted_mean", "mean_extra_credit"])
def test_extra_credit_weighs_what_it_moves_the_total(method):
    """By every method that has it, the extra credit that crosses the top weighs less, and what comes after nothing."""
    course = category(
        "course",
        method,
        item("m1", 90, 150),
        item("m2", 10, coef=1),
        item("m3", 60, coef=1),
        item("m4", 90, coef=1),
    )
    shown = weigh(graded(course))
    unit = Fraction(1) if method == "mean_extra_credit" else Fraction(100, 150)
    crossing = (Fraction(2, 5) - unit / 10) / Fraction(3, 5)
    assert [1, unit, crossing, 0] == [shown[name].weight for name in ("m1", "m2", "m3", "m4")]
    assert 1 == sum(line.contribution for line in shown.values())


def test_what_counts_for_several_shows_an_equal_weight_as_far_as_it_moves_the_total():
    """In a mean extra credit that counts for two shows the weight of one, and at the top what it moved of its own."""
    tree = category("course", "mean_extra_credit", item("a", 50), item("b", 70), item("x", 20, coef=2))
    assert Fraction(1, 2) == weigh(graded(tree))["x"].weight
    crossing = category("course", "mean_extra_credit", item("a", 80), item("b", 80), item("x", 60, coef=2))
    assert Fraction(1, 3) == weigh(graded(crossing))["x"].weight


def test_extra_credit_that_nothing_caps_weighs_all():
    """Where grades are unlimited so are totals, and extra credit above the maximum weighs as below it."""
    tree = category("course", "natural", item("a", 90), item("x", 60, coef=1), item("y", 50, coef=1))
    report = graded({"tree": tree, "settings": {"unlimited_grades": True}})
    assert 200 == report.final.points
    assert [1, 1, 1] == [weigh(report)[name].weight for name in "axy"]


def test_an_overridden_total_changes_no_weight():
    """Weights are those of what was computed, whatever a total is set to."""
    inner = {**category("c", "natural", item("a", 90), item("x", 20, coef=1)), "grade": 5}
    assert Fraction(1, 2) == weigh(graded(category("course", "mean", inner)))["x"].weight
