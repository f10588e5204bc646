# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What becomes of an exam's score, of credit and of the certificate when an attempt takes a status.

>>> from datetime import UTC, datetime
>>> from gradecalc.lms.openedx.proctoring.standing import SubsectionScore
>>> handed_in = Attempt(status=AttemptStatus.SUBMITTED)
>>> ada = LearnerExams([Standing(exam=Exam(id="final"), attempts=[handed_in], score=SubsectionScore(5, 6))])
>>> rejected = change_status(ada, "final", AttemptStatus.REJECTED, now=datetime(2026, 5, 4, tzinfo=UTC)).learner
>>> rejected["final"].effective.earned, rejected["final"].credit
(0, <CreditStatus.FAILED: 'failed'>)
>>> back = change_status(rejected, "final", AttemptStatus.VERIFIED, now=datetime(2026, 5, 5, tzinfo=UTC)).learner
>>> back["final"].effective.earned
5
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from attrs import evolve, field, frozen

from ....errors import GradecalcError, Problem
from ....exact import describe
from ....outline import Explained, Outline
from ....reasons import Reason, ReasonTexts
from ..certificates.records import Certificate, CertificateStatus, revoke_unless_allowlisted
from ..credit.requirements import CreditStatus
from .attempts import (
    Attempt,
    Exam,
    Review,
    advance,
)
from .reviews import judge_review
from .standing import (
    PROCTORING,
    LearnerExams,
    ScoreOverride,
    Standing,
)
from .statuses import AttemptStatus
from .time_limits import is_past_due, time_allowed

CREDIT_EFFECTS: Final[Mapping[AttemptStatus, CreditStatus]] = {
    AttemptStatus.SUBMITTED: CreditStatus.SUBMITTED,
    AttemptStatus.VERIFIED: CreditStatus.SATISFIED,
    AttemptStatus.REJECTED: CreditStatus.FAILED,
    AttemptStatus.ERROR: CreditStatus.FAILED,
    AttemptStatus.DECLINED: CreditStatus.DECLINED,
}
"""The statuses that set the credit requirement of the exam, and to what; the others leave it (Q16)."""


EFFECTS: Final = ReasonTexts(
    "exam effects",
    {
        "attempt_removed": "an attempt is removed, with the credit status and what proctoring laid over the score",
        "certificate_invalidated": "the certificate is unavailable, without an entry on the invalidation list",
        "certificate_not_restored": "the certificate does not come back by this; it may be issued again for the grade",
        "certificate_spared": "the learner is on the exception list, so the certificate stays",
        "credit": "credit requirement {0}",
        "declined_with": "declined with {0!r}",
        "no_effect": "credit, score and certificate stay: {0}",
        "override_kept": "the override of {0} stays, because only its owner lifts it",
        "override_lifted": "the score is what it was computed to be",
        "override_replaced": "the override of {0} is replaced, and is lost",
        "scored_zero": "the exam scores 0",
        "switched_off": "this course leaves the score and the certificate of a rejected exam alone",
    },
)
"""Every reason of an effect in words, by code."""


class AttemptError(GradecalcError):
    """An attempt that cannot be made or is not there; `problems` has every reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


@frozen(kw_only=True)
class ProctoringOutcome(Explained):
    """The learner after an event, the status that the attempt took, every effect, and whether support is told."""

    learner: LearnerExams
    exam_id: str
    status: AttemptStatus | None
    reasons: tuple[Reason, ...] = field(default=())
    notifies_support: bool = False

    def outline(self) -> Outline:
        """Return the status with a row for every reason."""
        status = self.status.value if self.status else "removed"
        return Outline(f"{self.exam_id}: {status}", children=map(Outline, self.reasons))


def change_status(
    learner: LearnerExams, exam_id: str, to: AttemptStatus, *, now: datetime, attempt: int = -1
) -> ProctoringOutcome:
    """Return what becomes of the learner's exams when an attempt, the latest by default, takes a status (Q16 to Q21).

    `attempt` is its place among the attempts. Raises `TransitionError` for a step that is not allowed, and
    `AttemptError` for an attempt that there is not.
    """
    standing = learner[exam_id]
    place = _place(standing, attempt)
    return _changed(learner, standing, place, to, now)


def review_attempt(
    learner: LearnerExams, exam_id: str, review: Review, *, now: datetime, attempt: int = -1
) -> ProctoringOutcome:
    """Return what becomes of the learner's exams when the session of an attempt is reviewed (Q11 to Q13).

    Raises what `judge_review` and `change_status` raise.
    """
    standing = learner[exam_id]
    place = _place(standing, attempt)
    reviewed = standing.attempts[place]
    decision = judge_review(review, reviewed, exam=standing.exam, policy=learner.policy)
    filed = _with_attempt(standing, place, evolve(reviewed, reviews=[*reviewed.reviews, review]))
    if reviewed.archived:
        unchanged = learner.with_standing(filed)
        return ProctoringOutcome(learner=unchanged, exam_id=exam_id, status=decision.status, reasons=decision.reasons)
    outcome = _changed(learner, filed, place, decision.status, now)
    reasons = (*decision.reasons, *outcome.reasons)
    return evolve(outcome, reasons=reasons, notifies_support=decision.notifies_support)


def create_attempt(
    learner: LearnerExams, exam_id: str, *, now: datetime, remaining_seconds: int | None = None
) -> ProctoringOutcome:
    """Return the learner with a new attempt at an exam; the seconds that were left of a broken one bound it (Q15).

    Raises `AttemptError` where a proctored exam is past due, and where there is an attempt that is not to be resumed
    (Q14, Q8).
    """
    standing = learner[exam_id]
    _refuse([*_why_not_created(standing, now)])
    limit = standing.exam.limit_minutes
    minutes = time_allowed(limit, now=now, due=standing.exam.due, remaining_seconds=remaining_seconds)
    earlier = [evolve(each, resumable=False) for each in standing.attempts]
    created = evolve(standing, attempts=[*earlier, Attempt(allowed_minutes=minutes)])
    return ProctoringOutcome(learner=learner.with_standing(created), exam_id=exam_id, status=AttemptStatus.CREATED)


def remove_attempt(learner: LearnerExams, exam_id: str, *, attempt: int = -1) -> ProctoringOutcome:
    """Return the learner without an attempt, without the credit status, and without what proctoring overrode (Q22)."""
    standing = learner[exam_id]
    place = _place(standing, attempt)
    override, reasons = _lifted(standing)
    left = [each for nth, each in enumerate(standing.attempts) if nth != place]
    removed = evolve(standing, attempts=left, credit=None, override=override)
    return ProctoringOutcome(
        learner=learner.with_standing(removed),
        exam_id=exam_id,
        status=None,
        reasons=(EFFECTS.reason("attempt_removed"), *reasons),
    )


_Others = Collection[AttemptStatus]


def _changed(
    learner: LearnerExams, standing: Standing, place: int, to: AttemptStatus, now: datetime
) -> ProctoringOutcome:
    step = advance(standing.attempts[place], to, now=now, exam=standing.exam, policy=learner.policy)
    status, exam_id = step.attempt.status, standing.exam.id
    moved = _with_attempt(standing, place, step.attempt)
    others = [each.status for nth, each in enumerate(standing.attempts) if nth != place]
    idle = tuple(EFFECTS.reason("no_effect", why) for why in _why_no_effect(standing.exam, status, others))
    if idle or status not in CREDIT_EFFECTS:
        after, reasons = learner.with_standing(moved), idle
    else:
        after, reasons = _with_effects(learner, moved, place)
    if status is AttemptStatus.DECLINED and not idle:
        after, declined = _decline_others(after, exam_id, now)
        reasons = (*reasons, *declined)
    return ProctoringOutcome(learner=after, exam_id=exam_id, status=status, reasons=(*step.reasons, *reasons))


_SUPPRESSED: Final[Mapping[AttemptStatus, Mapping[str, frozenset[AttemptStatus]]]] = {
    AttemptStatus.VERIFIED: {"another attempt is not verified": frozenset(AttemptStatus) - {AttemptStatus.VERIFIED}},
    AttemptStatus.SUBMITTED: {"another attempt is rejected": frozenset({AttemptStatus.REJECTED})},
    AttemptStatus.REJECTED: {
        "another attempt is rejected already": frozenset({AttemptStatus.REJECTED}),
        "another attempt is declined": frozenset({AttemptStatus.DECLINED}),
    },
}
"""Which statuses of other attempts at the exam keep a status from having effects, and why."""


def _why_no_effect(exam: Exam, status: AttemptStatus, others: _Others) -> list[str]:
    """Return every reason for which a status has no effect beyond the attempt (Q18)."""
    if not exam.proctored:
        return ["the exam is not proctored"]
    if exam.practice:
        return []
    return [why for why, blocking in _SUPPRESSED.get(status, {}).items() if blocking & set(others)]


_Reasons = tuple[Reason, ...]


def _with_effects(learner: LearnerExams, moved: Standing, place: int) -> tuple[LearnerExams, _Reasons]:
    """Return the learner with the effects of the status that an attempt took (Q16, Q17)."""
    attempt = moved.attempts[place]
    credit = CREDIT_EFFECTS[attempt.status]
    override, reasons, certificate = moved.override, _Reasons(), learner.certificate
    if attempt.status is AttemptStatus.VERIFIED:
        override, reasons = _lifted(moved)
        if moved.is_overridden_by_proctoring and certificate and certificate.status is CertificateStatus.UNAVAILABLE:
            reasons = (*reasons, EFFECTS.reason("certificate_not_restored"))
    elif attempt.status is AttemptStatus.REJECTED and not learner.policy.rejection_overrides_grade:
        reasons = (EFFECTS.reason("switched_off"),)
    elif attempt.status is AttemptStatus.REJECTED:
        certificate, invalidated = _invalidated(learner)
        override, reasons = _rejection(attempt), (*_why_overridden(moved), *invalidated)
    after = learner.with_standing(evolve(moved, credit=credit, override=override))
    return evolve(after, certificate=certificate), (EFFECTS.reason("credit", credit), *reasons)


def _rejection(attempt: Attempt) -> ScoreOverride:
    review = attempt.reviews[-1] if attempt.reviews else None
    note, reviewer = (review.comment, review.reviewed_by) if review else ("", "")
    return ScoreOverride(0, earned_all=0, by=PROCTORING, note=note, reviewer=reviewer)


def _why_overridden(standing: Standing) -> _Reasons:
    override = standing.override
    if override is None or override.by == PROCTORING:
        return (EFFECTS.reason("scored_zero"),)
    return EFFECTS.reason("scored_zero"), EFFECTS.reason("override_replaced", override.by or "nobody named")


def _lifted(standing: Standing) -> tuple[ScoreOverride | None, _Reasons]:
    """Return the override that is left once proctoring lifts its own (Q20)."""
    if standing.is_overridden_by_proctoring:
        return None, (EFFECTS.reason("override_lifted"),)
    if standing.override is None:
        return None, ()
    return standing.override, (EFFECTS.reason("override_kept", standing.override.by or "nobody named"),)


def _invalidated(learner: LearnerExams) -> tuple[Certificate | None, _Reasons]:
    """Return the certificate after a rejection (Q21)."""
    if learner.certificate is None:
        return None, ()
    code = "certificate_spared" if learner.allowlisted else "certificate_invalidated"
    return revoke_unless_allowlisted(learner.certificate, allowlisted=learner.allowlisted), (EFFECTS.reason(code),)


def _decline_others(learner: LearnerExams, exam_id: str, now: datetime) -> tuple[LearnerExams, _Reasons]:
    """Decline every other active, proctored exam, practice apart, that is not completed (Q19)."""
    reasons = _Reasons()
    for standing in learner.standings:
        exam, latest = standing.exam, standing.attempts[-1] if standing.attempts else Attempt()
        if exam.id == exam_id or exam.practice or not (exam.active and exam.proctored) or latest.status.is_completed:
            continue
        declined = advance(latest, AttemptStatus.DECLINED, now=now, exam=exam).attempt
        attempts = (*standing.attempts[:-1], declined)
        learner = learner.with_standing(evolve(standing, attempts=attempts, credit=CreditStatus.DECLINED))
        reasons += (EFFECTS.reason("declined_with", exam.name or exam.id),)
    return learner, reasons


def _place(standing: Standing, attempt: int) -> int:
    count = len(standing.attempts)
    if type(attempt) is int and -count <= attempt < count:
        return attempt % count
    message = f"there is no attempt {describe(attempt)}; the exam has {count}, counted from 0"
    raise AttemptError([Problem("unknown_attempt", standing.exam.id, message)])


def _why_not_created(standing: Standing, now: datetime) -> Iterator[Problem]:
    exam = standing.exam
    if exam.proctored and is_past_due(exam.due, now):
        yield Problem("past_due", exam.id, "the due date has passed, so the exam can no longer be taken proctored")
    latest = standing.attempts[-1] if standing.attempts else None
    if latest and not latest.resumable and not (exam.practice and latest.status.is_completed):
        message = f"there is an attempt, {latest.status.value!r}, that is not to be resumed; for a retake, remove it"
        yield Problem("attempt_exists", exam.id, message)


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise AttemptError(problems)


def _with_attempt(standing: Standing, place: int, changed: Attempt) -> Standing:
    return evolve(standing, attempts=[*standing.attempts[:place], changed, *standing.attempts[place + 1 :]])
