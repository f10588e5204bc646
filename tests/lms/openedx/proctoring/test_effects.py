# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What attempts and reviews do to score, credit and certificate in Open edX."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import Gradebook, GradeItem, Mark, WeightedMean
from gradecalc import grade as grade_marks
from gradecalc.lms.openedx.certificates.records import Certificate, CertificateStatus
from gradecalc.lms.openedx.credit.requirements import CreditStatus
from gradecalc.lms.openedx.grading.gradebook import GRADER, PROGRESS_PAGE, Course, Subsection, lay_out
from gradecalc.lms.openedx.grading.policy import read_policy
from gradecalc.lms.openedx.grading.scores import Score
from gradecalc.lms.openedx.grading.subsections import ScoreOverride, SubsectionGrade
from gradecalc.lms.openedx.proctoring.attempts import (
    Exam,
    ExamAttempt,
    ProctoringPolicy,
    ReviewResult,
    SessionReview,
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
    AttemptStatus,
)
from gradecalc.transitions import TransitionError

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=30)
SCORE = SubsectionGrade(Score(7, 8), Score(5, 6))
ISSUED = Certificate(CertificateStatus.DOWNLOADABLE, grade="0.9", id="abc")


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


@pytest.mark.parametrize(("archived", "credit"), [(True, CreditStatus.SATISFIED), (False, None)])
def test_an_archived_attempt_has_no_bearing_on_others(archived, credit):
    """An archived attempt keeps another one from no effect, and stands in the way of no new one (Q40)."""
    before = evolve(attempt("rejected"), archived=archived)
    assert credit is after(exams(before, attempt("submitted")), "verified")["final"].credit
    if archived:
        made = create_attempt(exams(before), "final", now=NOW).value["final"]
        assert (2, AttemptStatus.CREATED) == (len(made.attempts), made.latest.status)
    else:
        with pytest.raises(AttemptError):
            create_attempt(exams(before), "final", now=NOW)


def test_declining_passes_over_archived_attempts():
    """An exam of which only an archived attempt is completed is declined with the others (Q19, Q40)."""
    archived = evolve(attempt("submitted"), archived=True)
    other = LearnerExam(exam=Exam(id="other"), attempts=[attempt("created"), archived])
    learner = evolve(exams(attempt("created")), exams=[*exams(attempt("created")).exams, other])
    found = after(learner, "declined")["other"]
    assert ({archived}, "declined") == (set(found.attempts) - {found.latest}, found.latest.status.value)
    assert (2, CreditStatus.DECLINED) == (len(found.attempts), found.credit)


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


@pytest.mark.parametrize(
    ("possible", "grade", "expected"),
    [
        (None, None, Mark(0, by=PROCTORING)),
        (60, None, Mark(0, out_of=60, by=PROCTORING)),
        (60, SCORE, Mark(0, out_of=6, by=PROCTORING)),
        (60, SubsectionGrade(), Mark(0, out_of=60, by=PROCTORING)),
        (None, SubsectionGrade(), Mark(0, by=PROCTORING)),
    ],
)
def test_a_rejection_is_never_out_of_nothing(possible, grade, expected):
    """A rejected exam is 0 of what was possible for the learner, or else of its own or its item's maximum (Q17)."""
    held = LearnerExam(exam=Exam(id="final", possible=possible), attempts=[attempt("submitted")], grade=grade)
    assert expected == after(LearnerExams([held]), "rejected")["final"].mark


@given(
    st.none()
    | st.builds(SubsectionGrade, st.builds(Score, st.integers(0, 3), st.integers(0, 3)), attempted=st.booleans()),
    st.sampled_from([None, 60]),
    st.sampled_from([GRADER, PROGRESS_PAGE]),
)
def test_a_rejection_never_raises_the_course_grade(grade, possible, grader):
    """Whatever was scored before, the course grade after a rejection is at most that before it (Q17)."""
    policy, _ = read_policy({"GRADER": [{"type": "Exam", "min_count": 2, "drop_count": 0, "weight": 1}]})
    subsections = [Subsection(id=each, name=each, type="Exam") for each in ("midterm", "exam")]
    held = LearnerExam(exam=Exam(id="final", possible=possible), attempts=[attempt("submitted")], grade=grade)
    rejected = after(LearnerExams([held]), "rejected")["final"]
    midterm = {"midterm": SubsectionGrade(Score(9, 10))}
    grades = {
        when: midterm | ({} if each.grade is None else {"exam": each.grade})
        for when, each in (("before", held), ("after", rejected))
    }
    book, marks = lay_out(Course(policy, tuple(subsections), grader), grades)
    course = {when: grade_marks(book, each).final.percent for when, each in marks.items()}
    assert course["after"] <= course["before"]
    assert 45 == course["after"]
    weighted = Gradebook(
        [GradeItem("midterm", 10, weight=40), GradeItem("exam", 60, weight=60)], aggregation=WeightedMean()
    )
    assert 36 == grade_marks(weighted, {"midterm": 9, "exam": rejected.mark}).final.percent


@pytest.mark.parametrize(("by", "named"), [("", "nobody named"), ("Grace", "Grace")])
def test_an_override_that_no_system_owns_is_lifted(by, named):
    """Verifying or removing an attempt lifts an override without a system, and says that it is lost (Q20)."""
    learner = exams(attempt("submitted"), override=ScoreOverride(earned_graded=3, by=by))
    verified = change_status(learner, "final", AttemptStatus.VERIFIED, now=NOW)
    removed = remove_attempt(learner, "final")
    assert [SCORE, SCORE] == [each.value["final"].grade for each in (verified, removed)]
    assert ["credit", "override_lifted", "unowned_lifted"] == codes(verified)
    assert ["attempt_removed", "override_lifted", "unowned_lifted"] == codes(removed)
    assert named in verified.reasons[-1]


def test_a_rejection_replaces_any_override():
    """A rejection replaces somebody else's override, says that it is lost, and lifting gives the computed one (Q20)."""
    learner = exams(attempt("submitted"), override=ScoreOverride(earned_graded=3, system="gradebook"))
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
    foreign = ScoreOverride(earned_graded=3, system="gradebook")
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


@pytest.mark.parametrize("step", ["rejected", "second_review_required", "verified", "submitted", "declined"])
def test_a_broken_attempt_stays_one_to_resume(step):
    """A broken attempt can be resumed whatever status it takes afterwards, and any other attempt cannot (Q8)."""
    assert after(exams(attempt("started")), "error", step)["final"].attempts[0].resumable
    assert not after(exams(attempt("started")), step)["final"].attempts[0].resumable


@pytest.mark.parametrize("place", [1, -2, None, True])
def test_an_unknown_attempt_is_refused(place):
    """An attempt that is not there is a clear error."""
    with pytest.raises(AttemptError) as caught:
        remove_attempt(exams(attempt("submitted")), "final", attempt=place)
    assert ["unknown_attempt"] == [problem.code for problem in caught.value.problems]


def test_minutes_are_given_when_an_exam_is_started():
    """An attempt has no minutes until it is started, unless it goes on where another broke off (Q15)."""
    exam = Exam(id="final", limit_minutes=90)
    made = create_attempt(exams(exam=exam), "final", now=NOW).value
    assert [None, 90] == [each["final"].attempts[0].allowed_minutes for each in (made, after(made, "started"))]


@pytest.mark.parametrize("limit", [30, 180, None])
def test_minutes_stay_as_they_were_given(limit):
    """What the exam allows later changes no attempt that was begun, whatever becomes of it (Q15)."""
    begun = after(create_attempt(exams(exam=Exam(id="final", limit_minutes=90)), "final", now=NOW).value, "started")
    changed = Exam(id="final", limit_minutes=limit, due=LATER)
    later = begun.with_exam(evolve(begun["final"], exam=changed))
    steps = ("ready_to_submit", "started", "submitted", "verified")
    found = [after(later, *steps[: count + 1])["final"].attempts[0].allowed_minutes for count in range(len(steps))]
    assert [90, 90, 90, 90] == found


def test_a_begun_attempt_without_a_recorded_start_keeps_its_minutes():
    """An attempt that is stored as begun is not started again, though nobody recorded when it was (Q15)."""
    stored = ExamAttempt(status=AttemptStatus.READY_TO_SUBMIT, allowed_minutes=90)
    found = after(exams(stored, exam=Exam(id="final", limit_minutes=30)), "started")["final"].attempts[0]
    assert (90, None) == (found.allowed_minutes, found.started_at)


@pytest.mark.parametrize(("limit", "minutes"), [(90, 10), (5, 5), (None, 10)])
def test_a_resumed_attempt_has_what_was_left_and_no_more_than_the_limit(limit, minutes):
    """When it is started, a resumed attempt has the least of the minutes left and of what is allowed then (Q15)."""
    broken = after(exams(attempt("started"), exam=Exam(id="final", limit_minutes=90)), "error")
    resumed = create_attempt(broken, "final", now=NOW, remaining_seconds=600).value
    allowed = resumed.with_exam(evolve(resumed["final"], exam=Exam(id="final", limit_minutes=limit)))
    assert minutes == after(allowed, "started")["final"].attempts[-1].allowed_minutes


def test_an_outcome_says_whether_anything_changed():
    """Taking a status for the second time changes nothing, and what comes of an event is neither yes nor no (Q6)."""
    once = change_status(exams(attempt("submitted")), "final", AttemptStatus.REJECTED, now=NOW)
    twice = change_status(once.value, "final", AttemptStatus.REJECTED, now=LATER)
    assert (True, False) == (once.changed, twice.changed)
    with pytest.raises(TypeError):
        bool(once)
