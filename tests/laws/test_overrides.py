# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The laws of overrides."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import Category, UngradedPolicy, grade
from gradecalc.gradebook.tree import rows
from gradecalc.testing import Features, graded_books


@settings(max_examples=80)
@given(
    st.data(), graded_books(Features(branch_floors=False, overrides=False)), st.none() | st.sampled_from(UngradedPolicy)
)
def test_overriding_a_branch_with_its_own_points_changes_nothing_outside(data, graded_book, policy):
    """A branch set to the points that it has keeps every figure that does not lie below it (O1, O2, O3, R6)."""
    book, marks = graded_book
    before = grade(book, marks, ungraded=policy)
    branches = [row.node for row in rows(book) if isinstance(row.node, Category) and row.node.id not in marks]
    branch = data.draw(st.sampled_from([each for each in branches if before[each.id].points is not None] or [None]))
    if branch is None or before[branch.id].treatment.name == "COUNTED_AS_ZERO":
        return
    after = grade(book, marks | {branch.id: before[branch.id].points}, ungraded=policy)
    below = {row.node.id for row in rows(branch)[1:]}
    for id_ in set(before) - below:
        assert _figures(before[id_]) == _figures(after[id_])
    assert all(after[id_].weight == 0 for id_ in below)


def _figures(result):
    return result.points, result.out_of, result.percent, result.treatment, result.weight, result.dropped, result.symbol


@settings(max_examples=80)
@given(graded_books(), st.none() | st.sampled_from(UngradedPolicy))
def test_an_override_keeps_what_was_computed(graded_book, policy):
    """An overridden branch states the percent it would have without the override, or none where it had none (O1)."""
    book, marks = graded_book
    report = grade(book, marks, ungraded=policy)
    for id_ in report:
        if report[id_].overridden:
            without = grade(book, {**marks, id_: None}, ungraded=policy)
            counted_as_zero = report[id_].computed is None and without[id_].percent == 0
            assert counted_as_zero or without[id_].computed == report[id_].computed
