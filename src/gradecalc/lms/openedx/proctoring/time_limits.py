# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How many minutes a learner has for an exam: no more than its limit, than is left until it is due, or than was left.

>>> from datetime import UTC, datetime
>>> noon = datetime(2026, 5, 4, 12, tzinfo=UTC)
>>> time_allowed(21, now=noon, due=noon.replace(minute=15))
15
"""

from __future__ import annotations

from datetime import datetime

from ....errors import DefinitionError, Problem
from ....exact import describe
from ....moments import utc

_SECONDS_A_MINUTE = 60


def is_past_due(due: datetime | None, now: datetime) -> bool:
    """Return whether an exam is due now or was before; one without a due date never is (Q14)."""
    return due is not None and utc(now) >= utc(due, "due")


def time_allowed(
    limit_minutes: int | None = None,
    *,
    now: datetime,
    due: datetime | None = None,
    remaining_seconds: int | None = None,
) -> int | None:
    """Return the whole minutes allowed for an exam that is started or resumed now, None where nothing limits it (Q15).

    `remaining_seconds` is what was left when the attempt was interrupted.
    """
    bounds = [
        _amount(limit_minutes, "limit_minutes"),
        _minutes(_amount(remaining_seconds, "remaining_seconds")),
        None if due is None else _minutes(int((utc(due, "due") - utc(now)).total_seconds() // 1)),
    ]
    return min((bound for bound in bounds if bound is not None), default=None)


def _minutes(seconds: int | None) -> int | None:
    return None if seconds is None else max(seconds, 0) // _SECONDS_A_MINUTE


def _amount(value: int | None, path: str) -> int | None:
    if value is None or (type(value) is int and value >= 0):
        return value
    message = f"{path} is {describe(value)}; it must be a whole number of 0 or more"
    raise DefinitionError([Problem("out_of_range", path, message)])
