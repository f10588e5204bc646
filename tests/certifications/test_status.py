# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules Y7, Y9, Y14 and Y22 to Y24: how a learner stands."""

import pickle

import pytest

from first_aid import APPROVE, APPROVED, ASSIGN, AUTOMATIC, CERTIFIED, DONE, SUBMIT, after, day, names
from gradecalc.certifications.credentials import (
    CredentialState,
)
from gradecalc.certifications.enrolment import (
    EnrolmentStep,
)
from gradecalc.certifications.events import (
    Enrol,
    Observe,
)
from gradecalc.certifications.status import Attainment, status_of
from gradecalc.verdicts import Verdict


@pytest.mark.parametrize(
    ("number", "state", "verdict_"),
    [
        (300, CredentialState.CERTIFIED, Verdict.MET),
        (350, CredentialState.WINDOW_OPEN, Verdict.MET),
        (370, CredentialState.IN_GRACE, Verdict.MET),
        (390, CredentialState.EXPIRED, Verdict.NOT_MET),
    ],
)
def test_time_alone_moves_the_credential(number, state, verdict_):
    """Without any event a credential comes into its window, its grace, and expires (Y7, Y23)."""
    status = status_of(AUTOMATIC, CERTIFIED, day(number))
    assert ((state,), verdict_) == (status.credential, status.verdict)
    assert (verdict_ is Verdict.MET) == (not status.obstacles)


def test_nothing_known_is_undetermined():
    """A learner of whom nothing is known yet has not met a criterion, and has not failed it (Y14)."""
    enrolled = after(AUTOMATIC, ASSIGN)
    assert (Verdict.UNDETERMINED, Attainment.NOT_STARTED) == (enrolled.status.verdict, enrolled.status.attainment)
    assert ["reading", "exam"] == names(enrolled.status)


def test_overdue_is_shown():
    """An overdue assignment says by how many days."""
    record = after(AUTOMATIC, Enrol(EnrolmentStep.ASSIGN, "admin", due=day(0))).value
    assert ("overdue by 2 days",) == status_of(AUTOMATIC, record, day(2)).outline().children[0].notes


def test_records_are_plain_values():
    """Records and statuses compare by value, hash, survive pickling, and print as outlines."""
    outcome = after(APPROVED, ASSIGN, DONE, SUBMIT, APPROVE)
    again = pickle.loads(pickle.dumps(outcome.value))  # noqa: S301 - our own
    assert (outcome.value, hash(outcome.value)) == (again, hash(again))
    assert outcome.status == status_of(APPROVED, again, day(3))
    assert ["Enrolment", "Attainment", "Credential", "Validity", "First aid: award"] == [
        row.label for row in outcome.outline().children
    ]
    assert "in force" == again.credential.outline().value


def test_a_status_has_reasons_with_codes():
    """What is in the way is told as decisions, and as reasons with their codes (Y24)."""
    status = after(AUTOMATIC, Observe({"read": True, "exam": 53})).status
    assert (Verdict.NOT_MET, ["enrolment", "exam"]) == (status.verdict, names(status))
    assert ["enrolment"] == [reason.code for reason in status.reasons]
