# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Proctored exams of Open edX: attempts, reviews, and what they do to score, credit and certificate."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from gradecalc import (
    DefinitionError,
    Gradebook,
    GradeItem,
    Mark,
    MarksError,
    grade,
)
from gradecalc.lms.openedx.certificates.records import Certificate, CertificateStatus
from gradecalc.lms.openedx.credit.requirements import CreditStatus
from gradecalc.lms.openedx.grading.scores import Score
from gradecalc.lms.openedx.grading.subsections import Override, SubsectionGrade, override
from gradecalc.lms.openedx.proctoring.attempts import (
    Exam,
    ExamAttempt,
    ProctoringPolicy,
    ReviewResult,
    SessionReview,
    advance,
    judge_review,
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
from gradecalc.lms.openedx.proctoring.exams import PROCTORING, LearnerExam, LearnerExams
from gradecalc.lms.openedx.proctoring.statuses import (
    COMPLETED,
    INCOMPLETE,
    NO_STATUS_OF_AN_ATTEMPT,
    AttemptStatus,
    ReviewLabel,
    read_status,
)
from gradecalc.lms.openedx.proctoring.time_limits import is_past_due, time_allowed
from gradecalc.transitions import ContradictionError, TransitionError

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=30)
SCORE = SubsectionGrade(Score(7, 8), Score(5, 6))
ISSUED = Certificate(CertificateStatus.DOWNLOADABLE, grade="0.9", id="abc")
FINAL = [status for status in AttemptStatus if status.is_completed]


def exams(*attempts, exam=None, override=None):
    """Return a learner with attempts at one exam, called final."""
    grade = evolve(SCORE, override=override)
    return LearnerExams([LearnerExam(exam=exam or Exam(id="final"), attempts=attempts, grade=grade)])


def attempt(status):
    """Return an attempt that has a status."""
    return ExamAttempt(status=AttemptStatus(status))


def after(learner, *steps):
    """Return the learner after the latest attempt at the final took one status after the other."""
    for step in steps:
        learner = change_status(learner, "final", AttemptStatus(step), now=NOW).value
    return learner


def codes(outcome):
    """Return the codes of the reasons."""
    return [reason.code for reason in outcome.reasons]


def test_every_status_is_in_one_set():
    """A status is incomplete, completed, or none that an attempt has (Q5)."""
    assert set(AttemptStatus) == INCOMPLETE | COMPLETED | NO_STATUS_OF_AN_ATTEMPT
    assert len(AttemptStatus) == len(INCOMPLETE) + len(COMPLETED) + len(NO_STATUS_OF_AN_ATTEMPT)


def test_a_word_is_read_in_any_case():
    """The word of a status is read in any case, and any other word stands for none."""
    assert (AttemptStatus.VERIFIED, None) == (read_status(" Verified "), read_status("completed"))


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


def test_labels_are_the_documented_ones():
    """A review is pending, satisfactory or unsatisfactory, and each sends its message (Q9)."""
    assert {
        AttemptStatus.SUBMITTED: (ReviewLabel.PENDING, "submitted"),
        AttemptStatus.SECOND_REVIEW_REQUIRED: (ReviewLabel.PENDING, "submitted"),
        AttemptStatus.VERIFIED: (ReviewLabel.SATISFACTORY, "satisfactory"),
        AttemptStatus.REJECTED: (ReviewLabel.UNSATISFACTORY, "unsatisfactory"),
    } == {each: (each.review_label, each.email) for each in AttemptStatus if each.review_label}


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


def test_the_review_of_an_archived_attempt_is_filed():
    """The review of an archived attempt is kept, and changes nothing else (Q12)."""
    learner = exams(evolve(attempt("verified"), archived=True))
    review = SessionReview(ReviewResult.SUSPICIOUS)
    outcome = review_attempt(learner, "final", review, now=NOW)
    filed = evolve(learner["final"].attempts[0], reviews=[review])
    assert (learner.with_exam(evolve(learner["final"], attempts=[filed])), ["archived"]) == (
        outcome.value,
        codes(outcome),
    )


def test_a_later_review_is_allowed_or_not():
    """A later review stands beside the earlier one, or is an error that names both (Q13)."""
    clean, suspicious = SessionReview(ReviewResult.CLEAN), SessionReview(ReviewResult.SUSPICIOUS, reviewed_by="Ada")
    learner = review_attempt(exams(attempt("submitted")), "final", clean, now=NOW).value
    again = review_attempt(learner, "final", suspicious, now=NOW).value["final"].attempts[0]
    assert (AttemptStatus.REJECTED, (clean, suspicious)) == (again.status, again.reviews)
    with pytest.raises(TransitionError) as caught:
        review_attempt(evolve(learner, policy=ProctoringPolicy(reviews_may_change=False)), "final", clean, now=NOW)
    assert ("Clean", "Clean") == (caught.value.state, caught.value.wanted)


def test_a_review_keeps_its_persons_to_itself():
    """The repr of a review, of an attempt and of an override shows no person and no remark (Q38)."""
    review = SessionReview(ReviewResult.SUSPICIOUS, reviewed_by="Ada", comment="looked at Bob")
    learner = review_attempt(exams(attempt("submitted")), "final", review, now=NOW).value
    override = learner["final"].override
    assert ("looked at Bob", "Ada") == (override.reason, override.by)
    assert not [name for name in ("Ada", "Bob") if name in repr(learner)]


def test_a_rejection_scores_zero_and_reinstatement_gives_the_score_back():
    """A rejected attempt scores 0 with the maximum untouched, and verifying it gives the original back (Q17, Q20)."""
    rejected = after(exams(attempt("submitted")), "rejected")["final"]
    zero = SubsectionGrade(Score(0, 8), Score(0, 6))
    assert (zero, CreditStatus.FAILED) == (rejected.grade.effective, rejected.credit)
    back = after(exams(attempt("submitted")), "rejected", "verified")["final"]
    assert (SCORE, None, CreditStatus.SATISFIED) == (back.grade, back.override, back.credit)


def test_a_course_may_leave_scores_alone():
    """Where a course does not let rejections override, score and certificate stay and credit fails (Q17)."""
    learner = evolve(
        exams(attempt("submitted")), certificate=ISSUED, policy=ProctoringPolicy(rejection_overrides_grade=False)
    )
    outcome = change_status(learner, "final", AttemptStatus.REJECTED, now=NOW)
    found = outcome.value["final"]
    assert (SCORE, CreditStatus.FAILED, ISSUED) == (found.grade, found.credit, outcome.value.certificate)
    assert ["credit", "switched_off"] == codes(outcome)


def test_passing_the_review_says_nothing_of_the_score():
    """Verifying an attempt leaves the score as it is, and leaves unscored work unscored (Q17)."""
    assert SCORE == after(exams(attempt("submitted")), "verified")["final"].grade
    unscored = LearnerExams([LearnerExam(exam=Exam(id="final"), attempts=[attempt("submitted")])])
    assert after(unscored, "verified")["final"].grade is None
    assert Mark() == after(unscored, "rejected", "verified")["final"].mark


@pytest.mark.parametrize("owner", ["gradebook", ""])
def test_only_an_override_of_its_own_is_lifted(owner):
    """Verifying lifts no override that proctoring does not own, and says so (Q20)."""
    by = Override(earned_graded=3, system=owner)
    outcome = change_status(exams(attempt("submitted"), override=by), "final", AttemptStatus.VERIFIED, now=NOW)
    assert (by, 3) == (outcome.value["final"].override, outcome.value["final"].mark.points)
    assert ["credit", "override_kept"] == codes(outcome)


def test_a_rejection_replaces_any_override():
    """A rejection replaces somebody else's override, says that it is lost, and lifting gives the computed one (Q20)."""
    learner = exams(attempt("submitted"), override=Override(earned_graded=3, system="gradebook"))
    outcome = change_status(learner, "final", AttemptStatus.REJECTED, now=NOW)
    assert (PROCTORING, ["credit", "scored_zero", "override_replaced"]) == (
        outcome.value["final"].override.system,
        codes(outcome),
    )
    assert SCORE == after(outcome.value, "verified")["final"].grade


@pytest.mark.parametrize(
    ("allowlisted", "status", "code", "later"),
    [
        (False, CertificateStatus.UNAVAILABLE, "certificate_invalidated", "certificate_not_restored"),
        (True, CertificateStatus.DOWNLOADABLE, "certificate_spared", "override_lifted"),
    ],
)
def test_a_rejection_invalidates_the_certificate(allowlisted, status, code, later):
    """A rejection makes the certificate unavailable unless its learner is on the exception list (Q21)."""
    learner = evolve(exams(attempt("submitted")), certificate=ISSUED, allowlisted=allowlisted)
    outcome = change_status(learner, "final", AttemptStatus.REJECTED, now=NOW)
    assert (status, code) == (outcome.value.certificate.status, codes(outcome)[-1])
    back = change_status(outcome.value, "final", AttemptStatus.VERIFIED, now=NOW)
    assert (status, later) == (back.value.certificate.status, codes(back)[-1])


@pytest.mark.parametrize(
    ("others", "to", "credit", "why"),
    [
        (["verified"], "verified", CreditStatus.SATISFIED, 0),
        (["error"], "verified", None, 1),
        (["rejected"], "submitted", None, 1),
        (["rejected", "declined"], "rejected", None, 2),
        (["verified"], "rejected", CreditStatus.FAILED, 0),
        (["rejected"], "declined", CreditStatus.DECLINED, 0),
        (["rejected"], "error", CreditStatus.FAILED, 0),
    ],
)
def test_other_attempts_keep_a_status_from_having_effects(others, to, credit, why):
    """Beside other attempts some statuses have no effect, and every reason is told (Q18)."""
    learner = exams(*map(attempt, others), attempt("started"))
    outcome = change_status(learner, "final", AttemptStatus(to), now=NOW)
    assert (credit, why) == (outcome.value["final"].credit, codes(outcome).count("no_effect"))
    assert to == outcome.value["final"].attempts[-1].status.value


def test_an_exam_that_is_not_proctored_has_no_effects():
    """The attempts of a timed exam leave credit and score alone, and decline nothing (Q18)."""
    timed = LearnerExam(exam=Exam(id="final", proctored=False), attempts=[attempt("started")], grade=SCORE)
    learner = LearnerExams([timed, LearnerExam(exam=Exam(id="other"))])
    for to in ("rejected", "declined"):
        found = after(learner, to)
        assert (None, SCORE, learner["other"]) == (found["final"].credit, found["final"].grade, found["other"])


def test_declining_declines_what_is_not_completed():
    """Declining an exam declines the other proctored ones, save those that are completed, and says which (Q19)."""
    others = [
        LearnerExam(exam=Exam(id="fresh", name="Midterm")),
        LearnerExam(exam=Exam(id="begun"), attempts=[attempt("started")]),
        LearnerExam(exam=Exam(id="done"), attempts=[attempt("submitted")]),
        LearnerExam(exam=Exam(id="practice", practice=True)),
        LearnerExam(exam=Exam(id="off", active=False)),
    ]
    learner = evolve(exams(attempt("created")), exams=[*exams(attempt("created")).exams, *others])
    outcome = change_status(learner, "final", AttemptStatus.DECLINED, now=NOW)
    found = {each.exam.id: each.credit for each in outcome.value.exams}
    declined = dict.fromkeys(("final", "fresh", "begun"), CreditStatus.DECLINED)
    assert {**dict.fromkeys(("done", "practice", "off")), **declined} == found
    assert ["credit", "declined_with", "declined_with"] == codes(outcome)
    assert "Midterm" in str(outcome)


def test_removing_an_attempt_drops_what_it_did():
    """Removing an attempt drops the credit status and proctoring's override, and keeps anybody else's (Q22)."""
    removed = remove_attempt(after(exams(attempt("submitted")), "rejected"), "final").value["final"]
    assert ((), None, SCORE) == (removed.attempts, removed.credit, removed.grade)
    foreign = Override(earned_graded=3, system="gradebook")
    kept = remove_attempt(exams(attempt("submitted"), override=foreign), "final").value["final"]
    assert foreign == kept.override


def test_a_new_attempt_needs_room():
    """A proctored exam past due and an attempt that is there keep a new one from being made, both told (Q8, Q14)."""
    exam = Exam(id="final", due=NOW)
    with pytest.raises(AttemptError) as caught:
        create_attempt(exams(attempt("submitted"), exam=exam), "final", now=NOW)
    assert ["past_due", "attempt_exists"] == [problem.code for problem in caught.value.problems]
    assert "submitted" in str(caught.value)


def test_a_broken_attempt_is_resumed_once():
    """A new attempt goes on where an errored one broke off, with the minutes that were left, once (Q8, Q15)."""
    broken = after(exams(attempt("started")), "error")
    resumed = create_attempt(broken, "final", now=NOW, remaining_seconds=150).value["final"].attempts
    assert [(AttemptStatus.ERROR, False, None), (AttemptStatus.CREATED, False, 2)] == [
        (each.status, each.resumable, each.allowed_minutes) for each in resumed
    ]


def test_what_is_verified_is_not_resumed():
    """A broken attempt stays resumable until it is submitted or verified (Q8)."""
    steps = ("rejected", "second_review_required", "verified")
    found = [after(exams(attempt("started")), "error", step)["final"].attempts[0].resumable for step in steps]
    assert [True, True, False] == found


@pytest.mark.parametrize("place", [1, -2, None, True])
def test_an_unknown_attempt_is_refused(place):
    """An attempt that is not there is a clear error."""
    with pytest.raises(AttemptError) as caught:
        remove_attempt(exams(attempt("submitted")), "final", attempt=place)
    assert ["unknown_attempt"] == [problem.code for problem in caught.value.problems]


def test_an_unknown_exam_is_refused():
    """An exam that is not there is an error with the nearest one."""
    with pytest.raises(MarksError) as caught:
        after(exams())["finals"]
    assert "'final'" in str(caught.value)


def test_satisfied_credit_under_a_rejection_is_a_contradiction():
    """Credit cannot be satisfied where proctoring overrides the score, and the error names both."""
    with pytest.raises(ContradictionError) as caught:
        LearnerExam(
            exam=Exam(id="final"),
            grade=override(SCORE, Override(earned_graded=0, system=PROCTORING)).value,
            credit=CreditStatus.SATISFIED,
        )
    assert ("credit satisfied", "score overridden by proctoring") == (caught.value.first, caught.value.second)


def test_the_score_that_counts_is_a_mark():
    """The score that counts goes to the gradebook as a mark that says who owns it."""
    book = Gradebook([GradeItem("Exam", max_points=6)])
    rejected = after(exams(attempt("submitted")), "rejected")
    assert Mark(0, out_of=6, by=PROCTORING) == rejected["final"].mark
    assert 0 == grade(book, {"Exam": rejected["final"].mark}).final.percent
    assert Mark(5, out_of=6) == after(rejected, "verified")["final"].mark
    assert Mark() == LearnerExam(exam=Exam(id="final")).mark


def test_a_learner_prints_with_every_exam():
    """The outline shows attempts, both scores, credit and the certificate."""
    text = str(evolve(after(exams(attempt("submitted")), "rejected"), certificate=ISSUED))
    parts = ["Attempt 1", "rejected", "0 of 6", "overridden by proctoring; computed 5 of 6", "failed", "downloadable"]
    assert [] == [part for part in parts if part not in text]


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


def test_minutes_are_given_when_an_exam_is_started():
    """An attempt has no minutes until it is started, unless it goes on where another broke off (Q15)."""
    exam = Exam(id="final", limit_minutes=90)
    made = create_attempt(exams(exam=exam), "final", now=NOW).value
    assert [None, 90] == [each["final"].attempts[0].allowed_minutes for each in (made, after(made, "started"))]


def test_an_outcome_says_whether_anything_changed():
    """Taking a status for the second time changes nothing, and what comes of an event is neither yes nor no (Q6)."""
    once = change_status(exams(attempt("submitted")), "final", AttemptStatus.REJECTED, now=NOW)
    twice = change_status(once.value, "final", AttemptStatus.REJECTED, now=LATER)
    assert (True, False) == (once.changed, twice.changed)
    with pytest.raises(TypeError):
        bool(once)
