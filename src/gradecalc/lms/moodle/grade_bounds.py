# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Ranges: what a grade is between, and what becomes of it on the way from one range to another.

>>> adjust_raw(40, Bounds(0, 100), Bounds(50, 150))
90
>>> Bounds(1, 5).percent(4)
Fraction(75, 1)

In Moodle an item has a least grade as well as a greatest, and a scale of five steps is a range from 1 to 5.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import Final, NamedTuple

from ...exact import (
    Exact,
    RoundingMode,
    ratio,
    round_to,
)

STORED_PLACES: Final = 5
"""To how many decimals Moodle stores a grade."""

EXCESS: Final = 10
"""How many times its maximum a grade may be where grades are unlimited."""

_NUDGE: Final = Fraction(1, 100_000)


class Bounds(NamedTuple):
    """A range of grades, from the least to the most."""

    least: Exact
    most: Exact

    @property
    def width(self) -> Exact:
        """How far the range reaches."""
        return self.most - self.least

    @property
    def sound(self) -> bool:
        """Whether it has room for a grade: its most is neither below its least nor below 0."""
        return self.width >= 0 and self.most >= 0

    def clamp(self, value: Exact) -> Exact:
        """Return the value, or the end of the range that it lies beyond."""
        return max(self.least, min(value, self.most))

    def percent(self, value: Exact) -> Fraction | None:
        """Return how far into the range the value lies, in percent; None where the range has no width."""
        return Fraction((value - self.least) * 100) / self.width if self.width else None


class RangeSource(Enum):
    """Which range a grade is shown and aggregated in: the one stored with it, or that of its item now."""

    STORED = "stored_grade"
    ITEM = "item"


def standardise(value: Exact, source: Bounds, target: Bounds) -> Exact:
    """Return the value moved from one range to another; from a range without width it is the most of the target."""
    if not source.width:
        return target.most
    return target.least + ratio((value - source.least) * target.width, source.width)


def adjust_raw(  # noqa: PLR0913 - as many as the settings of an item
    raw: Exact,
    raw_bounds: Bounds,
    item_bounds: Bounds,
    *,
    multiplier: Exact = 1,
    offset: Exact = 0,
    excess: Exact = 1,
) -> Exact | None:
    """Return the grade of an activity's raw score: moved to the item's range, multiplied, added to, then clamped.

    A range that is upside down has no grade, and one without width has its most. With unlimited grades the top of
    the clamp is `excess` times the most.
    """
    if item_bounds.width < 0:
        return None
    if not item_bounds.width:
        return item_bounds.most
    moved = raw if raw_bounds == item_bounds else standardise(raw, raw_bounds, item_bounds)
    return item_bounds._replace(most=item_bounds.most * excess).clamp(moved * multiplier + offset)


def adjust_scale(value: Exact, steps: int) -> Exact:
    """Return the step of a scale that a grade is: the nearest whole one there is."""
    return Bounds(1, max(steps, 1)).clamp(round_to(value + _NUDGE, 0, RoundingMode.HALF_UP))


def deduct(raw: Exact, deducted: Exact, least: Exact) -> Exact:
    """Return a raw score after a penalty, which takes it no lower than the least."""
    return max(least, raw - deducted)


def choose_bounds(  # noqa: PLR0913 - as many as say which range it is
    stored_bounds: Bounds,
    item_bounds: Bounds,
    *,
    course: RangeSource | None = None,
    site: RangeSource = RangeSource.STORED,
    total: bool = False,
    calculated: bool = False,
) -> Bounds:
    """Return the range of a grade, as the course says or else the site.

    A total that no formula gives always has the range stored with it.
    """
    if total and not calculated:
        return stored_bounds
    return stored_bounds if (course or site) is RangeSource.STORED else item_bounds
