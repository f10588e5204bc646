# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a learner has of the exams of a course: attempts, the grade with the override that is laid over it, and credit.

An override stands beside the score that was computed, which it never touches, so that lifting it gives that score back.
"""

from __future__ import annotations

from typing import Final

from attrs import evolve, field

from ....errors import MarksError, Problem, nearest
from ....exact import Exact, describe, write_exact
from ....fields import as_tuple
from ....marks import Mark
from ....outline import Explained, Outline
from ....reasons import NUMBERS, ReasonTexts, say
from ....report.results import NO_GRADE_SHOWN
from ....values import frozen
from ..certificates.records import Certificate
from ..credit.requirements import CreditStatus
from ..grading.scores import Score
from ..grading.subsections import ScoreOverride, SubsectionGrade
from .attempts import (
    USUAL,
    Exam,
    ExamAttempt,
    ProctoringPolicy,
)

PROCTORING: Final = "proctoring"
"""The system that owns the overrides that proctoring makes."""


EXAMS: Final = ReasonTexts(
    "exams",
    {
        "attempt": "Attempt {0}",
        "certificate": "Certificate",
        "credit": "Credit",
        "exams": "Exams",
        "its_maximum": "its maximum",
        "nobody": "nobody named",
        "not_yet": "not yet",
        "overridden": "overridden by {0}; computed {1}",
        "score": "Score",
    },
)
"""What is said of the exams of a learner."""


@frozen(kw_only=True)
class LearnerExam(Explained):
    """One exam as a learner has it: the attempts, oldest first, the grade of its subsection, and the credit status."""

    exam: Exam
    attempts: tuple[ExamAttempt, ...] = field(default=(), converter=as_tuple)
    grade: SubsectionGrade | None = None
    credit: CreditStatus | None = None

    @property
    def contradictions(self) -> tuple[Problem, ...]:
        """What cannot come of attempts here, and may be stored: credit that is satisfied for a rejected exam."""
        if self.credit is not CreditStatus.SATISFIED or not self.is_overridden_by_proctoring:
            return ()
        message = "credit is satisfied, and proctoring overrides the score; verify the attempt, or reject it anew"
        return (Problem("contradiction", self.exam.id, message),)

    @property
    def latest(self) -> ExamAttempt | None:
        """The latest attempt that is not archived; what is kept for the record alone stands in no way (Q40)."""
        return next((each for each in reversed(self.attempts) if not each.archived), None)

    @property
    def is_overridden_by_proctoring(self) -> bool:
        """Whether there is an override that proctoring owns, and may lift (Q20)."""
        return self.override is not None and self.override.system == PROCTORING

    @property
    def override(self) -> ScoreOverride | None:
        """What is laid over the score, if anything is."""
        return None if self.grade is None else self.grade.override

    @property
    def mark(self) -> Mark:
        """The score that counts, as a mark for the exam's grade item; an override says whose it is.

        What is overridden where nothing was scored is out of what the exam is worth, or else of the item's maximum.
        """
        return Mark() if self.grade is None else self.grade.mark(worth=self.exam.possible)

    def with_attempt(self, place: int, changed: ExamAttempt) -> LearnerExam:
        """Return the same with the attempt at a place changed."""
        return evolve(self, attempts=[*self.attempts[:place], changed, *self.attempts[place + 1 :]])

    def outline(self) -> Outline:
        """Return the attempts, the score and the credit as rows."""
        score = NO_GRADE_SHOWN if self.grade is None else _points(self.grade.score(), self.exam.possible)
        notes: list[str] = []
        if self.grade is not None and self.override is not None:
            owner, computed = self.override.owner or EXAMS.phrase("nobody"), _points(self.grade.graded_problems)
            notes.append(EXAMS.phrase("overridden", owner, computed))
        notes += [each.message for each in self.contradictions]
        numbered = enumerate(self.attempts, start=1)
        rows = [Outline(EXAMS.phrase("attempt", nth), say(each.status)) for nth, each in numbered]
        credit = say(self.credit) if self.credit else EXAMS.phrase("not_yet")
        rows += [Outline(EXAMS.phrase("score"), score, notes), Outline(EXAMS.phrase("credit"), credit)]
        return Outline(self.exam.name or self.exam.id, children=rows)


def _points(score: Score, worth: Exact | None = None) -> str:
    """Return a score in words; one out of 0 is out of what the exam is worth, which may not be known."""
    possible = score.possible or worth
    return NUMBERS.phrase("of", score.earned, possible or EXAMS.phrase("its_maximum"), show=write_exact)


@frozen
class LearnerExams(Explained):
    """What a learner has of every exam of a course, the certificate if there is one, and what the course chose."""

    exams: tuple[LearnerExam, ...] = field(converter=as_tuple)
    certificate: Certificate | None = field(default=None, kw_only=True)
    allowlisted: bool = field(default=False, kw_only=True)
    policy: ProctoringPolicy = field(default=USUAL, kw_only=True)

    def __getitem__(self, exam_id: str) -> LearnerExam:
        for each in self.exams:
            if each.exam.id == exam_id:
                return each
        known = nearest(exam_id, (each.exam.id for each in self.exams))
        raise MarksError([Problem("unknown_exam", str(exam_id)[:100], f"no exam {describe(exam_id)}{known}")])

    def with_exam(self, changed: LearnerExam) -> LearnerExams:
        """Return the same with what the learner has of one exam changed."""
        return evolve(self, exams=[changed if each.exam.id == changed.exam.id else each for each in self.exams])

    def outline(self) -> Outline:
        """Return every exam, and the certificate."""
        certificate = self.certificate.status.value if self.certificate else NO_GRADE_SHOWN
        rows = [*(each.outline() for each in self.exams), Outline(EXAMS.phrase("certificate"), certificate)]
        return Outline(EXAMS.phrase("exams"), children=rows)
