# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How a learner comes to credit: by grades and exams, until all is satisfied, and then by asking for it.

>>> from datetime import UTC
>>> from gradecalc.lms.openedx.certificates.records import CourseEnrolment
>>> from gradecalc.lms.openedx.credit.requirements import CreditRequirement
>>> course = CreditCourse([CreditRequirement("grade", "grade", "Minimum grade", {"min_grade": 0.6})])
>>> may = datetime(2026, 5, 4, tzinfo=UTC)
>>> ada = record_grade(course, CreditRecord(CourseEnrolment("verified")), 0.7, now=may).record
>>> decide_credit(course, ada, may).verdict
<Verdict.MET: 'met'>
>>> print(decide_credit(course, ada, may.replace(year=2028)))
credit                 not met
  course gives credit      met
  eligibility          not met  needs a moment before 2027-05-04 00:00+00:00; has 2028-05-04 00:00+00:00

Eligibility that was earned stays, whatever becomes of the requirements, until it expires.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from attrs import evolve, field, frozen

from ....certificates.deadlines import (
    Deadline,
    Eligibility,
    earn,
)
from ....decisions import Decision, join
from ....errors import nearest
from ....exact import Exact, Number, read_number
from ....moments import utc, written
from ....outline import Explained, Outline
from ....reasons import Reason, ReasonTexts
from ....transitions import TransitionError
from ....verdicts import Verdict, all_of, verdict
from .requirements import (
    EXAM,
    EXAM_EVENTS,
    GRADE,
    CreditCourse,
    CreditRecord,
    CreditRequirement,
    CreditStatus,
    ExamEvent,
    RequestState,
    RequirementStatus,
)


@frozen(kw_only=True)
class CreditOutcome(Explained):
    """The record after an event, whether the event changed it, and every reason."""

    record: CreditRecord
    changed: bool
    reasons: tuple[Reason, ...]

    def outline(self) -> Outline:
        """Return the outcome with its reasons."""
        return Outline("Credit", "changed" if self.changed else "unchanged", self.reasons)


CREDIT: Final = ReasonTexts(
    "credit",
    {
        "already_eligible": "the learner is eligible, which a failure does not take away",
        "asked_already": "credit is being asked for already",
        "credit_asked_for": "credit is asked for",
        "course_gives_no_credit": "the course gives no credit",
        "eligible_now": "every requirement is satisfied, so the learner is eligible",
        "no_credit_mode": "credit is not earned without an active enrolment in one of: {0}",
        "no_minimum": "the course requires no minimum grade",
        "nothing_recorded": "there is nothing to remove",
        "not_eligible": "not eligible: {0}",
        "removed": "{0}: no longer {1}",
        "requested": "credit was asked for, so the requirements stay as they are",
        "set": "{0}: {1}",
        "unknown_requirement": "the course has no requirement {0!r}, so this is lost{1}",
    },
)
"""Every reason in words, by code."""


def set_status(course: CreditCourse, record: CreditRecord, status: RequirementStatus) -> CreditOutcome:
    """Return the record with what became of a requirement, or every reason against (Q25).

    With the last requirement that is satisfied the learner becomes eligible (Q28).
    """
    refusals = _refusals(course, record, status.key, unearns=_unearns(course, record, status))
    if refusals:
        return CreditOutcome(record=record, changed=False, reasons=refusals)
    others = [each for each in record.statuses if each.key != status.key]
    changed = evolve(record, statuses=[*others, status])
    eligibility = earn(record.eligibility, _all_satisfied(course, changed), status.at, course.policy.valid_for)
    reasons = [CREDIT.reason("set", _named(status.key), status.status)]
    if eligibility is not record.eligibility:
        reasons.append(CREDIT.reason("eligible_now"))
    return CreditOutcome(record=evolve(changed, eligibility=eligibility), changed=True, reasons=tuple(reasons))


def remove_status(course: CreditCourse, record: CreditRecord, key: tuple[str, str]) -> CreditOutcome:
    """Return the record without the status of a requirement, or every reason against; eligibility stays (Q26)."""
    refusals = _refusals(course, record, key)
    entry = next((each for each in record.statuses if each.key == key), None)
    if refusals or entry is None:
        return CreditOutcome(record=record, changed=False, reasons=refusals or (CREDIT.reason("nothing_recorded"),))
    left = evolve(record, statuses=[each for each in record.statuses if each.key != key])
    return CreditOutcome(record=left, changed=True, reasons=(CREDIT.reason("removed", _named(key), entry.status),))


def record_grade(
    course: CreditCourse, record: CreditRecord, grade: Number, *, now: datetime, deadline: datetime | None = None
) -> CreditOutcome:
    """Return the record after a course grade, a fraction of 1, was worked out (Q24)."""
    fraction, limit = read_number(grade), Deadline(deadline)
    outcome = CreditOutcome(record=record, changed=False, reasons=())
    for requirement in course.active:
        if requirement.namespace == GRADE and requirement.minimum is not None:
            decision = limit.judge(verdict(fraction >= requirement.minimum), now)
            outcome = evolve(outcome, reasons=(*outcome.reasons, *decision.reasons))
            status = _BY_VERDICT[decision.verdict]
            if status is not None:
                why = _judged_by(
                    status, fraction, requirement.minimum, {"current_date": utc(now), "deadline": limit.at}
                )
                step = set_status(course, outcome.record, RequirementStatus(requirement.key, status, now, why))
                reasons = (*outcome.reasons, *step.reasons)
                outcome = evolve(step, changed=outcome.changed or step.changed, reasons=reasons)
    return outcome if outcome.reasons else evolve(outcome, reasons=(CREDIT.reason("no_minimum"),))


def record_exam_event(
    course: CreditCourse, record: CreditRecord, exam: str, event: ExamEvent, *, now: datetime
) -> CreditOutcome:
    """Return the record after the newer exam service told of an attempt (Q27)."""
    if event is ExamEvent.RESET:
        return remove_status(course, record, (EXAM, exam))
    return set_status(course, record, RequirementStatus((EXAM, exam), EXAM_EVENTS[event], now))


def decide_credit(course: CreditCourse, record: CreditRecord, now: datetime) -> Decision:
    """Return whether the learner is eligible for credit now, with every requirement where it was not earned (Q28)."""
    gives = Decision("course gives credit", verdict(course.enabled))
    if record.eligibility is not None:
        return join("credit", [gives, _judged_eligibility(record.eligibility, now)])
    utc(now)
    judged = [_judged(each, record.get(each)) for each in course.active]
    if not judged:
        judged = [Decision("requirements", Verdict.NOT_MET, "at least one requirement", "none")]
    elif all_of(each.verdict for each in judged) is Verdict.MET:
        found = "all satisfied, since the course last changed what it requires"
        judged.append(Decision("eligibility", Verdict.UNDETERMINED, "a status set from now on", found))
    return join("credit", [gives, *judged])


def request_credit(course: CreditCourse, record: CreditRecord, now: datetime) -> CreditOutcome:
    """Return the record with credit asked for, or every reason against (Q29).

    Raises `TransitionError` where the request was answered.
    """
    if record.request in (RequestState.APPROVED, RequestState.REJECTED):
        raise TransitionError("request for credit", record.request.value, RequestState.PENDING.value, "another request")
    decision = decide_credit(course, record, now)
    against = tuple(CREDIT.reason("not_eligible", each) for each in decision.obstacles)
    if against or record.request:
        return CreditOutcome(record=record, changed=False, reasons=against or (CREDIT.reason("asked_already"),))
    asked = evolve(record, request=RequestState.PENDING)
    return CreditOutcome(record=asked, changed=True, reasons=(CREDIT.reason("credit_asked_for"),))


def answer_request(record: CreditRecord, answer: RequestState) -> CreditRecord:
    """Return the record with the request approved or rejected; raises `TransitionError` where none is pending (Q29)."""
    if record.request is not RequestState.PENDING or answer is RequestState.PENDING:
        state = record.request.value if record.request else "not asked for"
        raise TransitionError("request for credit", state, answer.value, "an answer")
    return evolve(record, request=answer)


@frozen(kw_only=True)
class CreditState(Explained):
    """What an exam asks of credit: the mode of the enrolment, and each requirement in force with its status."""

    mode: str
    is_credit_course: bool
    requirements: tuple[tuple[CreditRequirement, CreditStatus | None], ...] = field(default=())

    def outline(self) -> Outline:
        """Return a row for each requirement."""
        rows = (Outline(_named(each.key), status.value if status else "not yet") for each, status in self.requirements)
        notes = () if self.is_credit_course else (CREDIT.reason("course_gives_no_credit"),)
        return Outline("Credit", self.mode, notes, rows)


def credit_state(course: CreditCourse, record: CreditRecord) -> CreditState | None:
    """Return how a learner stands, or None for who has no active enrolment (Q30)."""
    enrolment = record.enrolment
    if enrolment is None or not enrolment.active:
        return None
    entries = [(each, record.get(each)) for each in course.active] if course.enabled else []
    statuses = tuple((each, entry.status if entry else None) for each, entry in entries)
    return CreditState(mode=enrolment.mode, is_credit_course=course.enabled, requirements=statuses)


def _named(key: tuple[str, str]) -> str:
    namespace, name = key
    return name if name == namespace else f"{namespace} {name}"


def _refusals(
    course: CreditCourse, record: CreditRecord, key: tuple[str, str], *, unearns: bool = False
) -> tuple[Reason, ...]:
    """Return every reason for which no status changes, in the documented order."""
    enrolment, modes = record.enrolment, course.policy.modes
    in_mode = enrolment is not None and enrolment.active and enrolment.mode in modes
    known = {each.key for each in course.active}
    found = {
        CREDIT.reason("course_gives_no_credit"): not course.enabled,
        CREDIT.reason("no_credit_mode", ", ".join(sorted(modes))): not in_mode,
        CREDIT.reason("requested"): record.request is not None,
        CREDIT.reason("already_eligible"): unearns,
        CREDIT.reason("unknown_requirement", _named(key), nearest(_named(key), map(_named, known))): key not in known,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def _unearns(course: CreditCourse, record: CreditRecord, status: RequirementStatus) -> bool:
    eligible = course.enabled and record.eligibility is not None and record.eligibility.holds(status.at)
    return eligible and status.status is CreditStatus.FAILED


def _all_satisfied(course: CreditCourse, record: CreditRecord) -> Verdict:
    """Return whether every requirement in force is satisfied, of which there is at least one."""
    entries = [record.get(each) for each in course.active]
    satisfied = (verdict(entry is not None and entry.status is CreditStatus.SATISFIED) for entry in entries)
    return all_of(satisfied) if entries else Verdict.NOT_MET


def _judged_by(status: CreditStatus, grade: Exact, minimum: Exact, dates: Mapping[str, object]) -> Mapping[str, object]:
    """Return what a minimum was judged by: the grade, the grade and the minimum, or that it was too late (Q24)."""
    if status is CreditStatus.SATISFIED:
        return {"final_grade": grade}
    return dates if grade >= minimum else {"final_grade": grade, "minimum_grade": minimum}


_BY_VERDICT: Final[Mapping[Verdict, CreditStatus | None]] = {
    Verdict.MET: CreditStatus.SATISFIED,
    Verdict.NOT_MET: CreditStatus.FAILED,
    Verdict.UNDETERMINED: None,
}


def _judged_eligibility(eligibility: Eligibility, now: datetime) -> Decision:
    if eligibility.until is None:
        return Decision("eligibility", Verdict.MET, found=f"earned {written(eligibility.since)}")
    needed = f"a moment before {written(eligibility.until)}"
    return Decision("eligibility", verdict(eligibility.holds(now)), needed, written(utc(now)))


def _judged(requirement: CreditRequirement, entry: RequirementStatus | None) -> Decision:
    met = entry.status.verdict if entry else Verdict.UNDETERMINED
    return Decision(_named(requirement.key), met, "satisfied", entry.status.value if entry else "nothing yet")
