# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Views of the same submissions: posted or all, current or final, as they are or as a learner tries them out.

A view chooses which marks go in, and what ungraded work is. Canvas stores four of them for each learner.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import evolve

from ...exact import write_exact
from ...gradebook.late_policy import LatePolicy
from ...marks import (
    EXEMPT,
    Mark,
    MarkValue,
    UngradedPolicy,
)
from ...values import frozen
from .calculators import Calculator
from .course import Assignment, Course
from .ids import read_copy_id
from .lateness import Lateness, LeftAlone, adjust
from .submissions import Submission, Submissions


@frozen(kw_only=True)
class View:
    """Which marks go in.

    A `final` view counts ungraded work as zero, and work that is pending review with the score it has so far; a current
    one leaves both out. In a `posted` view unposted work is not yet there, as learners see it. `what_if` puts in the
    scores that a learner tries out. `leave_out_anonymous` takes an assignment that is graded anonymously from
    everybody while anything of it is unposted.
    """

    final: bool = False
    posted: bool = False
    what_if: bool = False
    leave_out_anonymous: bool = False

    @property
    def ungraded(self) -> UngradedPolicy:
        """What ungraded work does to the total."""
        return UngradedPolicy.AS_ZERO if self.final else UngradedPolicy.LEAVE_OUT

    def seen(self, submission: Submission) -> Submission | None:
        """Return the submission as this view has it, None where it has none."""
        tried = self.what_if and submission.what_if is not None
        if self.posted and not submission.posted and not tried:
            return None
        return None if submission.pending_review and not self.final else submission


ALL_CURRENT: Final = View()
"""Everything graded so far: what a grader sees as the current total."""

ALL_FINAL: Final = View(final=True)
"""Everything, with ungraded work as zero."""

POSTED_CURRENT: Final = View(posted=True)
"""What is posted so far: what a learner sees as the current total."""

POSTED_FINAL: Final = View(posted=True, final=True)
"""What is posted, with everything else as zero."""


@frozen(kw_only=True)
class Viewer:
    """Makes marks of submissions as a view has them; the marks of work that leaves the total say why."""

    course: Course
    view: View
    calculator: Calculator
    late_policy: LatePolicy | None
    concluded: frozenset[str]
    inactive: frozenset[str] = frozenset()

    def marks(self, submissions: Submissions, places: Mapping[str, str | None]) -> dict[str, dict[str, MarkValue]]:
        """Return everybody's marks for what has these ids in a gradebook, each with its period if that matters."""
        every = self.course.assignments
        placed = {id_: (every[read_copy_id(id_)[0]], period) for id_, period in places.items()}
        assignments = [each for each, _ in placed.values()]
        left_out = self._anonymous(assignments, submissions) if self.view.leave_out_anonymous else frozenset()
        found: dict[str, dict[str, MarkValue]] = {}
        for learner, rows in submissions.items():
            marks = {
                id_: self._mark(each, learner, rows.get(each.id), left_out)
                if self._is_there(each, rows.get(each.id), period)
                else _gone("due in another grading period for this learner")
                for id_, (each, period) in placed.items()
            }
            found[learner] = {id_: mark for id_, mark in marks.items() if mark is not None}
        return found

    def _is_there(self, assignment: Assignment, row: Submission | None, period: str | None) -> bool:
        return period is None or self.course.period_of(assignment, row.period if row else "") == period

    def _anonymous(self, assignments: list[Assignment], submissions: Submissions) -> frozenset[str]:
        """Return the ids of the assignments whose graders may not know yet whose work they grade."""
        active = [rows for learner, rows in submissions.items() if learner not in self.inactive]
        return frozenset(
            each.id
            for each in assignments
            if each.anonymized or (each.anonymous and any(_unposted(rows, each.id) for rows in active))
        )

    def _mark(
        self, assignment: Assignment, learner: str, row: Submission | None, left_out: frozenset[str]
    ) -> MarkValue:
        if assignment.id in left_out:
            return _gone("graded anonymously and not yet posted")
        assigned = assignment.visible_to is None or learner in assignment.visible_to
        if not assigned or (row is not None and not row.visible):
            return _gone("not assigned to this learner")
        if row is not None and row.hidden and self.calculator.leaves_out_hidden:
            return _gone("hidden")
        seen = None if row is None else self.view.seen(self._as_posted(assignment, row))
        return self._without_submission(learner) if seen is None else self._submitted(assignment, seen)

    def _as_posted(self, assignment: Assignment, row: Submission) -> Submission:
        """Return a submission as posted where the policy grades what is missing, unless it is posted by hand."""
        if row.posted or row.score is not None or assignment.posted_by_hand or self.late_policy is None:
            return row
        filled = adjust(self.late_policy, self._lateness(assignment, row)).points
        return row if filled is None else evolve(row, posted=True)

    def _without_submission(self, learner: str) -> MarkValue:
        if learner in self.concluded:
            return _gone("no submission, and the enrolment is completed")
        return _gone("no submission") if self.calculator.leaves_out_without_submission else None

    def _submitted(self, assignment: Assignment, row: Submission) -> MarkValue:
        if self.view.what_if and row.what_if is not None:
            return Mark(row.what_if, note="a score tried out")
        if row.unreadable:
            return EXEMPT if row.excused else row.unreadable
        score, note = row.score, f"{write_exact(row.deducted)} points deducted for lateness" if row.deducted else ""
        work = self._lateness(assignment, row)
        if self.late_policy is not None and not {LeftAlone.CLOSED, LeftAlone.OUTDATED}.intersection(work.left_alone):
            adjusted = adjust(self.late_policy, work)
            changed = adjusted.points != work.points
            score, note = adjusted.points, "; ".join(reason.value for reason in adjusted.reasons) if changed else ""
        if row.excused:
            return EXEMPT if score is None else Mark(score, exempt=True)
        return Mark(score, note=note) if note else score

    def _lateness(self, assignment: Assignment, row: Submission) -> Lateness:
        closed = {period.id for period in self.course.periods.periods if period.closed}
        period = row.period or self.course.period_of(assignment)
        return Lateness(
            points=row.entered,
            out_of=assignment.points,
            seconds_late=row.seconds_late,
            status=row.status,
            missing=row.missing,
            excused=row.excused,
            custom_status=row.custom_status,
            grading_type=assignment.grading_type,
            expects_submission=assignment.expects_submission,
            closed=period in closed,
            outdated=row.outdated,
        )


def _unposted(rows: Mapping[str, Submission], assignment: str) -> bool:
    return assignment in rows and not rows[assignment].posted


def _gone(why: str) -> Mark:
    return Mark(exempt=True, note=why)
