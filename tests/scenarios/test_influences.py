# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What each item did to the final, and what it can still do."""

from fractions import Fraction

from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    Category,
    DropRule,
    Gradebook,
    GradeItem,
    Mean,
    Rounding,
    SumOfPoints,
    WeightedMean,
    grade,
)
from gradecalc.scenarios import influence
from gradecalc.testing import Features, graded_books, weighted_means

BOOK = Gradebook(
    [
        Category("Labs", [GradeItem("L1", 10), GradeItem("L2", 10)], weight=40, drop=DropRule(lowest=1)),
        GradeItem("Exam", 100, weight=60),
    ],
    aggregation=WeightedMean(),
)


def test_what_each_item_adds_did_and_can_do():
    """WI17: what an item adds, what the final is more for it, and what it is over all its marks."""
    found = influence(BOOK, {"L1": 9, "L2": 5, "Exam": 70})
    assert [("L1", 36), ("L2", 0), ("Exam", 42)] == [(each.id, each.adds) for each in found.items]
    assert [(62, 82), (78, 82), (36, 96)] == [(each.lowest, each.highest) for each in found.items]
    assert [16, 0, -12] == [each.did for each in found.items]
    assert all(each.proven for each in found.items)
    assert (Fraction(0), found.items[2]) == (found.rest, found["Exam"])


def test_what_is_not_marked_adds_nothing_and_can_move_it():
    """WI17: an open item adds nothing yet, and what is exempt has no influence to be told."""
    found = influence(BOOK, {"L1": 9, "L2": EXEMPT})
    assert [("L1", Fraction(90)), ("Exam", Fraction(0))] == [(each.id, each.adds) for each in found.items]
    assert (36, 96) == (found["Exam"].lowest, found["Exam"].highest)


def test_a_rounding_is_in_the_rest():
    """WI17: what a rounding makes of the sum is told apart."""
    book = Gradebook([GradeItem("Quiz", 30), GradeItem("Exam", 30)], round_result=Rounding(0))
    found = influence(book, {"Quiz": 20, "Exam": 11})
    assert (Fraction(1, 3), ["Quiz", "Exam", "rest"]) == (found.rest, [row.label for row in found.outline().children])


SUMMED = Features(
    aggregations=st.one_of(weighted_means(), st.just(SumOfPoints()), st.just(Mean())),
    best_of=False,
    caps=False,
    excess=False,
    hurdles=False,
    negative=False,
    overrides=False,
    replacements=False,
    rounding=False,
    zero_maxima=False,
)


@settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(graded_books(SUMMED))
def test_what_items_add_is_the_final(graded_book):
    """WI17: without roundings, caps, overrides, formulas and picks what the items add is the final's percent."""
    book, marks = graded_book
    report = grade(book, marks)
    assume(not any(reason.code.startswith("capped") for id_ in report for reason in report[id_].reasons))
    assert (report.final.percent or 0) == sum(each.adds for each in influence(book, marks).items)


@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(graded_books())
def test_what_items_add_and_the_rest_are_the_final(graded_book):
    """WI17: with the rest, what the items add is the final's percent in every gradebook."""
    book, marks = graded_book
    found = influence(book, marks)
    assert (found.report.final.percent or 0) == found.rest + sum(each.adds for each in found.items)
    assert all(each.lowest is None or each.lowest <= each.highest for each in found.items)
