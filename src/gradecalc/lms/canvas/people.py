# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Enrolments: who the learners are, whose course is over, and the totals that Canvas itself states for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from ..documents import Document
from ..imported import Learner, Recorded
from .ids import read_id

_STATED: Final = ("current", "final", "unposted_current", "unposted_final", "override")
_STUDENT: Final = "StudentEnrollment"
_OUT_OF: Final = 100


@frozen(kw_only=True)
class People:
    """The learners by id, the ids of those all of whose enrolments are completed, and everybody's stated totals."""

    learners: Mapping[str, Learner] = field(hash=False)
    concluded: frozenset[str]
    finals: Mapping[str, Mapping[str, Recorded]] = field(hash=False)


def read_people(document: Document) -> People:
    """Return what a list of enrolments says; anybody's but a student's is passed over."""
    learners: dict[str, Learner] = {}
    going_on: set[str] = set()
    finals: dict[str, dict[str, Recorded]] = {}
    for each in document.records():
        id_ = read_id(each, "user_id")
        if id_ and (each.text("type") or _STUDENT) == _STUDENT:
            learners.setdefault(id_, _read_learner(id_, each))
            finals.setdefault(id_, {}).update(_read_totals(each.get("grades")))
            if each.text("enrollment_state") != "completed":
                going_on.add(id_)
    return People(learners=learners, concluded=frozenset(set(learners) - going_on), finals=finals)


def _read_learner(id_: str, document: Document) -> Learner:
    user = document.get("user")
    last, _, first = user.text("sortable_name").partition(", ")
    institution_id = document.key("sis_user_id") or user.key("sis_user_id")
    return Learner(id_, institution_id, user.text("login_id"), first, last, user.text("email"))


def _read_totals(document: Document) -> dict[str, Recorded]:
    stated = {name: (document.number(f"{name}_score"), document.text(f"{name}_grade")) for name in _STATED}
    return {
        name: Recorded(score, None if score is None else _OUT_OF, symbol)
        for name, (score, symbol) in stated.items()
        if score is not None or symbol
    }
