# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Columns are found one by one, and are a value like any other."""

import copy
import pickle

import pytest
from attrs import fields

from gradecalc import EXEMPT, Category, Gradebook, GradeItem, Mark, Mean, OnlyBonus, UngradedPolicy, grade
from gradecalc.report.results import Columns

BOOK = Gradebook(
    [
        Category(
            "c",
            [GradeItem("a", max_points=10), GradeItem("b", max_points=10, bonus=True), GradeItem("z", max_points=10)],
            aggregation=Mean(),
            ungraded=UngradedPolicy.AS_ZERO,
            only_bonus=OnlyBonus.GRADED,
        ),
        GradeItem("e", max_points=10),
    ]
)
MARKS = {"a": Mark(5, note="late"), "b": -1, "c": Mark(7, by="Ada"), "e": EXEMPT}
ALL = [each.name for each in fields(Columns)]


@pytest.mark.parametrize("first", ALL)
def test_a_column_is_the_same_in_whatever_order_it_is_found(first):
    """Each column is found once, and the columns are equal, hashed, copied and pickled by all that they hold."""
    columns, others = grade(BOOK, MARKS).columns, grade(BOOK, MARKS).columns
    assert getattr(columns, first) is getattr(columns, first)
    assert (columns, hash(columns)) == (others, hash(others))
    assert [columns] * 2 == [copy.copy(columns), pickle.loads(pickle.dumps(grade(BOOK, MARKS).columns))]  # noqa: S301


def test_what_a_branch_says_of_its_children_comes_last():
    """The notes of a line are in the order in which they came about, and those of its branch are the last."""
    codes = [(line, note[0]) for line, note in grade(BOOK, MARKS).columns.notes]
    assert [(1, "overridden"), (1, "set_by"), (2, "noted"), (3, "bonus_never_costs")] == codes


def test_there_is_no_other_column():
    """What is no column raises `AttributeError`."""
    with pytest.raises(AttributeError, match="'Columns' object has no attribute 'weights'"):
        grade(BOOK, MARKS).columns.weights  # noqa: B018
