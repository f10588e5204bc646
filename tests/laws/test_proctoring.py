# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The laws of proctoring: whatever happens in whatever order, no state contradicts itself, and nothing is lost."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from gradecalc.lms.openedx.certificates.records import Certificate, CertificateStatus
from gradecalc.lms.openedx.credit.requirements import CreditStatus
from gradecalc.lms.openedx.grading.scores import Score
from gradecalc.lms.openedx.grading.subsections import ScoreOverride, SubsectionGrade, override
from gradecalc.lms.openedx.proctoring.attempts import (
    Exam,
    ExamAttempt,
    ProctoringPolicy,
    ReviewResult,
    SessionReview,
)
from gradecalc.lms.openedx.proctoring.effects import (
    CREDIT_EFFECTS,
    AttemptError,
    change_status,
    create_attempt,
    remove_attempt,
    review_attempt,
)
from gradecalc.lms.openedx.proctoring.exams import PROCTORING, LearnerExam, LearnerExams
from gradecalc.lms.openedx.proctoring.statuses import NO_STATUS_OF_AN_ATTEMPT, AttemptStatus
from gradecalc.transitions import TransitionError

START = datetime(2026, 5, 4, tzinfo=UTC)
SCORE = SubsectionGrade(Score(5, 6))
EXAMS = {
    "final": Exam(id="final", limit_minutes=90, due=START + timedelta(hours=9)),
    "midterm": Exam(id="midterm"),
    "practice": Exam(id="practice", practice=True),
    "timed": Exam(id="timed", proctored=False),
}
IDS = st.sampled_from(sorted(EXAMS))
STATUSES = st.sampled_from(AttemptStatus)
REVIEWS = st.builds(SessionReview, st.sampled_from(ReviewResult), reviewed_by=st.sampled_from(["", "Ada"]))
PLACES = st.integers(0, 1)


class ProctoringMachine(RuleBasedStateMachine):
    """One learner, several exams, and every event that there is; time goes on with each."""

    @initialize(
        policy=st.builds(ProctoringPolicy, timed_out_allowed=st.booleans(), rejection_overrides_grade=st.booleans()),
        allowlisted=st.booleans(),
    )
    def begin(self, policy, allowlisted):
        """Begin with scores, a certificate and no attempts."""
        self.now = START
        exams = [LearnerExam(exam=exam, grade=SCORE) for exam in EXAMS.values()]
        issued = Certificate(CertificateStatus.DOWNLOADABLE)
        self.learner = LearnerExams(exams, certificate=issued, allowlisted=allowlisted, policy=policy)

    @rule(exam=IDS, left=st.none() | st.integers(0, 6000))
    def make(self, exam, left):
        """Make an attempt, where there is room for one."""
        with suppress(AttemptError):
            self.apply(create_attempt(self.learner, exam, now=self.now, remaining_seconds=left))

    @rule(exam=IDS, to=STATUSES, place=PLACES)
    def change(self, exam, to, place):
        """Ask an attempt to take a status, which it takes, or another for a reason, or refuses by an error."""
        attempts = self.learner[exam].attempts
        if place >= len(attempts):
            return
        before = attempts[place].status
        if {before, to} & NO_STATUS_OF_AN_ATTEMPT or (before.is_completed and to.is_incomplete):
            with pytest.raises(TransitionError) as caught:
                change_status(self.learner, exam, to, now=self.now, attempt=place)
            assert (before.value, to.value) == (caught.value.state, caught.value.wanted)
            return
        outcome = change_status(self.learner, exam, to, now=self.now, attempt=place)
        reached = outcome.value[exam].attempts[place].status
        assert reached is to or outcome.reasons
        assert outcome.reasons or reached not in CREDIT_EFFECTS
        self.keep_what_others_own(outcome, exam)
        self.apply(outcome)

    @rule(exam=IDS, review=REVIEWS, place=PLACES)
    def review(self, exam, review, place):
        """Review the session of an attempt, which completes it."""
        if place < len(self.learner[exam].attempts):
            outcome = review_attempt(self.learner, exam, review, now=self.now, attempt=place)
            assert outcome.reasons
            assert outcome.value[exam].attempts[place].status.is_completed
            self.keep_what_others_own(outcome, exam)
            self.apply(outcome)

    @rule(exam=IDS, place=PLACES)
    def remove(self, exam, place):
        """Remove an attempt, after which proctoring holds nothing over the exam."""
        if place < len(self.learner[exam].attempts):
            outcome = remove_attempt(self.learner, exam, attempt=place)
            assert outcome.value[exam].credit is None
            assert not outcome.value[exam].is_overridden_by_proctoring
            self.keep_what_others_own(outcome, exam)
            self.apply(outcome)

    @precondition(lambda self: not any(each.override for each in self.learner.exams))
    @rule(exam=IDS, owner=st.sampled_from(["", "gradebook"]))
    def lay_over(self, exam, owner):
        """Let somebody else override a score."""
        held = self.learner[exam]
        grade = override(held.grade, ScoreOverride(earned_graded=3, system=owner)).value
        self.learner = self.learner.with_exam(evolve(held, grade=grade))

    def keep_what_others_own(self, outcome, exam):
        """Check that an override of others is there, unless a rejection or, if no system's, a lifting said so (Q20)."""
        before, after = self.learner[exam].override, outcome.value[exam].override
        if before is not None and before.system != PROCTORING and after != before:
            told = [reason.code for reason in outcome.reasons]
            lifted = after is None and not before.system
            assert lifted or PROCTORING == after.system
            assert ("unowned_lifted" if lifted else "override_replaced") in told

    def apply(self, outcome):
        """Take the outcome for what holds, and let time go on."""
        self.learner = outcome.value
        self.now += timedelta(minutes=7)

    @invariant()
    def scores_are_never_touched(self):
        """Scores stay as computed, and what counts is that, or a zero, or somebody else's override (Q20)."""
        for each in self.learner.exams:
            assert SCORE == evolve(each.grade, override=None)
            expected = {None: 5, PROCTORING: 0}.get(each.override and each.override.system, 3)
            assert expected == each.mark.points

    @invariant()
    def a_zero_has_a_rejection_behind_it(self):
        """Proctoring overrides no score of a course that leaves scores alone, nor of an exam that is not proctored."""
        allowed = self.learner.policy.rejection_overrides_grade
        for each in self.learner.exams:
            if each.is_overridden_by_proctoring:
                assert allowed
                assert each.exam.proctored
            assert () == each.contradictions

    @invariant()
    def no_state_contradicts_itself(self):
        """Every state can be built anew from its parts, which is where contradictions of attempts are found."""
        for each in self.learner.exams:
            attempts = [evolve(attempt) for attempt in each.attempts]
            assert each == evolve(each, attempts=attempts)
            assert len(attempts) > 0 or each.credit is None

    @invariant()
    def the_excepted_keep_their_certificate(self):
        """Who is on the exception list keeps the certificate whatever happens (Q21)."""
        spared = self.learner.allowlisted or not self.learner.policy.rejection_overrides_grade
        assert not spared or self.learner.certificate.status is CertificateStatus.DOWNLOADABLE


TestProctoring = ProctoringMachine.TestCase


def exam_with(attempts):
    """Return a learner with attempts at one exam."""
    return LearnerExams([LearnerExam(exam=Exam(id="final"), attempts=attempts, grade=SCORE)])


COMPLETED = st.sampled_from([status for status in AttemptStatus if status.is_completed])


@given(st.lists(COMPLETED, max_size=6))
def test_reinstatement_restores(steps):
    """However an attempt came to be rejected, verifying it gives the original score and satisfies credit (Q20)."""
    learner = exam_with([ExamAttempt(status=AttemptStatus.STARTED)])
    for status in (*steps, AttemptStatus.REJECTED):
        learner = change_status(learner, "final", status, now=START).value
    assert (0, CreditStatus.FAILED) == (learner["final"].mark.points, learner["final"].credit)
    back = change_status(learner, "final", AttemptStatus.VERIFIED, now=START).value["final"]
    assert (SCORE, None, CreditStatus.SATISFIED) == (back.grade, back.override, back.credit)


@given(st.lists(COMPLETED, min_size=2, max_size=4))
def test_several_attempts_satisfy_only_together(statuses):
    """Beside other attempts a verified one satisfies credit if and only if all are verified (Q18)."""
    learner = exam_with([ExamAttempt(status=status) for status in statuses])
    after = change_status(learner, "final", AttemptStatus.VERIFIED, now=START).value["final"]
    all_verified = all(each.status is AttemptStatus.VERIFIED for each in after.attempts)
    assert all_verified == (after.credit is CreditStatus.SATISFIED)


@given(st.sampled_from([AttemptStatus.REJECTED, AttemptStatus.VERIFIED, AttemptStatus.DECLINED, AttemptStatus.ERROR]))
def test_taking_a_status_twice_is_taking_it_once(status):
    """A status that an attempt has already changes nothing when it is taken again (Q6)."""
    once = change_status(exam_with([ExamAttempt()]), "final", status, now=START).value
    assert once == change_status(once, "final", status, now=START + timedelta(hours=1)).value
