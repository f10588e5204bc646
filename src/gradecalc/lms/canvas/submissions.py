# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Submissions: one learner's work on one assignment, with everything that a figure can depend on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import field

from ...errors import Severity
from ...exact import Exact, describe
from ...values import frozen
from ..documents import (
    AMOUNT,
    NOT,
    NUMBER,
    PRESENT,
    TRUTH,
    Document,
    Expected,
    one_of,
)
from ..records import named, read_record
from .calculators import Calculator, Repeated
from .course import Assignment, Course
from .ids import ID
from .lateness import LATE_STATUSES, LateStatus

Submissions = Mapping[str, Mapping[str, "Submission"]]
"""Everybody's submissions: by the learner's id, and then by the assignment's."""

_PENDING: Final = "pending_review"


def _no_number(value: Any) -> str:
    try:
        NUMBER.read(value)
    except ValueError:
        return describe(value)
    return ""


_UNREADABLE: Final = Expected("anything", _no_number)


@frozen(kw_only=True)
class Submission:
    """One submission; `score` is what counts and `entered` what it was before lateness, None where there is none.

    `unreadable` is a score that is no number, as text. `what_if` is the score that a learner tries out.
    """

    score: Exact | None = field(default=None, metadata=named("score", NUMBER))
    unreadable: str = field(default="", metadata=named("score", _UNREADABLE))
    what_if: Exact | None = field(default=None, metadata=named("student_entered_score", NUMBER))
    excused: bool = field(default=False, metadata=named("excused", TRUTH))
    posted: bool = field(default=False, metadata=named("posted_at", PRESENT))
    state: str = field(default="", metadata=named("workflow_state"))
    hidden: bool = field(default=False, metadata=named("hidden", TRUTH))
    visible: bool = field(default=True, metadata=named("assignment_visible", TRUTH))
    deducted: Exact = field(default=0, metadata=named("points_deducted", AMOUNT))
    seconds_late: Exact = field(default=0, metadata=named("seconds_late", NUMBER))
    status: LateStatus | None = field(default=None, metadata=named("late_policy_status", one_of(LATE_STATUSES)))
    custom_status: bool = field(default=False, metadata=named("custom_grade_status_id", PRESENT))
    missing: bool = field(default=False, metadata=named("missing", TRUTH))
    outdated: bool = field(default=False, metadata=named("grade_matches_current_submission", NOT))
    period: str = field(default="", metadata=named("grading_period_id", ID))

    @property
    def pending_review(self) -> bool:
        """Whether somebody has yet to look at a part of it, so that the score may change."""
        return self.state == _PENDING

    @property
    def entered(self) -> Exact | None:
        """The score before a deduction for lateness."""
        return None if self.score is None else self.score + self.deducted


def read_submissions(document: Document, course: Course, calculator: Calculator) -> dict[str, dict[str, Submission]]:
    """Return everybody's submissions: those in a list, in lists by learner, and within the assignments."""
    found: dict[str, dict[str, Submission]] = {}
    assignments = course.assignments
    dated = False
    for each, place in _placed(document, assignments):
        dated = dated or "posted_at" in each.value
        rows, assignment = found.setdefault(place.learner, {}), place.assignment
        if assignment not in assignments:
            message = f"assignment {assignment} is in no assignment group; the submission is not read"
            each.report("unknown_id", message, Severity.NOTICE)
        elif calculator.repeated is Repeated.LAST or assignment not in rows:
            rows[assignment] = read_record(Submission, each) or Submission()
            _check_period(each, rows[assignment].period, course)
    if found and not dated:
        message = "no submission says when it was posted, so all are read as unposted"
        document.report("nothing_posted", message, Severity.NOTICE)
    return found


@frozen
class _Place:
    """The learner whose work a submission is, and the assignment that it is for."""

    learner: str = field(metadata=named("user_id", ID))
    assignment: str = field(metadata=named("assignment_id", ID))


def _placed(document: Document, assignments: Mapping[str, Assignment]) -> Iterator[tuple[Document, _Place]]:
    """Yield each submission with its learner and its assignment."""
    for each in document.records():
        if isinstance(each.value.get("submissions"), (list, tuple)):
            learner = each.get("user_id").read(ID, None, "user_id")
            for inner in each.get("submissions").records():
                yield from _place(inner, **({"learner": learner} if learner else {}))
        else:
            yield from _place(each)
    for assignment in assignments.values():
        within = assignment.document.get("submission")
        if isinstance(within.value, Mapping):
            yield from _place(within, assignment=assignment.id)


def _place(document: Document, **given: str) -> Iterator[tuple[Document, _Place]]:
    place = read_record(_Place, document, **given)
    if place:
        yield document, place


def _check_period(document: Document, own: str, course: Course) -> None:
    """Report a submission in a grading period that is not among those given: it counts in its assignment's."""
    known = {each.id for each in course.periods.periods}
    if own and known and own not in known:
        message = f"there is no grading period {own} among those given; the work is read in its assignment's"
        document.report("other_period", message, Severity.NOTICE)
