# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The documents of a Canvas course, read at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...errors import Problem, nearest
from ...exact import describe
from ...gradebook.items import GradeItem
from ...gradebook.late_policy import LatePolicy
from ...gradebook.tree import Gradebook, rows
from ..documents import Document, read_document
from ..imported import Imported, Learner
from .books import course_book, period_book
from .calculators import SERVER, Calculator
from .course import Course, read_course
from .gradebook_file import SYSTEM
from .ids import read_copy_id
from .lateness import read_late_policy
from .people import read_people
from .submissions import Submissions, read_submissions
from .views import ALL_CURRENT, View, Viewer


def read(
    exported: Any, *, view: View = ALL_CURRENT, period: str | None = None, calculator: Calculator = SERVER
) -> Imported:
    """Return the gradebook and the marks of a course, and its problems; no document makes this raise.

    `exported` is JSON as text, bytes or parsed: an object that holds what the API gives, by the names of the API:
    `assignment_groups`, `submissions`, `course`, `grading_periods`, `grading_standards`, `enrollments` and
    `late_policy`; each may be absent. The gradebook and the marks are those of the `view`, so that grading them gives
    its figure. With the id of a `period` they are those of that grading period alone. With a late policy every score is
    worked out anew from what was entered; without, it is as stored.
    """
    problems: list[Problem] = []
    whole = read_document(exported, "", problems)
    if not isinstance(whole.value, Mapping):
        whole.report("wrong_value", "this is no object with assignment_groups in it; nothing is read")
    course = read_course(whole)
    people = read_people(whole.get("enrollments"))
    rowed = read_submissions(whole.get("submissions"), course, calculator)
    everybody = {learner: rowed.get(learner, {}) for learner in (*people.learners, *rowed)}
    policy = _late_policy(whole.get("late_policy"))
    viewer = Viewer(
        course=course,
        view=view,
        calculator=calculator,
        late_policy=policy,
        concluded=people.concluded,
        inactive=people.inactive,
    )
    elsewhere = _elsewhere(course, everybody)
    problems.extend(_is_unknown(period, course))
    if period is None:
        book = course_book(course, calculator, view.ungraded, elsewhere)
    else:
        book = period_book(course, calculator, view.ungraded, elsewhere, period)
    return Imported(
        book,
        viewer.marks(everybody, _places(book, course, period)),
        tuple(problems),
        {learner: people.learners.get(learner, Learner(learner)) for learner in everybody},
        people.finals,
        system=SYSTEM,
    )


def _elsewhere(course: Course, submissions: Submissions) -> dict[str, set[str]]:
    """Return by assignment the periods, other than its own, in which somebody has it."""
    found: dict[str, set[str]] = {}
    assignments = course.assignments
    for work in submissions.values():
        for id_, row in work.items():
            own = course.period_of(assignments[id_], row.period)
            if own != course.period_of(assignments[id_]):
                found.setdefault(id_, set()).add(own)
    return found


def _is_unknown(period: str | None, course: Course) -> Iterator[Problem]:
    known = [each.id for each in course.periods.periods]
    if period is not None and period not in known:
        message = f"there is no grading period {describe(period)}{nearest(period, known)}; nothing falls in it"
        yield Problem("unknown_id", "period", message)


def _places(book: Gradebook, course: Course, period: str | None) -> dict[str, str | None]:
    """Return the ids of the items of a book, each with the period in which it stands where that matters."""
    ids = [row.node.id for row in rows(book) if isinstance(row.node, GradeItem)]
    if period is not None or not course.periods.weighted:
        return dict.fromkeys(ids, period)
    copies = {id_: read_copy_id(id_) for id_ in ids}
    assignments = course.assignments
    return {id_: other or course.period_of(assignments[assignment]) for id_, (assignment, other) in copies.items()}


def _late_policy(document: Document) -> LatePolicy | None:
    return None if document.value is None else read_late_policy(document)
