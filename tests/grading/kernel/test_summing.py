# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The steps of sums in Python: drops among unlike terms, blanks that are filled, rounded categories."""

from itertools import product

import pytest

from gradecalc import (
    EXEMPT,
    Category,
    DropBy,
    DropRule,
    DropTies,
    Gradebook,
    GradeItem,
    Mean,
    Rounding,
    RoundingMode,
    RoundingOf,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
)
from kernel_and_engine import ASKED, answering, exactly

IDS = ["Quiz 1", "Quiz 2", "Quiz 3"]
MARKS = [None, EXEMPT, 0, 2.5, 5]


def items(maxima=(10, 10, 5), weights=(20, 30, 50)):
    """Return items of unlike weights, and mostly of unlike maxima."""
    return [GradeItem(id_, most, weight=own) for id_, most, own in zip(IDS, maxima, weights, strict=True)]


def assert_answered(book, ungraded=None):
    """Assert that the kernel answers every combination of marks, with the exact final."""
    plan = compile_gradebook(book)
    answer = answering(plan, ungraded)
    for combination in product(MARKS, repeat=len(IDS)):
        marks = dict(zip(IDS, combination, strict=True))
        found = answer(marks)
        assert found != ASKED
        assert exactly(plan, marks, ungraded).final.percent == found


@pytest.mark.parametrize("ties", DropTies)
@pytest.mark.parametrize("by", [DropBy.PERCENT, DropBy.POINTS])
def test_the_lowest_of_unlike_weights_goes(by, ties):
    """Among unlike weights the lowest goes with its own, and of equals the one that the rule names."""
    assert_answered(Gradebook(items(), aggregation=WeightedMean(), drop=DropRule(lowest=1, by=by, ties=ties)))


def test_several_of_unlike_weights_go():
    """Two of the lowest, or one from each end, go with their weights."""
    for rule in (DropRule(lowest=2), DropRule(lowest=1, highest=1)):
        assert_answered(Gradebook(items(), aggregation=WeightedMean(), drop=rule))


def test_blanks_are_zero_once_something_is_graded():
    """Blanks are filled once one of them has a score; what is exempt stays out, and so does a branch without items."""
    assert_answered(Gradebook(items(), aggregation=Mean()), UngradedPolicy.AS_ZERO_ONCE_GRADED)
    counted = GradeItem(IDS[0], 10, counts=False)
    inner = Category("Bonus", [GradeItem(IDS[1], 10, bonus=True)], aggregation=Mean())
    plan = compile_gradebook(Gradebook([counted, inner, GradeItem(IDS[2], 5)], aggregation=Mean()))
    ungraded = UngradedPolicy.AS_ZERO_ONCE_GRADED
    for combination in product(MARKS, repeat=len(IDS)):
        marks = dict(zip(IDS, combination, strict=True))
        assert answering(plan, ungraded)(marks) in (ASKED, exactly(plan, marks, ungraded).final.percent)


@pytest.mark.parametrize("mode", RoundingMode)
@pytest.mark.parametrize("of", RoundingOf)
@pytest.mark.parametrize("places", [-1, 0, 1])
def test_categories_are_rounded(places, of, mode):
    """A category is rounded by its percent or its points, whichever way a half goes."""
    rounding = Rounding(places, mode, of=of)
    inner = Category("In", items(), aggregation=WeightedMean(), max_points=40, round_result=rounding)
    assert_answered(Gradebook([inner, Category("Out", [GradeItem("Exam", 10)], aggregation=Mean())]))
