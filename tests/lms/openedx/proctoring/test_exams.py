# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a learner has of the exams of an Open edX course."""

from datetime import UTC, datetime

import pytest
from attrs import evolve

from gradecalc import (
    Gradebook,
    GradeItem,
    Mark,
    MarksError,
    grade,
)
from gradecalc.lms.openedx.certificates.records import Certificate, CertificateStatus
from gradecalc.lms.openedx.credit.requirements import CreditStatus
from gradecalc.lms.openedx.grading.scores import Score
from gradecalc.lms.openedx.grading.subsections import ScoreOverride, SubsectionGrade, override
from gradecalc.lms.openedx.proctoring.attempts import (
    Exam,
    ExamAttempt,
)
from gradecalc.lms.openedx.proctoring.effects import (
    change_status,
)
from gradecalc.lms.openedx.proctoring.exams import PROCTORING, LearnerExam, LearnerExams
from gradecalc.lms.openedx.proctoring.statuses import (
    AttemptStatus,
)

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
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


def test_an_unknown_exam_is_refused():
    """An exam that is not there is an error with the nearest one."""
    with pytest.raises(MarksError) as caught:
        after(exams())["finals"]
    assert "'final'" in str(caught.value)


def test_satisfied_credit_under_a_rejection_is_told():
    """Credit that is stored as satisfied where proctoring overrides the score is read, told, and mended by a status."""
    rejected = override(SCORE, ScoreOverride(earned_graded=0, system=PROCTORING)).value
    held = LearnerExam(
        exam=Exam(id="final"), attempts=[attempt("rejected")], grade=rejected, credit=CreditStatus.SATISFIED
    )
    assert [("contradiction", "final")] == [(each.code, each.path) for each in held.contradictions]
    assert held.contradictions[0].message in str(held)
    verified = after(LearnerExams([held]), "verified")["final"]
    assert (SCORE, ()) == (verified.grade, verified.contradictions)


def test_the_score_that_counts_is_a_mark():
    """The score that counts goes to the gradebook as a mark that says who owns it."""
    book = Gradebook([GradeItem("Exam", max_points=6)])
    rejected = after(exams(attempt("submitted")), "rejected")
    assert Mark(0, out_of=6, by=PROCTORING) == rejected["final"].mark
    assert 0 == grade(book, {"Exam": rejected["final"].mark}).final.percent
    assert Mark(5, out_of=6) == after(rejected, "verified")["final"].mark
    assert Mark() == LearnerExam(exam=Exam(id="final")).mark
    unscored = after(LearnerExams([LearnerExam(exam=Exam(id="final"), attempts=[attempt("submitted")])]), "rejected")
    assert "0 of its maximum" in str(unscored)


def test_a_learner_prints_with_every_exam():
    """The outline shows attempts, both scores, credit and the certificate."""
    text = str(evolve(after(exams(attempt("submitted")), "rejected"), certificate=ISSUED))
    parts = ["Attempt 1", "rejected", "0 of 6", "overridden by proctoring; computed 5 of 6", "failed", "downloadable"]
    assert [] == [part for part in parts if part not in text]
