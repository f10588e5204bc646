# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The exact mark at which something begins to hold."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from gradecalc.scenarios.thresholds import Threshold, simplest_between, threshold

MARKS = st.fractions(min_value=Fraction(1, 100), max_value=100, max_denominator=10**15)


@given(MARKS)
def test_a_closed_beginning_is_found_exactly(mark):
    """WI7: where something begins to hold at a mark, that is the one found, however odd its denominator."""
    assert Threshold(mark, attained=True) == threshold(lambda each: each >= mark, Fraction(0), Fraction(101))


@given(MARKS)
def test_an_open_beginning_is_found_exactly(mark):
    """WI7: where something begins to hold just above a mark, that mark is found, and it is said that it is not held."""
    assert Threshold(mark, attained=False) == threshold(lambda each: each > mark, Fraction(0), Fraction(101))


@given(st.fractions(max_denominator=60), st.fractions(min_value=0, max_value=2, max_denominator=60))
def test_the_simplest_fraction_has_the_smallest_denominator(low, width):
    """WI7: no fraction between the two has a smaller denominator."""
    high = low + width
    found = simplest_between(low, high)
    assert low <= found <= high
    assert not [under for under in range(1, found.denominator) if -(-low * under // 1) <= high * under]
