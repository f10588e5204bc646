# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Submissions: one learner's work on one assignment, with everything that a figure can depend on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import frozen

from ...errors import Severity
from ...exact import Exact, describe
from ..documents import Document
from .calculators import Calculator, Repeated
from .course import Assignment, Course
from .ids import read_id
from .lateness import LATE_STATUSES, LateStatus

Submissions = Mapping[str, Mapping[str, "Submission"]]
"""Everybody's submissions: by the learner's id, and then by the assignment's."""

_PENDING: Final = "pending_review"


@frozen(kw_only=True)
class Submission:
    """One submission; `score` is what counts and `entered` what it was before lateness, None where there is none.

    `unreadable` is a score that is no number, as text. `what_if` is the score that a learner tries out.
    """

    score: Exact | None = None
    unreadable: str = ""
    what_if: Exact | None = None
    excused: bool = False
    posted: bool = False
    pending_review: bool = False
    hidden: bool = False
    visible: bool = True
    deducted: Exact = 0
    seconds_late: Exact = 0
    status: LateStatus | None = None
    missing: bool = False
    outdated: bool = False

    @property
    def entered(self) -> Exact | None:
        """The score before a deduction for lateness."""
        return None if self.score is None else self.score + self.deducted


def read_submissions(document: Document, course: Course, calculator: Calculator) -> dict[str, dict[str, Submission]]:
    """Return everybody's submissions, from a list of them, from lists by learner, and from within the assignments."""
    found: dict[str, dict[str, Submission]] = {}
    assignments = course.assignments
    dated = False
    for each, learner, assignment in _placed(document, assignments):
        dated = dated or "posted_at" in each.value
        rows = found.setdefault(learner, {})
        if assignment not in assignments:
            message = f"assignment {assignment} is in no assignment group; the submission is not read"
            each.report("unknown_id", message, Severity.NOTICE)
        elif calculator.repeated is Repeated.LAST or assignment not in rows:
            rows[assignment] = _read(each)
            _check_period(each, course, assignments[assignment])
    if found and not dated:
        message = "no submission says when it was posted, so all are read as unposted"
        document.report("nothing_posted", message, Severity.NOTICE)
    return found


def _placed(document: Document, assignments: Mapping[str, Assignment]) -> Iterator[tuple[Document, str, str]]:
    """Yield each submission with its learner and its assignment."""
    for each in document.records():
        if isinstance(each.value.get("submissions"), (list, tuple)):
            learner = read_id(each, "user_id")
            for inner in each.get("submissions").records():
                yield from _place(inner, learner, "")
        else:
            yield from _place(each, "", "")
    for assignment in assignments.values():
        within = assignment.document.get("submission")
        if isinstance(within.value, Mapping):
            yield from _place(within, "", assignment.id)


def _place(document: Document, learner: str, assignment: str) -> Iterator[tuple[Document, str, str]]:
    learner = learner or read_id(document, "user_id")
    assignment = assignment or read_id(document, "assignment_id")
    if learner and assignment:
        yield document, learner, assignment


def _check_period(document: Document, course: Course, assignment: Assignment) -> None:
    """Report a submission that Canvas has in another grading period than its assignment (a due date of its own)."""
    own, period = read_id(document, "grading_period_id", required=False), course.periods.period_of(assignment.due)
    if own and course.periods.periods and own != period:
        message = f"this learner's due date lies in grading period {own}; the assignment is read in {period or 'none'}"
        document.report("other_period", message, Severity.NOTICE)


def _read(document: Document) -> Submission:
    score, raw = document.number("score"), document.get("score").value
    return Submission(
        score=score,
        unreadable=describe(raw) if score is None and raw is not None else "",
        what_if=document.number("student_entered_score"),
        excused=document.truth("excused"),
        posted=document.get("posted_at").value is not None,
        pending_review=document.text("workflow_state") == _PENDING,
        hidden=document.truth("hidden"),
        visible=document.truth("assignment_visible", default=True),
        deducted=document.amount("points_deducted") or 0,
        seconds_late=document.number("seconds_late") or 0,
        status=document.choice("late_policy_status", LATE_STATUSES, None),
        missing=document.truth("missing"),
        outdated=not document.truth("grade_matches_current_submission", default=True),
    )
