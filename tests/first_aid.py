# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A certification in first aid that many tests let things happen in."""

from datetime import UTC, datetime, timedelta

from attrs import evolve

from gradecalc.certificates.requirements import Finding
from gradecalc.certifications.criteria import Certification, Criterion, CriterionKind
from gradecalc.certifications.enrolment import (
    EnrolmentStep,
)
from gradecalc.certifications.events import (
    Enrol,
    Observe,
    TakeReviewStep,
    apply,
)
from gradecalc.certifications.periods import Period
from gradecalc.certifications.permissions import Person, Role
from gradecalc.certifications.records import Record
from gradecalc.certifications.review import ReviewStep
from gradecalc.certifications.validity import ExpiryMethod, ValidityRule
from gradecalc.verdicts import Verdict, verdict

START = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = ValidityRule(
    lasts=Period.parse("1 year"),
    window=Period.parse("1 month"),
    grace=Period.parse("2 weeks"),
    method=ExpiryMethod.EXPIRY,
)


def passes(facts):
    """Judge the exam by a percent, or as it is said to be."""
    return Finding(facts["exam"] if isinstance(facts["exam"], Verdict) else verdict(facts["exam"] >= 70), "70")


def reads(facts):
    """Judge whether the learner has read."""
    return Finding(verdict(facts["read"]))


READING = Criterion("reading", CriterionKind.CONTENT, reads)
EXAM = Criterion("exam", CriterionKind.GRADE, passes)
PORTFOLIO = Criterion("portfolio", CriterionKind.REVIEW)
AUTOMATIC = Certification("First aid", [READING, EXAM], validity=YEAR, view_groups=["nurses"])
APPROVED = evolve(AUTOMATIC, require_approval=True)
DONE = Observe({"read": True, "exam": 81})
ASSIGN = Enrol(EnrolmentStep.ASSIGN, "admin")
SUBMIT, APPROVE = TakeReviewStep(ReviewStep.SUBMIT, "ada"), TakeReviewStep(ReviewStep.APPROVE, "coach")
REJECT = TakeReviewStep(ReviewStep.REJECT, "coach", "not yours")


def day(number):
    """Return the moment so many days after the start."""
    return START + timedelta(days=number)


ADA = Person("ada", roles=[Role.LEARNER], groups=["nurses"])
ADMIN = Person("admin", roles=[Role.SUPER_ADMIN])
COACH = Person("coach", roles=[Role.COACH], team=["ada"])
PEOPLE = {each.id: each for each in (ADA, ADMIN, COACH)}


def act(certification, record, event, now):
    """Apply an event by the person whom it names, an admin where it names nobody."""
    return apply(certification, record, event, now, by=PEOPLE.get(getattr(event, "by", ""), ADMIN))


def after(certification, *events, record=None, start=0):
    """Return the change that the last of some events made, one a day."""
    outcome = None
    for nth, event in enumerate(events, start):
        outcome = act(certification, record or Record(learner="ada"), event, day(nth))
        record = outcome.value
    return outcome


def axes(status):
    """Return the three axes of a status."""
    return status.enrolment, status.attainment, status.credential


def names(status):
    """Return the labels of what is in the way."""
    return [reason.label for reason in status.obstacles]


CERTIFIED = after(AUTOMATIC, ASSIGN, DONE).value
