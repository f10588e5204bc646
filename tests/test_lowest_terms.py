# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Fractions that are made past their constructor are those that it makes."""

import pickle
from fractions import Fraction

import pytest

from gradecalc.lowest_terms import fraction, maker

NUMBERS = [0, 1, -1, 2, 36700, -70000, 840000000, 2**53 + 1, -(2**64), 10**40]


@pytest.mark.parametrize("over", NUMBERS)
@pytest.mark.parametrize("under", [1, 3, 100, 70000, 2**64, 10**30, -7, -100])
def test_a_fraction_is_that_of_the_constructor(over, under):
    """It is of the same class, equal, in lowest terms, and hashed, shown, pickled and added like any other (N1)."""
    expected, made = Fraction(over, under), fraction(over, under)
    assert Fraction is type(made)
    assert (expected.numerator, expected.denominator) == (made.numerator, made.denominator)
    assert (expected, hash(expected), repr(expected), str(expected)) == (made, hash(made), repr(made), str(made))
    assert expected + Fraction(1, 7) == made + Fraction(1, 7)
    assert expected == pickle.loads(pickle.dumps(made))  # noqa: S301 - it was pickled here


def test_nothing_is_a_number_over_0():
    """A number over 0 is refused as the constructor refuses it."""
    with pytest.raises(ZeroDivisionError):
        fraction(1, 0)


class Other(Fraction):
    """A fraction that holds more than its pair."""

    __slots__ = ("digits",)


def test_a_class_that_holds_more_makes_its_own():
    """Where a fraction is more than a numerator and a denominator, its constructor makes it."""
    made = maker(Other)(6, 4)
    assert (Other, Fraction(3, 2)) == (type(made), made)
