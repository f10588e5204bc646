# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Quotients of whole numbers, added and ranked without reducing any: as exact as numbers, and many times as fast.

>>> split(Fraction("9.51"), 10), split(5, 10)
((9510, 10000), (5000, 10000))
>>> total_of_quotients([(9510, 10000), (5000, 10000)])
(14510, 10000)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm
from typing import Final

from .exact import Exact

Quotient = tuple[int, int]
"""A whole number over another above zero."""

_CHEAP_BITS: Final = 4096
_USUAL: Final = 1000


def split(over: Exact, under: Exact) -> Quotient:
    """Return the quotient of two numbers as one of whole numbers; the divisor is above zero.

    It is over thousandths of the divisor where they say it, so that most quotients of one divisor have the same.
    """
    (top, bottom), (above, below) = over.as_integer_ratio(), under.as_integer_ratio()
    top, bottom = top * below, bottom * above
    widened, rest = divmod(_USUAL * above, bottom)
    return (top, bottom) if rest else (top * widened, bottom * widened)


def total_of_quotients(quotients: Iterable[Quotient]) -> Quotient:
    """Return the exact sum of quotients as one; those with the same divisor add at once."""
    every = list(quotients)
    unders = {under for _, under in every}
    if len(unders) == 1:
        return sum([over for over, _ in every]), unders.pop()
    common = lcm(*unders)
    return sum([over * (common // under) for over, under in every]), common


def rank_keys(quotients: Sequence[Quotient]) -> Sequence[Exact]:
    """Return numbers that stand in the order of the quotients; every divisor is above zero.

    They are whole where that is cheap, so that sorting compares integers and is exact all the same.
    """
    unders = {under for _, under in quotients}
    if len(unders) == 1:
        return [over for over, _ in quotients]
    common = 1
    for under in unders:
        common = lcm(common, under)
        if common.bit_length() > _CHEAP_BITS:
            return [Fraction(over, under) for over, under in quotients]
    return [over * (common // under) for over, under in quotients]
