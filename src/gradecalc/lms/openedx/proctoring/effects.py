# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What becomes of an exam's score, of credit and of the certificate when an attempt takes a status.

>>> from datetime import UTC
>>> from gradecalc.lms.openedx.grading.scores import Score
>>> handed_in = ExamAttempt(status=AttemptStatus.SUBMITTED)
>>> scored = SubsectionGrade(Score(5, 6))
>>> ada = LearnerExams([LearnerExam(exam=Exam(id="final"), attempts=[handed_in], grade=scored)])
>>> rejected = change_status(ada, "final", AttemptStatus.REJECTED, now=datetime(2026, 5, 4, tzinfo=UTC)).value
>>> rejected["final"].mark.points == 0, rejected["final"].credit
(True, <CreditStatus.FAILED: 'failed'>)
>>> back = change_status(rejected, "final", AttemptStatus.VERIFIED, now=datetime(2026, 5, 5, tzinfo=UTC)).value
>>> back["final"].mark.points == 5
True
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from attrs import evolve

from ....errors import MarksError, Problem
from ....exact import describe
from ....outcomes import Outcome
from ....reasons import Reason
from ..certificates.records import Certificate, CertificateStatus, revoke_unless_allowlisted
from ..credit.requirements import CreditStatus
from ..grading.subsections import (
    ScoreOverride,
    SubsectionGrade,
    override,
    undo,
)
from .attempts import (
    Exam,
    ExamAttempt,
    SessionReview,
    advance,
    is_past_due,
    judge_review,
    time_allowed,
)
from .exams import PROCTORING, LearnerExam, LearnerExams
from .statuses import AttemptStatus
from .texts import PROCTORING_TEXTS

CREDIT_EFFECTS: Final[Mapping[AttemptStatus, CreditStatus]] = {
    AttemptStatus.SUBMITTED: CreditStatus.SUBMITTED,
    AttemptStatus.VERIFIED: CreditStatus.SATISFIED,
    AttemptStatus.REJECTED: CreditStatus.FAILED,
    AttemptStatus.ERROR: CreditStatus.FAILED,
    AttemptStatus.DECLINED: CreditStatus.DECLINED,
}
"""The statuses that set the credit requirement of the exam, and to what; the others leave it (Q16)."""

_SUPPRESSED: Final[Mapping[AttemptStatus, Mapping[str, frozenset[AttemptStatus]]]] = {
    AttemptStatus.VERIFIED: {"another attempt is not verified": frozenset(AttemptStatus) - {AttemptStatus.VERIFIED}},
    AttemptStatus.SUBMITTED: {"another attempt is rejected": frozenset({AttemptStatus.REJECTED})},
    AttemptStatus.REJECTED: {
        "another attempt is rejected already": frozenset({AttemptStatus.REJECTED}),
        "another attempt is declined": frozenset({AttemptStatus.DECLINED}),
    },
}
"""Which statuses of other attempts at the exam keep a status from having effects, and why."""

_reason = PROCTORING_TEXTS.reason
_Reasons = list[Reason]


class AttemptError(MarksError):
    """An attempt that cannot be made or is not there; `.problems` lists every reason."""


def change_status(
    learner: LearnerExams, exam_id: str, to: AttemptStatus, *, now: datetime, attempt: int = -1
) -> Outcome[LearnerExams]:
    """Return what becomes of the learner's exams when an attempt, the latest by default, takes a status (Q16 to Q21).

    `attempt` is its place among the attempts. Raises `TransitionError` for a step that is not allowed, and
    `AttemptError` for an attempt that does not exist.
    """
    held = learner[exam_id]
    return _changed(learner, held, _place(held, attempt), to, now)


def review_attempt(
    learner: LearnerExams, exam_id: str, review: SessionReview, *, now: datetime, attempt: int = -1
) -> Outcome[LearnerExams]:
    """Return what becomes of the learner's exams when the session of an attempt is reviewed (Q11 to Q13).

    Raises what `judge_review` and `change_status` raise.
    """
    held = learner[exam_id]
    place = _place(held, attempt)
    reviewed = held.attempts[place]
    judged = judge_review(review, reviewed, exam=held.exam, policy=learner.policy)
    filed = held.with_attempt(place, evolve(reviewed, reviews=[*reviewed.reviews, review]))
    if reviewed.archived:
        return _outcome(learner, learner.with_exam(filed), exam_id, judged.value.value, judged.reasons)
    outcome = _changed(learner, filed, place, judged.value, now)
    return evolve(outcome, reasons=(*judged.reasons, *outcome.reasons))


def create_attempt(
    learner: LearnerExams, exam_id: str, *, now: datetime, remaining_seconds: int | None = None
) -> Outcome[LearnerExams]:
    """Return the learner with a new attempt at an exam; the seconds that were left of a broken one bound it (Q15).

    Raises `AttemptError` where a proctored exam is past due, and where there is an attempt that is not to be resumed
    (Q14, Q8).
    """
    held = learner[exam_id]
    problems = [*_why_not_created(held, now)]
    if problems:
        raise AttemptError(problems)
    minutes = None
    if remaining_seconds is not None:
        limit, due = held.exam.limit_minutes, held.exam.due
        minutes = time_allowed(limit, now=now, due=due, remaining_seconds=remaining_seconds)
    created = ExamAttempt(allowed_minutes=minutes)
    earlier = [evolve(each, resumable=False) for each in held.attempts]
    after = learner.with_exam(evolve(held, attempts=[*earlier, created]))
    return _outcome(learner, after, exam_id, created.status.value, [])


def remove_attempt(learner: LearnerExams, exam_id: str, *, attempt: int = -1) -> Outcome[LearnerExams]:
    """Return the learner without an attempt, without the credit status, and without what proctoring overrode (Q22)."""
    held = learner[exam_id]
    place = _place(held, attempt)
    grade, reasons = _lifted(held)
    left = [each for nth, each in enumerate(held.attempts) if nth != place]
    after = learner.with_exam(evolve(held, attempts=left, credit=None, grade=grade))
    return _outcome(learner, after, exam_id, "removed", [_reason("attempt_removed"), *reasons])


def _outcome(
    before: LearnerExams, after: LearnerExams, exam_id: str, what: str, reasons: Iterable[Reason]
) -> Outcome[LearnerExams]:
    return Outcome(after, changed=after != before, reasons=reasons, subject=f"{exam_id}: {what}")


def _changed(
    learner: LearnerExams, held: LearnerExam, place: int, to: AttemptStatus, now: datetime
) -> Outcome[LearnerExams]:
    step = advance(held.attempts[place], to, now=now, exam=held.exam, policy=learner.policy)
    status, moved = step.value.status, held.with_attempt(place, step.value)
    others = {each.status for nth, each in enumerate(held.attempts) if nth != place and not each.archived}
    reasons = [_reason("no_effect", why) for why in _why_no_effect(held.exam, status, others)]
    after = learner.with_exam(moved)
    if not reasons and status in CREDIT_EFFECTS:
        after, reasons = _with_effects(learner, moved, step.value)
        if status is AttemptStatus.DECLINED:
            after, declined = _decline_others(after, held.exam.id, now)
            reasons += declined
    return _outcome(learner, after, held.exam.id, status.value, [*step.reasons, *reasons])


def _why_no_effect(exam: Exam, status: AttemptStatus, others: set[AttemptStatus]) -> list[str]:
    """Return every reason for which a status has no effect beyond the attempt (Q18)."""
    if not exam.proctored:
        return ["the exam is not proctored"]
    if exam.practice:
        return []
    return [why for why, blocking in _SUPPRESSED.get(status, {}).items() if blocking & others]


def _with_effects(learner: LearnerExams, moved: LearnerExam, attempt: ExamAttempt) -> tuple[LearnerExams, _Reasons]:
    """Return the learner with the effects of the status that an attempt took (Q16, Q17)."""
    credit, grade, certificate = CREDIT_EFFECTS[attempt.status], moved.grade, learner.certificate
    reasons: _Reasons = []
    if attempt.status is AttemptStatus.VERIFIED:
        grade, reasons = _lifted(moved)
        if moved.is_overridden_by_proctoring and certificate and certificate.status is CertificateStatus.UNAVAILABLE:
            reasons = [*reasons, _reason("certificate_not_restored")]
    elif attempt.status is AttemptStatus.REJECTED and not learner.policy.rejection_overrides_grade:
        reasons = [_reason("switched_off")]
    elif attempt.status is AttemptStatus.REJECTED:
        grade, certificate, reasons = _rejected(learner, moved, attempt)
    after = learner.with_exam(evolve(moved, credit=credit, grade=grade))
    return evolve(after, certificate=certificate), [_reason("credit", credit.value), *reasons]


def _rejected(
    learner: LearnerExams, held: LearnerExam, attempt: ExamAttempt
) -> tuple[SubsectionGrade, Certificate | None, _Reasons]:
    """Return grade and certificate after a rejection that overrides the score (Q17, Q20, Q21)."""
    note, by = (attempt.reviews[-1].comment, attempt.reviews[-1].reviewed_by) if attempt.reviews else ("", "")
    zero = ScoreOverride(earned_graded=0, earned_all=0, system=PROCTORING, reason=note, by=by)
    reasons, certificate = [_reason("scored_zero")], learner.certificate
    if held.override is not None and not held.is_overridden_by_proctoring:
        reasons.append(_reason("override_replaced", held.override.owner or "nobody named"))
    if certificate is not None:
        certificate = revoke_unless_allowlisted(certificate, allowlisted=learner.allowlisted)
        reasons.append(_reason("certificate_spared" if learner.allowlisted else "certificate_invalidated"))
    return override(held.grade, zero, worth=held.exam.possible).value, certificate, reasons


def _lifted(held: LearnerExam) -> tuple[SubsectionGrade | None, _Reasons]:
    """Return the grade once proctoring has lifted its own override, or one that no system owns, and no other (Q20)."""
    by, lifted = held.override, undo(held.grade, PROCTORING)
    if by is None:
        return held.grade, []
    if not lifted.changed:
        return held.grade, [_reason("override_kept", by.owner)]
    ownerless = [] if by.system else [_reason("unowned_lifted", by.owner or "nobody named")]
    return lifted.value, [_reason("override_lifted"), *ownerless]


def _decline_others(learner: LearnerExams, exam_id: str, now: datetime) -> tuple[LearnerExams, _Reasons]:
    """Decline every other active, proctored exam, practice apart, that is not completed (Q19)."""
    reasons = []
    for held in learner.exams:
        exam, latest = held.exam, held.latest or ExamAttempt()
        if exam.id == exam_id or exam.practice or not (exam.active and exam.proctored) or latest.status.is_completed:
            continue
        declined = advance(latest, AttemptStatus.DECLINED, now=now, exam=exam).value
        attempts = [each for each in held.attempts if each is not latest]
        learner = learner.with_exam(evolve(held, attempts=[*attempts, declined], credit=CreditStatus.DECLINED))
        reasons.append(_reason("declined_with", exam.name or exam.id))
    return learner, reasons


def _place(held: LearnerExam, attempt: int) -> int:
    count = len(held.attempts)
    if type(attempt) is int and -count <= attempt < count:
        return attempt % count
    message = f"there is no attempt {describe(attempt)}; the exam has {count}, counted from 0"
    raise AttemptError([Problem("unknown_attempt", held.exam.id, message)])


def _why_not_created(held: LearnerExam, now: datetime) -> Iterator[Problem]:
    exam = held.exam
    if exam.proctored and is_past_due(exam.due, now):
        yield Problem("past_due", exam.id, "the due date has passed, so the exam can no longer be taken proctored")
    latest = held.latest
    if latest and not latest.resumable and not (exam.practice and latest.status.is_completed):
        message = f"there is an attempt, {latest.status.value!r}, that is not to be resumed; for a retake, remove it"
        yield Problem("attempt_exists", exam.id, message)
