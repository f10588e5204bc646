# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""An attempt at a proctored exam: its status, what may follow it, and what the learner is told.

>>> from datetime import UTC, datetime
>>> noon = datetime(2026, 5, 4, 12, tzinfo=UTC)
>>> begun = advance(Attempt(), AttemptStatus.STARTED, now=noon).attempt
>>> print(advance(begun, AttemptStatus.READY_TO_START, now=noon))
Attempt  started -> submitted  an exam that was begun is not begun again: submitted instead of 'ready_to_start'
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from typing import Final

from attrs import evolve, field, frozen

from ....decisions import Decision
from ....errors import DefinitionError, Problem
from ....exact import describe
from ....moments import has_zone, utc, written
from ....outline import Explained, Outline
from ....reasons import Reason, ReasonTexts
from ....transitions import ContradictionError, TransitionError
from ....verdicts import Verdict
from .statuses import (
    BEFORE_START,
    BEGUN,
    NO_STATUS_OF_AN_ATTEMPT,
    NOTHING_TO_RESUME,
    AttemptStatus,
)
from .time_limits import is_past_due, time_allowed


class ReviewResult(Enum):
    """What a vendor says of a session; the value is the vendors' word."""

    CLEAN = "Clean"
    RULES_VIOLATION = "Rules Violation"
    SUSPICIOUS = "Suspicious"
    NOT_REVIEWED = "Not Reviewed"


PASSING: Final = frozenset({ReviewResult.CLEAN, ReviewResult.RULES_VIOLATION})
"""The results that pass, unless a vendor's list is narrower."""


@frozen
class Review:
    """A review of one session: its result, who reviewed it if a person did, what was remarked, and when."""

    result: ReviewResult
    reviewed_by: str = field(default="", kw_only=True, repr=False)
    comment: str = field(default="", kw_only=True, repr=False)
    at: datetime | None = field(default=None, validator=has_zone, kw_only=True)


def _as_reviews(reviews: Iterable[Review]) -> tuple[Review, ...]:
    return tuple(reviews)


def shown_status(attempt: Attempt | None, *, course_ended: bool = False) -> AttemptStatus:
    """Return the status that the learner's summary speaks of, whether or not there is an attempt (Q10)."""
    if attempt is not None:
        return attempt.status
    return AttemptStatus.EXPIRED if course_ended else AttemptStatus.ELIGIBLE


@frozen(kw_only=True)
class Exam:
    """An exam of a course; `limit_minutes` and `due` are None where nothing limits it.

    A practice exam is tried out; an onboarding exam is what a learner sets up with.
    """

    id: str
    name: str = ""
    proctored: bool = True
    practice: bool = False
    onboarding: bool = False
    active: bool = True
    limit_minutes: int | None = None
    due: datetime | None = None


@frozen(kw_only=True)
class Attempt:
    """An attempt at an exam: its status, when it was begun and handed in, and the minutes it was given.

    `resumable` is that a new attempt may go on where this one broke off; `archived` that it is kept for the record.
    `reviews` are those of its session, oldest first.
    Raises `ContradictionError` for what cannot be at once.
    """

    status: AttemptStatus = AttemptStatus.CREATED
    started_at: datetime | None = None
    completed_at: datetime | None = None
    allowed_minutes: int | None = None
    resumable: bool = False
    archived: bool = False
    reviews: tuple[Review, ...] = field(default=(), converter=_as_reviews)

    def __attrs_post_init__(self) -> None:
        started = None if self.started_at is None else utc(self.started_at, "started_at")
        completed = None if self.completed_at is None else utc(self.completed_at, "completed_at")
        if not isinstance(self.status, AttemptStatus):
            message = f"status is {describe(self.status)}; it must be an AttemptStatus"
            raise DefinitionError([Problem("wrong_type", "status", message)])
        if self.status in BEFORE_START and started is not None:
            raise ContradictionError("attempt", self.status.value, f"started at {written(started)}")
        if self.status.is_incomplete and completed is not None:
            raise ContradictionError("attempt", self.status.value, f"completed at {written(completed)}")
        if started is not None and completed is not None and completed < started:
            first, second = f"started at {written(started)}", f"completed at {written(completed)}"
            raise ContradictionError("attempt", first, second)


@frozen(kw_only=True)
class ProctoringPolicy:
    """What a site or a course has chosen.

    `timed_out_allowed`: an attempt may stay timed out rather than be submitted. `rejection_overrides_grade`: a rejected
    attempt scores 0. `second_review_required`: what a vendor suspects is reviewed again before it is rejected.
    `reviews_may_change`: a later review of the same attempt replaces the earlier one, which is kept.
    `passing`: the results of a review that pass.
    """

    timed_out_allowed: bool = False
    rejection_overrides_grade: bool = True
    second_review_required: bool = True
    reviews_may_change: bool = True
    passing: frozenset[ReviewResult] = PASSING


USUAL: Final = ProctoringPolicy()
"""The choices that hold where nobody made others."""


@frozen
class Advance(Explained):
    """An attempt before and after a step, and why it is not where it was asked to go, if it is not."""

    before: AttemptStatus
    attempt: Attempt
    reasons: tuple[Reason, ...] = field(default=())

    def outline(self) -> Outline:
        """Return the step as a row."""
        return Outline("Attempt", f"{self.before.value} -> {self.attempt.status.value}", self.reasons)


ATTEMPTS: Final = ReasonTexts(
    "exam attempts",
    {
        "past_due_submits": "the due date has passed, so there are 0 minutes left: submitted instead of {0!r}",
        "restart_submits": "an exam that was begun is not begun again: submitted instead of {0!r}",
        "time_out_submits": "what times out is handed in as it is: submitted instead of {0!r}",
    },
)
"""Why an attempt takes another status than it was asked to, in words."""


def advance(
    attempt: Attempt,
    to: AttemptStatus,
    *,
    now: datetime,
    exam: Exam | None = None,
    policy: ProctoringPolicy = USUAL,
) -> Advance:
    """Return the attempt after it was asked to take a status, which another may take the place of (Q6, Q7).

    Raises `TransitionError` for a step that is not allowed.
    """
    _check_change(attempt.status, to)
    utc(now)
    due = exam.due if exam else None
    reasons = tuple(_why_submitted(attempt.status, to, is_past_due(due, now), policy))
    reached = AttemptStatus.SUBMITTED if reasons else to
    return Advance(attempt.status, _taking(attempt, reached, to, now, exam), reasons)


def refuse_change(current: AttemptStatus, to: AttemptStatus, name: str, needed: str) -> TransitionError:
    """Return the error that a change of status is, with the rule that it breaks."""
    broken = Decision(name.replace("_", " "), Verdict.NOT_MET, needed)
    return TransitionError("attempt", current.value, to.value, "change of status", (broken,))


def _check_change(current: AttemptStatus, to: AttemptStatus) -> None:
    for status in (current, to):
        if status in NO_STATUS_OF_AN_ATTEMPT:
            raise refuse_change(current, to, "valid status", f"a status of an attempt, which {status.value!r} is not")
    if current.is_completed and to.is_incomplete:
        raise refuse_change(current, to, "way back", "the attempt to be removed first, for a retake")


def _why_submitted(current: AttemptStatus, to: AttemptStatus, past_due: bool, policy: ProctoringPolicy) -> list[Reason]:  # noqa: FBT001
    """Return every reason for which the attempt is submitted instead of what was asked."""
    holds = {
        "time_out_submits": to is AttemptStatus.TIMED_OUT and not policy.timed_out_allowed,
        "restart_submits": current in BEGUN and to in BEFORE_START,
        "past_due_submits": to is AttemptStatus.STARTED and current in BEFORE_START and past_due,
    }
    return [ATTEMPTS.reason(code, to) for code, is_so in holds.items() if is_so]


def _taking(attempt: Attempt, status: AttemptStatus, asked: AttemptStatus, now: datetime, exam: Exam | None) -> Attempt:
    starts = asked is AttemptStatus.STARTED and attempt.started_at is None
    minutes = _minutes_at_start(attempt, now, exam) if starts else attempt.allowed_minutes
    return evolve(
        attempt,
        status=status,
        allowed_minutes=minutes,
        started_at=now if starts and status is AttemptStatus.STARTED else attempt.started_at,
        completed_at=attempt.completed_at or (now if status.is_completed else None),
        resumable=status is AttemptStatus.ERROR or (attempt.resumable and status not in NOTHING_TO_RESUME),
    )


def _minutes_at_start(attempt: Attempt, now: datetime, exam: Exam | None) -> int | None:
    limit, due = (exam.limit_minutes, exam.due) if exam else (None, None)
    given = attempt.allowed_minutes if attempt.allowed_minutes is not None else limit
    return time_allowed(given, now=now, due=due)
