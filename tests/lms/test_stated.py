# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a source states agrees with what is computed, at the decimals that it states."""

from fractions import Fraction

import pytest

from gradecalc import Gradebook
from gradecalc.lms.imported import Imported, Recorded
from gradecalc.lms.stated import Decimals, agrees, decimals_of, stated_finals

TWO_PLACES = [
    (Fraction(6302083, 100000), True),
    (Fraction(63025, 1000), True),
    (Fraction(63015, 1000), True),
    (Fraction(63026, 1000), False),
    (Fraction(63014, 1000), False),
]


@pytest.mark.parametrize(("computed", "agree"), TWO_PLACES)
def test_a_figure_agrees_with_what_may_have_been_rounded_to_it(computed, agree):
    """What is rounded to the stated figure agrees, a half either way too (J1)."""
    assert agree == agrees(Fraction(6302, 100), computed, 2)


def test_the_longest_figure_speaks_for_its_column():
    """A column has as many decimals as its longest figure, so that 50 among 63.02 is 50.00 (J2)."""
    stated = {"Ada": {"final": Recorded(50, 100)}, "Bob": {"final": Recorded(Fraction(6302, 100), 100, "", 63)}}
    assert {"final": Decimals(points=2, out_of=0, percent=0)} == decimals_of(stated)


@pytest.mark.parametrize("long", [Fraction(6301587302, 10**8), Fraction(1, 3)])
def test_six_decimals_are_compared(long):
    """What stands beyond the sixth decimal is not compared (J2)."""
    assert {"final": Decimals(points=6)} == decimals_of({"Ada": {"final": Recorded(long)}})


def finals_of(finals):
    """Return the finals that are compared."""
    return stated_finals(Imported(Gradebook(), finals={"Ada": finals}), "Ada")


def test_an_adjusted_final_stands_back():
    """What somebody adjusted, or what is not posted, is compared only where there is no other (J5)."""
    calculated, other = Recorded(8, 10), Recorded(9, 10)
    assert {"calculated": calculated} == finals_of({"calculated": calculated, "adjusted": other})
    assert {"current": calculated} == finals_of({"current": calculated, "Unposted Current": other})
    assert {"adjusted": other} == finals_of({"adjusted": other, "calculated": Recorded()})


def test_a_blank_states_nothing():
    """A result without points, percent or symbol is no statement, a maximum alone neither (J4)."""
    assert {} == finals_of({"calculated": Recorded(None, 100)})
