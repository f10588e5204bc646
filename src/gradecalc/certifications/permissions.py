# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Who may do what with certifications, and why not.

>>> from gradecalc.certifications.criteria import Criterion, CriterionKind
>>> first_aid = Certification("First aid", [Criterion("portfolio", CriterionKind.REVIEW)], view_groups=["nurses"])
>>> print(may(Person("ada", roles=[Role.LEARNER], groups=["clerks"]), Action.SELF_ENROL, first_aid, about="ada"))
self-enrol        not met
  as learner      not met
    learner           met  needs the role
    own record        met
    view access   not met  needs a group among 'nurses'
    not enrolled      met  has status not enrolled

Super admins create, manage and report. Coaches see the certifications that members of their team are enrolled in, and
review what these submit. Learners see what is open to their groups and what they were assigned, and earn what they are
enrolled in and see. Nobody reviews their own work. An assignment asks nothing of the learner's groups. What concerns a
learner is undetermined until it is said who that is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final, NamedTuple

from attrs import field

from ..certificates.requirements import Finding, Requirement, decide
from ..decisions import Decision, Need, join
from ..errors import GradecalcError
from ..fields import as_tuple
from ..reasons import say
from ..values import frozen
from ..verdicts import Verdict, verdict
from .criteria import Certification
from .enrolment import EnrolmentState
from .records import Record
from .texts import CERTIFICATIONS


class Role(Enum):
    """What somebody is; a person may be several."""

    SUPER_ADMIN = "super admin"
    COACH = "coach"
    LEARNER = "learner"


class Action(Enum):
    """What somebody wants to do; the value is the word for people."""

    CREATE = "create"
    MANAGE = "manage"
    """Change the certification, waive a criterion, bar and readmit, suspend and revoke."""
    ASSIGN = "assign"
    REPORT = "report"
    SEE = "see"
    """Find the certification, and read what it asks for."""
    SEE_RECORD = "see record"
    REVIEW = "review"
    SELF_ENROL = "self-enrol"
    WITHDRAW = "withdraw"
    EARN = "earn"
    """Submit, resubmit, and begin again."""


class NotPermittedError(GradecalcError):
    """Somebody wants to do what they may not; `decision` says on each way in which it is permitted what is missing."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        super().__init__(decision)

    def __str__(self) -> str:
        return str(self.decision)


def _as_roles(roles: Iterable[Role]) -> frozenset[Role]:
    return frozenset(roles)


@frozen
class Person:
    """Somebody who wants to do something; `team` has the ids of the learners that a coach coaches."""

    id: str
    roles: frozenset[Role] = field(converter=_as_roles, kw_only=True)
    groups: tuple[str, ...] = field(default=(), converter=as_tuple, kw_only=True)
    team: tuple[str, ...] = field(default=(), converter=as_tuple, kw_only=True, repr=False)


class _Case(NamedTuple):
    """Who wants something, the certification and its records, and the learner whom it is about."""

    person: Person
    certification: Certification | None
    records: Mapping[str, Record]
    about: str | None

    @property
    def enrolment(self) -> EnrolmentState:
        """How the learner whom it is about is enrolled."""
        record = self.records.get(self.about or "")
        return record.enrolment.state if record else EnrolmentState.NONE

    @property
    def view_groups(self) -> tuple[str, ...]:
        """The groups that the certification is open to."""
        return self.certification.view_groups if self.certification else ()


def may(
    person: Person,
    action: Action,
    certification: Certification | None = None,
    records: Iterable[Record] = (),
    *,
    about: str | None = None,
) -> Decision:
    """Return whether a person may do a thing (Y25 to Y28).

    `records` are those of the certification; `about` is the learner whose record, review or enrolment it concerns.
    What asks for either is undetermined without it, and says so (Y33).
    """
    case = _Case(person, certification, {record.learner: record for record in records}, about)
    return join(
        say(action), (decide(CERTIFICATIONS.phrase("as", way[0].name), way, case) for way in _WAYS[action]), Need.ANY
    )


def visible(
    person: Person, certifications: Iterable[Certification], records: Mapping[str, Iterable[Record]]
) -> tuple[Certification, ...]:
    """Return the certifications that a person may see, in their order; `records` are by the certification's name."""
    return tuple(
        each
        for each in certifications
        if may(person, Action.SEE, each, records.get(each.name, ()), about=person.id).verdict is Verdict.MET
    )


Check = Requirement[_Case]
Way = tuple[Check, ...]
"""What must hold together for one role to permit an action; the role comes first."""


def _role(role: Role) -> Check:
    return Requirement(say(role), lambda case: Finding(verdict(role in case.person.roles), _THE_ROLE))


def _of_learner(name: str, judge: Callable[[_Case], Finding]) -> Check:
    """Return a requirement on the learner whom it is about, undetermined where nobody says who that is (Y33)."""
    return Requirement(name, lambda case: _NOBODY if case.about is None else judge(case))


def _enrolment(name: str, *states: EnrolmentState) -> Check:
    def _judge(case: _Case) -> Finding:
        return Finding(verdict(case.enrolment in states), found=CERTIFICATIONS.phrase("status", say(case.enrolment)))

    return _of_learner(name, _judge)


def _sees_by_group(case: _Case) -> Finding:
    if case.certification is None:
        return _NO_CERTIFICATION
    among = ", ".join(map(repr, case.view_groups)) or CERTIFICATIONS.phrase("no_group")
    met = verdict(not set(case.view_groups).isdisjoint(case.person.groups))
    return Finding(met, CERTIFICATIONS.phrase("a_group", among))


def _coaches_enrolled(case: _Case) -> Finding:
    enrolled = any(case.records[each].enrolment.active for each in case.person.team if each in case.records)
    return Finding(verdict(enrolled), CERTIFICATIONS.phrase("a_person_enrolled"))


_THE_ROLE: Final = CERTIFICATIONS.phrase("the_role")
_NOBODY: Final = Finding(
    Verdict.UNDETERMINED, CERTIFICATIONS.phrase("learner_about"), CERTIFICATIONS.phrase("state_about")
)
_NO_CERTIFICATION: Final = Finding(
    Verdict.UNDETERMINED, CERTIFICATIONS.phrase("a_certification"), CERTIFICATIONS.phrase("none_stated")
)

_ADMIN: Final = _role(Role.SUPER_ADMIN)
_COACH: Final = _role(Role.COACH)
_LEARNER: Final = _role(Role.LEARNER)
_OWN: Final = _of_learner("own record", lambda case: Finding(verdict(case.about == case.person.id)))
_NOT_OWN: Final = _of_learner("not own record", lambda case: Finding(verdict(case.about != case.person.id)))
_OF_TEAM: Final = _of_learner("of the team", lambda case: Finding(verdict(case.about in case.person.team)))
_COACHES_ENROLLED: Final[Check] = Requirement("team enrolled", _coaches_enrolled)
_VIEW_ACCESS: Final[Check] = Requirement("view access", _sees_by_group)
_ENROLLED: Final = _enrolment("enrolled", EnrolmentState.ASSIGNED, EnrolmentState.SELF_ENROLLED)
_NOT_ENROLLED: Final = _enrolment("not enrolled", EnrolmentState.NONE, EnrolmentState.WITHDRAWN)
_ASSIGNED: Final = _enrolment("assigned", EnrolmentState.ASSIGNED)
_SELF_ENROLLED: Final = _enrolment("self-enrolled", EnrolmentState.SELF_ENROLLED)

_WAYS: Final[Mapping[Action, tuple[Way, ...]]] = MappingProxyType(
    {
        Action.CREATE: ((_ADMIN,),),
        Action.MANAGE: ((_ADMIN,),),
        Action.ASSIGN: ((_ADMIN,),),
        Action.REPORT: ((_ADMIN,),),
        Action.SEE: (
            (_ADMIN,),
            (_COACH, _COACHES_ENROLLED),
            (_LEARNER, _OWN, _VIEW_ACCESS),
            (_LEARNER, _OWN, _ASSIGNED),
        ),
        Action.SEE_RECORD: ((_ADMIN,), (_COACH, _OF_TEAM, _ENROLLED), (_LEARNER, _OWN)),
        Action.REVIEW: ((_ADMIN, _NOT_OWN), (_COACH, _OF_TEAM, _ENROLLED, _NOT_OWN)),
        Action.SELF_ENROL: ((_LEARNER, _OWN, _VIEW_ACCESS, _NOT_ENROLLED),),
        Action.WITHDRAW: ((_ADMIN,), (_LEARNER, _OWN, _SELF_ENROLLED)),
        Action.EARN: ((_LEARNER, _OWN, _ASSIGNED), (_LEARNER, _OWN, _SELF_ENROLLED, _VIEW_ACCESS)),
    }
)
"""In which ways each action can be permitted; `docs/semantics.md` says the same in words (Y25 to Y28)."""

ABOUT_ENROLMENT: Final = frozenset(each.name for each in (_ENROLLED, _NOT_ENROLLED, _ASSIGNED, _SELF_ENROLLED))
"""What a permission asks about how the learner is enrolled, and not about who the person is."""
