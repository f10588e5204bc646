# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules Y10 to Y12: reviews, and the machine that keeps a state as the log of its steps."""

import pickle
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from gradecalc import DefinitionError
from gradecalc.certifications.review import (
    BY_REVIEWERS,
    REVIEW_STEPS,
    Review,
    ReviewState,
    ReviewStep,
)
from gradecalc.transitions import Logged, TransitionError
from gradecalc.verdicts import Verdict

MONDAY = datetime(2026, 9, 7, 12, tzinfo=UTC)

PATHS = {
    ReviewState.NOT_SUBMITTED: (),
    ReviewState.AWAITING_REVIEW: (ReviewStep.SUBMIT,),
    ReviewState.CHANGES_REQUESTED: (ReviewStep.SUBMIT, ReviewStep.REQUEST_CHANGES),
    ReviewState.REJECTED: (ReviewStep.SUBMIT, ReviewStep.REJECT),
    ReviewState.APPROVED: (ReviewStep.SUBMIT, ReviewStep.APPROVE),
}


def logged(step, *, at=MONDAY, why="because", by="coach"):
    return Logged(step, by, at, why)


def reviewed(*steps):
    return Review(tuple(logged(step) for step in steps))


@pytest.mark.parametrize(("state", "step"), list(product(ReviewState, ReviewStep)))
def test_only_the_steps_of_the_table_are_legal(state, step):
    """A step leads where the table says, and any other is refused with both states (Y10)."""
    review = reviewed(*PATHS[state])
    assert state is review.state
    if (state, step) in REVIEW_STEPS:
        assert REVIEW_STEPS[state, step] is review.after(logged(step)).state
    else:
        with pytest.raises(TransitionError) as caught:
            review.after(logged(step))
        wanted = {end.value for (_, each), end in REVIEW_STEPS.items() if each is step}
        assert (state.value, step.value) == (caught.value.state, caught.value.step)
        assert {caught.value.wanted} == wanted


def test_changes_are_requested_made_and_approved():
    """A review that was sent back is resubmitted and can be approved (Y10)."""
    steps = (ReviewStep.SUBMIT, ReviewStep.REQUEST_CHANGES, ReviewStep.RESUBMIT, ReviewStep.APPROVE)
    assert ReviewState.APPROVED is reviewed(*steps).state


@pytest.mark.parametrize("step", [ReviewStep.REJECT, ReviewStep.REQUEST_CHANGES])
def test_a_no_says_why(step):
    """A rejection and a request for changes without a reason are refused (Y11)."""
    with pytest.raises(DefinitionError) as caught:
        reviewed(ReviewStep.SUBMIT).after(logged(step, why=""))
    assert [("missing", "why")] == [(each.code, each.path) for each in caught.value.problems]


def test_everything_that_is_missing_is_told_at_once():
    """A step that says neither by whom nor why, and is before the last one, is refused for all three (Y11)."""
    early = logged(ReviewStep.REJECT, by="", why="", at=MONDAY - timedelta(seconds=1))
    with pytest.raises(DefinitionError) as caught:
        reviewed(ReviewStep.SUBMIT).after(early)
    assert ["by", "why", "now"] == [each.path for each in caught.value.problems]


def test_a_moment_without_a_zone_is_refused():
    """A step at a moment without a time zone is refused (Y11)."""
    with pytest.raises(DefinitionError):
        logged(ReviewStep.SUBMIT, at=datetime(2026, 9, 7))  # noqa: DTZ001 - the point of it


@pytest.mark.parametrize("state", ReviewState)
def test_awaiting_is_not_a_no(state):
    """An approved review is met, one that awaits its reviewer undetermined, any other not met (Y12)."""
    known = {ReviewState.APPROVED: Verdict.MET, ReviewState.AWAITING_REVIEW: Verdict.UNDETERMINED}
    assert known.get(state, Verdict.NOT_MET) is state.verdict


def test_what_the_reviewer_said_last_is_found():
    """The last step of a reviewer is found under a resubmission."""
    review = reviewed(ReviewStep.SUBMIT, ReviewStep.REQUEST_CHANGES, ReviewStep.RESUBMIT)
    assert ReviewStep.REQUEST_CHANGES is review.decided.step
    assert Review().decided is None
    assert {ReviewStep.SUBMIT, ReviewStep.RESUBMIT} == set(ReviewStep) - BY_REVIEWERS


def test_a_review_and_its_refusal_are_pickled():
    """A review and the error that refuses a step survive pickling, and equal themselves."""
    review = reviewed(ReviewStep.SUBMIT)
    error = TransitionError("review", "approved", "rejected", "reject")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert review == pickle.loads(pickle.dumps(review))  # noqa: S301 - our own
    assert (str(error), error.obstacles) == (str(again), again.obstacles)


def test_a_review_prints_its_steps():
    """A review's outline has its state, and a row for each step."""
    outline = reviewed(ReviewStep.SUBMIT, ReviewStep.REJECT).outline()
    assert ("rejected", ["submit", "reject"]) == (outline.value, [row.label for row in outline.children])
    assert "by coach" in reviewed(ReviewStep.SUBMIT)._repr_html_()
