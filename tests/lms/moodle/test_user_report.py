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


def test_totals_without_hidden_items_begin_at_the_least_grades():
    """Under natural weighting such a total is spread over the range from the sum of the least grades."""
    tree = category("course", "natural", item("a", 60, 100), item("s", 4, 4, min=1, scale=["w", "x", "y", "z"]))
    report = graded(tree, totals=TotalsView.HIDDEN_EXCLUDED)
    assert 64 == report.final.points
    assert 1 + Fraction(64 * 103, 104) == total_without_hidden(report, minima(tree))
