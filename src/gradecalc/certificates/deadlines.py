# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Requirements that are to be met by a deadline, and eligibility that lasts once it is earned.

>>> from datetime import UTC, datetime
>>> end_of_term = Deadline(datetime(2026, 6, 30, tzinfo=UTC))
>>> end_of_term.judge(Verdict.NOT_MET, datetime(2026, 6, 1, tzinfo=UTC)).verdict
<Verdict.UNDETERMINED: 'undetermined'>
>>> end_of_term.judge(Verdict.NOT_MET, datetime(2026, 7, 1, tzinfo=UTC)).verdict
<Verdict.NOT_MET: 'not met'>

Before the deadline what is unmet can still be met, so it is undetermined; after it, it has failed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from attrs import field

from ..decisions import Decision
from ..errors import DefinitionError, Problem
from ..moments import utc, written
from ..reasons import ReasonTexts
from ..transitions import ContradictionError
from ..values import frozen
from ..verdicts import Verdict


class Late(Enum):
    """What becomes of a requirement that is met after its deadline."""

    FAILS = "fails"
    COUNTS = "counts"


def _as_moment(value: datetime | None) -> datetime | None:
    return None if value is None else utc(value, "deadline")


@frozen
class Deadline:
    """By when a requirement is to be met, that moment included; None is no deadline."""

    at: datetime | None = field(default=None, converter=_as_moment)
    late: Late = Late.FAILS

    def passed(self, now: datetime) -> bool:
        """Return whether now is after the deadline (Q1)."""
        return self.at is not None and utc(now) > self.at

    def judge(self, found: Verdict, now: datetime, met_at: datetime | None = None) -> Decision:
        """Return what becomes of a requirement that is found met, unmet or undetermined now (Q1, Q2).

        `met_at` says when it was met, where that is known; what is met is otherwise taken to be met now.
        """
        since = utc(now) if met_at is None else utc(met_at, "met_at")
        late = self.passed(since if found is Verdict.MET else now)
        verdict, code = _OUTCOMES[found, late, self.late]
        needed = "" if self.at is None else DEADLINES.phrase("by", self.at)
        passed = Decision(
            DEADLINES.phrase("in_time"), Verdict.NOT_MET, found=DEADLINES.reason("deadline_passed", self.at)
        )
        behind = (passed,) if late else ()
        return Decision(DEADLINES.phrase("deadline"), verdict, needed, DEADLINES.reason(code), children=behind)


DEADLINES: Final = ReasonTexts(
    "deadlines",
    {
        "by": "to be met by {0}",
        "deadline": "deadline",
        "in_time": "in time",
        "deadline_passed": "the deadline was {0}",
        "met_in_time": "met in time",
        "met_late_counts": "met after the deadline, which counts",
        "met_too_late": "met, but too late",
        "not_yet_met": "not met yet, and can still be met",
        "unmet_in_time": "not met in time",
        "not_yet_known": "not known yet",
        "unknown_in_time": "not known to be met in time",
    },
)
"""Every outcome of a deadline in words."""

_OUTCOMES: Final[Mapping[tuple[Verdict, bool, Late], tuple[Verdict, str]]] = {
    (Verdict.MET, False, Late.FAILS): (Verdict.MET, "met_in_time"),
    (Verdict.MET, False, Late.COUNTS): (Verdict.MET, "met_in_time"),
    (Verdict.MET, True, Late.FAILS): (Verdict.NOT_MET, "met_too_late"),
    (Verdict.MET, True, Late.COUNTS): (Verdict.MET, "met_late_counts"),
    (Verdict.NOT_MET, False, Late.FAILS): (Verdict.UNDETERMINED, "not_yet_met"),
    (Verdict.NOT_MET, False, Late.COUNTS): (Verdict.UNDETERMINED, "not_yet_met"),
    (Verdict.NOT_MET, True, Late.FAILS): (Verdict.NOT_MET, "unmet_in_time"),
    (Verdict.NOT_MET, True, Late.COUNTS): (Verdict.NOT_MET, "unmet_in_time"),
    (Verdict.UNDETERMINED, False, Late.FAILS): (Verdict.UNDETERMINED, "not_yet_known"),
    (Verdict.UNDETERMINED, False, Late.COUNTS): (Verdict.UNDETERMINED, "not_yet_known"),
    (Verdict.UNDETERMINED, True, Late.FAILS): (Verdict.NOT_MET, "unknown_in_time"),
    (Verdict.UNDETERMINED, True, Late.COUNTS): (Verdict.UNDETERMINED, "not_yet_known"),
}


@frozen
class Eligibility:
    """Eligibility that was earned: since when, and until when it is valid, that moment excluded; None is for ever."""

    since: datetime
    until: datetime | None = None

    def __attrs_post_init__(self) -> None:
        if self.until is not None and utc(self.until, "until") <= utc(self.since, "since"):
            raise ContradictionError("eligibility", f"since {written(self.since)}", f"until {written(self.until)}")

    def holds(self, now: datetime) -> bool:
        """Return whether it is valid now (Q4)."""
        return self.until is None or utc(now) < utc(self.until)


def earn(
    earned: Eligibility | None, requirements: Verdict, now: datetime, valid_for: timedelta | None = None
) -> Eligibility | None:
    """Return the present eligibility: one that was earned before stays as it is, whatever becomes of it (Q3).

    Without one it is earned where the requirements are met; `valid_for` is how long it lasts, None being for ever.
    """
    if earned is not None or requirements is not Verdict.MET:
        return earned
    since = utc(now)
    return Eligibility(since, None if valid_for is None else _later(since, valid_for))


def _later(since: datetime, valid_for: timedelta) -> datetime:
    try:
        return since + valid_for
    except OverflowError:
        message = f"valid_for is {valid_for.days} days, which leads beyond the calendar; None is for ever"
        raise DefinitionError([Problem("out_of_range", "valid_for", message)]) from None
