# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which items a group has follows from the figures that are stated of it."""

from fractions import Fraction

import pytest

from gradecalc import EXEMPT
from gradecalc.lms.grouping import MOST_ITEMS, Grouping, LearnerFigures, Tail, Ungraded, find_groups, find_tail

LEFT_OUT, AS_ZERO = Ungraded.LEFT_OUT, Ungraded.AS_ZERO


def asked(*learners):
    """Return learners by what they have and the points, or pairs of points and percents, that are stated of groups."""
    return [
        LearnerFigures(points, [each if isinstance(each, tuple) else (each, None) for each in stated])
        for points, stated in learners
    ]


def test_items_that_stand_together_are_a_group():
    """Who is exempt, or has nothing, tells less than others (J34)."""
    learners = asked(([8, 9, 5, 20], [17, 25]), ([None, 7, EXEMPT, 10], [7, 10]))
    assert Grouping(((0, 1), (2, 3)), is_only=True) == find_groups([10, 10, 10, 20], 2, [(learners, LEFT_OUT)])


def test_what_is_blank_for_all_is_where_the_percents_with_zeros_say():
    """An item that nobody has is out of something, which is in the group's percent (J34)."""
    maxima, learners = [10, 30, 20], asked(([8, None, 10], [(8, 20), (10, 50)]))
    assert Grouping(((0, 1), (2,)), is_only=True) == find_groups(maxima, 2, [(learners, AS_ZERO)])
    learners = asked(([8, None, 10], [8, 10]))
    found = find_groups(maxima, 2, [(learners, LEFT_OUT)])
    assert (False, 3) == (found.is_only, sum(map(len, found.members)))


def test_a_few_results_may_be_dropped():
    """What a group lacks is what some of its results are; as few as can be (J34)."""
    learners = asked(([8, 2, 9, 20], [17, 20]), ([3, 7, 8, 10], [15, 10]))
    assert Grouping(((0, 1, 2), (3,)), is_only=True) == find_groups([10, 10, 10, 20], 2, [(learners, LEFT_OUT)])


@pytest.mark.parametrize("percents", [((80, 85), (50, 60)), ((None, 85), (50, 60))])
def test_percents_alone_tell_too(percents):
    """A file may state no points (J34)."""
    (first, second), (third, fourth) = percents
    learners = asked(([8, 8, 9, 8], [(None, first), (None, second)]), ([5, 5, 6, 6], [(None, third), (None, fourth)]))
    assert ((0, 1), (2, 3)) == find_groups([10] * 4, 2, [(learners, LEFT_OUT)]).members


def test_items_in_any_order_are_found_by_their_sums():
    """Each learner is an equation; what groups that drop have is the rest (J34)."""
    rows = [[8, 1, 5, 20], [3, 9, 7, 11], [6, 2, 4, 13], [9, 9, Fraction(1, 2), 2], [1, 8, 3, 7]]
    learners = asked(*((row, [row[0] + row[2], row[1] + row[3]]) for row in rows))
    assert Grouping(((0, 2), (1, 3)), is_only=True) == find_groups([10, 10, 10, 20], 2, [(learners, LEFT_OUT)])
    learners = asked(*((row, [row[0] + row[2], max(row[1], row[3])]) for row in rows))
    assert ((0, 2), (1, 3)) == find_groups([10, 10, 10, 20], 2, [(learners, LEFT_OUT)]).members


def test_what_no_items_have_is_no_group():
    """Nothing is guessed, nor are very many items tried (J34)."""
    assert find_groups([10, 10], 2, [(asked(([8, 9], [5, 12])), LEFT_OUT)]) is None
    assert find_groups([10, 10], 2, [(asked(([8, 9], [17, 17]), ([1, 2], [3, 3])), LEFT_OUT)]) is None
    assert find_groups([10], 0, []) is None
    assert find_groups([10] * (MOST_ITEMS + 1), 1, []) is None
    assert find_groups([10] * 20, 1, [(asked(([1] * 20, [10])), LEFT_OUT)]) is None


@pytest.mark.parametrize(
    ("learners", "tail"),
    [
        ([([4, 8, 9], [17]), ([1, 7, None], [7])], Tail(1, as_mean=False)),
        ([([4, 8, 9], [85]), ([1, 7, None], [70])], Tail(1, as_mean=True)),
        ([([4, 8, 9], [85]), ([1, 7, None], [35])], Tail(1, as_mean=True)),
        ([([4, 8, 9], [(None, None)])], None),
        ([([4, 8, 9], [50])], None),
    ],
)
def test_the_last_items_are_those_of_a_total(learners, tail):
    """As their sum, or the mean of their shares, blanks left out or zeros (J34)."""
    assert tail == find_tail([10, 10, 10], asked(*learners), 100)


def test_a_sum_needs_no_maxima():
    """What is out of nothing is in no mean, and in a sum as well as any (J34)."""
    assert Tail(1, as_mean=False) == find_tail([0, 0, 0], asked(([4, 8, 9], [17])), 100)
    assert find_tail([0, 0], asked(([8, 9], [85])), 100) is None
    assert find_tail([10] * (MOST_ITEMS + 1), [], 100) is None
