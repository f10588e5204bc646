# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The exact mark at which something begins to hold, found by halves and the simplest fractions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import floor
from typing import Final, NamedTuple

_HALVINGS: Final = 20
_NEXT_TO: Final = Fraction(1, 2**130)


class Threshold(NamedTuple):
    """Where it begins: from the mark on, or, if it is not `attained`, just above it."""

    mark: Fraction
    attained: bool


def threshold(holds: Callable[[Fraction], bool], below: Fraction, above: Fraction) -> Threshold:
    """Return where something begins to hold that does not at `below` and does at `above`.

    It is exact if its denominator has at most 19 digits, and judged there and right beside it in any case (WI7).
    """
    while True:
        for _ in range(_HALVINGS):
            middle = (below + above) / 2
            below, above = (below, middle) if holds(middle) else (middle, above)
        mark = simplest_between(below, above)
        if mark == above or holds(mark):
            above = mark - _NEXT_TO
            if above <= below or not holds(above):
                return Threshold(mark, attained=True)
        else:
            below = mark + _NEXT_TO
            if below >= above or holds(below):
                return Threshold(mark, attained=False)


def simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """Return the fraction with the smallest denominator from `low` to `high`, both included."""
    whole = floor(low)
    if whole == low:
        return low
    if whole + 1 <= high:
        return Fraction(whole + 1)
    return whole + 1 / simplest_between(1 / (high - whole), 1 / (low - whole))
