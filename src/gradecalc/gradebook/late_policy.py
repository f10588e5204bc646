# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What late work loses and what missing work gets: points in, adjusted points and every reason out.

>>> policy = LatePolicy(deduction=10, interval=Interval.DAY)
>>> deduct(policy, 80, 100, seconds_late=90_000).points
Fraction(60, 1)

A day and an hour late is two days begun, and each costs 10 % of the points possible. Nothing here knows a gradebook
or a clock: the points that come out are the mark to record.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from math import ceil
from typing import Final

from attrs import field, frozen

from ..errors import DefinitionError
from ..exact import (
    Number,
    lenient,
    read_number,
    write_exact,
)
from ..fields import (
    choice,
    find_problems,
    number,
    one_of,
)
from ..outline import Explained, Outline
from ..rounding import Rounding

_NOTHING: Final = Fraction(0)


class Interval(Enum):
    """What a deduction is made for, each time one has begun; the value is its length in seconds."""

    HOUR = 3600
    DAY = 86400


@frozen(kw_only=True)
class LatePolicy:
    """What lateness and absence cost, all in percent of the points possible.

    Each begun `interval` costs `deduction`, None for none; lateness alone takes no result below `minimum`. `missing`
    is what work that was never handed in is short of full points; None leaves it ungraded. `round_deduction` rounds
    the points that are taken. Rules H1 to H9.
    """

    deduction: Fraction | None = field(
        default=None, converter=lenient, metadata=number(minimum=0, maximum=100, optional=True)
    )
    interval: Interval = field(default=Interval.DAY, metadata=choice(Interval))
    minimum: Fraction = field(default=_NOTHING, converter=lenient, metadata=number(minimum=0, maximum=100))
    missing: Fraction | None = field(
        default=None, converter=lenient, metadata=number(minimum=0, maximum=100, optional=True)
    )
    round_deduction: Rounding | None = field(default=None, metadata=one_of(Rounding, optional=True))


class Adjustment(Enum):
    """Why points are what they are after a policy."""

    NO_POLICY = "the policy says nothing about it"
    NO_SCORE = "there is no score to take from"
    HAS_SCORE = "it has a score, which stays"
    OUT_OF_ZERO = "it is out of 0 points"
    IN_TIME = "it was in time"
    LATE = "late: the deduction for each interval begun"
    MINIMUM = "lateness takes no result below the minimum"
    BELOW_MINIMUM = "the score is at or below the minimum already"
    NOT_BELOW_ZERO = "a deduction takes no result below 0"
    MISSING = "missing: what missing work gets"


@frozen
class Adjusted(Explained):
    """The points after a policy, None for none, what lateness took of them, and every reason, first to last.

    A reason is an `Adjustment`, or a member of the enumeration of whoever decides what a policy applies to.
    """

    points: Fraction | None
    deducted: Fraction = _NOTHING
    reasons: tuple[Enum, ...] = ()

    def outline(self) -> Outline:
        """Return the points with the reasons as notes."""
        points = "–" if self.points is None else write_exact(self.points)
        took = (f"{write_exact(self.deducted)} points deducted",) if self.deducted else ()
        return Outline("Points", points, (*took, *(reason.value for reason in self.reasons)))


def deduct(policy: LatePolicy, points: Number | None, out_of: Number, seconds_late: Number) -> Adjusted:
    """Return the points of work that was so late (H1 to H5).

    Raises `DefinitionError` for a policy that cannot be used, and `NumberError` for what is not a number.
    """
    _check(policy)
    score, maximum, late = _optional(points), Fraction(read_number(out_of)), read_number(seconds_late)
    idle = {
        Adjustment.NO_POLICY: policy.deduction is None,
        Adjustment.NO_SCORE: score is None,
        Adjustment.OUT_OF_ZERO: maximum <= 0,
        Adjustment.IN_TIME: late <= 0,
    }
    reasons = tuple(reason for reason, holds in idle.items() if holds)
    if reasons or score is None or policy.deduction is None:
        return Adjusted(score, reasons=reasons)
    return _deduct(policy, score, maximum, policy.deduction * ceil(Fraction(late) / policy.interval.value))


def fill_missing(policy: LatePolicy, points: Number | None, out_of: Number) -> Adjusted:
    """Return the points of work that was never handed in: a score stays, and nothing is filled in (H6 to H8).

    Raises `DefinitionError` for a policy that cannot be used, and `NumberError` for what is not a number.
    """
    _check(policy)
    score, maximum = _optional(points), Fraction(read_number(out_of))
    if score is not None:
        return Adjusted(score, reasons=(Adjustment.HAS_SCORE,))
    if policy.missing is None:
        return Adjusted(None, reasons=(Adjustment.NO_POLICY,))
    return Adjusted(maximum * (100 - policy.missing) / 100, reasons=(Adjustment.MISSING,))


def _deduct(policy: LatePolicy, score: Fraction, maximum: Fraction, percent: Fraction) -> Adjusted:
    """Return the score less so many percent of the maximum, as far as the minimum and 0 allow."""
    allowed = score * 100 / maximum - policy.minimum
    if policy.minimum and allowed <= 0:
        return Adjusted(score, reasons=(Adjustment.BELOW_MINIMUM,))
    reasons = [Adjustment.LATE]
    if policy.minimum and percent > allowed:
        percent = allowed
        reasons.append(Adjustment.MINIMUM)
    taken = percent * maximum / 100
    if policy.round_deduction is not None:
        taken = Fraction(policy.round_deduction.apply(taken))
    least = min(score, _NOTHING)
    if score - taken < least:
        taken = score - least
        reasons.append(Adjustment.NOT_BELOW_ZERO)
    return Adjusted(score - taken, taken, tuple(reasons))


def _optional(points: Number | None) -> Fraction | None:
    return None if points is None else Fraction(read_number(points))


def _check(policy: LatePolicy) -> None:
    problems = tuple(find_problems(policy, "late_policy"))
    if problems:
        raise DefinitionError(problems)
