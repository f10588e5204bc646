# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What people are to be told about a certification, and when: values, which the host sends in its own words.

>>> from datetime import UTC
>>> from gradecalc.transitions import Logged
>>> september, october = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
>>> log = (Logged(EnrolmentStep.ASSIGN, "root", september),)
>>> ada = Record(learner="ada", enrolment=Enrolment(log, due=october, message="before the summer"))
>>> for notification in notifications_due([ada], None, october, remind=Period.parse("1 week")):
...     print(notification)
assigned: 2026-09-01 00:00+00:00; to the learner; ada; by root; before the summer
due soon: 2026-09-24 00:00+00:00; to the learner; ada
overdue: 2026-10-01 00:00+00:00; to the learner; ada

Each is due at a moment, and stands or falls with how things were then, so that whoever asks for one stretch of time
after the other misses none and gets none twice. Rule Y35.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import Enum

from attrs import evolve, field

from ..moments import since_epoch, utc, written
from ..outline import Explained, Outline
from ..reasons import say
from ..transitions import Logged
from ..values import frozen
from .credentials import Credential, CredentialStep, Force
from .enrolment import ENROLLING, Enrolment, EnrolmentStep
from .periods import Period
from .records import Attempt, Record
from .review import BY_REVIEWERS, Review, ReviewStep
from .texts import CERTIFICATIONS


class NotificationKind(Enum):
    """What is to be told; the value is the word for people."""

    ASSIGNED = "assigned"
    ENROLMENT_CHANGED = "enrolment changed"
    """Somebody else withdrew, barred or readmitted the learner."""
    DUE_SOON = "due soon"
    OVERDUE = "overdue"
    REVIEW_NEEDED = "review needed"
    REVIEWED = "reviewed"
    AWARDED = "awarded"
    CREDENTIAL_CHANGED = "credential changed"
    """Somebody suspended, reinstated or revoked it."""
    RENEWAL_OPENS = "renewal opens"
    EXPIRED = "expired"
    GRACE_ENDED = "grace ended"


class Audience(Enum):
    """Who is to be told."""

    LEARNER = "the learner"
    REVIEWERS = "those who may review"


@frozen(kw_only=True)
class Notification(Explained):
    """One thing to tell, of one learner's record: what, when it was due, to whom, and who did what and why.

    `step` is the word for what somebody did, `criterion` what it was done for, if not for the whole, and `why` the
    reason, or the message of an assignment.
    """

    kind: NotificationKind
    at: datetime
    learner: str
    to: Audience = Audience.LEARNER
    by: str = ""
    step: str = ""
    criterion: str = ""
    why: str = field(default="", repr=False)

    def outline(self) -> Outline:
        """Return what is to be told as a row."""
        return Outline(say(self.kind), written(self.at), self._notes())

    def __str__(self) -> str:
        return f"{self.kind.value}: {'; '.join([written(self.at), *self._notes()])}"

    def _notes(self) -> list[str]:
        did = "" if self.step in ("", self.kind.value, "assign") else self.step
        by = CERTIFICATIONS.phrase("by", self.by) if self.by else ""
        to = CERTIFICATIONS.phrase("to", say(self.to))
        return [note for note in (to, self.learner, self.criterion, did, by, self.why) if note]


def notifications_due(
    records: Iterable[Record], since: datetime | None, now: datetime, *, remind: Period | None = None
) -> tuple[Notification, ...]:
    """Return what became due after a moment, None for the beginning, and up to now, in the order of time.

    Both have a zone. With `remind`, a learner who has earned nothing yet is reminded so long before the due date.
    """
    begin, end = None if since is None else utc(since), utc(now)
    found = [each for record in records for each in _all(record, remind)]
    due = (each for each in found if (begin is None or utc(each.at) > begin) and utc(each.at) <= end)
    return tuple(sorted(due, key=lambda each: since_epoch(each.at)))


def _all(record: Record, remind: Period | None) -> Iterator[Notification]:
    """Yield everything that is or will be due of one record, whenever that is."""
    yield from _of_enrolment(record)
    yield from _of_due_date(record, remind)
    for attempt in record.attempts:
        yield from _of_reviews(record, attempt)
    for credential in record.credentials:
        yield from _of_credential(record, credential)


def _of_enrolment(record: Record) -> Iterator[Notification]:
    last = record.enrolment.log[-1] if record.enrolment.log else None
    for entry in record.enrolment.log:
        if entry.by != record.learner and entry.step is not EnrolmentStep.SELF_ENROL:
            assigned = entry.step is EnrolmentStep.ASSIGN
            kind = NotificationKind.ASSIGNED if assigned else NotificationKind.ENROLMENT_CHANGED
            told = _told(kind, record, entry)
            yield evolve(told, why=record.enrolment.message or told.why) if assigned and entry is last else told


def _of_due_date(record: Record, remind: Period | None) -> Iterator[Notification]:
    due = record.enrolment.due
    if due is None:
        return
    enrolled = next(entry for entry in reversed(record.enrolment.log) if entry.step in ENROLLING)
    overdue = max(due, enrolled.at)
    if _is_open(record, overdue):
        yield Notification(kind=NotificationKind.OVERDUE, at=overdue, learner=record.learner)
    soon = remind.before(due) if remind else due
    if enrolled.at <= soon < due and _is_open(record, soon):
        yield Notification(kind=NotificationKind.DUE_SOON, at=soon, learner=record.learner)


def _is_open(record: Record, moment: datetime) -> bool:
    """Return whether the learner was enrolled at a moment, and had earned nothing by then."""
    earned = any(credential.validity.since <= moment for credential in record.credentials)
    return not earned and Enrolment(tuple(each for each in record.enrolment.log if each.at <= moment)).active


def _of_reviews(record: Record, attempt: Attempt) -> Iterator[Notification]:
    reviews: list[tuple[str, Review]] = [*attempt.reviews, ("", attempt.approval)]
    for criterion, review in reviews:
        for entry in review.log:
            by_reviewer = entry.step in BY_REVIEWERS and entry.step is not ReviewStep.REOPEN
            kind = NotificationKind.REVIEWED if by_reviewer else NotificationKind.REVIEW_NEEDED
            to = Audience.LEARNER if by_reviewer else Audience.REVIEWERS
            yield evolve(_told(kind, record, entry), to=to, criterion=criterion)


def _of_credential(record: Record, credential: Credential) -> Iterator[Notification]:
    validity = credential.validity
    yield Notification(kind=NotificationKind.AWARDED, at=validity.since, learner=record.learner)
    for entry in credential.log:
        if entry.step is not CredentialStep.SUPERSEDE:
            yield _told(NotificationKind.CREDENTIAL_CHANGED, record, entry)
    dates = {
        NotificationKind.RENEWAL_OPENS: validity.window_opens,
        NotificationKind.EXPIRED: validity.expires,
        NotificationKind.GRACE_ENDED: validity.grace_ends,
    }
    for kind, at in dates.items():
        if at is not None and at >= validity.since and _in_force(credential, at):
            yield Notification(kind=kind, at=at, learner=record.learner)


def _in_force(credential: Credential, moment: datetime) -> bool:
    return Credential(credential.validity, tuple(e for e in credential.log if e.at <= moment)).force is Force.IN_FORCE


def _told(
    kind: NotificationKind, record: Record, entry: Logged[EnrolmentStep] | Logged[ReviewStep] | Logged[CredentialStep]
) -> Notification:
    return Notification(
        kind=kind, at=entry.at, learner=record.learner, by=entry.by, step=say(entry.step), why=entry.why
    )
