# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Open edX's cases of proctoring and exam prerequisites are fed: each kind through the public adapter."""

import re
from datetime import UTC, datetime, timedelta

from attrs import evolve

from gradecalc import MarksError
from gradecalc.lms.openedx.credit import requirements as credit
from gradecalc.lms.openedx.credit.requirements import CreditStatus
from gradecalc.lms.openedx.proctoring import prerequisites as exam_prerequisites
from gradecalc.lms.openedx.proctoring import time_limits as exam_time
from gradecalc.lms.openedx.proctoring.attempts import (
    Attempt,
    Exam,
    ProctoringPolicy,
    Review,
    ReviewResult,
    advance,
    shown_status,
)
from gradecalc.lms.openedx.proctoring.effects import (
    AttemptError,
    change_status,
    create_attempt,
    remove_attempt,
    review_attempt,
)
from gradecalc.lms.openedx.proctoring.reports import (
    ReportRow,
    join_comments,
    read_report,
    write_report,
)
from gradecalc.lms.openedx.proctoring.reviews import read_result
from gradecalc.lms.openedx.proctoring.standing import LearnerExams, Standing, SubsectionScore
from gradecalc.lms.openedx.proctoring.statuses import AttemptStatus
from gradecalc.transitions import TransitionError
from gradecalc.verdicts import Verdict

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
EXAM = "exam"
_UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}


def word(state):
    """Return the word of a state, or None."""
    return None if state is None else state.value


def moment(text):
    """Return the moment that a text such as '4 hours ago' or 'in 20 days' says."""
    if text is None:
        return None
    number, unit = re.search(r"(\d+) (minute|hour|day)", text).groups()
    distance = int(number) * _UNITS[unit]
    return NOW - distance if text.endswith("ago") else NOW + distance


def attempt_with(status):
    """Return an attempt that has a status, begun and handed in as that status says."""
    begun = None if status in ("eligible", "created", "download_software_clicked", "ready_to_start") else NOW
    status = AttemptStatus(status)
    return Attempt(status=status, started_at=begun, completed_at=NOW if status.is_completed else None)


def learner_with(*attempts, exam=None, score=None, **others):
    """Return a learner with attempts at one exam."""
    standing = Standing(exam=exam or Exam(id=EXAM), attempts=attempts, score=score, **others)
    return LearnerExams([standing])


def assert_all(expected, found):
    """Assert that what is expected is what was found, key by key."""
    assert expected == {key: found[key] for key in expected}


def proctoring_transition(case):
    """Feed a step from one status to another."""
    given, expected = case["input"], case["expect"]
    exam = Exam(id=EXAM, limit_minutes=90, due=moment(given.get("due")))
    policy = ProctoringPolicy(timed_out_allowed=given.get("timed_out_allowed", False))
    later = NOW + timedelta(minutes=5)
    try:
        after = advance(attempt_with(given["from"]), AttemptStatus(given["to"]), now=later, exam=exam, policy=policy)
    except TransitionError as error:
        named = {"from": error.state, "to": error.wanted}
        found = {"error": "illegal_transition"} if named.items() <= given.items() else named
    else:
        attempt = after.attempt
        completed = "the time-out timestamp" if attempt.completed_at == later else attempt.completed_at
        found = {"status": attempt.status.value, "allowed_minutes": attempt.allowed_minutes, "completed_at": completed}
    assert_all(expected, found)


def proctoring_credit_status(case):
    """Feed what a status does to the credit requirement, and what removing the attempt does."""
    given = case["input"]
    outcome = change_status(learner_with(attempt_with(given["from"])), EXAM, AttemptStatus(given["to"]), now=NOW)
    removed = remove_attempt(outcome.learner, EXAM)
    found = {
        "credit_status": word(outcome.learner[EXAM].credit),
        "after_attempt_removed": word(removed.learner[EXAM].credit),
    }
    assert case["expect"] == found


def proctoring_cascade(case):
    """Feed what a status does to the other exams of a course."""
    given, expected = case["input"], case["expect"]
    second = [attempt_with(given["second_status"])] if given["second_attempt_exists"] else []
    untouched = {"practice": {"practice": True}, "timed": {"proctored": False}, "inactive": {"active": False}}
    learner = LearnerExams(
        [
            Standing(exam=Exam(id=EXAM), attempts=[attempt_with("started")]),
            Standing(exam=Exam(id="second"), attempts=second),
            *(Standing(exam=Exam(id=name, **kind)) for name, kind in untouched.items()),
        ]
    )
    after = change_status(learner, EXAM, AttemptStatus(given["first_exam_to"]), now=NOW).learner
    found = {"first_status": latest(after, EXAM), "second_status": latest(after, "second")}
    assert expected == found
    assert all(after[name] == learner[name] for name in untouched)


def latest(learner, exam):
    """Return the word of the status of the latest attempt at an exam, or None."""
    attempts = learner[exam].attempts
    return attempts[-1].status.value if attempts else None


def score_of(grade):
    """Return the score that a case gives."""
    return SubsectionScore(grade["earned_graded"], 10, grade["earned_all"], 10)


def pair(figures):
    """Return the points of everything and of what is graded, or None."""
    return None if figures is None else [figures.earned_all, figures.earned]


def proctoring_grade_override(case):
    """Feed a rejection and a reinstatement; of a practice exam the second is a second attempt."""
    given, expected = case["input"], case["expect"]
    practice = given.get("practice", False)
    policy = ProctoringPolicy(rejection_overrides_grade=given.get("override_on_reject", True))
    learner = learner_with(
        attempt_with("started"), exam=Exam(id=EXAM, practice=practice), score=score_of(given["grade"])
    )
    learner = evolve(learner, policy=policy)
    for step in given["steps"]:
        if practice and step != given["steps"][0]:
            learner = create_attempt(learner, EXAM, now=NOW).learner
        learner = change_status(learner, EXAM, AttemptStatus(step), now=NOW).learner
        standing = learner[EXAM]
        found = {
            "credit_status": word(standing.credit),
            "override": pair(standing.override),
            "grade": pair(standing.effective),
        }
        assert_all(expected.get(f"after_{step}", {}), found)


def proctoring_summary(case):
    """Feed what the learner's summary says."""
    given, expected = case["input"], case["expect"]
    attempt = attempt_with(given["status"]) if given["status"] not in (None, "expired") else None
    ended = given.get("course_ended", False) or given["status"] == "expired"
    status = shown_status(attempt, course_ended=ended)
    found = {"status": status.value, "label": status.label, "in_completed_state": status.in_completed_state}
    assert_all(expected, found)


def proctoring_resumable(case):
    """Feed whether an attempt can be resumed after a step."""
    given = case["input"]
    before = attempt_with(given["from"])
    if given["from"] == "error":
        before = advance(attempt_with("started"), AttemptStatus.ERROR, now=NOW).attempt
    after = advance(before, AttemptStatus(given["to"]), now=NOW).attempt
    assert case["expect"] == {"resumable": after.resumable}


def proctoring_two_attempts(case):
    """Feed two attempts at an exam of which the earlier broke off and was resumed by the later."""
    given, expected = case["input"], case["expect"]
    earned, earned_all = given["grade"]
    learner = learner_with(attempt_with("started"), score=SubsectionScore(earned, 10, earned_all, 10))
    learner = change_status(learner, EXAM, AttemptStatus.ERROR, now=NOW).learner
    learner = create_attempt(learner, EXAM, now=NOW).learner
    assert learner[EXAM].credit is CreditStatus.FAILED
    steps = [(0, given["earlier_attempt_to"]), (1, given["later_attempt_to"])]
    found = {}
    for name, (place, to) in zip(
        ("first", "second"), steps if given["earlier_updated_first"] else steps[::-1], strict=True
    ):
        learner = change_status(learner, EXAM, AttemptStatus(to), now=NOW, attempt=place).learner
        found[f"credit_after_{name}_update"] = word(learner[EXAM].credit)
    assert expected == {**found, "grade_override": pair(learner[EXAM].override)}


def proctoring_report(case):
    """Feed attempts through the report and back."""
    rows = [
        ReportRow(
            exam_name=each["exam"],
            review_status=each["review"] or "",
            suspicious_count=each["comments"].get("Suspicious", 0),
            suspicious_comments=join_comments(["a remark"] * each["comments"].get("Suspicious", 0)),
            rules_violation_count=each["comments"].get("Rules Violation", 0),
            rules_violation_comments=join_comments(["a remark"] * each["comments"].get("Rules Violation", 0)),
        )
        for each in case["input"]["attempts"]
    ]
    read = read_report(write_report(rows))
    found = {
        "exam_order": [row.exam_name for row in read.rows],
        "review_status": [word(row.review) for row in read.rows],
        "problems": list(read.problems),
    }
    assert_all({**case["expect"], "problems": []}, found)


def proctoring_review(case):
    """Feed the review of a session."""
    try:
        found = reviewed(case["input"], read_result(case["input"]["review"]))
    except MarksError as error:
        found = {"error": error.problems[0].code}
    assert_all(case["expect"], found)


def reviewed(given, result):
    """Return what comes of a review."""
    passing = frozenset(map(ReviewResult, given.get("passing_reviews", ("Clean", "Rules Violation"))))
    policy = ProctoringPolicy(second_review_required=given.get("second_review_required", True), passing=passing)
    attempt = evolve(attempt_with(given.get("attempt_status", "submitted")), archived=given.get("archived", False))
    exam = Exam(id=EXAM, onboarding=given.get("onboarding", False))
    reviewer = "somebody" if given.get("reviewed_by") or given.get("reviewer") else ""
    learner = evolve(learner_with(attempt, exam=exam), policy=policy)
    outcome = review_attempt(learner, EXAM, Review(result, reviewed_by=reviewer), now=NOW)
    return {
        "attempt_status": word(outcome.status),
        "credit_status": word(outcome.learner[EXAM].credit),
        "support_notified": outcome.notifies_support,
    }


def ordered_prerequisites(case):
    """Feed which requirements come before an exam, and how they stand."""
    given, expected = case["input"], case["expect"]
    rows = given.get("requirements") or [
        row for row in given["from"] if given.get("only_status") in (None, row["status"])
    ]
    statuses = {
        credit.CreditRequirement(row["namespace"], row["name"], order=row["order"]): _STATUSES.get(row["status"])
        for row in rows
    }
    skipped = given.get("skip_namespaces", [credit.GRADE])
    decision = exam_prerequisites.check_prerequisites(statuses, given.get("for"), skipped=skipped)
    stand = [each.code for each in decision.children]
    found = {f"n_{state}": stand.count(state) for state in exam_prerequisites.STATES}
    declined = word(exam_prerequisites.automatic_status(decision))
    told = expected.get("attempt_auto_declined")
    found |= {
        "satisfied": decision.verdict is Verdict.MET,
        "attempt_auto_declined": declined is not None if isinstance(told, bool) else declined,
    }
    assert_all(expected, found)


_STATUSES = {status.value: status for status in CreditStatus}


def exam_time_allowed(case):
    """Feed how long an exam may take."""
    given, expected = case["input"], case["expect"]
    if "minutes_to_due" in given:
        due = NOW + timedelta(minutes=given["minutes_to_due"])
        exam = Exam(id=EXAM, limit_minutes=given["limit_minutes"], due=due)
        learner = create_attempt(learner_with(exam=exam), EXAM, now=NOW).learner
        begun = change_status(learner, EXAM, AttemptStatus.STARTED, now=NOW).learner[EXAM].attempts[-1]
        assert expected["min"] <= begun.allowed_minutes <= expected["max"]
    elif "time_remaining_seconds" in given:
        seconds = given["time_remaining_seconds"]
        assert expected == {"minutes": exam_time.time_allowed(90, now=NOW, remaining_seconds=seconds)}
    else:
        exam = Exam(id=EXAM, proctored=given["proctored"], due=moment(given["due"]))
        assert expected == creation(exam)


def creation(exam):
    """Return what comes of making an attempt at an exam."""
    try:
        made = create_attempt(learner_with(exam=exam), EXAM, now=NOW)
    except AttemptError as error:
        return {"error": error.problems[0].code}
    return {"status": made.status.value}


FEEDERS = {
    each.__name__: each
    for each in (
        proctoring_transition,
        proctoring_credit_status,
        proctoring_cascade,
        proctoring_grade_override,
        proctoring_summary,
        proctoring_resumable,
        proctoring_two_attempts,
        proctoring_report,
        proctoring_review,
        ordered_prerequisites,
        exam_time_allowed,
    )
}
