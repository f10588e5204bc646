# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The assignment list of a certification: who is assigned to it, by whom, until when, and how each of them stands.

>>> from datetime import UTC
>>> from gradecalc.certifications.criteria import Criterion, CriterionKind
>>> from gradecalc.certifications.enrolment import Enrolment
>>> from gradecalc.transitions import Logged
>>> first_aid = Certification("First aid", [Criterion("portfolio", CriterionKind.REVIEW)])
>>> september = datetime(2026, 9, 1, tzinfo=UTC)
>>> assigned = Enrolment((Logged(EnrolmentStep.ASSIGN, "root", september),), due=september, message="before the summer")
>>> ada = Record(learner="ada", enrolment=assigned)
>>> for assigned in assignment_list(first_aid, [ada], datetime(2026, 9, 5, tzinfo=UTC)):
...     print(assigned)
ada                  not certified  assigned by root; before the summer
  assigned  2026-09-01 00:00+00:00
  due       2026-09-01 00:00+00:00  overdue by 4 days

Rule Y34.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ..moments import since_epoch, written
from ..outline import Explained, Outline
from ..values import frozen
from .criteria import Certification
from .enrolment import EnrolmentState, EnrolmentStep
from .records import Record
from .status import CertificationStatus, status_of
from .texts import CERTIFICATIONS


@frozen(kw_only=True)
class AssignedLearner(Explained):
    """One learner who is assigned to a certification: by whom and when, the due date and message, and the status."""

    learner: str
    by: str
    at: datetime
    due: datetime | None
    message: str
    status: CertificationStatus

    @property
    def days_overdue(self) -> int:
        """How many days it is overdue, 0 where it is not, or something was earned (Y9)."""
        return self.status.days_overdue

    def outline(self) -> Outline:
        """Return how the learner stands, with who assigned and when it is due."""
        overdue = [CERTIFICATIONS.phrase("overdue", self.days_overdue)] if self.days_overdue else []
        rows = [Outline(CERTIFICATIONS.phrase("assigned"), written(self.at))]
        rows += [Outline(CERTIFICATIONS.phrase("due"), written(self.due), overdue)] if self.due else []
        notes = [CERTIFICATIONS.phrase("assigned_by", self.by), self.message]
        return Outline(self.learner, self.status.answer, filter(None, notes), rows)


def assignment_list(
    certification: Certification, records: Iterable[Record], now: datetime
) -> tuple[AssignedLearner, ...]:
    """Return who is assigned at a moment with a zone, those first whose due date comes first, those without it last."""
    found = [_assignment(certification, record, now) for record in records if _is_assigned(record)]
    return tuple(sorted(found, key=_order))


def _is_assigned(record: Record) -> bool:
    return record.enrolment.state is EnrolmentState.ASSIGNED


def _assignment(certification: Certification, record: Record, now: datetime) -> AssignedLearner:
    step = next(each for each in reversed(record.enrolment.log) if each.step is EnrolmentStep.ASSIGN)
    return AssignedLearner(
        learner=record.learner,
        by=step.by,
        at=step.at,
        due=record.enrolment.due,
        message=record.enrolment.message,
        status=status_of(certification, record, now),
    )


def _order(assigned: AssignedLearner) -> tuple[bool, object, str]:
    due = assigned.due
    return due is None, since_epoch(due) if due else 0, assigned.learner
