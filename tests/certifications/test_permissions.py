# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules Y25 to Y28: who may do what with certifications, and why not."""

from datetime import UTC, datetime

import pytest

from gradecalc.certifications.criteria import Certification, Criterion, CriterionKind
from gradecalc.certifications.enrolment import Enrolment, EnrolmentStep
from gradecalc.certifications.permissions import (
    Action,
    Person,
    Role,
    may,
    visible,
)
from gradecalc.certifications.records import Record
from gradecalc.transitions import Logged
from gradecalc.verdicts import Verdict

PORTFOLIO = Criterion("portfolio", CriterionKind.REVIEW)
FIRST_AID = Certification("First aid", [PORTFOLIO], view_groups=["nurses"])
FORKLIFT = Certification("Forklift", [PORTFOLIO])

ADMIN = Person("root", roles=[Role.SUPER_ADMIN])
COACH = Person("cem", roles=[Role.COACH], team=["ada", "bo"])
OTHER_COACH = Person("dee", roles=[Role.COACH], team=["eve"])
ADA = Person("ada", roles=[Role.LEARNER], groups=["nurses"])
EVE = Person("eve", roles=[Role.LEARNER], groups=["clerks"])


def record(learner, *steps):
    at = datetime(2026, 9, 1, tzinfo=UTC)
    return Record(learner=learner, enrolment=Enrolment(tuple(Logged(step, "root", at, "why") for step in steps)))


ASSIGNED, ENROLLED = record("ada", EnrolmentStep.ASSIGN), record("ada", EnrolmentStep.SELF_ENROL)
WITHDRAWN = record("ada", EnrolmentStep.ASSIGN, EnrolmentStep.WITHDRAW)
BARRED = record("ada", EnrolmentStep.BAR)


def permitted(person, action, *records, about="ada", certification=FIRST_AID):
    return may(person, action, certification, records, about=about).verdict is Verdict.MET


def missing(permission):
    """Return what is in the way, way by way."""
    return [each for way in permission.obstacles for each in way.obstacles]


@pytest.mark.parametrize("action", [Action.CREATE, Action.MANAGE, Action.ASSIGN, Action.REPORT])
def test_only_super_admins_create_manage_assign_and_report(action):
    """Super admins create, manage, assign and report, and nobody else does (Y25)."""
    allowed = [permitted(person, action, ASSIGNED) for person in (ADMIN, COACH, OTHER_COACH, ADA)]
    assert [True, False, False, False] == allowed
    assert permitted(ADMIN, action, certification=None, about=None)


@pytest.mark.parametrize("action", [Action.SEE, Action.SEE_RECORD, Action.REVIEW])
@pytest.mark.parametrize(
    ("person", "there", "allowed"),
    [
        (COACH, ASSIGNED, True),
        (COACH, ENROLLED, True),
        (COACH, WITHDRAWN, False),
        (OTHER_COACH, ASSIGNED, False),
        (ADMIN, ASSIGNED, True),
    ],
)
def test_coaches_see_and_review_their_team(action, person, there, allowed):
    """A coach sees and reviews what members of the team are enrolled in, and nothing else (Y26)."""
    assert allowed == permitted(person, action, there)


@pytest.mark.parametrize(
    ("person", "certification", "records", "seen", "enrols"),
    [
        (ADA, FIRST_AID, [], True, True),
        (EVE, FIRST_AID, [], False, False),
        (ADA, FORKLIFT, [], False, False),
        (ADA, FORKLIFT, [ASSIGNED], True, False),
        (ADA, FIRST_AID, [ASSIGNED], True, False),
        (ADA, FIRST_AID, [WITHDRAWN], True, True),
        (ADA, FIRST_AID, [BARRED], True, False),
        (ADA, FORKLIFT, [WITHDRAWN], False, False),
    ],
)
def test_groups_govern_finding_and_enrolling_oneself(person, certification, records, seen, enrols):
    """A learner finds and enrols in what is open to a group, and sees what was assigned without it (Y27, Y28)."""
    about = person.id
    assert seen == permitted(person, Action.SEE, *records, about=about, certification=certification)
    assert enrols == permitted(person, Action.SELF_ENROL, *records, about=about, certification=certification)


def test_learners_earn_what_they_are_enrolled_in():
    """A learner works on an enrolment of their own, and withdraws only where they enrolled themselves (Y27)."""
    records = (ASSIGNED, ENROLLED, WITHDRAWN, BARRED)
    assert [True, True, False, False] == [permitted(ADA, Action.EARN, each) for each in records]
    assert [False, True, False, False] == [permitted(ADA, Action.WITHDRAW, each) for each in records]
    assert not permitted(EVE, Action.EARN, ASSIGNED)
    assert not permitted(EVE, Action.SEE_RECORD, ASSIGNED)
    assert permitted(ADA, Action.SEE_RECORD, BARRED)


@pytest.mark.parametrize("role", [Role.SUPER_ADMIN, Role.COACH])
def test_nobody_reviews_their_own_work(role):
    """Who submitted does not review it, whatever else they are (Y28)."""
    both = Person("ada", roles=[Role.LEARNER, role], team=["ada"])
    permission = may(both, Action.REVIEW, FIRST_AID, [ASSIGNED], about="ada")
    assert Verdict.NOT_MET is permission.verdict
    assert "not own record" in [each.label for each in missing(permission)]


def test_every_no_has_its_reasons_way_by_way():
    """A refusal names what is missing on each way in which the action could be permitted."""
    permission = may(EVE, Action.SELF_ENROL, FIRST_AID, [record("eve", EnrolmentStep.ASSIGN)], about="eve")
    assert ["view access", "not enrolled"] == [each.label for each in missing(permission)]
    assert () == may(ADMIN, Action.REPORT).obstacles
    assert all(missing(may(Person("x", roles=[]), action)) for action in Action)
    assert ["as super admin"] == [way.label for way in may(ADA, Action.CREATE).outline().children]


def test_a_closed_certification_says_so():
    """A certification without groups tells that nobody may enrol themselves (Y27)."""
    (access,) = missing(may(ADA, Action.SELF_ENROL, FORKLIFT, about="ada"))
    assert "nobody may enrol themselves" in access.needed


def test_everybody_sees_their_own_list():
    """Of a catalogue everybody sees what they may see, in its order (Y25, Y26, Y27)."""
    catalogue = [FIRST_AID, FORKLIFT]
    records = {"Forklift": [record("eve", EnrolmentStep.ASSIGN)]}
    seen = [visible(person, catalogue, records) for person in (ADMIN, COACH, OTHER_COACH, ADA, EVE)]
    assert [(FIRST_AID, FORKLIFT), (), (FORKLIFT,), (FIRST_AID,), (FORKLIFT,)] == seen


def test_who_enrolled_themselves_and_lost_the_group_does_not_see():
    """A learner without access does not see what they enrolled in, and sees what was assigned (Y27)."""
    for steps, seen in ((EnrolmentStep.SELF_ENROL, False), (EnrolmentStep.ASSIGN, True)):
        there = record("eve", steps)
        assert seen == permitted(EVE, Action.SEE, there, about="eve")
        assert seen == permitted(EVE, Action.EARN, there, about="eve")
        assert ((FIRST_AID,) if seen else ()) == visible(EVE, [FIRST_AID], {"First aid": [there]})
        assert permitted(EVE, Action.SEE_RECORD, there, about="eve")


@pytest.mark.parametrize(
    ("person", "action"),
    [
        (ADMIN, Action.REVIEW),
        (COACH, Action.REVIEW),
        (COACH, Action.SEE_RECORD),
        (ADA, Action.SEE),
        (ADA, Action.SELF_ENROL),
        (ADA, Action.WITHDRAW),
        (ADA, Action.EARN),
    ],
)
def test_what_concerns_a_learner_says_that_it_needs_one(person, action):
    """Without `about` such a question is undetermined, and its reason is what to state (Y33)."""
    permission = may(person, action, FIRST_AID, [ASSIGNED])
    assert Verdict.UNDETERMINED is permission.verdict
    assert any("about=" in reason for reason in permission.reasons)


def test_what_concerns_no_learner_needs_none():
    """Super admins create and report, and coaches see their team's certifications, without `about` (Y33)."""
    assert [Verdict.MET] * 3 == [
        may(person, action, FIRST_AID, [ASSIGNED]).verdict
        for person, action in ((ADMIN, Action.CREATE), (ADMIN, Action.SEE), (COACH, Action.SEE))
    ]


def test_access_to_nothing_in_particular_is_undetermined():
    """Whether a group gives access asks for a certification (Y33)."""
    assert Verdict.UNDETERMINED is may(ADA, Action.SELF_ENROL, about="ada").verdict
