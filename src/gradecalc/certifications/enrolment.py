# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Whether a learner is enrolled in a certification, and how: assigned by somebody, or by the learner's own choice.

>>> from datetime import UTC
>>> assigned = Logged(EnrolmentStep.ASSIGN, "admin", datetime(2026, 9, 1, tzinfo=UTC))
>>> print(Enrolment((assigned,), due=datetime(2026, 12, 1, tzinfo=UTC)))
Enrolment                assigned  due 2026-12-01 00:00+00:00
  assign   2026-09-01 00:00+00:00  by admin

The due date and the message are those of the latest enrolment.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Final

from attrs import Factory, field

from ..moments import has_zone
from ..outline import Explained, Outline
from ..reasons import say
from ..transitions import Logged, Machine
from ..values import frozen
from .texts import CERTIFICATIONS


class EnrolmentState(Enum):
    """Whether and how a learner is enrolled; the value is the word for people."""

    NONE = "not enrolled"
    ASSIGNED = "assigned"
    SELF_ENROLLED = "self-enrolled"
    WITHDRAWN = "withdrawn"
    BARRED = "barred"


class EnrolmentStep(Enum):
    """What happens to an enrolment."""

    ASSIGN = "assign"
    SELF_ENROL = "self-enrol"
    WITHDRAW = "withdraw"
    BAR = "bar"
    READMIT = "readmit"
    """The learner is no longer barred, and may be enrolled again."""


ENROLMENT_STEPS: Final[Mapping[tuple[EnrolmentState, EnrolmentStep], EnrolmentState]] = MappingProxyType(
    {
        (EnrolmentState.NONE, EnrolmentStep.ASSIGN): EnrolmentState.ASSIGNED,
        (EnrolmentState.NONE, EnrolmentStep.SELF_ENROL): EnrolmentState.SELF_ENROLLED,
        (EnrolmentState.NONE, EnrolmentStep.BAR): EnrolmentState.BARRED,
        (EnrolmentState.ASSIGNED, EnrolmentStep.ASSIGN): EnrolmentState.ASSIGNED,
        (EnrolmentState.ASSIGNED, EnrolmentStep.WITHDRAW): EnrolmentState.WITHDRAWN,
        (EnrolmentState.ASSIGNED, EnrolmentStep.BAR): EnrolmentState.BARRED,
        (EnrolmentState.SELF_ENROLLED, EnrolmentStep.ASSIGN): EnrolmentState.ASSIGNED,
        (EnrolmentState.SELF_ENROLLED, EnrolmentStep.WITHDRAW): EnrolmentState.WITHDRAWN,
        (EnrolmentState.SELF_ENROLLED, EnrolmentStep.BAR): EnrolmentState.BARRED,
        (EnrolmentState.WITHDRAWN, EnrolmentStep.ASSIGN): EnrolmentState.ASSIGNED,
        (EnrolmentState.WITHDRAWN, EnrolmentStep.SELF_ENROL): EnrolmentState.SELF_ENROLLED,
        (EnrolmentState.WITHDRAWN, EnrolmentStep.BAR): EnrolmentState.BARRED,
        (EnrolmentState.BARRED, EnrolmentStep.READMIT): EnrolmentState.WITHDRAWN,
    }
)
"""From which state which step leads where (Y13); assigning again changes the due date and the message."""

ENROLLING: Final = frozenset({EnrolmentStep.ASSIGN, EnrolmentStep.SELF_ENROL})
"""The steps that enrol."""

_MACHINE: Final = Machine(
    "enrolment", EnrolmentState.NONE, ENROLMENT_STEPS, frozenset({EnrolmentStep.BAR, EnrolmentStep.READMIT})
)


@frozen
class Enrolment(Explained):
    """The log of an enrolment, with the due date and the message of an assignment.

    Raises `TransitionError` or `DefinitionError` for a log that cannot have been.
    """

    log: tuple[Logged[EnrolmentStep], ...] = ()
    due: datetime | None = field(default=None, validator=has_zone, kw_only=True)
    message: str = field(default="", kw_only=True)
    state: EnrolmentState = field(
        init=False, eq=False, repr=False, default=Factory(lambda self: _MACHINE.state(self.log), takes_self=True)
    )

    @property
    def active(self) -> bool:
        """Whether the learner is enrolled, and so can earn the credential."""
        return self.state in (EnrolmentState.ASSIGNED, EnrolmentState.SELF_ENROLLED)

    def outline(self) -> Outline:
        """Return the state, the due date and the message, and the steps that led to it."""
        notes = [CERTIFICATIONS.phrase("due_at", self.due) if self.due else "", self.message]
        return Outline(
            CERTIFICATIONS.phrase("enrolment_axis"),
            say(self.state),
            filter(None, notes),
            (each.outline() for each in self.log),
        )
