# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Enrolments: who the learners are, whose course is over, and the totals that Canvas itself states for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import field

from ...values import frozen
from ..documents import KEY, Document
from ..imported import Learner, Recorded
from ..records import named, read_record
from .ids import ID

_STATED: Final = ("current", "final", "unposted_current", "unposted_final", "override")
_ACTIVE: Final = ("active", "")
_STUDENT: Final = "StudentEnrollment"
_OUT_OF: Final = 100


@frozen(kw_only=True)
class People:
    """The learners by id, the ids of those all of whose enrolments are completed, and everybody's stated totals.

    The `inactive` are the learners none of whose enrolments is active, as far as a state is stated.
    """

    learners: Mapping[str, Learner] = field(hash=False)
    concluded: frozenset[str]
    inactive: frozenset[str]
    finals: Mapping[str, Mapping[str, Recorded]] = field(hash=False)


@frozen(kw_only=True)
class _Enrolled:
    """An enrolment as Canvas states it."""

    learner: str = field(metadata=named("user_id", ID))
    type: str = field(default=_STUDENT, metadata=named("type"))
    state: str = field(default="", metadata=named("enrollment_state"))
    institution_id: str = field(default="", metadata=named("sis_user_id", KEY, "user.sis_user_id"))
    username: str = field(default="", metadata=named("user.login_id"))
    sortable_name: str = field(default="", metadata=named("user.sortable_name"))
    email: str = field(default="", metadata=named("user.email"))

    def person(self) -> Learner:
        """Return who is enrolled."""
        last, _, first = self.sortable_name.partition(", ")
        return Learner(self.learner, self.institution_id, self.username, first, last, self.email)


def read_people(document: Document) -> People:
    """Return what a list of enrolments says; anybody's but a student's is passed over."""
    learners: dict[str, Learner] = {}
    going_on: set[str] = set()
    active: set[str] = set()
    finals: dict[str, dict[str, Recorded]] = {}
    for each in document.records():
        enrolled = read_record(_Enrolled, each)
        if enrolled and enrolled.type == _STUDENT:
            learners.setdefault(enrolled.learner, enrolled.person())
            finals.setdefault(enrolled.learner, {}).update(_read_totals(each.get("grades")))
            if enrolled.state != "completed":
                going_on.add(enrolled.learner)
            if enrolled.state in _ACTIVE:
                active.add(enrolled.learner)
    everybody = frozenset(learners)
    return People(learners=learners, concluded=everybody - going_on, inactive=everybody - active, finals=finals)


def _read_totals(document: Document) -> dict[str, Recorded]:
    stated = {name: (document.number(f"{name}_score"), document.text(f"{name}_grade")) for name in _STATED}
    return {
        name: Recorded(score, None if score is None else _OUT_OF, symbol)
        for name, (score, symbol) in stated.items()
        if score is not None or symbol
    }
