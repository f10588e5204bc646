# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""An attempt at a proctored exam: what may follow its status, and what the review of its session makes of it.

>>> from datetime import UTC
>>> noon = datetime(2026, 5, 4, 12, tzinfo=UTC)
>>> begun = advance(ExamAttempt(), AttemptStatus.STARTED, now=noon).value
>>> print(advance(begun, AttemptStatus.READY_TO_START, now=noon))
attempt: started -> submitted                                                       changed
  an exam that was begun is not begun again: submitted instead of 'ready_to_start'
>>> print(judge_review(SessionReview(ReviewResult.SUSPICIOUS, reviewed_by="Ada"), begun))
Suspicious: rejected             changed
  not among the passing results
  a person reviewed it
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from fractions import Fraction
from typing import Final

from attrs import evolve, field

from ....decisions import Decision
from ....errors import (
    DefinitionError,
    MarksError,
    Problem,
    nearest,
)
from ....exact import describe, lenient
from ....fields import Checked, as_tuple, number
from ....moments import has_zone, utc, written
from ....outcomes import Outcome
from ....transitions import ContradictionError, TransitionError
from ....values import frozen
from ....verdicts import Verdict
from .statuses import (
    ATTEMPT_STEPS,
    BEFORE_START,
    NO_STATUS_OF_AN_ATTEMPT,
    AttemptStatus,
)
from .texts import PROCTORING_TEXTS


class ReviewResult(Enum):
    """What a vendor says of a session; the value is the vendors' word."""

    CLEAN = "Clean"
    RULES_VIOLATION = "Rules Violation"
    SUSPICIOUS = "Suspicious"
    NOT_REVIEWED = "Not Reviewed"


PASSING: Final = frozenset({ReviewResult.CLEAN, ReviewResult.RULES_VIOLATION})
"""The results that pass, unless a vendor's list is narrower."""


@frozen
class Remark:
    """What a vendor remarks of a moment of a session: that it is suspicious, or violates a rule, and in what words."""

    kind: ReviewResult
    text: str = field(default="", repr=False)


@frozen
class SessionReview:
    """A review of one session: its result, who reviewed it if a person did, what was remarked, and when."""

    result: ReviewResult
    reviewed_by: str = field(default="", kw_only=True, repr=False)
    comment: str = field(default="", kw_only=True, repr=False)
    remarks: tuple[Remark, ...] = field(default=(), converter=as_tuple, kw_only=True)
    at: datetime | None = field(default=None, validator=has_zone, kw_only=True)


@frozen(kw_only=True)
class Exam(Checked):
    """An exam of a course; `limit_minutes` and `due` are None where nothing limits it.

    A practice exam is tried out; an onboarding exam is what a learner sets up with. `possible` are the points that it
    is worth to anybody, where that is known; `provider` is who proctors it.
    """

    id: str
    name: str = ""
    proctored: bool = True
    practice: bool = False
    onboarding: bool = False
    active: bool = True
    limit_minutes: int | None = None
    due: datetime | None = None
    possible: Fraction | None = field(default=None, converter=lenient, metadata=number(minimum=0, optional=True))
    provider: str = ""


@frozen(kw_only=True)
class ExamAttempt:
    """An attempt at an exam: its status, when it was begun and handed in, and the minutes it was given.

    `resumable` says that a new attempt may go on where this one broke off, `archived` that it is kept for the record.
    `reviews` are those of its session, oldest first; `code` is what the vendor calls it by.
    Raises `ContradictionError` for what cannot be at once.
    """

    status: AttemptStatus = AttemptStatus.CREATED
    started_at: datetime | None = None
    completed_at: datetime | None = None
    allowed_minutes: int | None = None
    resumable: bool = False
    archived: bool = False
    reviews: tuple[SessionReview, ...] = field(default=(), converter=as_tuple)
    code: str = field(default="", repr=False)

    def __attrs_post_init__(self) -> None:
        started = None if self.started_at is None else utc(self.started_at, "started_at")
        completed = None if self.completed_at is None else utc(self.completed_at, "completed_at")
        if not isinstance(self.status, AttemptStatus):
            message = f"status is {describe(self.status)}; it must be an AttemptStatus"
            raise DefinitionError([Problem("wrong_type", "status", message)])
        begun, done = f"started at {written(started)}", f"completed at {written(completed)}"
        if self.status in BEFORE_START and started is not None:
            raise ContradictionError("attempt", self.status.value, begun)
        if self.status.is_incomplete and completed is not None:
            raise ContradictionError("attempt", self.status.value, done)
        if started is not None and completed is not None and completed < started:
            raise ContradictionError("attempt", begun, done)


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


def shown_status(attempt: ExamAttempt | None, *, course_ended: bool = False) -> AttemptStatus:
    """Return the status that the learner's summary speaks of, whether or not there is an attempt (Q10)."""
    if attempt is not None:
        return attempt.status
    return AttemptStatus.EXPIRED if course_ended else AttemptStatus.ELIGIBLE


def advance(
    attempt: ExamAttempt,
    to: AttemptStatus,
    *,
    now: datetime,
    exam: Exam | None = None,
    policy: ProctoringPolicy = USUAL,
) -> Outcome[ExamAttempt]:
    """Return the attempt after it was asked to take a status, which another may take the place of (Q6, Q7).

    Raises `TransitionError` for a step that is not allowed.
    """
    before = attempt.status
    leads_to = ATTEMPT_STEPS.get((before, to))
    if leads_to is None:
        raise TransitionError("attempt", before.value, to.value, "change of status", (_why_not(before, to),))
    past_due = is_past_due(exam.due if exam else None, utc(now))
    holds = {
        "time_out_submits": to is AttemptStatus.TIMED_OUT and not policy.timed_out_allowed,
        "restart_submits": leads_to is not to,
        "past_due_submits": to is AttemptStatus.STARTED and before in BEFORE_START and past_due,
    }
    reasons = [PROCTORING_TEXTS.reason(code, to) for code, is_so in holds.items() if is_so]
    reached = AttemptStatus.SUBMITTED if reasons else leads_to
    after = _taking(attempt, reached, to, now, exam)
    subject = f"attempt: {before.value} -> {reached.value}"
    return Outcome(after, changed=after != attempt, reasons=reasons, subject=subject)


def read_result(word: str) -> ReviewResult:
    """Return the result that a vendor's word stands for, in any case; raises `MarksError` for any other word."""
    for result in ReviewResult:
        if word.strip().casefold() == result.value.casefold():
            return result
    known = nearest(word, (result.value for result in ReviewResult))
    raise MarksError([Problem("bad_review_status", "review", f"{describe(word)} is no result of a review{known}")])


def judge_review(
    review: SessionReview, attempt: ExamAttempt, *, exam: Exam | None = None, policy: ProctoringPolicy = USUAL
) -> Outcome[AttemptStatus]:
    """Return the status that a review leads to, and why (Q11); of an archived attempt it changes nothing (Q12).

    Raises `TransitionError` for a second review where the first one stands (Q13).
    """
    if attempt.reviews and not policy.reviews_may_change:
        raise TransitionError("review", attempt.reviews[-1].result.value, review.result.value, "another review")
    status, codes = _judged(review, attempt, exam, policy)
    subject = f"{review.result.value}: {status.value}"
    reasons = map(PROCTORING_TEXTS.reason, codes)
    return Outcome(status, changed=status is not attempt.status, reasons=reasons, subject=subject)


def _judged(
    review: SessionReview, attempt: ExamAttempt, exam: Exam | None, policy: ProctoringPolicy
) -> tuple[AttemptStatus, list[str]]:
    if attempt.archived:
        return attempt.status, ["archived"]
    if review.result is ReviewResult.NOT_REVIEWED:
        return AttemptStatus.ERROR, ["not_reviewed"]
    if review.result in policy.passing:
        return AttemptStatus.VERIFIED, ["passing"]
    final = {
        "reviewed_by_person": bool(review.reviewed_by),
        "no_second_review": not policy.second_review_required,
        "onboarding": exam is not None and exam.onboarding,
    }
    why = [code for code, holds in final.items() if holds]
    told = [] if review.reviewed_by else ["support_told"]
    status = AttemptStatus.REJECTED if why else AttemptStatus.SECOND_REVIEW_REQUIRED
    return status, ["not_passing", *(why or ["second_review"]), *told]


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


def _why_not(before: AttemptStatus, to: AttemptStatus) -> Decision:
    """Return what is in the way of a step that is not allowed."""
    none = next((status for status in (before, to) if status in NO_STATUS_OF_AN_ATTEMPT), None)
    if none:
        needed = PROCTORING_TEXTS.phrase("a_status", none.value)
        return Decision(PROCTORING_TEXTS.phrase("valid_status"), Verdict.NOT_MET, needed)
    return Decision(PROCTORING_TEXTS.phrase("way_back"), Verdict.NOT_MET, PROCTORING_TEXTS.phrase("removed_first"))


def _taking(
    attempt: ExamAttempt, status: AttemptStatus, asked: AttemptStatus, now: datetime, exam: Exam | None
) -> ExamAttempt:
    starts = asked is AttemptStatus.STARTED and attempt.status in BEFORE_START
    return evolve(
        attempt,
        status=status,
        allowed_minutes=_minutes_at_start(attempt, now, exam) if starts else attempt.allowed_minutes,
        started_at=now if starts and status is AttemptStatus.STARTED else attempt.started_at,
        completed_at=attempt.completed_at or (now if status.is_completed else None),
        resumable=attempt.resumable or status is AttemptStatus.ERROR,
    )


def _minutes_at_start(attempt: ExamAttempt, now: datetime, exam: Exam | None) -> int | None:
    limit, due = (exam.limit_minutes, exam.due) if exam else (None, None)
    left = None if attempt.allowed_minutes is None else attempt.allowed_minutes * 60
    return time_allowed(limit, now=now, due=due, remaining_seconds=left)


def _minutes(seconds: int | None) -> int | None:
    return None if seconds is None else max(seconds, 0) // 60


def _amount(value: int | None, path: str) -> int | None:
    if value is None or (type(value) is int and value >= 0):
        return value
    message = f"{path} is {describe(value)}; it must be a whole number of 0 or more"
    raise DefinitionError([Problem("out_of_range", path, message)])
