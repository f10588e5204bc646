# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: a course grade as it is stored: the figure of the last update, and the first time that it passed, for good.

>>> from datetime import UTC
>>> passed = update(None, percent=72, letter="C", passed=True, now=datetime(2026, 5, 4, tzinfo=UTC))
>>> later = update(passed, percent=20, letter=None, passed=False, now=datetime(2026, 6, 1, tzinfo=UTC))
>>> later.percent, later.first_passed.isoformat()
(Fraction(20, 1), '2026-05-04T00:00:00+00:00')
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from attrs import field, frozen

from ....exact import Number, lenient
from ....fields import Checked, number
from ....moments import has_zone, utc


@frozen(kw_only=True)
class CourseRecord(Checked):
    """A stored course grade in percent; `letter` is None below every grade, and `first_passed` where nobody has yet."""

    percent: Fraction = field(converter=lenient, metadata=number())
    letter: str | None = None
    first_passed: datetime | None = field(default=None, validator=has_zone)


def update(
    stored: CourseRecord | None, *, percent: Number, letter: str | None, passed: bool, now: datetime
) -> CourseRecord:
    """Return what is stored after an update: the first passing stays, however the grade moves afterwards."""
    moment = utc(now)
    earlier = None if stored is None else stored.first_passed
    return CourseRecord(percent=percent, letter=letter, first_passed=earlier or (moment if passed else None))
