# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What late work loses and what missing work gets: points in, adjusted points and every reason out.

>>> policy = LatePolicy(deduction=10, interval=Interval.DAY)
>>> deduct(policy, 80, 100, seconds_late=90_000).points
Fraction(60, 1)

A day and an hour late is two days begun, and each costs 10 % of the points possible. Nothing here knows a gradebook
or a clock: how late work is comes in as a fact, and the points that come out are the mark to record.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from enum import Enum
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import Final

from attrs import field

from ..errors import DefinitionError, Problem
from ..exact import (
    Exact,
    Number,
    lenient,
    ratio,
    read_number,
    write_exact,
)
from ..fields import (
    as_tuple,
    choice,
    find_problems,
    join,
    many,
    number,
    one_of,
)
from ..outline import Explained, Outline
from ..reasons import NUMBERS, ReasonTexts, say
from ..rounding import Rounding
from ..values import frozen

_NOTHING: Final = Fraction(0)

Lateness = timedelta | Number
"""How late something is: a time, or a number of seconds."""


LATE_WORK: Final = ReasonTexts(
    "late work",
    {
        "bank_left": "{0} left in the bank",
        "deducted": "{0} points deducted",
        "late_work": "Late work",
        "points": "Points",
        "spent": "{0} spent of the bank, which leaves {1}",
        "Interval.DAY": "{0} day",
        "Interval.DAYS": "{0} days",
        "Interval.HOUR": "{0} hour",
        "Interval.HOURS": "{0} hours",
        "Interval.MINUTE": "{0} minute",
        "Interval.MINUTES": "{0} minutes",
        "Interval.WEEK": "{0} week",
        "Interval.WEEKS": "{0} weeks",
    },
)
"""What is said of late and missing work, beside the reasons."""


class Interval(Enum):
    """What a deduction is made for, each time one has begun; the value is its length in seconds."""

    MINUTE = 60
    HOUR = 3600
    DAY = 86400
    WEEK = 604800


class DeductionOf(Enum):
    """What a deduction in percent is measured by."""

    POSSIBLE = "possible"
    """Percent of the points possible, whatever the score."""
    EARNED = "earned"
    """Percent of the points earned: a share of the score, whatever the maximum."""


class AfterGrace(Enum):
    """From when lateness is counted once it is longer than the grace."""

    FROM_DUE = "from_due"
    """The grace is over, and all the lateness counts."""
    FROM_GRACE = "from_grace"
    """The grace is a later deadline: only what is beyond it counts."""


_PERCENT: Final = number(minimum=0, maximum=100, optional=True)
_AMOUNT: Final = number(minimum=0, optional=True)


@frozen(kw_only=True)
class LateBand:
    """What work loses in all that is late by no more than `until` intervals, None for however late.

    The loss is a `deduction` in percent or a flat number of `points`.
    """

    until: Fraction | None = field(default=None, converter=lenient, metadata=number(above=0, optional=True))
    deduction: Fraction | None = field(default=None, converter=lenient, metadata=_PERCENT)
    points: Fraction | None = field(default=None, converter=lenient, metadata=_AMOUNT)

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the fields."""
        if (self.deduction is None) is (self.points is None):
            message = "a band takes a deduction in percent or flat points; state one of them"
            yield Problem("contradiction", join(path, "deduction"), message)


@frozen(kw_only=True)
class LatePolicy:
    """What lateness and absence cost.

    Each begun `interval` costs `deduction` percent, of what `of` says, or flat `points`; neither is no cost. With
    `bands` the one that the lateness falls in is the whole deduction instead. Lateness takes no more than `maximum`
    percent, measured alike (for points, of those possible), and no result below `minimum` percent of those possible. Up
    to `grace`, in seconds, work is in time. Work later than `accepted` intervals is not accepted. `missing` is what
    work that was never handed in is short of full points, in percent; None leaves it ungraded. `round_deduction`
    rounds the points that are taken. Rules H1 to H15.
    """

    deduction: Fraction | None = field(default=None, converter=lenient, metadata=_PERCENT)
    interval: Interval = field(default=Interval.DAY, metadata=choice(Interval))
    minimum: Fraction = field(default=_NOTHING, converter=lenient, metadata=number(minimum=0, maximum=100))
    missing: Fraction | None = field(default=None, converter=lenient, metadata=_PERCENT)
    round_deduction: Rounding | None = field(default=None, metadata=one_of(Rounding, optional=True))
    of: DeductionOf = field(default=DeductionOf.POSSIBLE, metadata=choice(DeductionOf))
    points: Fraction | None = field(default=None, converter=lenient, metadata=_AMOUNT)
    bands: tuple[LateBand, ...] = field(default=(), converter=as_tuple, metadata=many(LateBand))
    maximum: Fraction | None = field(default=None, converter=lenient, metadata=_PERCENT)
    grace: Fraction = field(default=_NOTHING, converter=lenient, metadata=number(minimum=0))
    after_grace: AfterGrace = field(default=AfterGrace.FROM_DUE, metadata=choice(AfterGrace))
    accepted: Fraction | None = field(default=None, converter=lenient, metadata=_AMOUNT)

    @property
    def deducts(self) -> bool:
        """Whether lateness costs anything."""
        stated = (self.deduction, self.points, self.accepted)
        return bool(self.bands) or any(each is not None for each in stated)

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the fields."""
        if sum((self.deduction is not None, self.points is not None, bool(self.bands))) > 1:
            message = "several of deduction, points and bands are stated; state one of them"
            yield Problem("contradiction", join(path, "deduction"), message)
        for nth, (before, band) in enumerate(pairwise(self.bands), start=1):
            place = f"{join(path, 'bands')}[{nth}]"
            if before.until is None or (band.until is not None and band.until <= before.until):
                message = "a band reaches further than the one before it; only the last may have no end"
                yield Problem("unordered", f"{place}.until", message)
            if not _takes_no_less(band, before):
                message = "a band takes no less than the one before it, measured alike, or it would pay to wait"
                yield Problem("unordered", f"{place}.deduction", message)


class Adjustment(Enum):
    """Why points are what they are after a policy."""

    NO_POLICY = "the policy says nothing about it"
    NO_SCORE = "there is no score to take from"
    HAS_SCORE = "it has a score, which stays"
    OUT_OF_ZERO = "it is out of 0 points"
    IN_TIME = "it was in time"
    GRACE = "late within the grace"
    COVERED = "late: the bank covers all of it"
    PARTLY_COVERED = "late: the bank covers a part of it"
    NOT_ACCEPTED = "later than work is accepted"
    LATE = "late: the deduction for each interval begun"
    BAND = "late: the deduction of its band"
    MAXIMUM = "lateness takes no more than the maximum"
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
        points = "–" if self.points is None else NUMBERS.phrase("number", self.points, show=write_exact)
        took = (LATE_WORK.phrase("deducted", self.deducted, show=write_exact),) if self.deducted else ()
        return Outline(LATE_WORK.phrase("points"), points, (*took, *map(say, self.reasons)))


def begun(policy: LatePolicy, seconds_late: Lateness) -> int:
    """Return how many intervals of lateness have begun; none in time, within the grace, or too late (H2, H13, H14)."""
    late = _counted(policy, read_lateness(seconds_late))
    return 0 if _not_accepted(policy, late) else ceil(late)


def deduct(
    policy: LatePolicy, points: Number | None, out_of: Number, seconds_late: Lateness, *, covered: int = 0
) -> Adjusted:
    """Return the points of work that was so late, so many intervals of it covered by a bank (H1 to H5, H10 to H15).

    Raises `DefinitionError` for a policy that cannot be used, and `NumberError` for what is not a number.
    """
    check_policy(policy)
    score, maximum, late = _optional(points), Fraction(read_number(out_of)), read_lateness(seconds_late)
    idle = {
        Adjustment.NO_POLICY: not policy.deducts,
        Adjustment.NO_SCORE: score is None,
        Adjustment.OUT_OF_ZERO: maximum <= 0,
        Adjustment.IN_TIME: late <= 0,
        Adjustment.GRACE: 0 < late <= policy.grace,
    }
    reasons = tuple(reason for reason, holds in idle.items() if holds)
    if reasons or score is None:
        return Adjusted(score, reasons=reasons)
    return _deduct(policy, score, maximum, _counted(policy, late), covered)


def fill_missing(policy: LatePolicy, points: Number | None, out_of: Number) -> Adjusted:
    """Return the points of work that was never handed in: a score stays, and nothing is filled in (H6 to H8).

    Raises `DefinitionError` for a policy that cannot be used, and `NumberError` for what is not a number.
    """
    check_policy(policy)
    score, maximum = _optional(points), Fraction(read_number(out_of))
    if score is not None:
        return Adjusted(score, reasons=(Adjustment.HAS_SCORE,))
    if policy.missing is None:
        return Adjusted(None, reasons=(Adjustment.NO_POLICY,))
    return Adjusted(maximum * (100 - policy.missing) / 100, reasons=(Adjustment.MISSING,))


def read_lateness(late: Lateness) -> Exact:
    """Return how late something is in seconds, exactly; raises `NumberError` for what is neither time nor number."""
    if isinstance(late, timedelta):
        return ratio(late // timedelta(microseconds=1), 10**6)
    return read_number(late)


def check_policy(policy: LatePolicy) -> None:
    """Raise `DefinitionError` with everything that is wrong with a policy."""
    problems = tuple(find_problems(policy, "late_policy"))
    if problems:
        raise DefinitionError(problems)


def _counted(policy: LatePolicy, late: Exact) -> Fraction:
    """Return the intervals of lateness that count, which need not be whole (H13)."""
    if late <= policy.grace:
        return _NOTHING
    counted = late - policy.grace if policy.after_grace is AfterGrace.FROM_GRACE else late
    return Fraction(counted) / policy.interval.value


def _not_accepted(policy: LatePolicy, late: Fraction) -> bool:
    return policy.accepted is not None and late > policy.accepted


def _deduct(policy: LatePolicy, score: Fraction, maximum: Fraction, late: Fraction, covered: int) -> Adjusted:
    """Return the score less what so much lateness takes, as far as the policy's limits allow."""
    least = min(score, _NOTHING)
    if _not_accepted(policy, late):
        return Adjusted(least, score - least, (Adjustment.NOT_ACCEPTED,))
    if ceil(late) <= covered:
        return Adjusted(score, reasons=(Adjustment.COVERED,))
    floor = policy.minimum * maximum / 100
    if policy.minimum and score <= floor:
        return Adjusted(score, reasons=(Adjustment.BELOW_MINIMUM,))
    reasons = [Adjustment.PARTLY_COVERED] if covered else []
    stated, how = _stated(policy, late - covered)
    reasons.append(how)
    by_score = policy.of is DeductionOf.EARNED and stated.points is None
    whole = max(score, _NOTHING) if by_score else maximum
    taken = _in_points(stated, whole)
    if policy.maximum is not None and taken > policy.maximum * whole / 100:
        taken = policy.maximum * whole / 100
        reasons.append(Adjustment.MAXIMUM)
    if policy.minimum and taken > score - floor:
        taken = score - floor
        reasons.append(Adjustment.MINIMUM)
    most = score - least
    if taken > most:
        taken = most
        reasons.append(Adjustment.NOT_BELOW_ZERO)
    if policy.round_deduction is not None:
        taken = min(Fraction(policy.round_deduction.apply(taken)), most)
    return Adjusted(score - taken, taken, tuple(reasons))


def _stated(policy: LatePolicy, late: Fraction) -> tuple[LateBand, Adjustment]:
    """Return the deduction for so many intervals; beyond every band the last holds (H11)."""
    if policy.bands:
        reaching = (band for band in policy.bands if band.until is None or late <= band.until)
        return next(reaching, policy.bands[-1]), Adjustment.BAND
    count = ceil(late)
    if policy.points is not None:
        return LateBand(points=policy.points * count), Adjustment.LATE
    return LateBand(deduction=(policy.deduction or _NOTHING) * count), Adjustment.LATE


def _in_points(stated: LateBand, whole: Fraction) -> Fraction:
    return (stated.deduction or _NOTHING) * whole / 100 if stated.points is None else stated.points


def _takes_no_less(band: LateBand, before: LateBand) -> bool:
    if band.points is not None and before.points is not None:
        return band.points >= before.points
    return band.deduction is not None and before.deduction is not None and band.deduction >= before.deduction


def _optional(points: Number | None) -> Fraction | None:
    return None if points is None else Fraction(read_number(points))
