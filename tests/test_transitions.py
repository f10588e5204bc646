# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules Y11 and Y31: tables of states and steps, and logs that lead through them."""

import pickle
from datetime import UTC, datetime, timedelta
from enum import Enum

import pytest

from gradecalc import DefinitionError, Verdict
from gradecalc.decisions import Decision
from gradecalc.transitions import ContradictionError, Logged, Machine, TransitionError, leads_to


class Door(Enum):
    """How a door is."""

    OPEN = "open"
    SHUT = "shut"
    LOCKED = "locked"


class Hand(Enum):
    """What a hand does with it."""

    SHUT = "shut"
    OPEN = "open"
    LOCK = "lock"


TABLE = {
    (Door.OPEN, Hand.SHUT): Door.SHUT,
    (Door.SHUT, Hand.OPEN): Door.OPEN,
    (Door.SHUT, Hand.LOCK): Door.LOCKED,
}
DOOR = Machine("door", Door.OPEN, TABLE, frozenset({Hand.LOCK}))
MONDAY = datetime(2026, 9, 7, tzinfo=UTC)


def log(*steps):
    """Return a log of steps, an hour apart."""
    return tuple(Logged(step, "ada", MONDAY + timedelta(hours=nth), "why") for nth, step in enumerate(steps))


def test_a_log_leads_to_a_state():
    """The state is where the log leads from the start, which is the state of an empty log (Y31)."""
    assert Door.OPEN is DOOR.state(())
    assert Door.LOCKED is DOOR.state(log(Hand.SHUT, Hand.OPEN, Hand.SHUT, Hand.LOCK))


def test_a_step_that_the_table_does_not_have_is_refused():
    """A step from a state that it does not lead from is refused with both states and the step (Y31)."""
    with pytest.raises(TransitionError) as caught:
        DOOR.state(log(Hand.LOCK))
    error = caught.value
    assert ("door", "open", "locked", "lock") == (error.subject, error.state, error.wanted, error.step)


def test_where_a_step_leads_has_a_word():
    """A step leads to the state that the table says, and to none if the table does not have it."""
    assert ("locked", "") == (leads_to(TABLE, Hand.LOCK), leads_to({}, Hand.LOCK))


@pytest.mark.parametrize(
    ("entry", "paths"),
    [
        (Logged(Hand.SHUT, "", MONDAY), ["by"]),
        (Logged(Hand.LOCK, "ada", MONDAY), ["why"]),
        (Logged(Hand.LOCK, "", MONDAY - timedelta(days=1)), ["by", "why", "now"]),
    ],
)
def test_a_step_says_what_it_must(entry, paths):
    """A step says by whom and, where the table asks, why, and none is before the one before it (Y11)."""
    with pytest.raises(DefinitionError) as caught:
        DOOR.state((*log(Hand.SHUT), entry))
    assert paths == [problem.path for problem in caught.value.problems]


def test_a_step_prints_who_took_it():
    """A step prints what, when, by whom and why."""
    assert "shut  2026-09-07 00:00+00:00  by ada; why" == str(log(Hand.SHUT)[0])


@pytest.mark.parametrize(
    "error",
    [
        TransitionError("door", "open", "locked", "lock", (Decision("key", Verdict.NOT_MET),)),
        ContradictionError("door", "open", "locked"),
    ],
)
def test_errors_survive_pickling(error):
    """What is refused passes between processes with its data, and prints the same."""
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (str(error), vars(error)) == (str(again), vars(again))


def test_a_refusal_tells_what_is_in_the_way():
    """A refused step tells every decision that is in its way."""
    error = TransitionError("door", "open", "locked", "lock", (Decision("key", Verdict.NOT_MET, "a key"),))
    assert "door is 'open' and cannot become 'locked' by 'lock'\n  key: not met; needs a key" == str(error)
