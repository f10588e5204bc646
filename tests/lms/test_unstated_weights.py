# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The weights of a mean are worked out from what came of it."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gradecalc import Rounding
from gradecalc.lms.unstated_weights import MOST_PARTS, find_weights

CLASS = [(90, 60, 50), (40, 80, 70), (100, 20, 90), (55, 65, 5)]


def rows(weights, percents=CLASS, places=9):
    """Return what everybody has, with the finals that come of weights, rounded."""
    means = (
        Fraction(sum(w * p for w, p in zip(weights, row, strict=True) if p is not None))
        / sum(w for w, p in zip(weights, row, strict=True) if p is not None)
        for row in percents
    )
    return [(row, Rounding(places).apply(mean)) for row, mean in zip(percents, means, strict=True)]


def test_weights_are_found_though_finals_are_rounded():
    """Finals of one decimal tell weights in fives, and of four thirds (J29)."""
    assert (25, 35, 40) == next(find_weights(rows((25, 35, 40), places=1)))
    third = Fraction(100, 3)
    assert (third, third, third) in list(find_weights(rows((1, 1, 1), places=4)))


def test_weights_may_be_of_another_whole():
    """Thirty, twenty and forty are no weights of 100, and are found as they are, once (J29)."""
    found = list(find_weights(rows((30, 20, 40), places=2)))
    assert (30, 20, 40) in found
    shares = [tuple(Fraction(each) / sum(weights) for each in weights) for weights in found]
    assert len(shares) == len(set(shares))


def test_parts_in_which_all_are_alike_share_their_weight():
    """Two parts in which everybody has the same percent cannot be told apart (J29)."""
    alike = [(*row, 100, 100) for row in CLASS]
    assert (20, 30, 10, 20, 20) == next(find_weights(rows((20, 30, 10, 35, 5), alike)))


def test_what_nobody_has_weighs_nothing():
    """A part without any percent has no weight, and one that some have not got is scaled away for them (J29)."""
    blank = [(90, None, 50, None), (40, 80, None, None), (100, 20, 90, None), (55, 65, 5, None)]
    assert (25, 35, 40, 0) == next(find_weights(rows((25, 35, 40, 0), blank)))


def test_too_little_and_too_much_tell_nothing():
    """One learner does not tell weights, nor do more parts than are sought, nor a single one (J29)."""
    assert [] == list(find_weights(rows((25, 35, 40), CLASS[:1])))
    assert [] == list(find_weights([]))
    assert [] == list(find_weights(rows((100,), [(90,), (40,)])))
    wide = [tuple((nth * each) % 97 for each in range(1, MOST_PARTS + 2)) for nth in range(1, 20)]
    assert [] == list(find_weights(rows((1,) * (MOST_PARTS + 1), wide)))


def hundredths(cuts):
    """Return the weights, in hundredths of a percent, into which the cuts part the whole."""
    ends = [0, *sorted(cuts), 10_000]
    return [Fraction(high - low, 100) for low, high in pairwise(ends)]


@given(
    st.lists(st.integers(1, 9_999), min_size=1, max_size=3, unique=True).map(hundredths),
    st.lists(st.tuples(*[st.integers(0, 100)] * 4), min_size=6, max_size=9, unique=True),
)
def test_weights_that_were_used_are_found(weights, class_):
    """Whatever the weights, if the class tells them at all they are among those found (J29)."""
    percents = [row[: len(weights)] for row in class_]
    found = list(find_weights(rows(weights, percents)))
    columns = set(zip(*percents, strict=True))
    assert tuple(weights) in found or not found or len(columns) < len(weights)
