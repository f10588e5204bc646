# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Open edX's cases of proctored exams, and of what stands before them, are fed."""

import re
from datetime import UTC, datetime, timedelta

from attrs import evolve

from feeders.comparison import Spoken
from gradecalc import MarksError
from gradecalc.lms.openedx.certificates.records import Certificate, CertificateStatus
from gradecalc.lms.openedx.credit.requirements import CreditRequirement, CreditStatus
from gradecalc.lms.openedx.grading.scores import Score
from gradecalc.lms.openedx.grading.subsections import SubsectionGrade
from gradecalc.lms.openedx.proctoring.attempts import (
    Exam,
    ExamAttempt,
    ProctoringPolicy,
    Remark,
    ReviewResult,
    SessionReview,
    advance,
    read_result,
    shown_status,
)
from gradecalc.lms.openedx.proctoring.effects import (
    AttemptError,
    change_status,
    create_attempt,
    remove_attempt,
    review_attempt,
)
from gradecalc.lms.openedx.proctoring.exams import LearnerExam, LearnerExams
from gradecalc.lms.openedx.proctoring.prerequisites import STATES, automatic_status, check_prerequisites
from gradecalc.lms.openedx.proctoring.reports import Examinee, attempt_rows, read_report, write_report
from gradecalc.lms.openedx.proctoring.statuses import AttemptStatus
from gradecalc.transitions import TransitionError
from gradecalc.verdicts import Verdict

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
EXAM, SECOND = "exam", "second"
UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
STATUSES = {None: None, **{status.value: status for status in AttemptStatus}}
CREDIT = {None: None, **{status.value: status for status in CreditStatus}}
RESULTS = {None: None, **{result.value: result for result in ReviewResult}}


def moment(text):
    """Return the moment that a text such as '4 hours ago' or 'in 20 days' says."""
    number, unit = re.search(r"(\d+) (minute|hour|day)", text).groups()
    distance = int(number) * UNITS[unit]
    return NOW - distance if text.endswith("ago") else NOW + distance


WORDS = {
    "attempt_auto_declined": {None: None, True: AttemptStatus.DECLINED},
    "attempt_status": STATUSES,
    "cert_status": {status.value: status for status in CertificateStatus},
    "completed_at": {"the time-out timestamp": LATER},
    "credit_after_first_update": CREDIT,
    "credit_after_second_update": CREDIT,
    "credit_status": CREDIT,
    "after_attempt_removed": CREDIT,
    "due": moment,
    "earlier_attempt_to": STATUSES,
    "error": {
        "already_exists": "already_exists",
        "bad_review_status": "bad_review_status",
        "illegal_transition": "illegal_transition",
        "past_due": "past_due",
    },
    "first_exam_to": STATUSES,
    "first_status": STATUSES,
    "from.status": {each.value: each for each in CreditStatus} | {"pending": None},
    "later_attempt_to": STATUSES,
    "passing_reviews": RESULTS,
    "proctoring_report:review": RESULTS,
    "proctoring_report:review_status": RESULTS,
    "input.from": STATUSES,
    "requirements.status": {each.value: each for each in CreditStatus} | {"pending": None},
    "only_status": {each.value: each for each in CreditStatus} | {"pending": None},
    "second_status": STATUSES,
    "status": STATUSES,
    "steps": STATUSES,
    "to": STATUSES,
}
UNSTATED = {"credit_after_second_update": ("not asserted", "the source's test asserts nothing after the second update")}


class AtLeast(Spoken):
    """A figure that is not below what is expected."""

    def __init__(self, figure):
        self.figure = figure

    def differs(self, expected, path, near):
        if self.figure is None or self.figure < expected:
            yield f"{path}: expected at least {expected}, got {self.figure}"


class AtMost(Spoken):
    """A figure that is not above what is expected."""

    def __init__(self, figure):
        self.figure = figure

    def differs(self, expected, path, near):
        if self.figure is None or self.figure > expected:
            yield f"{path}: expected at most {expected}, got {self.figure}"


def attempt_with(status, **others):
    """Return an attempt that was begun and has taken a status, where that is one after the beginning."""
    begun = advance(ExamAttempt(), AttemptStatus.STARTED, now=NOW).value
    if status.is_completed:
        policy = ProctoringPolicy(timed_out_allowed=True)
        return evolve(advance(begun, status, now=NOW, policy=policy).value, **others)
    started = status in (AttemptStatus.STARTED, AttemptStatus.READY_TO_SUBMIT)
    return evolve(begun if started else ExamAttempt(), status=status, **others)


def learner_with(*attempts, exam=None, grade=None, **others):
    """Return a learner with attempts at one exam."""
    return LearnerExams([LearnerExam(exam=exam or Exam(id=EXAM), attempts=attempts, grade=grade)], **others)


def latest(learner, exam_id):
    """Return the status of the latest attempt at an exam, or none."""
    attempts = learner[exam_id].attempts
    return attempts[-1].status if attempts else None


def earned(grade):
    """Return the points of everything and of what is graded, or none."""
    return None if grade is None else [grade.all_problems.earned, grade.graded_problems.earned]


def laid_over(learner):
    """Return the points that an override has for everything and for what is graded, or none."""
    override = learner[EXAM].override
    return None if override is None else [override.earned_all, override.earned_graded]


def proctoring_transition(given):
    """Say what comes of a step from one status to another."""
    asked = given["input"]
    exam = Exam(id=EXAM, limit_minutes=90, due=asked.get("due"))
    policy = ProctoringPolicy(timed_out_allowed=asked.get("timed_out_allowed", False))
    try:
        after = advance(attempt_with(asked["from"]), asked["to"], now=LATER, exam=exam, policy=policy).value
    except TransitionError:
        return {"error": "illegal_transition"}
    return {"status": after.status, "allowed_minutes": after.allowed_minutes, "completed_at": after.completed_at}


def proctoring_credit_status(given):
    """Say the credit requirement after a status, and after the attempt is removed."""
    asked = given["input"]
    after = change_status(learner_with(attempt_with(asked["from"])), EXAM, asked["to"], now=NOW).value
    removed = remove_attempt(after, EXAM).value
    return {"credit_status": after[EXAM].credit, "after_attempt_removed": removed[EXAM].credit}


def proctoring_cascade(given):
    """Say what a status of one exam does to another."""
    asked = given["input"]
    second = [attempt_with(asked["second_status"])] if asked["second_attempt_exists"] else []
    given.ignore("input.second_status", "there is no second attempt")
    exams = [
        LearnerExam(exam=Exam(id=EXAM), attempts=[attempt_with(AttemptStatus.STARTED)]),
        LearnerExam(exam=Exam(id=SECOND), attempts=second),
    ]
    after = change_status(LearnerExams(exams), EXAM, asked["first_exam_to"], now=NOW).value
    return {"first_status": latest(after, EXAM), "second_status": latest(after, SECOND)}


def proctoring_grade_override(given):
    """Say score, override, credit and certificate after each step; of a practice exam each is an attempt of its own."""
    asked, found = given["input"], {}
    points = asked["grade"]
    grade = SubsectionGrade(Score(points["earned_all"], 10), Score(points["earned_graded"], 10))
    practice = asked.get("practice", False)
    learner = learner_with(
        exam=Exam(id=EXAM, practice=practice),
        grade=grade,
        certificate=Certificate(CertificateStatus.DOWNLOADABLE),
        policy=ProctoringPolicy(rejection_overrides_grade=asked.get("override_on_reject", True)),
    )
    for step in asked["steps"]:
        if practice or not learner[EXAM].attempts:
            learner = create_attempt(learner, EXAM, now=NOW).value
        learner = change_status(learner, EXAM, step, now=NOW).value
        found[f"after_{step.value}"] = {
            "credit_status": learner[EXAM].credit,
            "override": laid_over(learner),
            "grade": earned(learner[EXAM].grade.effective),
            "cert_status": learner.certificate.status,
        }
    return found


def proctoring_summary(given):
    """Say what the learner's summary says."""
    asked = given["input"]
    attempt = None if asked["status"] is None else attempt_with(asked["status"])
    status = shown_status(attempt, course_ended=asked.get("course_ended", False))
    return {"status": status, "label": status.label, "in_completed_state": status.in_completed_state}


def proctoring_resumable(given):
    """Say whether an attempt can be resumed after a step."""
    asked = given["input"]
    return {"resumable": advance(attempt_with(asked["from"]), asked["to"], now=NOW).value.resumable}


def proctoring_two_attempts(given):
    """Say credit after each update of two attempts, of which the later resumed the earlier, and the override."""
    asked = given["input"]
    grade = SubsectionGrade(*(Score(points, 10) for points in asked["grade"]))
    learner = learner_with(attempt_with(AttemptStatus.STARTED), grade=grade)
    learner = change_status(learner, EXAM, AttemptStatus.ERROR, now=NOW).value
    learner = create_attempt(learner, EXAM, now=NOW).value
    updates = [(0, asked["earlier_attempt_to"]), (1, asked["later_attempt_to"])]
    credit = []
    for place, to in updates if asked["earlier_updated_first"] else reversed(updates):
        learner = change_status(learner, EXAM, to, now=NOW, attempt=place).value
        credit.append(learner[EXAM].credit)
    names = ("credit_after_first_update", "credit_after_second_update")
    return dict(zip(names, credit, strict=True)) | {"grade_override": laid_over(learner)}


def counted(attempt, kind):
    """Return how many remarks of a kind an attempt has."""
    return attempt["comments"].get(kind.value, 0)


def proctoring_report(given):
    """Say the rows of a report that was made of attempts, written and read back."""
    rows = []
    for each in given["input"]["attempts"]:
        remarks = [Remark(kind, "a remark") for kind in RESULTS.values() if kind for _ in range(counted(each, kind))]
        reviews = [SessionReview(each["review"], remarks=remarks)] if each["review"] else []
        held = LearnerExam(exam=Exam(id=each["exam"]), attempts=[ExamAttempt(reviews=reviews)])
        rows += attempt_rows("course", LearnerExams([held]), Examinee(username="learner"))
    read = read_report(write_report(rows)).rows
    return {"exam_order": [row.exam_name for row in read], "review_status": [row.review for row in read]}


def proctoring_review(given):
    """Say what comes of one or several reviews of a session."""
    asked = given["input"]
    words = asked["reviews"] if "reviews" in asked else [asked["review"]]
    policy = ProctoringPolicy(
        second_review_required=asked.get("second_review_required", True),
        reviews_may_change=asked.get("updates_allowed", True),
        passing=frozenset(asked.get("passing_reviews", ProctoringPolicy().passing)),
    )
    attempt = attempt_with(asked.get("attempt_status", AttemptStatus.SUBMITTED), archived=asked.get("archived", False))
    learner, codes = learner_with(attempt, policy=policy), []
    try:
        for word in words:
            outcome = review_attempt(learner, EXAM, SessionReview(read_result(word)), now=NOW)
            learner, codes = outcome.value, [reason.code for reason in outcome.reasons]
    except MarksError as error:
        return {"error": error.problems[0].code}
    except TransitionError:
        return {"error": "already_exists"}
    reviews = [review.result.value for review in learner[EXAM].attempts[0].reviews]
    return {
        "attempt_status": latest(learner, EXAM),
        "credit_status": learner[EXAM].credit,
        "support_notified": "support_told" in codes,
        "review": reviews[-1],
        "history": reviews[:-1],
    }


def ordered_prerequisites(given):
    """Say which requirements come before an exam, and how they stand."""
    asked = given["input"]
    statuses = {
        CreditRequirement(row["namespace"], row["name"], order=row["order"]): row["status"]
        for row in asked["requirements" if "requirements" in asked else "from"]
    }
    if "only_status" in asked:
        statuses = {each: status for each, status in statuses.items() if status is asked["only_status"]}
    skipped = {"skipped": [*asked["skip_namespaces"]]} if "skip_namespaces" in asked else {}
    decision = check_prerequisites(statuses, asked.get("for"), **skipped)
    codes = [each.code for each in decision.children]
    return {f"n_{state}": codes.count(state) for state in STATES} | {
        "satisfied": decision.verdict is Verdict.MET,
        "attempt_auto_declined": automatic_status(decision),
    }


def exam_time_allowed(given):
    """Say what comes of making an attempt at an exam, and the minutes once it is started."""
    asked = given["input"]
    due, starts = asked.get("due"), asked.get("started", True)
    if "minutes_to_due" in asked:
        due = NOW + timedelta(minutes=asked["minutes_to_due"])
    exam = Exam(id=EXAM, proctored=asked.get("proctored", True), limit_minutes=asked.get("limit_minutes", 90), due=due)
    seconds = asked.get("time_remaining_seconds")
    try:
        learner = create_attempt(learner_with(exam=exam), EXAM, now=NOW, remaining_seconds=seconds).value
    except AttemptError as error:
        return {"error": error.problems[0].code}
    if starts:
        learner = change_status(learner, EXAM, AttemptStatus.STARTED, now=NOW).value
    minutes = learner[EXAM].attempts[-1].allowed_minutes
    return {"created": True, "minutes": minutes, "min": AtLeast(minutes), "max": AtMost(minutes)}


FEEDERS = {
    each.__name__: each
    for each in (
        exam_time_allowed,
        ordered_prerequisites,
        proctoring_cascade,
        proctoring_credit_status,
        proctoring_grade_override,
        proctoring_report,
        proctoring_resumable,
        proctoring_review,
        proctoring_summary,
        proctoring_transition,
        proctoring_two_attempts,
    )
}
