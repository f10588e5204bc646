# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A gradebook read from one system, graded with the marks of another."""

from fractions import Fraction

import pytest

from gradecalc import EXEMPT, grade, grade_many
from gradecalc.extras import definitions
from gradecalc.lms import brightspace, canvas

COURSE = {
    "course": {"apply_assignment_group_weights": True},
    "assignment_groups": [
        {
            "id": 1,
            "name": "Quizzes",
            "group_weight": 40,
            "rules": {"drop_lowest": 1},
            "assignments": [
                {"id": nth, "name": f"Quiz {nth}", "points_possible": 10, "published": True} for nth in (1, 2, 3)
            ],
        },
        {
            "id": 2,
            "name": "Exams",
            "group_weight": 60,
            "assignments": [{"id": 9, "name": "Exam", "points_possible": 100, "published": True}],
        },
    ],
}
EXPORT = (
    "Username,Quiz 1 Points Grade,Quiz 2 Points Grade,Quiz 3 Points Grade,Exam Points Grade,End-of-Line Indicator\n"
    "#ana,9,Exempt,4,81,#\n"
    "#bo,7,8,,50,#\n"
)


def test_a_canvas_course_is_graded_with_a_brightspace_export():
    """The gradebook of a Canvas course takes the marks of a Brightspace export, by the names of the items."""
    book = canvas.read(COURSE).gradebook
    imported = brightspace.read(EXPORT, gradebook=book)
    finals = {learner: report.final.percent for learner, report in grade_many(book, imported.marks)}
    assert {"ana": Fraction("84.6"), "bo": Fraction(62)} == finals
    assert EXEMPT is imported.marks["ana"]["2"]


@pytest.mark.parametrize("system", ["canvas", "brightspace"])
def test_what_was_read_is_a_definition_like_any_other(system):
    """A gradebook read from a system can be stored as a definition file and grades the same afterwards."""
    imported = (
        canvas.read(COURSE)
        if system == "canvas"
        else brightspace.read(EXPORT.replace("Grade,", "Grade <Numeric MaxPoints:10>,"))
    )
    again = definitions.loads_json(definitions.dumps_json(imported.gradebook))
    assert imported.gradebook == again
    for marks in imported.marks.values():
        assert grade(imported.gradebook, marks) == grade(again, marks)
