# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Fractions of whole numbers in lowest terms, past a constructor that first asks what it is given.

>>> fraction(36700, 70000)
Fraction(367, 700)

Python's own takes twice as long, and where a kernel grades, percents are a fifth of the work; where the exact engine
does, quotients are a tenth. Where its `Fraction` is
not the pair of slots that it has always been, it makes them all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import gcd
from typing import Final

_PAIR: Final = ("_numerator", "_denominator")


def maker(of: type[Fraction]) -> Callable[[int, int], Fraction]:
    """Return what makes a fraction of a class from two whole numbers, of which the second is seldom below 0."""
    if vars(of).get("__slots__") != _PAIR:
        return of
    new = object.__new__
    enter_numerator, enter_denominator = (vars(of)[name].__set__ for name in _PAIR)

    def _make(numerator: int, denominator: int) -> Fraction:
        if denominator <= 0:
            return of(numerator, denominator)
        common = gcd(numerator, denominator)
        made = new(of)
        enter_numerator(made, numerator // common)
        enter_denominator(made, denominator // common)
        return made

    return _make


fraction: Final = maker(Fraction)
"""Makes a `Fraction` of two whole numbers; raises `ZeroDivisionError` where the second is 0."""
