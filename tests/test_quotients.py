# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Quotients of whole numbers are added and ranked as the numbers that they are."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc.quotients import (
    as_fraction,
    over_one,
    rank_keys,
    split,
    total_of_quotients,
    usual_divisor,
    weighted_total,
)

whole_or_not = st.one_of(st.integers(-1000, 1000), st.fractions(-1000, 1000, max_denominator=1000))
above_zero = st.one_of(st.integers(1, 1000), st.fractions(Fraction(1, 1000), 1000, max_denominator=10**9))


@given(st.lists(st.tuples(whole_or_not, above_zero)))
def test_total_of_quotients_is_their_sum(quotients):
    """A quotient that is split is the same number, and the total of quotients is their plain sum (N1)."""
    assert [Fraction(over) / under for over, under in quotients] == [Fraction(*split(*each)) for each in quotients]
    exact = sum((Fraction(over) / under for over, under in quotients), Fraction(0))
    assert exact == Fraction(*total_of_quotients([split(*each) for each in quotients]))


def test_quotients_of_one_divisor_are_split_alike():
    """What is in thousandths has the same divisor, whatever it could be reduced to."""
    assert [(9510, 10000), (5000, 10000), (0, 10000), (1, 30)] == [
        split(each, 10) for each in (Fraction("9.51"), 5, 0, Fraction(1, 3))
    ]


@given(st.lists(st.tuples(whole_or_not, above_zero)))
def test_rank_keys_stand_in_the_order_of_the_quotients(quotients):
    """Sorting by rank keys is sorting by the exact quotients (N5)."""
    keys = rank_keys([split(*each) for each in quotients])
    values = [Fraction(over) / under for over, under in quotients]
    assert sorted(range(len(keys)), key=values.__getitem__) == sorted(range(len(keys)), key=keys.__getitem__)


def test_rank_keys_stay_cheap_for_wild_denominators():
    """Quotients without a small common denominator are ranked as fractions, in the same order (N5)."""
    quotients = [(1, 10**99 + offset) for offset in range(1, 60, 2)]
    assert list(reversed(range(len(quotients)))) == sorted(range(len(quotients)), key=rank_keys(quotients).__getitem__)


def test_quotients_with_small_divisors_are_ranked_as_whole_numbers():
    """Of one divisor those above the line are the keys, and of several they come over a common one (N5)."""
    assert ([9, 4], [3, 4]) == (rank_keys([(9, 10), (4, 10)]), rank_keys([(1, 2), (2, 3)]))
    assert ((0, 1), (7, 6)) == (total_of_quotients([]), total_of_quotients([(1, 2), (2, 3)]))


@pytest.mark.parametrize("value", [0, 7, -3, Fraction(7, 2)])
def test_a_number_as_the_fraction_that_it_equals(value):
    """A whole number becomes a `Fraction`, and a `Fraction` is itself (N1)."""
    assert (value, Fraction) == (as_fraction(value), type(as_fraction(value)))


def test_quotients_are_over_the_usual_divisor_where_that_says_them():
    """Results out of unlike maxima have one divisor, unless it would be too long to be cheap."""
    usual = usual_divisor([10, 40, Fraction(5, 2)])
    assert (40000, [(38040, 40000), (500, 40000), (1, 30)]) == (
        usual,
        [split(points, out_of, usual) for points, out_of in ((Fraction("9.51"), 10), (Fraction("0.5"), 40), (1, 30))],
    )
    assert 0 == usual_divisor([2**89 - 1, 2**107 - 1])


def test_quotients_come_over_one_divisor_where_that_is_cheap():
    """A few come over one however long it is, and many only while it is not; their total is exact either way (N1)."""
    few, many = ([(1, 10**99 + offset) for offset in range(1, end, 2)] for end in (6, 60))
    assert ([6, 3, 2], 12) == over_one([(1, 2), (1, 4), (1, 6)])
    assert [2520 // under for under in range(1, 11)] == over_one([(1, under) for under in range(1, 11)])[0]
    assert (True, None) == (over_one(few) is not None, over_one(many))
    assert sum(Fraction(*each) for each in many) == Fraction(*total_of_quotients(many))
    assert (7, 4) == weighted_total([(1, 2), (5, 4)], [1, Fraction(1)])
