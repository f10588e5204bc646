# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rule Y34: the assignment list of a certification."""

import pytest

from first_aid import AUTOMATIC, DONE, START, after, day
from gradecalc import DefinitionError
from gradecalc.certifications.assignments import assignment_list
from gradecalc.certifications.enrolment import Enrolment, EnrolmentStep
from gradecalc.certifications.events import Enrol
from gradecalc.certifications.records import Record
from gradecalc.transitions import Logged


def assigned(learner, *, due=None, step=EnrolmentStep.ASSIGN, message=""):
    log = (Logged(step, "root", START),)
    return Record(learner=learner, enrolment=Enrolment(log, due=due, message=message))


def test_who_is_assigned_is_listed_by_the_due_date():
    """The list has those who are assigned, the first due first and those without a due date last (Y34)."""
    records = [
        assigned("ada"),
        assigned("bo", due=day(20), message="soon"),
        assigned("cy", due=day(10)),
        assigned("di", step=EnrolmentStep.SELF_ENROL),
        Record(learner="eve"),
        after(AUTOMATIC, Enrol(EnrolmentStep.ASSIGN, "admin"), Enrol(EnrolmentStep.WITHDRAW, "admin")).value,
    ]
    found = assignment_list(AUTOMATIC, records, day(15))
    assert [("cy", 5, ""), ("bo", 0, "soon"), ("ada", 0, "")] == [
        (each.learner, each.days_overdue, each.message) for each in found
    ]
    assert [("root", START)] * 3 == [(each.by, each.at) for each in found]
    assert "overdue by 5 days" in str(found[0])


def test_an_assignment_that_is_earned_stays_in_the_list():
    """Who has earned what was assigned is listed with that status, and is not overdue (Y9, Y34)."""
    done = after(AUTOMATIC, Enrol(EnrolmentStep.ASSIGN, "admin", due=day(3)), DONE).value
    (found,) = assignment_list(AUTOMATIC, [done], day(50))
    assert ("certified", 0, "admin") == (found.status.answer, found.days_overdue, found.by)


def test_now_has_a_zone():
    """A moment without a time zone is refused (K5)."""
    with pytest.raises(DefinitionError):
        assignment_list(AUTOMATIC, [assigned("ada")], START.replace(tzinfo=None))
