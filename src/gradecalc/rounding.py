# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rounding as a named step of a definition: how many places, which way, of what.

Used as `shown=Rounding(...)` it formats; used as `round_result=Rounding(...)` it changes the value at that level.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from attrs import field

from .exact import (
    Exact,
    RoundingMode,
    lenient,
    ratio,
    represent,
    round_to,
    to_whole,
    write_rounded,
)
from .fields import choice, number, whole_number
from .values import frozen


class RoundingOf(Enum):
    """Which of the two figures of a result is rounded; the other follows it."""

    PERCENT = "percent"
    POINTS = "points"


@frozen
class Rounding:
    """A rounding step: `places` decimals (negative: tens, hundreds), `mode`, and of the percent or the points.

    `up_from` is the part of a step from which the HALF modes turn: a half, unless a course says otherwise (45
    hundredths takes 59.45 to 60). Rules R1 to R4.
    """

    places: int = field(default=2, metadata=whole_number(minimum=-12, maximum=30), repr=represent)
    mode: RoundingMode = field(default=RoundingMode.HALF_UP, metadata=choice(RoundingMode))
    of: RoundingOf = field(default=RoundingOf.PERCENT, metadata=choice(RoundingOf), kw_only=True)
    up_from: Fraction = field(
        default=Fraction(1, 2), converter=lenient, metadata=number(above=0, maximum=1), kw_only=True
    )

    def apply(self, value: Exact) -> Exact:
        """Return the value rounded."""
        return round_to(value, self.places, self.mode, self.up_from)

    def to_whole(self, over: int, under: int) -> int:
        """Return a quotient of whole numbers, of which the second is above 0, as so many steps of 1."""
        return to_whole(over, under, self.mode, self.up_from)

    def apply_to(self, points: Exact, out_of: Exact) -> Exact:
        """Return the points after this step; out of 0 there is no percent to round, and the points stay."""
        if self.of is RoundingOf.POINTS:
            return self.apply(points)
        return ratio(self.apply(ratio(points * 100, out_of)) * out_of, 100) if out_of else points

    def show(self, value: Exact) -> str:
        """Return the decimal text of the value, with all its places."""
        return write_rounded(value, self.places, self.mode, self.up_from)
