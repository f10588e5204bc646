# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Attempts at proctored exams of Open edX: what may follow a status, reviews, and minutes."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from gradecalc import (
    DefinitionError,
    MarksError,
)
from gradecalc.lms.openedx.proctoring.attempts import (
    Exam,
    ExamAttempt,
    ProctoringPolicy,
    ReviewResult,
    SessionReview,
    advance,
    is_past_due,
    judge_review,
    read_result,
    shown_status,
    time_allowed,
)
from gradecalc.lms.openedx.proctoring.statuses import (
    ATTEMPT_STEPS,
    NO_STATUS_OF_AN_ATTEMPT,
    AttemptStatus,
)
from gradecalc.transitions import ContradictionError, TransitionError

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=30)
FINAL = [status for status in AttemptStatus if status.is_completed]


def attempt(status):
    """Return an attempt that has a status."""
    return ExamAttempt(status=AttemptStatus(status))


def codes(outcome):
    """Return the codes of the reasons."""
    return [reason.code for reason in outcome.reasons]


@pytest.mark.parametrize(("before", "to"), [(each, to) for each in FINAL for to in AttemptStatus if to.is_incomplete])
def test_there_is_no_way_back(before, to):
    """From a completed status to an incomplete one is an error that names both (Q6)."""
    with pytest.raises(TransitionError) as caught:
        advance(ExamAttempt(status=before), to, now=NOW)
    assert (before.value, to.value) == (caught.value.state, caught.value.wanted)


@pytest.mark.parametrize(("before", "to"), [(each, to) for each in FINAL for to in FINAL])
def test_completed_statuses_follow_one_another(before, to):
    """From one completed status to another the way is free, a time-out counting as submitted (Q6, Q7)."""
    expected = AttemptStatus.SUBMITTED if to is AttemptStatus.TIMED_OUT else to
    assert expected is advance(ExamAttempt(status=before), to, now=NOW).value.status


def test_the_table_of_steps_is_what_an_attempt_does():
    """What the table has for two statuses is what becomes of an attempt, and all else is refused (Q6)."""
    policy = ProctoringPolicy(timed_out_allowed=True)
    reached = {}
    for before, to in product(AttemptStatus, repeat=2):
        with suppress(TransitionError):
            reached[before, to] = advance(ExamAttempt(status=before), to, now=NOW, policy=policy).value.status
    assert reached == ATTEMPT_STEPS


@pytest.mark.parametrize("status", sorted(NO_STATUS_OF_AN_ATTEMPT, key=str))
def test_some_words_are_no_status_of_an_attempt(status):
    """No attempt becomes expired or reset, and none that is goes on (Q6)."""
    for before, to in ((AttemptStatus.CREATED, status), (status, AttemptStatus.SUBMITTED)):
        with pytest.raises(TransitionError):
            advance(ExamAttempt(status=before), to, now=NOW)


def test_every_reason_for_submitting_is_told():
    """What is asked and not done is told with its reason, and the moment of handing in kept (Q7)."""
    begun = advance(ExamAttempt(), AttemptStatus.STARTED, now=NOW, exam=Exam(id="final", limit_minutes=90)).value
    step = advance(begun, AttemptStatus.CREATED, now=LATER)
    expected = ExamAttempt(status=AttemptStatus.SUBMITTED, started_at=NOW, completed_at=LATER, allowed_minutes=90)
    assert (expected, ["restart_submits"]) == (step.value, codes(step))
    assert "started -> submitted" in str(step)


def test_a_time_out_may_be_allowed():
    """Where a site allows it, what times out stays timed out (Q7)."""
    policy = ProctoringPolicy(timed_out_allowed=True)
    timed_out = advance(attempt("started"), AttemptStatus.TIMED_OUT, now=NOW, policy=policy)
    assert (AttemptStatus.TIMED_OUT, ()) == (timed_out.value.status, timed_out.reasons)


def test_what_is_completed_keeps_its_moment():
    """The moment of handing in is that of the first completed status."""
    submitted = advance(attempt("started"), AttemptStatus.SUBMITTED, now=NOW).value
    assert NOW == advance(submitted, AttemptStatus.VERIFIED, now=LATER).value.completed_at


@pytest.mark.parametrize(
    ("given", "first", "second"),
    [
        ({"status": AttemptStatus.CREATED, "started_at": NOW}, "created", "started at 2026-05-04 12:00+00:00"),
        ({"status": AttemptStatus.STARTED, "completed_at": NOW}, "started", "completed at 2026-05-04 12:00+00:00"),
        (
            {"status": AttemptStatus.SUBMITTED, "started_at": LATER, "completed_at": NOW},
            "started at 2026-05-04 12:30+00:00",
            "completed at 2026-05-04 12:00+00:00",
        ),
    ],
)
def test_a_contradictory_attempt_is_refused(given, first, second):
    """An attempt that cannot be is an error that names what contradicts what."""
    with pytest.raises(ContradictionError) as caught:
        ExamAttempt(**given)
    assert (first, second) == (caught.value.first, caught.value.second)


def test_a_status_is_no_text():
    """An attempt's status is an AttemptStatus."""
    with pytest.raises(DefinitionError):
        ExamAttempt(status="verified")


def test_a_learner_without_an_attempt_sees_the_offer():
    """Without an attempt an exam is on offer until the course ends (Q10)."""
    shown = [shown_status(None, course_ended=ended).value for ended in (False, True)]
    assert ["eligible", "expired"] == shown


def test_an_unknown_review_is_refused():
    """A vendor's word that is no result is an error with the nearest one."""
    with pytest.raises(MarksError) as caught:
        read_result("Suspicous")
    assert ["bad_review_status"] == [problem.code for problem in caught.value.problems]
    assert "'Suspicious'" in str(caught.value)


@pytest.mark.parametrize(
    ("review", "exam", "policy", "status", "reasons"),
    [
        (SessionReview(ReviewResult.SUSPICIOUS), {}, {}, "second_review_required", ["second_review"]),
        (SessionReview(ReviewResult.SUSPICIOUS, reviewed_by="Ada"), {}, {}, "rejected", ["reviewed_by_person"]),
        (
            SessionReview(ReviewResult.SUSPICIOUS, reviewed_by="Ada"),
            {"onboarding": True},
            {"second_review_required": False},
            "rejected",
            ["reviewed_by_person", "no_second_review", "onboarding"],
        ),
        (SessionReview(ReviewResult.RULES_VIOLATION), {}, {}, "verified", []),
        (SessionReview(ReviewResult.NOT_REVIEWED), {}, {}, "error", []),
    ],
)
def test_a_review_says_why(review, exam, policy, status, reasons):
    """What is suspected is reviewed again, unless one of three reasons makes it final (Q11)."""
    decision = judge_review(
        review, attempt("submitted"), exam=Exam(id="final", **exam), policy=ProctoringPolicy(**policy)
    )
    told = ["support_told"] if codes(decision)[0] == "not_passing" and not review.reviewed_by else []
    assert (status, [*reasons, *told]) == (decision.value.value, codes(decision)[1:])


@pytest.mark.parametrize(
    ("given", "minutes"),
    [
        ({"limit_minutes": 21}, 21),
        ({"limit_minutes": 21, "due": NOW + timedelta(minutes=15, seconds=59)}, 15),
        ({"limit_minutes": 21, "due": NOW - timedelta(hours=1)}, 0),
        ({"limit_minutes": 21, "remaining_seconds": 119}, 1),
        ({"remaining_seconds": 600, "due": NOW + timedelta(minutes=5)}, 5),
        ({}, None),
    ],
)
def test_time_is_bounded_by_limit_due_date_and_what_is_left(given, minutes):
    """The minutes allowed are the least of the limit, of those until it is due, and of those that were left (Q15)."""
    assert minutes == time_allowed(now=NOW, **given)


def test_an_exam_is_past_due_when_it_is_due():
    """At its due date an exam is past due; without one it never is (Q14)."""
    assert [False, True, False] == [is_past_due(due, NOW) for due in (LATER, NOW, None)]


def test_a_late_start_submits_with_no_minutes():
    """Starting after the due date submits at once, with 0 minutes (Q7)."""
    exam = Exam(id="final", limit_minutes=90, due=NOW)
    started = advance(attempt("ready_to_start"), AttemptStatus.STARTED, now=LATER, exam=exam)
    assert (AttemptStatus.SUBMITTED, 0, ["past_due_submits"]) == (
        started.value.status,
        started.value.allowed_minutes,
        codes(started),
    )


@pytest.mark.parametrize("limit", [-1, 1.5, True, "90"])
def test_minutes_are_whole(limit):
    """A limit is a whole number of minutes."""
    with pytest.raises(DefinitionError):
        time_allowed(limit, now=NOW)
