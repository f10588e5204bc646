# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How a learner comes to credit: by grades and exams, until all is satisfied, and then by asking for it.

>>> from datetime import UTC
>>> from gradecalc.lms.openedx.certificates.records import CourseEnrolment
>>> course = CreditCourse([CreditRequirement("grade", "grade", "Minimum grade", {"min_grade": 0.6})])
>>> may = datetime(2026, 5, 4, tzinfo=UTC)
>>> ada = record_grade(course, CreditRecord(CourseEnrolment("verified")), 70, now=may).value
>>> decide_credit(course, ada, may).verdict
<Verdict.MET: 'met'>
>>> print(decide_credit(course, ada, may.replace(year=2028)))
credit                 not met
  course gives credit      met
  eligibility          not met  needs a moment before 2027-05-04 00:00+00:00; has 2028-05-04 00:00+00:00

Eligibility that was earned stays, whatever becomes of the requirements, until it expires.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Final

from attrs import evolve

from ....certificates.deadlines import Deadline, Eligibility, earn
from ....decisions import Decision, join
from ....errors import nearest
from ....exact import Exact, Number, describe
from ....moments import utc, written
from ....outcomes import Outcome
from ....outline import Explained, Outline
from ....reasons import Reason, ReasonTexts, say
from ....transitions import Machine
from ....values import frozen
from ....verdicts import Verdict, all_of, verdict
from ..units import read_percent
from .requirements import (
    EXAM,
    GRADE,
    CreditCourse,
    CreditRecord,
    CreditRequirement,
    CreditStatus,
    ExamEvent,
    RequestState,
    RequirementStatus,
)

CREDIT: Final = ReasonTexts(
    "credit",
    {
        "at_least_one": "at least one requirement",
        "all_satisfied": "all satisfied, since the course last changed what it requires",
        "before": "a moment before {0}",
        "course_gives": "course gives credit",
        "credit": "credit",
        "credit_of": "Credit",
        "earned": "earned {0}",
        "eligibility": "eligibility",
        "none": "none",
        "not_yet": "not yet",
        "nothing_yet": "nothing yet",
        "requirements": "requirements",
        "satisfied": "satisfied",
        "status_from_now": "a status set from now on",
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
        "unknown_requirement": "the course has no requirement {0}, so this is lost{1}",
    },
)
"""Every reason in words, by code."""


class RequestStep(Enum):
    """What happens to a request for credit."""

    ASK = "asking"
    APPROVE = "approving"
    REJECT = "rejecting"


REQUESTS: Final = Machine(
    "request for credit",
    RequestState.NOT_ASKED,
    MappingProxyType(
        {
            (RequestState.NOT_ASKED, RequestStep.ASK): RequestState.PENDING,
            (RequestState.PENDING, RequestStep.APPROVE): RequestState.APPROVED,
            (RequestState.PENDING, RequestStep.REJECT): RequestState.REJECTED,
        }
    ),
)
"""How a request for credit goes on: asked for once, and answered once (Q29)."""


def set_status(course: CreditCourse, record: CreditRecord, status: RequirementStatus) -> Outcome[CreditRecord]:
    """Return the record with what became of a requirement, or every reason against (Q25).

    With the last requirement that is satisfied the learner becomes eligible (Q28).
    """
    held = course.enabled and record.eligibility is not None and record.eligibility.holds(status.at)
    unearns = held and status.status is CreditStatus.FAILED
    refusals = _refusals(course, record, status.key, unearns=unearns)
    if refusals:
        return _outcome(record, record, refusals)
    others = [each for each in record.statuses if each.key != status.key]
    changed = evolve(record, statuses=[*others, status])
    satisfied = [verdict(_status(changed, each) is CreditStatus.SATISFIED) for each in course.active]
    all_satisfied = all_of(satisfied) if satisfied else Verdict.NOT_MET
    eligibility = earn(record.eligibility, all_satisfied, status.at, course.valid_for)
    reasons = [CREDIT.reason("set", _named(status.key), status.status)]
    if eligibility is not record.eligibility:
        reasons.append(CREDIT.reason("eligible_now"))
    return _outcome(record, evolve(changed, eligibility=eligibility), reasons)


def remove_status(course: CreditCourse, record: CreditRecord, key: tuple[str, str]) -> Outcome[CreditRecord]:
    """Return the record without the status of a requirement, or every reason against; eligibility stays (Q26)."""
    refusals = _refusals(course, record, key)
    entry = next((each for each in record.statuses if each.key == key), None)
    if refusals or entry is None:
        return _outcome(record, record, refusals or [CREDIT.reason("nothing_recorded")])
    left = evolve(record, statuses=[each for each in record.statuses if each.key != key])
    return _outcome(record, left, [CREDIT.reason("removed", _named(key), entry.status)])


def record_grade(
    course: CreditCourse, record: CreditRecord, grade: Number, *, now: datetime, deadline: datetime | None = None
) -> Outcome[CreditRecord]:
    """Return the record after a course grade, in percent, was worked out (Q24).

    Raises `DefinitionError` for a grade that reads as a part of 1 (K36).
    """
    percent, limit, after = read_percent(grade, "grade", one=True), Deadline(deadline), record
    reasons: list[Reason] = []
    for requirement in course.active:
        minimum = requirement.minimum if requirement.namespace == GRADE else None
        if minimum is not None:
            decision = limit.judge(verdict(percent >= minimum), now)
            reasons.extend(decision.reasons)
            status = _BY_VERDICT.get(decision.verdict)
            if status is not None:
                judged_by = _judged_by(status, percent, minimum, {"current_date": utc(now), "deadline": limit.at})
                step = set_status(course, after, RequirementStatus(requirement.key, status, now, judged_by))
                after = step.value
                reasons.extend(step.reasons)
    return _outcome(record, after, reasons or [CREDIT.reason("no_minimum")])


def record_exam_event(
    course: CreditCourse, record: CreditRecord, exam: str, event: ExamEvent, *, now: datetime
) -> Outcome[CreditRecord]:
    """Return the record after the newer exam service told of an attempt; a reset removes the status (Q27)."""
    if event is ExamEvent.RESET:
        return remove_status(course, record, (EXAM, exam))
    return set_status(course, record, RequirementStatus((EXAM, exam), _BY_EVENT[event], now))


def decide_credit(course: CreditCourse, record: CreditRecord, now: datetime) -> Decision:
    """Return whether the learner is eligible for credit now, with every requirement where it was not earned (Q28)."""
    gives, moment = Decision(CREDIT.phrase("course_gives"), verdict(course.enabled)), utc(now)
    if record.eligibility is not None:
        return join(CREDIT.phrase("credit"), [gives, _judged_eligibility(record.eligibility, moment)])
    judged = [_judged(each, record) for each in course.active]
    if not judged:
        judged = [
            Decision(
                CREDIT.phrase("requirements"), Verdict.NOT_MET, CREDIT.phrase("at_least_one"), CREDIT.phrase("none")
            )
        ]
    elif all_of(each.verdict for each in judged) is Verdict.MET:
        needed, found = CREDIT.phrase("status_from_now"), CREDIT.phrase("all_satisfied")
        judged.append(Decision(CREDIT.phrase("eligibility"), Verdict.UNDETERMINED, needed, found))
    return join(CREDIT.phrase("credit"), [gives, *judged])


def request_credit(course: CreditCourse, record: CreditRecord, now: datetime) -> Outcome[CreditRecord]:
    """Return the record with credit asked for, or every reason against (Q29).

    Raises `TransitionError` where the request was answered.
    """
    pending = record.request is RequestState.PENDING
    state = record.request if pending else REQUESTS.after(record.request, RequestStep.ASK)
    against = [CREDIT.reason("not_eligible", str(each)) for each in decide_credit(course, record, now).obstacles]
    if against:
        return _outcome(record, record, against)
    reason = CREDIT.reason("asked_already" if pending else "credit_asked_for")
    return _outcome(record, evolve(record, request=state), [reason])


def answer_request(record: CreditRecord, *, approved: bool) -> CreditRecord:
    """Return the record with the request approved or rejected; raises `TransitionError` where none is pending (Q29)."""
    step = RequestStep.APPROVE if approved else RequestStep.REJECT
    return evolve(record, request=REQUESTS.after(record.request, step))


@frozen(kw_only=True)
class CreditState(Explained):
    """What an exam asks of credit: the mode of the enrolment, and each requirement in force with its status."""

    mode: str
    is_credit_course: bool
    requirements: tuple[tuple[CreditRequirement, CreditStatus | None], ...] = ()

    def outline(self) -> Outline:
        """Return a row for each requirement."""
        notes = () if self.is_credit_course else (CREDIT.reason("course_gives_no_credit"),)
        rows = (
            Outline(_named(each.key), say(status) if status else CREDIT.phrase("not_yet"))
            for each, status in self.requirements
        )
        return Outline(CREDIT.phrase("credit_of"), self.mode, notes, rows)


def credit_state(course: CreditCourse, record: CreditRecord) -> CreditState | None:
    """Return how a learner stands, or None for a learner without an active enrolment (Q30)."""
    enrolment = record.enrolment
    if enrolment is None or not enrolment.active:
        return None
    statuses = tuple((each, _status(record, each)) for each in course.active) if course.enabled else ()
    return CreditState(mode=enrolment.mode, is_credit_course=course.enabled, requirements=statuses)


_BY_EVENT: Final[Mapping[ExamEvent, CreditStatus]] = MappingProxyType(
    {
        ExamEvent.SUBMITTED: CreditStatus.SUBMITTED,
        ExamEvent.VERIFIED: CreditStatus.SATISFIED,
        ExamEvent.REJECTED: CreditStatus.FAILED,
        ExamEvent.ERRORED: CreditStatus.FAILED,
    }
)
_BY_VERDICT: Final = MappingProxyType({Verdict.MET: CreditStatus.SATISFIED, Verdict.NOT_MET: CreditStatus.FAILED})


def _outcome(before: CreditRecord, after: CreditRecord, reasons: Iterable[Reason]) -> Outcome[CreditRecord]:
    return Outcome(after, changed=after != before, reasons=reasons, subject=CREDIT.phrase("credit_of"))


def _named(key: tuple[str, str]) -> str:
    namespace, name = key
    return name if name == namespace else f"{namespace} {name}"


def _status(record: CreditRecord, requirement: CreditRequirement) -> CreditStatus | None:
    entry = record.get(requirement)
    return entry.status if entry else None


def _judged_by(status: CreditStatus, grade: Exact, minimum: Exact, late: Mapping[str, object]) -> Mapping[str, object]:
    """Return what a minimum was judged by: the grade, the grade and the minimum, or that it was too late (Q24)."""
    if status is CreditStatus.SATISFIED:
        return {"final_grade": grade}
    return late if grade >= minimum else {"final_grade": grade, "minimum_grade": minimum}


def _refusals(
    course: CreditCourse, record: CreditRecord, key: tuple[str, str], *, unearns: bool = False
) -> list[Reason]:
    """Return every reason for which no status changes, in the documented order."""
    enrolment, known, name = record.enrolment, {each.key for each in course.active}, _named(key)
    in_mode = enrolment is not None and enrolment.active and enrolment.mode in course.modes
    found = {
        CREDIT.reason("course_gives_no_credit"): not course.enabled,
        CREDIT.reason("no_credit_mode", ", ".join(sorted(course.modes))): not in_mode,
        CREDIT.reason("requested"): record.request is not RequestState.NOT_ASKED,
        CREDIT.reason("already_eligible"): unearns,
        CREDIT.reason("unknown_requirement", describe(name), nearest(name, map(_named, known))): key not in known,
    }
    return [reason for reason, holds in found.items() if holds]


def _judged_eligibility(eligibility: Eligibility, now: datetime) -> Decision:
    if eligibility.until is None:
        return Decision(CREDIT.phrase("eligibility"), Verdict.MET, found=CREDIT.phrase("earned", eligibility.since))
    needed = CREDIT.phrase("before", eligibility.until)
    return Decision(CREDIT.phrase("eligibility"), verdict(eligibility.holds(now)), needed, written(now))


def _judged(requirement: CreditRequirement, record: CreditRecord) -> Decision:
    status = _status(record, requirement)
    met = status.verdict if status else Verdict.UNDETERMINED
    found = say(status) if status else CREDIT.phrase("nothing_yet")
    return Decision(_named(requirement.key), met, CREDIT.phrase("satisfied"), found)
