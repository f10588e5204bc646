# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How a learner stands in a certification: three axes that never stand in for each other, and every reason for a no.

>>> from datetime import UTC
>>> from gradecalc.certifications.criteria import Criterion, CriterionKind
>>> first_aid = Certification("First aid", [Criterion("portfolio", CriterionKind.REVIEW)], require_approval=True)
>>> print(status_of(first_aid, Record(learner="ada"), datetime(2026, 9, 1, tzinfo=UTC)))
First aid           not certified  ada
  Enrolment          not enrolled
  Attainment          not started
  Credential                 none
  First aid: award        not met
    enrolment             not met  needs an enrolment; has status not enrolled
    portfolio             not met  needs an approval; has status not submitted
    approval              not met  needs an approval; has status not submitted
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import Enum

from ..decisions import Decided, Decision, join
from ..moments import utc
from ..outline import Outline
from ..reasons import Reason, say
from ..values import frozen
from ..verdicts import Verdict, all_of, verdict
from .credentials import CredentialState, Force
from .criteria import Certification
from .enrolment import Enrolment, EnrolmentState
from .records import Attempt, Record, review_finding
from .review import ReviewState
from .texts import CERTIFICATIONS, all_together, because
from .validity import Validity, days_overdue


class Attainment(Enum):
    """How far a learner is in the present attempt; the value is the word for people."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    CRITERIA_MET = "criteria met"
    AWAITING_REVIEW = "awaiting review"
    CHANGES_REQUESTED = "changes requested"
    REJECTED = "rejected"
    APPROVED = "approved"


@frozen(kw_only=True)
class CertificationStatus(Decided):
    """How a learner stands: enrolment, attainment, credential, and what is in the way of an award.

    `award` judges the enrolment, each criterion and the approval, in this order; `validity` has the dates of the latest
    credential, and `standing` is that credential as a requirement of its own. `verdict` is met while it is honoured.
    """

    certification: str
    learner: str
    enrolment: EnrolmentState
    attainment: Attainment
    credential: tuple[CredentialState, ...]
    award: Decision
    standing: Decision | None = None
    validity: Validity | None = None
    due: datetime | None = None
    days_overdue: int = 0

    @property
    def obstacles(self) -> tuple[Decision, ...]:
        """Every reason why no credential is honoured now, in order; none where one is (Y24)."""
        return tuple(self._obstacles())

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What was needed and found of all that is in the way, each with its code."""
        return tuple(reason for obstacle in self.obstacles for reason in obstacle.reasons)

    @property
    def verdict(self) -> Verdict:
        """Whether the learner holds a credential that is honoured now; undetermined where it waits for others."""
        return all_of(obstacle.verdict for obstacle in self.obstacles)

    @property
    def answer(self) -> str:
        """The verdict in words."""
        return CERTIFICATIONS.phrase(_ANSWERS[self.verdict])

    @property
    def credential_in_words(self) -> str:
        """Everything that is true of the latest credential, in words."""
        return all_together(map(say, self.credential))

    def outline(self) -> Outline:
        """Return the three axes, and what is in the way of an award."""
        overdue = [CERTIFICATIONS.phrase("overdue", self.days_overdue)] if self.days_overdue else []
        rows = [
            Outline(CERTIFICATIONS.phrase("enrolment_axis"), say(self.enrolment), overdue),
            Outline(CERTIFICATIONS.phrase("attainment"), say(self.attainment)),
            Outline(CERTIFICATIONS.phrase("credential_axis"), self.credential_in_words),
            *([self.validity.outline()] if self.validity else []),
            self.award.outline(),
        ]
        return Outline(self.certification, self.answer, [self.learner], rows)

    def _obstacles(self) -> Iterator[Decision]:
        if self.standing is not None and self.standing.verdict is Verdict.MET:
            return
        if self.standing is not None:
            yield self.standing
        elif self.award.verdict is Verdict.MET:
            found = CERTIFICATIONS.phrase("awarded_next")
            yield Decision(CERTIFICATIONS.phrase("award"), Verdict.UNDETERMINED, found=found)
        yield from self.award.obstacles


_ANSWERS = {
    Verdict.MET: "certified",
    Verdict.NOT_MET: "not_certified",
    Verdict.UNDETERMINED: "not_yet_certified",
}


def status_of(certification: Certification, record: Record, now: datetime) -> CertificationStatus:
    """Return how a learner stands in a certification at a moment, which has a time zone."""
    utc(now)
    credential, due = record.credential, record.enrolment.due
    overdue = days_overdue(due, now) if due and record.enrolment.active and credential is None else 0
    return CertificationStatus(
        certification=certification.name,
        learner=record.learner,
        enrolment=record.enrolment.state,
        attainment=_attainment(certification, record.attempt),
        credential=credential.states(now) if credential else (CredentialState.NONE,),
        award=award_decision(certification, record),
        standing=_standing(record, now),
        validity=credential.validity if credential else None,
        due=due,
        days_overdue=overdue,
    )


def award_decision(certification: Certification, record: Record) -> Decision:
    """Return whether a credential is due in the present attempt, and what is in the way, in order (Y17)."""
    attempt = record.attempt
    judged = [*criteria_decision(certification, record).children]
    if needs_approval(certification, attempt):
        approval = review_finding(attempt.approval)
        judged.append(Decision(CERTIFICATIONS.phrase("approval"), approval.verdict, approval.needed, approval.found))
    if record.credential and record.credential.force is Force.SUSPENDED:
        found = CERTIFICATIONS.phrase("suspended", record.credential.log[-1].why)
        needed = CERTIFICATIONS.phrase("not_suspended")
        judged.append(Decision(CERTIFICATIONS.phrase("credential"), Verdict.NOT_MET, needed, found))
    return join(CERTIFICATIONS.phrase("award_of", certification.name), judged)


def criteria_decision(certification: Certification, record: Record) -> Decision:
    """Return whether an enrolled learner meets all the criteria, which a submission for approval needs."""
    judged = (record.attempt.decide(criterion) for criterion in certification.criteria)
    return join(CERTIFICATIONS.phrase("criteria_of", certification.name), [_enrolled(record.enrolment), *judged])


def needs_approval(certification: Certification, attempt: Attempt) -> bool:
    """Return whether somebody must approve: the certification says so, or a review has begun (Y15)."""
    return certification.require_approval or bool(attempt.approval.log)


def _enrolled(enrolment: Enrolment) -> Decision:
    why = enrolment.log[-1].why if enrolment.log else ""
    found = because(CERTIFICATIONS.phrase("status", say(enrolment.state)), why)
    label, needed = CERTIFICATIONS.phrase("enrolment"), CERTIFICATIONS.phrase("an_enrolment")
    return Decision(label, verdict(enrolment.active), needed, found)


def _standing(record: Record, now: datetime) -> Decision | None:
    credential = record.credential
    if credential is None:
        return None
    found = CERTIFICATIONS.phrase("one_that_is", credential.describe(now))
    label, needed = CERTIFICATIONS.phrase("credential"), CERTIFICATIONS.phrase("honoured")
    return Decision(label, verdict(credential.honoured(now)), needed, found)


def _attainment(certification: Certification, attempt: Attempt) -> Attainment:
    if attempt.approval.state is not ReviewState.NOT_SUBMITTED:
        return Attainment(attempt.approval.state.value)
    judged = [attempt.decide(criterion) for criterion in certification.criteria]
    if attempt.credential or all_of(each.verdict for each in judged) is Verdict.MET:
        return Attainment.CRITERIA_MET
    begun = any(each.verdict is Verdict.MET and not each.waiver for each in judged) or any(
        review.log for _, review in attempt.reviews
    )
    return Attainment.IN_PROGRESS if begun else Attainment.NOT_STARTED
