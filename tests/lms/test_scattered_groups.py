# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Items anywhere among those of others are put into the groups whose figures they have, though some are dropped."""

import pytest

from gradecalc import EXEMPT
from gradecalc.lms.grouping import LearnerFigures, Ungraded, find_groups
from gradecalc.lms.scattered_groups import WholeFigures, find_scattered

MAXIMA = (10, 20, 10, 10, 20, 10, 10, 20, 10)
GROUPS = ((0, 3, 5, 7), (1, 2, 4, 6, 8))


def points_of(learner, item):
    """Return what somebody has in an item: a number without a pattern, in halves."""
    return (learner * learner * (item + 3) + 17 * learner + 7 * item * item * learner) % (2 * MAXIMA[item]) / 2


def kept(points, maxima, members, dropped):
    """Return what is left of a group without its worst results, which are as large as their share is small."""
    worst = sorted(members, key=lambda item: (points[item] / maxima[item], item))[:dropped]
    return sum(points[item] for item in members if item not in worst)


def class_of(count, drops, maxima=MAXIMA):
    """Return the marks of a class, and what is stated of both groups, of which so many results are dropped."""
    every = [[points_of(learner, item) for item in range(len(maxima))] for learner in range(1, count + 1)]
    return [(row, [kept(row, maxima, *each) for each in zip(GROUPS, drops, strict=True)]) for row in every]


def asked(rows):
    """Return the same in thousandths, without percents."""
    return [
        WholeFigures(tuple(int(1000 * each) for each in row), tuple((int(1000 * each), None) for each in stated))
        for row, stated in rows
    ]


@pytest.mark.parametrize("drops", [(0, 0), (1, 0), (1, 2), (2, 2)])
def test_scattered_items_are_found_though_some_are_dropped(drops):
    """What is dropped of everybody is as much, and each has what is stated then (J34)."""
    assert find_scattered([1000 * each for each in MAXIMA], 2, asked(class_of(18, drops))) == GROUPS


def test_groups_that_are_found_so_may_not_be_the_only_ones():
    """Groups of scattered items are given as a guess that comes out for everybody (J34)."""
    figures = [
        LearnerFigures([int(2 * each) for each in row], [(int(2 * each), None) for each in stated])
        for row, stated in class_of(18, (1, 2))
    ]
    found = find_groups([2 * each for each in MAXIMA], 2, [(figures, Ungraded.LEFT_OUT)])
    assert (found.members, found.is_only) == (GROUPS, False)


def test_figures_of_other_work_make_no_groups():
    """Where what is stated is of nothing that is listed, the search ends without a guess (J34)."""
    rows = [(row, [first + 3, second]) for row, (first, second) in class_of(9, (0, 1))]
    assert find_scattered([1000 * each for each in MAXIMA], 2, asked(rows)) is None


def test_percents_tell_too():
    """A percent says what is out of how much, with points beside it or alone (J34)."""
    groups, maxima = ((0, 2), (1,)), (10, 20, 10)
    every = []
    for learner in range(1, 9):
        row = tuple(int(1000 * points_of(learner, item)) for item in range(3))
        shares = [
            round(100 * sum(row[item] for item in each) / sum(maxima[item] for item in each), -1) for each in groups
        ]
        every.append(WholeFigures(row, ((row[0] + row[2], int(shares[0])), (None, int(shares[1])))))
    assert find_scattered([1000 * each for each in maxima], 2, every) == groups


def test_who_has_nothing_tells_nothing():
    """A blank is no result, and a group of which nothing is stated may have any items (J34)."""
    rows = asked(class_of(18, (0, 0)))
    blank = [WholeFigures((None, *each.points[1:]), ((None, None), each.stated[1])) for each in rows]
    found = find_scattered([1000 * each for each in MAXIMA], 2, blank)
    assert set(GROUPS[1]) <= {*found[1]}


def test_large_groups_are_not_tried_for_ever():
    """Of very many items only few dropped results are tried, and the search is bounded (J34)."""
    maxima = [10_000] * 40
    rows = [WholeFigures(tuple((7 * n * k) % 10_000 for n in range(40)), ((1, None), (2, None))) for k in range(1, 9)]
    assert find_scattered(maxima, 2, rows) is None


def test_blanks_count_as_the_figures_say():
    """A blank is no result of what leaves it out, and a zero of what counts it, of several learners (J34)."""
    rows = class_of(18, (0, 0))
    for row, stated in rows[::3]:
        stated[0] -= row[3]
        row[3] = None
    figures = [
        LearnerFigures(
            [None if each is None else int(2 * each) for each in row], [(int(2 * each), None) for each in of]
        )
        for row, of in rows
    ]
    figures[0] = LearnerFigures([EXEMPT] * len(MAXIMA), [(None, None)] * 2)
    for ungraded in Ungraded:
        assert find_groups([2 * each for each in MAXIMA], 2, [(figures[:9], ungraded)]).members == GROUPS


def test_very_many_places_are_not_tried_in_any_order():
    """What would take long is not begun (J34)."""
    figures = [LearnerFigures([1] * 60, [(1, None)] * 3)]
    assert find_groups([10] * 60, 3, [(figures, Ungraded.LEFT_OUT)]) is None
