# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Drop the lowest, keep the highest, and where Moodle ignores both."""

import pytest

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
