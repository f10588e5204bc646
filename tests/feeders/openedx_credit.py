# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How the cases of Open edX about credit are fed."""

from datetime import UTC, datetime, timedelta

from attrs import evolve

from feeders.harness import exact
from gradecalc import Verdict
from gradecalc.certificates.deadlines import Eligibility
from gradecalc.lms.openedx.certificates.records import CourseEnrolment
from gradecalc.lms.openedx.credit import progress
from gradecalc.lms.openedx.credit.requirements import (
    EXAM,
    GRADE,
    REVERIFICATION,
    CreditCourse,
    CreditRecord,
    CreditRequirement,
    CreditStatus,
    ExamEvent,
    RequirementStatus,
    publish,
)
from gradecalc.lms.openedx.units import Percent

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
STATUSES = {each.value: each for each in CreditStatus} | {"removed": None}


def in_days(days):
    """Return the moment so many days from now, or none."""
    return None if days is None else NOW + timedelta(days=days)


WORDS = {
    "status": STATUSES,
    "status_each": STATUSES,
    "status_after_publish": STATUSES,
    "set": STATUSES,
    "set_before_publish": STATUSES,
    "event": {each.value: each for each in ExamEvent},
    "deadline": {"20 days ago": in_days(-20), "in 20 days": in_days(20)},
    "deadline_in_days": in_days,
}


def course_of(*namespaces, minimum=0.5, **stated):
    """Return a course with a requirement of each namespace, named like it."""
    criteria = {GRADE: {"min_grade": minimum}}
    return CreditCourse(
        [CreditRequirement(each, each, criteria=criteria.get(each, {})) for each in namespaces], **stated
    )


def learner_in(mode, *, active=True):
    """Return an empty record of a learner who is enrolled in a mode."""
    return CreditRecord(CourseEnrolment(mode, active))


def with_status(course, record, name, status):
    """Return the record after a status was set for the requirement of a name."""
    return progress.set_status(course, record, RequirementStatus((name, name), status, NOW)).value


def entry_of(record, name):
    """Return what there is of the requirement of a name."""
    return record.get(CreditRequirement(name, name))


def status_of(record, name):
    """Return the status of the requirement of a name, or none."""
    entry = entry_of(record, name)
    return entry and entry.status


def credit_min_grade(given):
    """Say what becomes of a minimum by one course grade after the other."""
    stated = given["input"]
    course = course_of(GRADE, REVERIFICATION, minimum=stated["min_grade"])
    record, statuses = learner_in(stated.get("mode", "verified")), []
    for grade in stated["grades"] if "grades" in stated else [stated["grade"]]:
        record = progress.record_grade(
            course, record, Percent.of_share(exact(grade)), now=NOW, deadline=stated["deadline"]
        ).value
        statuses.append(status_of(record, GRADE))
    entry = entry_of(record, GRADE)
    reason = None
    if entry:
        reason = {name: value / 100 if name.endswith("_grade") else value for name, value in entry.reason}
    return {"status": statuses[-1], "status_each": statuses, "reason": reason}


def credit_exam_event(given):
    """Say what an event of the newer exam service does; a reset, to what was satisfied."""
    stated = given["input"]
    namespace = stated.get("namespace", EXAM)
    course = course_of(namespace, GRADE, enabled=stated.get("credit_course", True))
    before = learner_in("verified")
    if stated["event"] is ExamEvent.RESET:
        before = with_status(course, before, namespace, CreditStatus.SATISFIED)
    outcome = progress.record_exam_event(course, before, namespace, stated["event"], now=NOW)
    return {"status": status_of(outcome.value, namespace), "changed": outcome.changed}


def credit_eligibility(given):
    """Say whether the learner is eligible; one that is stated was earned long ago and ends in so many days."""
    stated = given["input"]
    course, record = course_of(*stated.get("requirements", [GRADE])), learner_in("verified")
    for name in stated.get("satisfied", ()):
        record = with_status(course, record, name, CreditStatus.SATISFIED)
    for name in stated.get("then_failed", ()):
        record = with_status(course, record, name, CreditStatus.FAILED)
    until = stated.get("deadline_in_days", NOW + DAY)
    if stated.get("eligibility", False):
        record = evolve(record, eligibility=Eligibility(in_days(-3000), until))
    offered = evolve(course, enabled=stated.get("course_enabled", True))
    eligible = progress.decide_credit(offered, record, NOW).verdict is Verdict.MET
    return {"eligible": eligible, "listed": eligible}


def credit_requirement(given):
    """Say what is set before and after the requirements are published, and what is removed."""
    stated = given["input"]
    record, course = learner_in(stated.get("mode", "verified")), CreditCourse()
    if "set_before_publish" in stated:
        record = with_status(course, record, GRADE, stated["set_before_publish"])
    course, statuses = publish(course, course_of(GRADE, REVERIFICATION).requirements), []
    for status in stated.get("set", ()):
        record = with_status(course, record, GRADE, status)
        statuses.append(status_of(record, GRADE))
    if stated.get("remove", False):
        record = progress.remove_status(course, record, (GRADE, GRADE)).value
    entry, status = entry_of(record, GRADE), status_of(record, GRADE)
    return {
        "status": status,
        "status_after_publish": status,
        "status_each": statuses,
        "status_date": entry and entry.at,
        "reason": dict(entry.reason) if entry else None,
    }


def credit_state(given):
    """Say how a learner stands."""
    stated = given["input"]
    enrolled = learner_in("verified", active=stated.get("active", True))
    learner = enrolled if stated.get("enrolled", True) else CreditRecord()
    state = progress.credit_state(course_of(GRADE, enabled=stated.get("course_enabled", True)), learner)
    return {"state": state, "is_credit_course": state is not None and state.is_credit_course}


FEEDERS = {
    each.__name__: each
    for each in (credit_eligibility, credit_exam_event, credit_min_grade, credit_requirement, credit_state)
}
