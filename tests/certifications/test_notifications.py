# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rule Y35: what people are to be told about a certification, and when."""

from datetime import timedelta
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from first_aid import (
    ADA,
    APPROVE,
    APPROVED,
    ASSIGN,
    AUTOMATIC,
    DONE,
    EXAM,
    PORTFOLIO,
    REJECT,
    START,
    SUBMIT,
    after,
    day,
)
from gradecalc import DefinitionError
from gradecalc.certifications.credentials import CredentialStep
from gradecalc.certifications.criteria import Certification
from gradecalc.certifications.enrolment import EnrolmentStep
from gradecalc.certifications.events import BeginAgain, ChangeCredential, Enrol
from gradecalc.certifications.notifications import Audience, NotificationKind, notifications_due
from gradecalc.certifications.periods import Period
from gradecalc.certifications.records import Record

DUE = Enrol(EnrolmentStep.ASSIGN, "admin", due=day(10), message="before the summer")
SUSPEND = ChangeCredential(CredentialStep.SUSPEND, "admin", "inquiry")
REINSTATE = ChangeCredential(CredentialStep.REINSTATE, "admin", "cleared")
WEEK = Period.parse("1 week")
END = day(3000)


def told(record, until=END, since=None, **choices):
    """Return the kinds of what became due, and on which day."""
    return [(each.kind.value, (each.at - START).days) for each in notifications_due([record], since, until, **choices)]


def test_an_assignment_is_told_with_its_message():
    """The learner is told of the assignment, reminded, and told when it is overdue (Y35)."""
    record = after(AUTOMATIC, DUE).value
    assert [("assigned", 0), ("due soon", 3), ("overdue", 10)] == told(record, remind=WEEK)
    (assigned,) = notifications_due([record], None, day(0))
    assert ("ada", "admin", "before the summer", Audience.LEARNER) == (
        assigned.learner,
        assigned.by,
        assigned.why,
        assigned.to,
    )


def test_who_has_earned_it_or_is_not_enrolled_is_not_reminded():
    """Nothing is overdue for who has earned it by then, nor for who is withdrawn by then (Y35)."""
    earned = after(AUTOMATIC, DUE, DONE).value
    assert ("overdue", 10) not in told(earned, remind=WEEK)
    late = after(AUTOMATIC, DONE, record=after(AUTOMATIC, DUE).value, start=12).value
    assert [("assigned", 0), ("overdue", 10), ("awarded", 12)] == told(late, until=day(20))
    withdrawn = after(AUTOMATIC, DUE, Enrol(EnrolmentStep.WITHDRAW, "admin")).value
    assert [("assigned", 0), ("enrolment changed", 1)] == told(withdrawn, remind=WEEK)


def test_an_assignment_that_is_late_already_is_overdue_at_once():
    """With a due date that is past the assignment is overdue when it is made, and nobody is reminded (Y35)."""
    record = after(AUTOMATIC, DUE, start=15).value
    assert [("assigned", 15), ("overdue", 15)] == told(record, remind=WEEK)


def test_what_learners_do_themselves_is_not_told_to_them():
    """Who enrols and withdraws by their own choice is told nothing (Y35)."""
    own = after(AUTOMATIC, Enrol(EnrolmentStep.SELF_ENROL, "ada"), Enrol(EnrolmentStep.WITHDRAW, "ada")).value
    assert [] == told(own)


def test_a_submission_is_told_to_reviewers_and_a_decision_to_the_learner():
    """Reviewers are told what is submitted, for the whole or a criterion, and the learner what was decided (Y35)."""
    certification = Certification("First aid", [EXAM, PORTFOLIO], require_approval=True)
    record = after(
        certification,
        ASSIGN,
        DONE,
        evolve(SUBMIT, criterion="portfolio"),
        evolve(APPROVE, criterion="portfolio"),
        SUBMIT,
        REJECT,
    ).value
    reviews = notifications_due([record], day(1), END)
    assert [
        (NotificationKind.REVIEW_NEEDED, Audience.REVIEWERS, "portfolio", "submit", ""),
        (NotificationKind.REVIEWED, Audience.LEARNER, "portfolio", "approve", ""),
        (NotificationKind.REVIEW_NEEDED, Audience.REVIEWERS, "", "submit", ""),
        (NotificationKind.REVIEWED, Audience.LEARNER, "", "reject", "not yours"),
    ] == [(each.kind, each.to, each.criterion, each.step, each.why) for each in reviews]


def test_the_dates_of_a_credential_are_told_while_it_is_in_force():
    """Award, renewal window, expiry and the end of the grace are told; of a revoked one, its revocation (Y35)."""
    certified = after(AUTOMATIC, ASSIGN, DONE).value
    assert ["assigned", "awarded", "renewal opens", "expired", "grace ended"] == [kind for kind, _ in told(certified)]
    revoked = after(
        AUTOMATIC, ChangeCredential(CredentialStep.REVOKE, "admin", "fraud"), record=certified, start=9
    ).value
    assert ["assigned", "awarded", "credential changed"] == [kind for kind, _ in told(revoked)]
    held = after(AUTOMATIC, SUSPEND, record=certified, start=300).value
    back = after(AUTOMATIC, REINSTATE, record=held, start=350).value
    assert [("credential changed", 300), ("credential changed", 350), ("expired", 366)] == told(
        back, since=day(299), until=day(370)
    )


def test_a_renewed_credential_tells_nothing_of_the_one_before():
    """What a renewal superseded neither expires nor opens its window anew (Y35)."""
    begun = after(AUTOMATIC, BeginAgain("ada"), DONE, record=after(AUTOMATIC, ASSIGN, DONE).value, start=350).value
    assert [("awarded", 351), ("renewal opens", 700)] == told(begun, since=day(349), until=day(705))


RECORDS = [
    after(AUTOMATIC, DUE, DONE, SUSPEND, REINSTATE).value,
    after(APPROVED, DUE, DONE, SUBMIT, REJECT, BeginAgain(ADA.id), DONE, APPROVE).value,
    after(
        AUTOMATIC, DUE, Enrol(EnrolmentStep.BAR, "admin", "fraud"), Enrol(EnrolmentStep.READMIT, "admin", "no")
    ).value,
    Record(learner="nobody"),
]


@given(st.lists(st.integers(-5, 900), min_size=2, max_size=6).map(sorted), st.none() | st.just(WEEK))
def test_one_stretch_of_time_after_the_other_misses_none_and_tells_none_twice(days, remind):
    """What is due over several stretches together is what is due over the whole (Y35)."""
    moments = [START + timedelta(days=number) for number in days]
    parts = [
        each for since, until in pairwise(moments) for each in notifications_due(RECORDS, since, until, remind=remind)
    ]
    assert list(notifications_due(RECORDS, moments[0], moments[-1], remind=remind)) == parts


@given(st.integers(0, 12), st.integers(0, 60))
def test_what_happens_later_changes_nothing_that_was_due(until, later):
    """What was due by a moment is due whatever happens after it (Y35)."""
    before = after(AUTOMATIC, DUE).value
    afterwards = after(AUTOMATIC, DONE, record=before, start=until + 1 + later).value
    assert told(before, until=day(until), remind=WEEK) == told(afterwards, until=day(until), remind=WEEK)


def test_a_notification_is_a_row_and_shows_no_reason_in_its_repr():
    """A notification prints what is to be told, and its repr says no reason."""
    (changed,) = [each for each in notifications_due(RECORDS, day(1), day(2)) if each.why == "inquiry"]
    assert "credential changed: 2026-01-03 00:00+00:00; to the learner; ada; suspend; by admin; inquiry" == str(changed)
    assert "inquiry" not in repr(changed)
    assert "credential changed" == changed.outline().label


def test_moments_have_a_zone():
    """A moment without a time zone is refused (K5)."""
    naive = START.replace(tzinfo=None)
    for since, now in ((None, naive), (naive, START)):
        with pytest.raises(DefinitionError):
            notifications_due(RECORDS, since, now)
