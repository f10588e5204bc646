# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: whether results are shown, and whether they count towards the final figure that is shown, as conditions.

>>> from datetime import UTC, datetime
>>> from gradecalc.release_conditions import LearnerFacts, check
>>> due = datetime(2026, 5, 4, 12, tzinfo=UTC)
>>> print(check(results_shown("past_due", due), LearnerFacts(now=due.replace(hour=11), roles=[])))
at least one must be met             not met
  role: 'staff'                      not met  not found
  date: from 2026-05-04 12:00+00:00  not met  now is 2026-05-04 11:00+00:00
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Final

from ....release_conditions import (
    AllOf,
    AnyOf,
    During,
    Member,
    Membership,
)
from ....release_conditions.predicates import Condition

STAFF_ROLE: Final = "staff"

STAFF: Final = Member(Membership.ROLE, STAFF_ROLE)
"""Met by whoever works on the course."""

ALWAYS: Final = AllOf()
"""Always met."""

NEVER: Final = AnyOf()
"""Never met."""


class ShowCorrectness(Enum):
    """When a learner sees results; anything else that a course may say means always."""

    ALWAYS = "always"
    PAST_DUE = "past_due"
    """From the due date on, and staff at any time."""
    NEVER = "never"
    """Never, not even for staff."""
    NEVER_BUT_INCLUDE_GRADE = "never_but_include_grade"
    """Never, but they count towards the final figure from the due date on."""

    @classmethod
    def read(cls, setting: object) -> ShowCorrectness:
        """Return the setting that a course states."""
        return _SETTINGS.get(setting, cls.ALWAYS) if isinstance(setting, str) else cls.ALWAYS


_SETTINGS: Final[Mapping[str, ShowCorrectness]] = {each.value: each for each in ShowCorrectness}
_HIDING: Final = (ShowCorrectness.NEVER, ShowCorrectness.NEVER_BUT_INCLUDE_GRADE)


def results_shown(setting: str | None, due: datetime | None = None) -> Condition:
    """Return the condition on which somebody sees the results of something that is due then."""
    read = ShowCorrectness.read(setting)
    if read in _HIDING:
        return NEVER
    waits = read is ShowCorrectness.PAST_DUE and due is not None
    return AnyOf(STAFF, During(start=due)) if waits else ALWAYS


def results_count(setting: str | None, due: datetime | None = None) -> Condition:
    """Return the condition on which results count towards the final figure that is shown, whoever looks."""
    waits = ShowCorrectness.read(setting) is ShowCorrectness.NEVER_BUT_INCLUDE_GRADE and due is not None
    return During(start=due) if waits else ALWAYS
