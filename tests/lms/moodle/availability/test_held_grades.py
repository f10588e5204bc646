# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Grades as Moodle stores them, for conditions on grades."""

from gradecalc import grade
from gradecalc.lms.moodle import Bounds
from gradecalc.lms.moodle.availability import StoredGrade, read_availability, stored_grades
from gradecalc.release_conditions import LearnerFacts


def tree(operator, *children, show=True):
    each = operator in ("&", "!|")
    return {"op": operator, "c": list(children), "showc" if each else "show": [show] * len(children) if each else show}


def test_grades_are_read_from_the_range_stored_with_them():
    """Percents are unclamped; an item that is gone, no grade and a range without width are all no grade."""
    availability = read_availability(
        tree("&", {"type": "grade", "id": 1, "max": 100}, {"op": "!&", "c": [{"type": "grade", "id": 2}]})
    )
    assert ("1", "2") == availability.grades_asked
    for held, expected in ((StoredGrade(55, Bounds(50, 60)), True), (StoredGrade(60, Bounds(50, 60)), False)):
        report = grade(*stored_grades({"1": held, "2": StoredGrade(5, Bounds(5, 5))}, availability))
        assert expected == availability.check(LearnerFacts(report=report)).available
    assert not availability.check(LearnerFacts(report=grade(*stored_grades({}, availability)))).available
