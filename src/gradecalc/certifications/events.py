# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What happens in a certification, as values, and what becomes of a record by it.

>>> from datetime import UTC
>>> from gradecalc.certifications.criteria import Criterion, CriterionKind
>>> from gradecalc.certificates.requirements import Finding
>>> from gradecalc.certifications.permissions import Role
>>> from gradecalc.verdicts import verdict
>>> passed = Criterion("exam", CriterionKind.GRADE, lambda grade: Finding(verdict(grade >= 70), "70", str(grade)))
>>> first_aid, today = Certification("First aid", [passed], view_groups=["nurses"]), datetime(2026, 9, 1, tzinfo=UTC)
>>> ada = Person("ada", roles=[Role.LEARNER], groups=["nurses"])
>>> enrolled = apply(first_aid, Record(learner="ada"), Enrol(EnrolmentStep.SELF_ENROL, "ada"), today, by=ada)
>>> list(apply(first_aid, enrolled.value, Observe(53), today).reasons)
['exam: needs 70; has 53']
>>> apply(first_aid, enrolled.value, Observe(81), today).awarded
True

Nothing is awarded by hand: after every event a credential is granted if nothing is in the way of it (Y16). What a
person does applies only with that person, who must be permitted to do it (Y32); facts are observed by nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, assert_never

from attrs import evolve, field

from ..decisions import Decision, Waiver
from ..errors import DefinitionError, Problem
from ..exact import describe
from ..moments import utc
from ..outcomes import Outcome
from ..outline import Outline
from ..transitions import Logged, TransitionError, leads_to
from ..values import frozen
from ..verdicts import Verdict
from .credentials import (
    CREDENTIAL_STEPS,
    Credential,
    CredentialState,
    CredentialStep,
    Force,
)
from .criteria import Certification, find_certification_problems
from .enrolment import ENROLLING, Enrolment, EnrolmentStep
from .permissions import ABOUT_ENROLMENT, Action, NotPermittedError, Person, may
from .records import Attempt, Record
from .review import BY_REVIEWERS, Review, ReviewState, ReviewStep
from .status import (
    CertificationStatus,
    award_decision,
    criteria_decision,
    needs_approval,
    status_of,
)
from .validity import grant_validity


@frozen
class Enrol:
    """A step of the enrolment; an assignment may have a due date, with a zone, and a message."""

    step: EnrolmentStep
    by: str
    why: str = ""
    due: datetime | None = field(default=None, kw_only=True)
    message: str = field(default="", kw_only=True)


@frozen
class Observe:
    """The facts of the learner in this attempt as they are now; every criterion that has a test is judged by them."""

    facts: Any


@frozen
class Waive:
    """One named criterion need not be met (Y18)."""

    criterion: str
    by: str
    why: str


@frozen
class TakeReviewStep:
    """A step in the review for one criterion, or, without a criterion, in the approval of the certification."""

    step: ReviewStep
    by: str
    why: str = ""
    criterion: str | None = field(default=None, kw_only=True)


@frozen
class ChangeCredential:
    """The latest credential is suspended, reinstated, revoked or superseded."""

    step: CredentialStep
    by: str
    why: str = ""


@frozen
class BeginAgain:
    """A new attempt: the renewal of a credential, or another go after a rejection or a revocation (Y20)."""

    by: str


PersonalEvent = Enrol | Waive | TakeReviewStep | ChangeCredential | BeginAgain
"""What a person does."""

Event = PersonalEvent | Observe

_RENEWABLE: Final = frozenset(
    {
        CredentialState.WINDOW_OPEN,
        CredentialState.IN_GRACE,
        CredentialState.EXPIRED,
        CredentialState.REVOKED,
        CredentialState.SUPERSEDED,
    }
)


@frozen
class CertificationOutcome(Outcome[Record]):
    """What became of a record, how the learner stands now, and whether a credential was awarded by the event."""

    status: CertificationStatus = field(kw_only=True)
    awarded: bool = field(kw_only=True)

    def outline(self) -> Outline:
        """Return how the learner stands now."""
        return self.status.outline()


def apply(
    certification: Certification, record: Record, event: Event, now: datetime, *, by: Person | None = None
) -> CertificationOutcome:
    """Return what becomes of a record by an event of a person, and how the learner then stands (Y32).

    Only `Observe` needs nobody. Raises `NotPermittedError` with the decision where the person may not do it,
    `TransitionError` for what is not legal now, naming where things are and where the event would lead, and
    `DefinitionError` for a certification that cannot be used, for a moment without a zone, and for an event that does
    not say by whom or, if needed, why.
    """
    DefinitionError.refuse(find_certification_problems(certification))
    utc(now)
    permission = None if isinstance(event, Observe) else _permission(certification, record, event, by)
    changed = _changed(certification, record, event, now)
    if permission is not None and permission.verdict is not Verdict.MET:
        raise NotPermittedError(permission)
    settled = _settled(certification, changed, now)
    status = status_of(certification, settled, now)
    return CertificationOutcome(
        settled,
        changed=settled != record,
        reasons=status.reasons,
        subject=certification.name,
        status=status,
        awarded=len(settled.credentials) > len(record.credentials),
    )


def _permission(certification: Certification, record: Record, event: PersonalEvent, by: Person | None) -> Decision:
    """Return whether the person may do it; raises `NotPermittedError` for who may not, however things stand.

    Where only the enrolment is in the way, what is not legal now is told first, with every reason.
    """
    if by is None:
        raise DefinitionError([Problem("missing", "by", "state by= who does it; nobody is needed for facts alone")])
    if event.by and by.id != event.by:
        message = f"the event is by {describe(event.by)}, and the person is {describe(by.id)}; they are one"
        raise DefinitionError([Problem("contradiction", "by", message)])
    decision = may(by, _action(event), certification, [record], about=record.learner)
    ways = ({each.label for each in way.obstacles} for way in decision.obstacles)
    if decision.obstacles and not any(way <= ABOUT_ENROLMENT for way in ways):
        raise NotPermittedError(decision)
    return decision


def _action(event: PersonalEvent) -> Action:
    match event:
        case Enrol():
            return _ENROLLING.get(event.step, Action.MANAGE)
        case TakeReviewStep():
            return Action.REVIEW if event.step in BY_REVIEWERS else Action.EARN
        case BeginAgain():
            return Action.EARN
        case Waive() | ChangeCredential():
            return Action.MANAGE
    assert_never(event)


_ENROLLING: Final[Mapping[EnrolmentStep, Action]] = MappingProxyType(
    {
        EnrolmentStep.ASSIGN: Action.ASSIGN,
        EnrolmentStep.SELF_ENROL: Action.SELF_ENROL,
        EnrolmentStep.WITHDRAW: Action.WITHDRAW,
    }
)
"""What a person must be permitted to do for a step of the enrolment; for any other, to manage."""


def _changed(certification: Certification, record: Record, event: Event, now: datetime) -> Record:
    match event:
        case Enrol():
            return evolve(record, enrolment=_enrolled(record.enrolment, event, now))
        case Observe():
            return _observed(certification, record, event.facts)
        case Waive():
            return _waived(certification, record, event, now)
        case TakeReviewStep():
            return _reviewed(certification, record, event, now)
        case ChangeCredential():
            return _with_changed_credential(record, event, now)
        case BeginAgain():
            return _begun_again(certification, record, event, now)
    assert_never(event)


def _enrolled(enrolment: Enrolment, event: Enrol, now: datetime) -> Enrolment:
    log = (*enrolment.log, Logged(event.step, event.by, now, event.why))
    if event.step in ENROLLING:
        return Enrolment(log, due=event.due, message=event.message)
    return evolve(enrolment, log=log)


def _observed(certification: Certification, record: Record, facts: Any) -> Record:
    attempt = record.attempt
    if attempt.closed:
        return record
    tested = (each for each in certification.criteria if not each.reviewed)
    return record.with_attempt(evolve(attempt, found=tuple((each.name, each.judge(facts)) for each in tested)))


def _waived(certification: Certification, record: Record, event: Waive, now: datetime) -> Record:
    attempt = record.attempt
    name = certification.criterion(event.criterion).name
    said = {"by": event.by, "why": event.why}
    missing = [Problem("missing", key, f"a waiver must say {key}") for key, value in said.items() if not value]
    if missing:
        raise DefinitionError(missing)
    if attempt.closed:
        state = CredentialState.CERTIFIED if attempt.credential else attempt.approval.state
        raise TransitionError(f"attempt with {describe(name)}", state.value, "waived", "waive")
    kept = tuple(each for each in attempt.waivers if each.requirement != name)
    waiver = Waiver(name, why=event.why, by=event.by, at=now)
    return record.with_attempt(evolve(attempt, waivers=(*kept, waiver)))


def _reviewed(certification: Certification, record: Record, event: TakeReviewStep, now: datetime) -> Record:
    step = Logged(event.step, event.by, now, event.why)
    attempt = record.attempt
    if event.criterion is None:
        review = attempt.approval.after(step)
        _check_approval(certification, record, event.step, review)
        return record.with_attempt(evolve(attempt, approval=review))
    name = certification.criterion(event.criterion).name
    review = attempt.review(name).after(step)
    _check_criterion_review(certification, record, event, review)
    kept = tuple(pair for pair in attempt.reviews if pair[0] != name)
    return record.with_attempt(evolve(attempt, reviews=(*kept, (name, review))))


def _check_approval(certification: Certification, record: Record, step: ReviewStep, review: Review) -> None:
    """Refuse an approval that is not asked for, and one asked for or given before all else is met (Y15)."""
    criteria = criteria_decision(certification, record)
    if not needs_approval(certification, record.attempt):
        message = f"{describe(certification.name)} needs no approval; its award follows the last criterion"
        raise DefinitionError([Problem("no_review", "criterion", message)])
    before = record.attempt.approval.state
    if (step in _NEEDING_CRITERIA or before is ReviewState.NOT_SUBMITTED) and criteria.obstacles:
        raise TransitionError("approval", before.value, review.state.value, step.value, criteria.obstacles)


def _check_criterion_review(
    certification: Certification, record: Record, event: TakeReviewStep, review: Review
) -> None:
    criterion = certification.criterion(str(event.criterion))
    enrolled = criteria_decision(certification, record)["enrolment"]
    state = record.attempt.review(criterion.name).state
    before = state.value
    if not criterion.reviewed:
        message = f"{describe(criterion.name)} is judged by its test, and not reviewed"
        raise DefinitionError([Problem("no_review", "criterion", message)])
    if record.attempt.closed:
        raise TransitionError("review in a closed attempt", before, review.state.value, event.step.value)
    if state is ReviewState.NOT_SUBMITTED and event.step in BY_REVIEWERS:
        raise TransitionError("review", before, review.state.value, event.step.value)
    if event.step in _NEEDING_CRITERIA and enrolled.verdict is not Verdict.MET:
        raise TransitionError("review", before, review.state.value, event.step.value, (enrolled,))


_NEEDING_CRITERIA: Final = frozenset({ReviewStep.SUBMIT, ReviewStep.RESUBMIT, ReviewStep.APPROVE})


def _with_changed_credential(record: Record, event: ChangeCredential, now: datetime) -> Record:
    credential = record.credential
    if credential is None:
        wanted = leads_to(CREDENTIAL_STEPS, event.step)
        raise TransitionError("credential", CredentialState.NONE.value, wanted, event.step.value)
    return record.with_credential(credential.after(Logged(event.step, event.by, now, event.why)))


def _begun_again(certification: Certification, record: Record, event: BeginAgain, now: datetime) -> Record:
    if not event.by:
        raise DefinitionError([Problem("missing", "by", "a new attempt must say by whom")])
    status = status_of(certification, record, now)
    attempt = record.attempt
    renewable = attempt.credential is not None and _RENEWABLE.intersection(status.credential)
    open_to_another = renewable or (not attempt.credential and attempt.approval.state is ReviewState.REJECTED)
    enrolled = criteria_decision(certification, record)["enrolment"]
    if not open_to_another or not record.enrolment.active or CredentialState.SUSPENDED in status.credential:
        state = status.credential_in_words if attempt.credential else status.attainment.value
        obstacles = () if record.enrolment.active else (enrolled,)
        raise TransitionError("attempt", state, "not started", "begin again", obstacles)
    return evolve(record, attempts=(*record.attempts, Attempt()))


def _settled(certification: Certification, record: Record, now: datetime) -> Record:
    """Return the record with a credential if one is due and nothing is in the way of it (Y16)."""
    if record.attempt.credential or award_decision(certification, record).verdict is not Verdict.MET:
        return record
    earlier = record.credential
    standing = earlier if earlier and earlier.force is not Force.REVOKED else None
    previous = standing.validity if standing else None
    validity = grant_validity(certification.validity, now, previous=previous, due=record.enrolment.due)
    if standing and standing.force is Force.IN_FORCE:
        record = record.with_credential(standing.after(Logged(CredentialStep.SUPERSEDE, record.learner, now)))
    return record.with_attempt(evolve(record.attempt, credential=Credential(validity)))
