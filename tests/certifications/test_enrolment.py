# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules Y9 and Y13: whether and how a learner is enrolled."""

from itertools import product

import pytest

from first_aid import ASSIGN, AUTOMATIC, DONE, START, act, after, day
from gradecalc.certifications.enrolment import (
    ENROLMENT_STEPS,
    Enrolment,
    EnrolmentState,
    EnrolmentStep,
)
from gradecalc.certifications.events import (
    Enrol,
)
from gradecalc.certifications.records import Record
from gradecalc.certifications.status import status_of
from gradecalc.transitions import Logged, TransitionError

ROADS = {
    EnrolmentState.NONE: (),
    EnrolmentState.ASSIGNED: (EnrolmentStep.ASSIGN,),
    EnrolmentState.SELF_ENROLLED: (EnrolmentStep.SELF_ENROL,),
    EnrolmentState.WITHDRAWN: (EnrolmentStep.ASSIGN, EnrolmentStep.WITHDRAW),
    EnrolmentState.BARRED: (EnrolmentStep.BAR,),
}


@pytest.mark.parametrize(("state", "step"), list(product(EnrolmentState, EnrolmentStep)))
def test_only_the_steps_of_the_enrolment_table_are_legal(state, step):
    """An enrolment goes where the table says, and anything else is refused with both states (Y13)."""
    record = Record(
        learner="ada", enrolment=Enrolment(tuple(Logged(each, "admin", START, "why") for each in ROADS[state]))
    )
    assert state is record.enrolment.state
    by = "ada" if step is EnrolmentStep.SELF_ENROL else "admin"
    if (state, step) in ENROLMENT_STEPS:
        expected = ENROLMENT_STEPS[state, step]
        assert expected is act(AUTOMATIC, record, Enrol(step, by, "why"), START).status.enrolment
    else:
        with pytest.raises(TransitionError) as caught:
            act(AUTOMATIC, record, Enrol(step, by, "why"), START)
        assert state.value == caught.value.state


def test_an_assignment_has_a_due_date_and_a_message():
    """An assignment's due date and message are kept, replaced by the next one, and overdue until earned (Y9, Y13)."""
    due = Enrol(EnrolmentStep.ASSIGN, "admin", due=day(10), message="before the summer")
    late = after(AUTOMATIC, due)
    assert (day(10), "before the summer") == (late.value.enrolment.due, late.value.enrolment.message)
    assert 5 == status_of(AUTOMATIC, late.value, day(15)).days_overdue
    assert 0 == act(AUTOMATIC, late.value, DONE, day(15)).status.days_overdue
    withdrawn = act(AUTOMATIC, late.value, Enrol(EnrolmentStep.WITHDRAW, "admin"), day(15))
    assert (0, day(10)) == (withdrawn.status.days_overdue, withdrawn.value.enrolment.due)
    assert act(AUTOMATIC, late.value, ASSIGN, day(15)).value.enrolment.due is None
    assert "due 2026-01-11" in str(late.value.enrolment)


def test_who_is_barred_reads_why():
    """A learner who is barred is told why, and earns nothing until readmitted and enrolled (Y13, Y24)."""
    barred = after(AUTOMATIC, Enrol(EnrolmentStep.BAR, "admin", "fraud"), DONE)
    assert ["enrolment: not met; needs an enrolment; has status barred: fraud"] == list(
        map(str, barred.status.obstacles)
    )
    again = after(AUTOMATIC, Enrol(EnrolmentStep.READMIT, "admin", "cleared"), ASSIGN, record=barred.value, start=2)
    assert again.awarded
