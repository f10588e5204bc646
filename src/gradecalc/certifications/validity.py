# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How long a credential is valid: when it expires, when its renewal opens, and how far its grace goes.

>>> from datetime import UTC
>>> rule = ValidityRule(lasts=Period.parse("1 year"), window=Period.parse("1 month"), method=ExpiryMethod.EXPIRY)
>>> first = grant_validity(rule, datetime(2025, 5, 3, 8, 14, tzinfo=UTC))
>>> print(grant_validity(rule, datetime(2026, 4, 15, tzinfo=UTC), previous=first))
Validity         2026-04-15 00:00+00:00
  renewal opens  2027-04-03 08:14+00:00
  expires        2027-05-03 08:14+00:00

The dates granted are a value to be stored: a rule that changes later does not move them (Y6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from itertools import count, pairwise
from math import floor
from types import MappingProxyType
from typing import Final, NamedTuple

from attrs import field

from ..errors import DefinitionError, Problem
from ..fields import (
    choice,
    find_problems,
    join,
    one_of,
)
from ..moments import has_zone, utc, written
from ..outline import Explained, Outline
from ..transitions import ContradictionError
from ..values import frozen
from .periods import Period
from .texts import CERTIFICATIONS


class ExpiryMethod(Enum):
    """From which date a new validity is counted."""

    COMPLETION = "completion"
    EXPIRY = "expiry"
    """From the old expiry, when renewed in time; the first time from the due date, when completed in time (Y4)."""
    FIXED = "fixed"
    """On the same date every time, by whole periods from the old expiry or the due date (Y5)."""


class Ending(Enum):
    """At which moment of its last day a validity ends."""

    SAME_TIME = "same time"
    """On the date that the calendar gives, at the time of day at which it began."""
    DAY_BEFORE = "day before"
    """With the day before that date, which is the last day: from 12 February to 11 February (Y8)."""


@frozen(kw_only=True)
class ValidityRule:
    """How long a credential lasts, for ever without `lasts`, by which method, and what stands around the expiry.

    `window` is how long before the expiry a renewal opens, `grace` how long after it the credential is still honoured,
    and `minimum` how long after completion, at least, a fixed date lies.
    """

    lasts: Period | None = field(default=None, metadata=one_of(Period, optional=True))
    method: ExpiryMethod = field(default=ExpiryMethod.COMPLETION, metadata=choice(ExpiryMethod))
    window: Period | None = field(default=None, metadata=one_of(Period, optional=True))
    minimum: Period | None = field(default=None, metadata=one_of(Period, optional=True))
    grace: Period | None = field(default=None, metadata=one_of(Period, optional=True))
    ending: Ending = field(default=Ending.SAME_TIME, metadata=choice(Ending))

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the periods."""
        around = {"window": self.window, "minimum": self.minimum, "grace": self.grace}
        for name, period in around.items():
            if period is not None and self.lasts is None:
                message = f"{name} means nothing for what never expires; state how long it lasts"
                yield Problem("contradiction", join(path, name), message)
            elif period is not None and self.lasts is not None and period.mean_days > self.lasts.mean_days:
                message = f"{name} is {period}, which is longer than the validity of {self.lasts}"
                yield Problem("contradiction", join(path, name), message)


@frozen(kw_only=True)
class Validity(Explained):
    """The dates granted: since when, the first moment no longer valid, and what stands around it; None is never.

    Raises `ContradictionError` for dates that are not in order.
    """

    since: datetime = field(validator=has_zone)
    expires: datetime | None = field(default=None, validator=has_zone)
    window_opens: datetime | None = field(default=None, validator=has_zone)
    grace_ends: datetime | None = field(default=None, validator=has_zone)

    def __attrs_post_init__(self) -> None:
        if self.expires is None and (self.window_opens or self.grace_ends):
            raise ContradictionError("validity", "never expires", "has a renewal window or a grace")
        if self.expires is not None and self.expires < self.since:
            raise ContradictionError("validity", f"begun at {written(self.since)}", f"over at {written(self.expires)}")
        ordered = [moment for moment in (self.window_opens, self.expires, self.grace_ends) if moment]
        for earlier, later in pairwise(ordered):
            if later < earlier:
                raise ContradictionError("validity", f"open until {written(earlier)}", f"over at {written(later)}")

    @property
    def last_day(self) -> date | None:
        """The last day of which at least a moment is valid, in the zone of the expiry."""
        return None if self.expires is None else (self.expires - timedelta.resolution).date()

    def outline(self) -> Outline:
        """Return the dates as rows."""
        dates = {"renewal_opens": self.window_opens, "expires": self.expires, "grace_ends": self.grace_ends}
        rows = [
            Outline(CERTIFICATIONS.phrase(code), written(moment), self._notes(code))
            for code, moment in dates.items()
            if moment
        ]
        never = Outline(CERTIFICATIONS.phrase("expires"), CERTIFICATIONS.phrase("never"))
        return Outline(CERTIFICATIONS.phrase("validity"), written(self.since), children=rows or [never])

    def _notes(self, code: str) -> tuple[str, ...]:
        """Return the last day, where it is another than that of the expiry, which is then its midnight (Y8)."""
        if code != "expires" or self.expires is None or self.last_day == self.expires.date():
            return ()
        return (CERTIFICATIONS.phrase("last_day", str(self.last_day)),)


class Phase(Enum):
    """Where now lies in a validity."""

    VALID = "valid"
    WINDOW_OPEN = "renewal window open"
    IN_GRACE = "in grace"
    EXPIRED = "expired"


def grant_validity(
    rule: ValidityRule, completed: datetime, *, previous: Validity | None = None, due: datetime | None = None
) -> Validity:
    """Return the dates of a credential earned at `completed`, a renewal where there is a `previous` one (Y3 to Y6).

    Raises `DefinitionError` for a rule that contradicts itself, and for dates without a zone.
    """
    problems = list(find_problems(rule, ""))
    if problems:
        raise DefinitionError(problems)
    for path, moment in (("completed", completed), ("due", due)):
        if moment is not None:
            utc(moment, path)
    if rule.lasts is None:
        return Validity(since=completed)
    earned = _Earned(rule, rule.lasts, completed, previous, due)
    if previous is not None and earned.before_window:
        return previous
    return validity_until(rule, completed, _METHODS[rule.method](earned))


def validity_until(rule: ValidityRule, since: datetime, expires: datetime) -> Validity:
    """Return the dates around an expiry that is already known, as of a credential earned elsewhere."""
    return Validity(
        since=since,
        expires=expires,
        window_opens=rule.window.before(expires) if rule.window else None,
        grace_ends=rule.grace.after(expires) if rule.grace else None,
    )


def phase(validity: Validity, now: datetime) -> Phase:
    """Return where now lies; each date belongs to what begins with it (Y7)."""
    utc(now)
    if validity.expires is None:
        return Phase.VALID
    bounds = {
        Phase.VALID: validity.window_opens or validity.expires,
        Phase.WINDOW_OPEN: validity.expires,
        Phase.IN_GRACE: validity.grace_ends or validity.expires,
    }
    return next((each for each, end in bounds.items() if now < end), Phase.EXPIRED)


def days_overdue(due: datetime, now: datetime) -> int:
    """Return by how many days of the calendar now is after the due day, in the zone of the due date; 0 if not (Y9)."""
    utc(due, "due")
    utc(now)
    return max((now.astimezone(due.tzinfo).date() - due.date()).days, 0)


class _Earned(NamedTuple):
    """What the methods compute with."""

    rule: ValidityRule
    lasts: Period
    completed: datetime
    previous: Validity | None
    due: datetime | None

    @property
    def expiry(self) -> datetime | None:
        """The old expiry."""
        return self.previous.expires if self.previous else None

    @property
    def before_window(self) -> bool:
        """Whether the old expiry stays, because the renewal had not opened yet."""
        opens = self.previous.window_opens if self.previous else None
        return self.rule.method is ExpiryMethod.EXPIRY and opens is not None and self.completed < opens

    def anchored(self, moment: datetime) -> datetime:
        """Return the moment that periods are counted from."""
        if self.rule.ending is Ending.DAY_BEFORE:
            return datetime.combine(moment.date(), time(), moment.tzinfo)
        return moment


def _from_completion(earned: _Earned) -> datetime:
    return earned.lasts.after(earned.anchored(earned.completed))


def _from_expiry(earned: _Earned) -> datetime:
    """Return the expiry counted from the old one or the due date, where completed in time (Y4)."""
    date_set = earned.expiry or earned.due
    in_time = date_set is not None and earned.completed <= date_set
    return earned.lasts.after(earned.anchored(date_set)) if date_set and in_time else _from_completion(earned)


def _fixed(earned: _Earned) -> datetime:
    """Return the first date, by whole periods from the anchor, that is late enough after completion (Y5)."""
    anchor = earned.anchored(earned.expiry or earned.due or earned.completed)
    minimum = earned.rule.minimum or earned.rule.window
    earliest = minimum.after(earned.completed) if minimum else earned.completed
    about = (earliest - anchor) / timedelta(days=float(earned.lasts.mean_days))
    dates = (earned.lasts.after(anchor, times) for times in count(floor(about) - 2))
    return next(each for each in dates if each >= earliest and each > earned.completed)


_METHODS: Final[Mapping[ExpiryMethod, Callable[[_Earned], datetime]]] = MappingProxyType(
    {
        ExpiryMethod.COMPLETION: _from_completion,
        ExpiryMethod.EXPIRY: _from_expiry,
        ExpiryMethod.FIXED: _fixed,
    }
)
