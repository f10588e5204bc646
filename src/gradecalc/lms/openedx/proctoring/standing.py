# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Where a learner stands with the exams of a course: attempts, scores, overrides with their owners, and credit.

An override stands beside the score that was computed, which it never touches, so that lifting it gives that score back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attrs import Factory, asdict, evolve, field, frozen

from ....errors import MarksError, Problem, nearest
from ....exact import (
    Exact,
    Number,
    describe,
    read_number,
    write_exact,
)
from ....marks import Mark
from ....outline import Explained, Outline
from ....report.results import NO_GRADE_SHOWN
from ....transitions import ContradictionError
from ..certificates.records import Certificate
from ..credit.requirements import CreditStatus
from .attempts import (
    USUAL,
    Attempt,
    Exam,
    ProctoringPolicy,
)

PROCTORING: Final = "proctoring"
"""The owner of the overrides that proctoring makes."""


def _number(value: Number | None) -> Exact | None:
    return None if value is None else read_number(value)


@frozen
class SubsectionScore:
    """What was computed for a subsection: points and maximum of what is graded, and the same of everything in it.

    Without figures of their own, everything is what is graded.
    """

    earned: Exact = field(converter=read_number)
    possible: Exact = field(converter=read_number)
    earned_all: Exact = field(default=Factory(lambda self: self.earned, takes_self=True), converter=read_number)
    possible_all: Exact = field(default=Factory(lambda self: self.possible, takes_self=True), converter=read_number)


@frozen
class ScoreOverride:
    """What replaces a computed score: each number that is given replaces its counterpart; `by` owns the override."""

    earned: Exact | None = field(default=None, converter=_number)
    possible: Exact | None = field(default=None, converter=_number)
    earned_all: Exact | None = field(default=None, converter=_number)
    possible_all: Exact | None = field(default=None, converter=_number)
    by: str = field(default="", kw_only=True)
    note: str = field(default="", kw_only=True, repr=False)
    reviewer: str = field(default="", kw_only=True, repr=False)

    def over(self, score: SubsectionScore | None) -> SubsectionScore:
        """Return the score with this override on it; what was not scored has 0 of 0 beneath."""
        numbers = {name: value for name, value in asdict(self).items() if name in _NUMBERS and value is not None}
        return evolve(score or SubsectionScore(0, 0), **numbers)


_NUMBERS: Final = frozenset({"earned", "possible", "earned_all", "possible_all"})


def _as_attempts(attempts: Iterable[Attempt]) -> tuple[Attempt, ...]:
    return tuple(attempts)


@frozen(kw_only=True)
class Standing(Explained):
    """One exam as a learner has it: the attempts, oldest first, the score, what is laid over it, and the credit status.

    Raises `ContradictionError` for credit that is satisfied under an override that proctoring owns.
    """

    exam: Exam
    attempts: tuple[Attempt, ...] = field(default=(), converter=_as_attempts)
    score: SubsectionScore | None = None
    override: ScoreOverride | None = None
    credit: CreditStatus | None = None

    def __attrs_post_init__(self) -> None:
        if self.credit is CreditStatus.SATISFIED and self.is_overridden_by_proctoring:
            raise ContradictionError("exam", f"credit {self.credit.value}", "score overridden by proctoring")

    @property
    def is_overridden_by_proctoring(self) -> bool:
        """Whether the override is one that proctoring owns, and may lift (Q20)."""
        return self.override is not None and self.override.by == PROCTORING

    @property
    def effective(self) -> SubsectionScore | None:
        """The score that counts: the override over what was computed; None where there is neither."""
        return self.score if self.override is None else self.override.over(self.score)

    @property
    def mark(self) -> Mark:
        """The score that counts, as a mark for the exam's grade item; an override says whose it is."""
        effective = self.effective
        if effective is None:
            return Mark()
        override = self.override
        by, note = (override.by or None, override.note) if override else (None, "")
        return Mark(effective.earned, out_of=effective.possible, by=by, note=note)

    def outline(self) -> Outline:
        """Return the attempts, the score and the credit as rows."""
        effective = self.effective
        score = NO_GRADE_SHOWN if effective is None else _points(effective)
        notes = []
        if self.override is not None:
            computed = NO_GRADE_SHOWN if self.score is None else _points(self.score)
            notes.append(f"overridden by {self.override.by or 'nobody named'}; computed {computed}")
        rows = [Outline(f"Attempt {nth}", each.status.value) for nth, each in enumerate(self.attempts, start=1)]
        credit = self.credit.value if self.credit else "not yet"
        return Outline(
            self.exam.name or self.exam.id, "", (), [*rows, Outline("Score", score, notes), Outline("Credit", credit)]
        )


def _points(score: SubsectionScore) -> str:
    return f"{write_exact(score.earned)} of {write_exact(score.possible)}"


def _as_standings(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    return tuple(standings)


@frozen
class LearnerExams(Explained):
    """A learner's standing with every exam of a course, the certificate if there is one, and what the course chose."""

    standings: tuple[Standing, ...] = field(converter=_as_standings)
    certificate: Certificate | None = field(default=None, kw_only=True)
    allowlisted: bool = field(default=False, kw_only=True)
    policy: ProctoringPolicy = field(default=USUAL, kw_only=True)

    def __getitem__(self, exam_id: str) -> Standing:
        for standing in self.standings:
            if standing.exam.id == exam_id:
                return standing
        known = nearest(exam_id, (standing.exam.id for standing in self.standings))
        raise MarksError([Problem("unknown_exam", str(exam_id)[:100], f"no exam {describe(exam_id)}{known}")])

    def with_standing(self, changed: Standing) -> LearnerExams:
        """Return the same with one exam's standing changed."""
        return evolve(self, standings=[changed if each.exam.id == changed.exam.id else each for each in self.standings])

    def outline(self) -> Outline:
        """Return every exam, and the certificate."""
        certificate = self.certificate.status.value if self.certificate else NO_GRADE_SHOWN
        rows = [*(standing.outline() for standing in self.standings), Outline("Certificate", certificate)]
        return Outline("Exams", children=rows)
