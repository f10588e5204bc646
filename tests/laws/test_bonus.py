# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The laws of bonus work."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import (
    GradeItem,
    Mode,
    Treatment,
    UngradedPolicy,
    grade,
)
from gradecalc.gradebook.tree import rows
from gradecalc.testing import Features, aggregations, graded_books

POLICIES = st.none() | st.sampled_from(UngradedPolicy)
MONOTONE = Features(
    drops=False,
    floors=False,
    branch_floors=False,
    graded_by_bonus=False,
    best_of=False,
    replacements=False,
    hurdles=False,
    aggregations=aggregations().filter(lambda each: each.takes_bonus),
)
MIXED = Features(
    drops=False,
    floors=False,
    branch_floors=False,
    graded_by_bonus=False,
    best_of=False,
    replacements=False,
    hurdles=False,
    aggregations=aggregations().filter(lambda each: not isinstance(each, Mode)),
)


def _bonuses(book):
    return [row.node.id for row in rows(book) if isinstance(row.node, GradeItem) and row.node.bonus]


@settings(max_examples=100)
@given(graded_books(MONOTONE) | graded_books(MIXED), POLICIES)
def test_a_bonus_never_costs(graded_book, policy):
    """Without its bonus marks a record is worth no more, without drops, floors, modes and what is to be passed (B1)."""
    book, marks = graded_book
    without = {id_: mark for id_, mark in marks.items() if id_ not in _bonuses(book)}
    before, after = (grade(book, each, ungraded=policy).final.percent for each in (without, marks))
    assert (before is None) == (after is None)
    assert before is None or before <= after


@settings(max_examples=80)
@given(graded_books(Features(graded_by_bonus=False)), POLICIES)
def test_a_bonus_is_in_no_maximum_and_never_dropped(graded_book, policy):
    """A graded bonus has the treatment `BONUS` whatever is dropped, unless it is exempt or does not count (B1, D4)."""
    book, marks = graded_book
    report = grade(book, marks, ungraded=policy)
    for row in rows(book)[1:]:
        if row.node.bonus:
            assert report[row.node.id].treatment in (
                Treatment.BONUS,
                Treatment.EXEMPT,
                Treatment.LEFT_OUT,
                Treatment.NOT_COUNTED,
            )
