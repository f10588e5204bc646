# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Periods of the calendar: days, weeks, months and years, counted on a calendar and not in seconds.

>>> from datetime import UTC
>>> january = datetime(2024, 1, 31, 8, 14, tzinfo=UTC)
>>> print(Period.parse("1 month").after(january))
2024-02-29 08:14:00+00:00
>>> print(Period(3, Unit.WEEK).before(january))
2024-01-10 08:14:00+00:00

The time of day and the zone stay; a month that is too short gives its last day (Y2).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Final, Self

from attrs import field

from ..errors import DefinitionError, Problem
from ..exact import describe
from ..fields import choice, find_problems, whole_number
from ..values import frozen

MAX_YEARS: Final = 100
"""The longest that a period may be (Y1)."""

_MONTHS_OF_A_YEAR: Final = 12
_DAYS_OF_A_CYCLE: Final = 146_097  # of the 400 years after which the calendar repeats itself
_TEXT: Final = re.compile(r"\s*(\d{1,5})\s*(day|week|month|year)s?\s*", re.IGNORECASE | re.ASCII)


class Unit(Enum):
    """What a period counts."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_MEAN_DAYS: Final = MappingProxyType(
    {
        Unit.DAY: Fraction(1),
        Unit.WEEK: Fraction(7),
        Unit.MONTH: Fraction(_DAYS_OF_A_CYCLE, 400 * _MONTHS_OF_A_YEAR),
        Unit.YEAR: Fraction(_DAYS_OF_A_CYCLE, 400),
    }
)


@frozen
class Period:
    """So many days, weeks, months or years."""

    count: int = field(metadata=whole_number(minimum=1, maximum=366 * MAX_YEARS))
    unit: Unit = field(metadata=choice(Unit))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the period that a text such as `1 year` or `3 weeks` states; raises `DefinitionError` for another."""
        match = _TEXT.fullmatch(text) if isinstance(text, str) else None
        period = cls(int(match[1]), Unit(match[2].lower())) if match else None
        if period is None or list(find_problems(period, "")):
            message = f"{describe(text)} is no period of at most {MAX_YEARS} years; write it like '1 year' or '3 weeks'"
            raise DefinitionError([Problem("not_a_period", "", message)])
        return period

    @property
    def mean_days(self) -> Fraction:
        """How many days it has on the average of the calendar."""
        return self.count * _MEAN_DAYS[self.unit]

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield that the period is too long."""
        if self.mean_days > MAX_YEARS * _MEAN_DAYS[Unit.YEAR]:
            yield Problem("too_large", path, f"{self} is longer than {MAX_YEARS} years")

    def after(self, moment: datetime, times: int = 1) -> datetime:
        """Return the moment so many periods later, counted from the moment itself.

        Raises `DefinitionError` beyond the dates that there are.
        """
        try:
            return _shifted(moment, self.count * times, self.unit)
        except (OverflowError, ValueError):
            message = f"{times} times {self} from {moment} lies beyond the dates that there are"
            raise DefinitionError([Problem("out_of_range", "", message)]) from None

    def before(self, moment: datetime) -> datetime:
        """Return the moment one period earlier; raises what `after` raises."""
        return self.after(moment, -1)

    def __str__(self) -> str:
        return f"{self.count} {self.unit.value}{'' if self.count == 1 else 's'}"


def _shifted(moment: datetime, count: int, unit: Unit) -> datetime:
    match unit:
        case Unit.DAY:
            return moment + timedelta(days=count)
        case Unit.WEEK:
            return moment + timedelta(weeks=count)
        case Unit.MONTH:
            return _months_later(moment, count)
        case Unit.YEAR:
            return _months_later(moment, count * _MONTHS_OF_A_YEAR)


def _months_later(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.year * _MONTHS_OF_A_YEAR + moment.month - 1 + months, _MONTHS_OF_A_YEAR)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
